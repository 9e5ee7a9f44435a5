#include "gateway/rehearse/run_cases.h"

#include <algorithm>
#include <set>

#include "gateway/base/local_time.h"
#include "gateway/plan/clause_words.h"
#include "gateway/rehearse/coverage.h"
#include "gateway/rehearse/stand_in_roster.h"
#include "gateway/rehearse/words.h"

namespace tocsin::rehearse {
namespace {

using base::said;
using base::Said;
using base::same;

std::string text_of(const plan::CaseWhom& who) {
  return who.selector ? model::to_text(*who.selector) : "person:" + who.person;
}

std::string or_none(const std::string& id) {
  return id.empty() ? "none" : id;
}

Said channel_in_words(model::Channel channel) {
  return {in_words(channel, false), in_words(channel, true)};
}

// What a case expects against what came.
class Held {
 public:
  Held(const plan::Case& the_case, const Rehearsal& came, const ports::Roster* roster, CaseRun& run)
      : case_(the_case), came_(came), roster_(roster), run_(run) {}

  void hold() {
    const auto& expect = case_.expect;
    hold_assessment(expect);
    if (roster_ == nullptr) return skip(expect);
    severity_ = base::Severity::kWarning;  // the plan may be right and this directory another
    for (const auto& unknown : came_.unknown) {
      fail(said("the directory has no {0}", "名录中没有 {0}", unknown), {});
    }
    for (const auto& told : expect.told) hold_told(told);
    for (const auto& who : expect.not_told) hold_not_told(who);
    for (const auto& name : expect.steps) hold_step(name, true);
    for (const auto& name : expect.not_steps) hold_step(name, false);
  }

 private:
  void fail(const Said& what, const Said& why) {
    run_.failures.push_back(base::finding(severity_, "case-fails",
                                          said("case \"{0}\": {1}", "案例“{0}”：{1}", case_.name, what), why,
                                          "case/" + case_.name));
  }

  void skip(const plan::CaseExpect& expect) {
    if (!expect.told.empty()) run_.skipped.emplace_back("told");
    if (!expect.not_told.empty()) run_.skipped.emplace_back("not_told");
    if (!expect.steps.empty()) run_.skipped.emplace_back("steps");
    if (!expect.not_steps.empty()) run_.skipped.emplace_back("not_steps");
  }

  // "by fire/III/2: serious = 2 is in 1..3; known: injured 2".
  Said because() const {
    const auto& a = came_.assessment;
    auto why = a.clause.empty() ? Said{"nothing was understood", "未能识别"}
                                : said("by {0}: {1}", "依据 {0}：{1}", a.clause, a.clause_text);
    const auto facts = model::to_text(came_.facts);
    why += said("; known: {0}", "；已知：{0}", facts.empty() ? Said{"nothing", "无"} : same(facts));
    return why;
  }

  void hold_assessment(const plan::CaseExpect& expect) {
    const auto& a = came_.assessment;
    if (expect.level && *expect.level != or_none(a.level_id)) {
      fail(said("expected level {0}, came {1}", "应为{0}级，实为{1}", *expect.level, or_none(a.level_id)), because());
    }
    if (expect.clause && *expect.clause != or_none(a.clause)) {
      fail(said("expected clause {0}, came {1}", "应依据条款 {0}，实为 {1}", *expect.clause, or_none(a.clause)),
           because());
    }
    if (expect.grade && *expect.grade != or_none(a.grade_id)) {
      fail(said("expected grade {0}, came {1}", "上报等级应为{0}，实为{1}", *expect.grade, or_none(a.grade_id)),
           a.grade_clause.empty() ? said("no clause of the grades is true; known: {0}", "上报等级无条款符合；已知：{0}",
                                         model::to_text(came_.facts))
                                  : said("by {0}: {1}", "依据 {0}：{1}", a.grade_clause, a.grade_clause_text));
    }
    if (!expect.questions) return;
    std::vector<std::string> asked;
    for (const auto& question : a.questions) asked.push_back(question.attribute);
    if (asked == *expect.questions) return;
    const auto list = [](const std::vector<std::string>& names) {
      return names.empty() ? Said{"nothing", "不追问"} : base::listed(names);
    };
    fail(said("expected questions: {0}; came: {1}", "应追问：{0}；实为：{1}", list(*expect.questions), list(asked)),
         because());
  }

  // Whom `who` means at that time and place: persons, whichever of their hats they were told by.
  std::set<std::string> codes(const plan::CaseWhom& who) const {
    if (!who.selector) return {who.person};
    std::set<std::string> found;
    model::AreaId where;
    for (const auto& area : roster_->areas()) {
      if (!came_.area.empty() && roster_->area_path(area.id) == came_.area) where = area.id;
    }
    const std::vector<model::Selector> one{*who.selector};
    for (const auto& recipient : roster_->resolve(one, where, came_.at).recipients) {
      if (const auto* card = roster_->person(recipient.person)) found.insert(card->code);
    }
    return found;
  }

  std::vector<const Told*> told(const plan::CaseWhom& who) const {
    const auto people = codes(who);
    const auto selector = who.selector ? model::to_text(*who.selector) : std::string();
    std::vector<const Told*> found;
    for (const auto& one : came_.people) {
      const bool meant = people.count(one.code) != 0 || (!selector.empty() && one.selector == selector);
      if (meant && !one.tries.empty()) found.push_back(&one);
    }
    return found;
  }

  // "wang: SMS +0s, desk phones +3m".
  static Said tries_in_words(const std::vector<const Told*>& people) {
    constexpr std::size_t kMostPeople = 3, kMostTries = 4;
    std::vector<Said> all;
    for (const auto* one : people) {
      if (all.size() == kMostPeople) {
        all.push_back(same("..."));
        break;
      }
      std::vector<Said> tries;
      for (const auto& attempt : one->tries) {
        if (tries.size() == kMostTries) break;
        tries.push_back(said("{0} {1}", "{0} {1}", channel_in_words(attempt.channel), after(attempt.after)));
      }
      all.push_back(said("{0} ({1}): {2}", "{0}（{1}）：{2}", one->code, one->selector.empty() ? "-" : one->selector,
                         plan::joined(tries, {", ", "、"})));
    }
    return plan::joined(all, {"; ", "；"});
  }

  // Why nobody was told by that selector: what the directory said, else that no step names it.
  Said why_not(const plan::CaseWhom& who) const {
    const auto text = text_of(who);
    for (const auto& left : came_.not_told) {
      if (left.selector == text || left.code == who.person) {
        return said("{0}: {1}", "{0}：{1}", left.code.empty() ? left.what : left.code,
                    Said{in_words(left.reason, false), in_words(left.reason, true)});
      }
    }
    return codes(who).empty() ? said("{0} finds nobody at that time and place", "{0} 在该时间和地点没有人", text)
                              : said("no step that began names them", "已启动的步骤都没有通知他们");
  }

  void hold_told(const plan::CaseTold& expected) {
    const auto people = told(expected.who);
    Said wanted = said("{0} told", "通知 {0}", text_of(expected.who));
    if (expected.within) wanted += said(" within {0}", "，{0}内", plan::in_words(*expected.within));
    if (expected.over) wanted += said(" over {0}", "，经{0}", channel_in_words(*expected.over));
    if (people.empty()) {
      return fail(said("expected {0}; nobody was", "应{0}；未通知", wanted), why_not(expected.who));
    }
    const bool met = std::any_of(people.begin(), people.end(), [&](const Told* one) {
      if (expected.within && one->tries.front().after > *expected.within) return false;
      return !expected.over || std::any_of(one->tries.begin(), one->tries.end(),
                                           [&](const Try& attempt) { return attempt.channel == *expected.over; });
    });
    if (!met) fail(said("expected {0}; it came otherwise", "应{0}；实际不同", wanted), tries_in_words(people));
  }

  void hold_not_told(const plan::CaseWhom& who) {
    const auto people = told(who);
    if (people.empty()) return;
    fail(said("expected {0} not to be told; told they were", "不应通知 {0}；实际已通知", text_of(who)),
         tries_in_words(people));
  }

  void hold_step(const std::string& name, bool wanted) {
    const StepOutcome* known = nullptr;
    bool began = false;
    for (const auto& step : came_.steps) {
      if (step.name != name) continue;
      if (step.began_after || known == nullptr) known = &step;
      began = began || step.began_after.has_value();
    }
    if (began == wanted) return;
    if (!wanted) {
      return fail(said("expected step {0} not to begin; it began", "步骤 {0} 不应开始；实际已开始", name),
                  said("{0} after the beginning", "开始后 {0}", after(*known->began_after)));
    }
    std::vector<std::string> names;
    for (const auto& step : came_.steps) {
      if (step.began_after && std::find(names.begin(), names.end(), step.name) == names.end()) {
        names.push_back(step.name);
      }
    }
    fail(said("expected step {0} to begin; it did not", "步骤 {0} 应开始；实际没有", name),
         said("began: {0}", "已开始：{0}", names.empty() ? Said{"none", "无"} : base::listed(names)));
  }

  const plan::Case& case_;
  const Rehearsal& came_;
  const ports::Roster* roster_;
  CaseRun& run_;
  base::Severity severity_ = base::Severity::kError;
};

// Without a directory a place is only a name, so that reports of one place belong together.
std::set<std::string> areas_of(const plan::Plan& plan) {
  std::set<std::string> names;
  for (const auto& one : plan.cases) {
    for (const auto& event : one.events) {
      const auto* report = std::get_if<plan::CaseReport>(&event.what);
      if (report != nullptr && !report->area.empty()) names.insert(report->area);
    }
  }
  return names;
}

}  // namespace

CasesRun run_cases(const plan::Plan& plan, const ports::Roster* roster, unsigned links_for, const std::string& only) {
  const StandInRoster stand_ins({&plan}, areas_of(plan));
  CasesRun all;
  all.with_directory = roster != nullptr;
  Covering covering(plan);
  Options how;
  how.links_for = links_for;
  for (const auto& one : plan.cases) {
    if (!only.empty() && one.name != only) continue;
    CaseRun run{one.name, {}, {}};
    const auto at = base::parse_local(one.at, plan.time_zone);
    if (!at) {
      run.failures.push_back(base::finding(base::Severity::kError, "case-fails",
                                           said("case \"{0}\": {1} is no time of the office's clock",
                                                "案例“{0}”：{1} 不是办公时区的时间", one.name, one.at),
                                           {}, "case/" + one.name));
      all.cases.push_back(std::move(run));
      continue;
    }
    how.horizon = one.until;
    const auto came = rehearse_course(plan, roster == nullptr ? stand_ins : *roster, one.events, *at, how);
    Held(one, came, roster, run).hold();
    covering.add(came);
    all.cases.push_back(std::move(run));
  }
  all.coverage = covering.take();
  return all;
}

}  // namespace tocsin::rehearse
