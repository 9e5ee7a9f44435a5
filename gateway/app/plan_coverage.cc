#include "gateway/app/plan_coverage.h"

#include <algorithm>

#include "adapters/https/json_text.h"
#include "directory/reach.h"
#include "gateway/base/local_time.h"
#include "gateway/plan/hours.h"
#include "gateway/plan/subjects.h"
#include "gateway/rehearse/over_time.h"
#include "gateway/rehearse/role_words.h"

namespace tocsin::app {
namespace {

using base::said;
using base::Said;

Said in_words(roster::Why why) {
  switch (why) {
    case roster::Why::kNobodyOnDuty: return said("nobody on duty", "无人值班");
    case roster::Why::kOnLeave: return said("on leave", "休假");
    case roster::Why::kNoContact:
      return said("no contact point left that its owner agreed to", "没有本人同意的联系方式");
    case roster::Why::kInDoubt:
      return said("every contact point left is in doubt: it failed and has not worked since",
                  "现有联系方式都存疑：曾经失败，此后没有成功过");
    case roster::Why::kRestsAtNight:
      return said(
          "it is night, and only contact points that are not for the night are left (they are rung all the same)",
          "夜间，只剩标明夜间不打扰的联系方式（届时仍会使用）");
    case roster::Why::kVacant: break;
  }
  return said("nobody is named", "没有指定任何人");
}

// "post commander", "area heads of donghu" (Gap::what).
Said what_in_words(const std::string& what, const directory::Snapshot& people) {
  constexpr std::pair<std::string_view, std::string_view> kKinds[] = {
      {"post ", "岗位 "}, {"duty ", "值班 "}, {"unit ", "单位 "}, {"group ", "队伍 "}};
  for (const auto& [en, zh] : kKinds) {
    if (what.starts_with(en)) return {what, std::string(zh) + what.substr(en.size())};
  }
  constexpr std::string_view kArea = "area ", kOf = " of ";
  if (!what.starts_with(kArea)) return base::same(what);
  const auto of = what.find(kOf);
  const auto role = rehearse::role_in_words(what.substr(kArea.size(), of - kArea.size()), true).zh;
  if (of == std::string::npos) return {what, "当地" + role};
  const auto code = what.substr(of + kOf.size());
  const auto areas = people.areas();
  const auto area = std::find_if(areas.begin(), areas.end(), [&](const auto& one) { return one.code == code; });
  return {what, (area == areas.end() ? code : area->name) + role};
}

Said in_words(const roster::Gap& gap, const directory::Snapshot& people) {
  const auto what = what_in_words(gap.what, people);
  const auto* card = gap.person ? people.person(gap.person) : nullptr;
  if (card == nullptr) return said("{0}: {1}", "{0}：{1}", what, in_words(gap.why));
  const auto who = card->name + " (" + card->code + ")";
  if (gap.what.empty()) return said("{0}: {1}", "{0}：{1}", who, in_words(gap.why));
  return said("{0}, {1}: {2}", "{0}，{1}：{2}", who, what, in_words(gap.why));
}

Said in_words(const PlanCoverage& found, const roster::Shortfall& range, const plan::Plan& plan,
              const directory::Snapshot& people) {
  const auto moment = [&](base::UtcTime at) {
    return base::local_text(at, plan.time_zone, "%Y-%m-%d %H:%M").value_or(base::to_rfc3339(at));
  };
  Said place;
  if (const auto* area = people.area(range.where)) place = said(" at {0}", "（{0}）", area->name);
  auto steps = found.steps[range.steps.front()];
  if (const auto more = range.steps.size() - 1; more > 0) {
    steps += said(more == 1 ? " and {0} step more" : " and {0} steps more", "等另{0}个步骤", more);
  }
  auto text = said("{0} to {1}: {2} of {3} reached{4}: {5}\n", "{0}至{1}：需要{3}人，只通知得到{2}人{4}：{5}\n",
                   moment(range.span.from), moment(range.span.to), range.fewest, range.needed, place, steps);
  for (std::size_t i = 0; i < std::min(range.gaps.size(), kMostReasons); ++i) {
    text += said("  {0}\n", "  {0}\n", in_words(range.gaps[i], people));
  }
  if (range.gaps.size() > kMostReasons) {
    text += said("  and {0} more reasons\n", "  另有{0}个原因\n", range.gaps.size() - kMostReasons);
  }
  return text;
}

// Of a plan, minute by minute as its clocks show them; none when nobody has a contact point that rests then.
std::vector<roster::Span> nights_of(const plan::Plan& plan, const directory::Snapshot& people,
                                    const roster::Span& span) {
  const auto everybody = people.people();
  const bool any = std::any_of(everybody.begin(), everybody.end(), [](const model::PersonCard* card) {
    return std::any_of(card->contacts.begin(), card->contacts.end(), [](const auto& c) { return c.not_at_night; });
  });
  std::vector<roster::Span> nights;
  if (!any) return nights;
  bool night = false;
  const auto begin = std::chrono::floor<std::chrono::minutes>(span.from);
  for (base::UtcTime at = begin; at < span.to; at += std::chrono::minutes(1)) {
    const bool now = plan::is_night(plan, at);
    if (now && !night) nights.push_back({std::max(at, span.from), span.to});
    if (!now && night) nights.back().to = at;
    night = now;
  }
  return nights;
}

}  // namespace

PlanCoverage cover(const plan::Plan& plan, const directory::Snapshot& people, const roster::Span& span,
                   const std::unordered_set<model::ContactId>& doubtful) {
  PlanCoverage found;
  found.span = span;
  std::vector<model::AreaId> everywhere;
  for (const auto& area : people.areas()) everywhere.push_back(area.id);
  std::vector<roster::StepToCover> steps;
  for (const auto& response : plan.responses) {
    for (const auto& step : response.steps) {
      if (step.ladder < 0) continue;  // a task of the desk tells nobody
      found.steps.push_back(plan::name_of(plan, response, step));
      found.step_keys.push_back(plan::place_of(plan, response, step));
      const bool by_place = std::any_of(step.to.begin(), step.to.end(), rehearse::depends_on_place);
      const auto enough = static_cast<std::size_t>(step.enough_all ? 1 : std::max(step.enough, 0));
      steps.push_back({found.step_keys.back(), step.to, enough, step.enough_all,
                       by_place ? everywhere : std::vector<model::AreaId>{}});
    }
  }
  found.shortfalls =
      roster::uncovered(steps, directory::RosterReach(people, {nights_of(plan, people, span), doubtful}), span);
  return found;
}

std::string coverage_text(const PlanCoverage& found, const plan::Plan& plan, const directory::Snapshot& people,
                          bool chinese) {
  Said text;
  for (const auto& range : found.shortfalls) text += in_words(found, range, plan, people);
  const auto days = std::chrono::ceil<std::chrono::days>(found.span.to - found.span.from).count();
  if (found.shortfalls.empty()) {
    text += said("{0} days, {1} steps: each reaches enough people at every minute\n",
                 "{0}天，{1}个步骤：每一分钟都通知得到足够的人\n", days, found.steps.size());
  } else {
    const auto count = found.shortfalls.size();
    text += said(count == 1 ? "{0} days, {1} steps: {2} time at which too few are reached\n"
                            : "{0} days, {1} steps: {2} times at which too few are reached\n",
                 "{0}天，{1}个步骤：有{2}段时间通知不到足够的人\n", days, found.steps.size(), count);
  }
  return text.in(chinese);
}

std::string coverage_json(const PlanCoverage& found, const directory::Snapshot& people) {
  std::vector<std::string> ranges;
  for (const auto& range : found.shortfalls) {
    std::vector<std::string> steps, reasons;
    for (const auto step : range.steps) steps.push_back(https::quoted_json(found.step_keys[step]));
    for (const auto& gap : range.gaps) {
      const auto* card = gap.person ? people.person(gap.person) : nullptr;
      reasons.push_back(https::ObjectText()
                            .null_or_text("what", gap.what)
                            .null_or_text("what_zh", what_in_words(gap.what, people).zh)
                            .null_or_text("person", card == nullptr ? "" : card->code)
                            .null_or_text("person_name", card == nullptr ? "" : card->name)
                            .text("why", roster::name_of(gap.why))
                            .done());
    }
    const auto* area = people.area(range.where);
    ranges.push_back(https::ObjectText()
                         .text("from", base::to_rfc3339(range.span.from))
                         .text("to", base::to_rfc3339(range.span.to))
                         .null_or_text("area", area == nullptr ? "" : area->code)
                         .number("needed", static_cast<std::int64_t>(range.needed))
                         .number("reached", static_cast<std::int64_t>(range.fewest))
                         .raw("steps", https::list_json(steps))
                         .raw("reasons", https::list_json(reasons))
                         .done());
  }
  return https::ObjectText()
      .flag("covered", found.shortfalls.empty())
      .text("from", base::to_rfc3339(found.span.from))
      .text("to", base::to_rfc3339(found.span.to))
      .number("steps", static_cast<std::int64_t>(found.steps.size()))
      .number("directory_version", people.version())
      .raw("shortfalls", https::list_json(ranges))
      .done();
}

}  // namespace tocsin::app
