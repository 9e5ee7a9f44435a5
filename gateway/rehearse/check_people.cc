// Selectors that find nobody, people nobody can reach, and words nobody may say.
#include <algorithm>
#include <unordered_map>

#include "gateway/base/local_time.h"
#include "gateway/plan/subjects.h"
#include "gateway/rehearse/check_parts.h"
#include "gateway/triage/understand.h"

namespace tocsin::rehearse {
namespace {

using base::said;
using base::Said;
using base::Severity;
using model::Channel;
using model::Selector;
using model::SelectorKind;

constexpr int kLongestCircle = 10;

// "a post commander": what is missing, in the directory's words.
Said in_words(const Selector& selector) {
  switch (selector.kind) {
    case SelectorKind::kPost: return said("a post {0}", "岗位{0}", selector.name);
    case SelectorKind::kUnit: return said("a unit {0}", "单位{0}", selector.name);
    case SelectorKind::kGroup: return said("a group {0}", "群组{0}", selector.name);
    case SelectorKind::kDuty: return said("anybody with duty {0}", "值班{0}", selector.name);
    case SelectorKind::kAreaRole:
    case SelectorKind::kAreaUpRole: break;
  }
  return said("anybody with area role {0}", "区域角色{0}", selector.name);
}

class PeopleCheck {
 public:
  PeopleCheck(const plan::Plan& plan, const ports::Roster& roster, OverTime& over_time, unsigned links,
              base::Diagnostics& findings)
      : plan_(plan), roster_(roster), over_time_(over_time), links_(links), findings_(findings) {}

  void run() {
    for (const auto& response : plan_.responses) {
      for (const auto& step : response.steps) check_step(response, step);
      check_authority(response);
    }
    check_cases();
  }

 private:
  void check_step(const plan::Response& response, const plan::PlanStep& step) {
    const auto in = plan::name_of(plan_, response, step);
    const auto place = plan::place_of(plan_, response, step);
    for (std::size_t i = 0; i < step.to.size(); ++i) {
      check_selector(step.to[i], in, place + "/to/" + std::to_string(i + 1));
    }
    if (step.ladder < 0) return;  // a task of the desk tells nobody
    for (const auto* ladder : climbed(plan_, step.ladder)) check_ladder(*ladder);
    check_enough(step, in, place);
    if (!seen_reach_.insert({step.to, step.ladder}).second) return;
    for (const auto& [person, selector] : over_time_.find(step.to).people) {
      check_person(person, step, in, place + "/to/" + std::to_string(selector + 1));
      check_deputies(person, step.to[selector], in, place + "/to/" + std::to_string(selector + 1));
    }
  }

  // ---- selectors ----

  void check_ladder(const plan::Ladder& ladder) {
    for (std::size_t i = 0; i < ladder.rungs.size(); ++i) {
      if (!ladder.rungs[i].who) continue;
      const auto number = std::to_string(i + 1);
      check_selector(*ladder.rungs[i].who,
                     said("who knocks, rung {0} of ladder {1}", "呼叫阶梯{1}第{0}级上门的人", number, ladder.name),
                     "ladder/" + ladder.name + "/" + number);
    }
  }

  void check_selector(const Selector& selector, const Said& in, const std::string& place) {
    if (!seen_selectors_.insert(selector).second) return;
    const auto text = model::to_text(selector);
    if (!roster_.knows(selector)) {
      found(findings_, Severity::kError, "selector-resolves-to-nobody", place,
            said("{0}: {1} names nobody; the directory does not have {2}", "{0}：{1}找不到任何人，名录中没有{2}", in,
                 text, in_words(selector)),
            said("correct the name in the plan, or add it to the directory", "更正预案中的名称，或在名录中补上"));
      return;
    }
    const auto nobody = over_time_.below({selector}, 1);
    if (!nobody) return;
    found(findings_, Severity::kWarning, "selector-resolves-to-nobody", place,
          said("{0}: {1} names nobody{2}", "{0}：{1}{2}找不到任何人", in, text, when_and_where(*nobody)),
          said("see who fills it, and who is on leave", "查看由谁担任、谁在休假"));
  }

  // " at donghu, xihu and 3 more, from 2026-11-22 14:00 for 9h and 2 more times"
  Said when_and_where(const Shortage& shortage) const {
    Said text = listed_places(shortage.places);
    const auto moment = [&](base::UtcTime at) {
      return base::local_text(at, plan_.time_zone, "%Y-%m-%d %H:%M").value_or(base::to_rfc3339(at));
    };
    if (shortage.always) {
      text += said(" at any time looked at", "在查看的整段时间内");
    } else if (shortage.to) {
      const auto minutes = std::chrono::ceil<std::chrono::minutes>(*shortage.to - shortage.from);
      text += said(" from {0} for {1}", "自{0}起{1}内", moment(shortage.from), base::to_string(minutes));
    } else {
      text += said(" from {0} on", "自{0}起", moment(shortage.from));
    }
    if (shortage.times > 1 && shortage.places.size() < static_cast<std::size_t>(shortage.times)) {
      text += said(" ({0} such times in all)", "（共{0}次）", shortage.times);
    }
    return text;
  }

  Said listed_places(const std::vector<model::AreaId>& places) const {
    constexpr std::size_t kShown = 5;
    std::vector<std::string> codes;
    for (const auto place : places) {
      const auto* area = roster_.area(place);
      if (area != nullptr && codes.size() < kShown) codes.push_back(area->code);
    }
    if (codes.empty()) return {};
    auto text = said(" at {0}", "在{0}", base::listed(codes));
    if (places.size() > kShown) text += said(" and {0} more places", "等另{0}处", places.size() - kShown);
    return text;
  }

  void check_enough(const plan::PlanStep& step, const Said& in, const std::string& place) {
    if (step.enough_all || step.enough <= 1) return;  // of one, selector-resolves-to-nobody says it
    const auto few = over_time_.below(step.to, static_cast<std::size_t>(step.enough));
    if (!few) return;
    found(findings_, Severity::kWarning, "enough-above-recipients", place,
          said(few->fewest == 1 ? "{0}: asks for {1} answers of {2} recipient{3}"
                                : "{0}: asks for {1} answers of {2} recipients{3}",
               "{0}：需要{1}个答复，{3}却只有{2}人", in, step.enough, few->fewest, when_and_where(*few)),
          said("lower \"enough\", or name more recipients", "减小enough，或增加通知对象"));
  }

  // ---- people ----

  // A bit for each channel over which an agreed contact point and a link, or the desk's phone, reach somebody.
  unsigned reach_of(const model::PersonCard& card) {
    const auto known = reach_.find(card.id);
    if (known != reach_.end()) return known->second;
    unsigned reach = 0;
    for (const auto channel : {Channel::kConsole, Channel::kSms, Channel::kVoice, Channel::kEmail, Channel::kWebhook,
                               Channel::kPush, Channel::kDeskCall}) {
      const unsigned bit = 1U << static_cast<unsigned>(channel);
      if (is_carried(channel) && (links_ & bit) == 0) continue;
      const bool agreed = std::any_of(card.contacts.begin(), card.contacts.end(), [&](const model::ContactPoint& c) {
        return c.agreed && can_carry(channel, c.kind);
      });
      if (agreed) reach |= bit;
    }
    return reach_[card.id] = reach;
  }

  void check_person(model::PersonId person, const plan::PlanStep& step, const Said& in, const std::string& place) {
    const auto* card = roster_.person(person);
    if (card == nullptr || seen_people_.count(person) != 0) return;
    const unsigned reach = reach_of(*card);
    constexpr unsigned kDesk = 1U << static_cast<unsigned>(Channel::kDeskCall);
    for (const auto* ladder : climbed(plan_, step.ladder)) {
      unsigned used = 0;
      for (const auto& rung : ladder->rungs) used |= 1U << static_cast<unsigned>(rung.channel);
      const bool knock = (used & (1U << static_cast<unsigned>(Channel::kKnock))) != 0;
      const auto who = card->name + " (" + card->code + ")";
      if ((reach & used) == 0) {
        found(findings_, Severity::kWarning, "person-unreachable", place,
              said("{0}: {1} has no agreed contact point that ladder {2} can use",
                   "{0}：{1}没有同意过呼叫阶梯{2}能用的联系方式", in, who, ladder->name),
              card->contacts.empty()
                  ? said("add a contact point", "为其补充联系方式")
                  : said("have the person agree to one, or add another rung", "征得本人同意，或增加一级"));
      } else if ((used & kDesk) != 0 && !knock && (reach & kDesk) == 0) {
        found(findings_, Severity::kWarning, "nobody-can-phone", place,
              said("{0}: the desk has no agreed number of {1}, so ladder {2} ends without a human",
                   "{0}：值班室没有{1}同意过的号码，呼叫阶梯{2}到头也没有人能找到本人", in, who, ladder->name),
              said("add a mobile or landline the person agrees to", "补充本人同意的手机或座机"));
      } else {
        continue;
      }
      seen_people_.insert(person);
      return;
    }
  }

  // Who alone can stand in for them; empty: nobody, or one of several.
  std::optional<model::PersonId> only_deputy(model::PersonId person, const Selector& selector) const {
    const auto first = roster_.next_deputy(person, selector, {}, over_time_.from());
    if (!first || roster_.next_deputy(person, selector, {&*first, 1}, over_time_.from())) return std::nullopt;
    return first;
  }

  void check_deputies(model::PersonId person, const Selector& selector, const Said& in, const std::string& place) {
    if (selector.kind != SelectorKind::kPost && selector.kind != SelectorKind::kDuty) return;
    const Selector any_post{SelectorKind::kGroup, {}};  // whatever post they hold
    std::vector<std::string> names;
    std::vector<model::PersonId> circle{person};
    auto next = only_deputy(person, selector);
    while (next && *next != person && circle.size() < kLongestCircle) {
      circle.push_back(*next);
      next = only_deputy(*next, any_post);
    }
    if (!next || *next != person || seen_circles_.count(person) != 0) return;
    for (const auto one : circle) {
      seen_circles_.insert(one);
      if (const auto* card = roster_.person(one)) names.push_back(card->name + " (" + card->code + ")");
    }
    found(findings_, Severity::kWarning, "deputies-in-a-circle", place,
          said("{0}: {1} have only each other as deputies: nobody stands in when they are away together",
               "{0}：{1}互为唯一的替补：同时不在时无人代理", in, base::listed(names)),
          said("name a further deputy in the directory", "在名录中再指定一位替补"));
  }

  // ---- approval, ending, cases ----

  void check_authority(const plan::Response& response) {
    const auto subject = plan::name_of(plan_, response);
    if (response.approval) {
      nobody_may(response.approval->by, "approval-by-nobody", plan::place_of(plan_, response) + "/approval",
                 said("nobody may approve {0}", "无人可批准{0}", subject));
    }
    if (response.stand_down && !response.stand_down->by.empty()) {
      nobody_may(response.stand_down->by, "stand-down-by-nobody", plan::place_of(plan_, response) + "/stand_down",
                 said("nobody may end {0}", "无人可终止{0}", subject));
    }
  }

  void nobody_may(const std::vector<Selector>& by, const char* code, const std::string& place, const Said& what) {
    for (const auto& selector : by) check_selector(selector, what, place);
    const auto nobody = over_time_.below(by, 1);
    if (!nobody || !seen_authority_.insert({code, by}).second) return;
    found(findings_, Severity::kWarning, code, place, said("{0}{1}", "{1}{0}", what, when_and_where(*nobody)),
          said("name a further post in \"by\"", "在by中再增加一个岗位"));
  }

  void check_cases() {
    if (plan_.cases.empty()) return;
    // The words of a place mean what they mean in a report.
    const triage::Vocabulary words(plan::PlanPtr(plan::PlanPtr{}, &plan_), roster_.areas());
    std::vector<std::string> names;
    for (const auto& area : roster_.areas()) names.insert(names.end(), {area.code, area.name});
    for (const auto& one : plan_.cases) {
      for (const auto& event : one.events) {
        const auto* report = std::get_if<plan::CaseReport>(&event.what);
        if (report == nullptr || report->area.empty() || words.find_area(report->area)) continue;
        const auto near = base::nearest_name(report->area, names);
        found(findings_, Severity::kError, "case-area-unknown", "case/" + one.name,
              said("case \"{0}\" happens at \"{1}\", which the directory does not have",
                   "案例“{0}”发生在“{1}”，名录中没有这个地点", one.name, report->area),
              near.empty() ? Said{} : said("did you mean \"{0}\"?", "是否想写“{0}”？", near));
      }
    }
  }

  const plan::Plan& plan_;
  const ports::Roster& roster_;
  OverTime& over_time_;
  const unsigned links_;
  base::Diagnostics& findings_;
  std::set<Selector> seen_selectors_;
  std::set<std::pair<std::vector<Selector>, int>> seen_reach_;
  std::set<std::pair<std::string, std::vector<Selector>>> seen_authority_;
  std::set<model::PersonId> seen_people_, seen_circles_;
  std::unordered_map<model::PersonId, unsigned> reach_;
};

}  // namespace

void check_people(const plan::Plan& plan, const ports::Roster& roster, OverTime& over_time, unsigned links,
                  base::Diagnostics& findings) {
  PeopleCheck(plan, roster, over_time, links, findings).run();
}

}  // namespace tocsin::rehearse
