#include "directory/duty_course.h"

#include "gateway/base/local_time.h"

namespace tocsin::directory {
namespace {

DutyStretch at_that_time(const Snapshot& roster, const model::Selector& selector, base::UtcTime at) {
  DutyStretch stretch;
  const auto found = roster.resolve(std::span(&selector, 1), {}, at);
  for (const auto& who : found.recipients) {
    stretch.on.push_back({roster.person(who.person), who.post_name, roster.person(who.stands_in_for)});
  }
  for (const auto& who : found.not_told) {
    const auto* card = who.reason == model::Reason::kOnLeave ? roster.person(who.person) : nullptr;
    if (card != nullptr) stretch.on_leave.push_back(card);
  }
  return stretch;
}

std::string names(const DutyStretch& stretch, bool chinese) {
  std::string text;
  for (const auto& one : stretch.on) {
    text += (text.empty() ? "" : chinese ? "、" : ", ") + one.person->name;
    if (one.stands_in_for != nullptr) {
      text += chinese ? "（代" + one.stands_in_for->name + "）" : " (for " + one.stands_in_for->name + ")";
    }
  }
  if (text.empty()) text = chinese ? "无人" : "nobody";
  std::string away;
  for (const auto* card : stretch.on_leave) away += (away.empty() ? "" : chinese ? "、" : ", ") + card->name;
  if (!away.empty()) text += chinese ? "；请假：" + away : "; on leave: " + away;
  return text;
}

}  // namespace

std::vector<DutyStretch> duty_course(const Snapshot& roster, const std::string& duty, const roster::Span& span) {
  const model::Selector selector{model::SelectorKind::kDuty, duty};
  std::vector<DutyStretch> course;
  auto edges = roster.changes(std::span(&selector, 1), {}, span.from, span.to);
  edges.insert(edges.begin(), span.from);
  for (const auto at : edges) {
    if (at >= span.to) break;
    auto stretch = at_that_time(roster, selector, at);
    stretch.span = {at, span.to};
    if (!course.empty()) {
      auto& before = course.back();
      if (before.on == stretch.on && before.on_leave == stretch.on_leave) continue;
      before.span.to = at;
      if (before.span.empty()) course.pop_back();
    }
    course.push_back(std::move(stretch));
  }
  return course;
}

std::string duty_text(const Snapshot& roster, const std::vector<std::string>& duties, const roster::Span& span,
                      const std::string& zone, bool chinese) {
  const auto clock = [&zone](base::UtcTime at) { return base::local_text(at, zone, "%Y-%m-%d %H:%M").value_or(""); };
  std::string text;
  for (const auto& duty : duties) {
    text += (text.empty() ? "" : "\n") + duty + "\n";
    for (const auto& stretch : duty_course(roster, duty, span)) {
      text += "  " + clock(stretch.span.from) + "  " + clock(stretch.span.to) + "  " + names(stretch, chinese) + "\n";
    }
  }
  return text;
}

}  // namespace tocsin::directory
