#include "gateway/rehearse/call_list_people.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <utility>

#include "gateway/base/local_time.h"
#include "gateway/plan/clause_words.h"
#include "gateway/ports/stretches.h"
#include "gateway/rehearse/role_words.h"

namespace tocsin::rehearse {
namespace {

using base::said;
using base::Said;
using model::SelectorKind;

constexpr std::size_t kMostOfABody = 4;  // on the page of a response
constexpr std::size_t kMostDeputies = 10;
constexpr std::size_t kMostSpans = 6;  // of one person's duty

struct Shift {
  base::UtcTime from, to;
};
// Somebody's shifts of one duty, or nobody's.
struct Turn {
  model::PersonId person;
  model::PersonId stands_in_for;
  std::vector<Shift> shifts;
};

void add_shift(std::vector<Turn>& turns, model::PersonId person, model::PersonId for_whom, const Shift& shift) {
  auto turn = std::find_if(turns.begin(), turns.end(),
                           [&](const Turn& one) { return one.person == person && one.stands_in_for == for_whom; });
  if (turn == turns.end()) turn = turns.insert(turns.end(), Turn{person, for_whom, {}});
  if (!turn->shifts.empty() && turn->shifts.back().to == shift.from) {
    turn->shifts.back().to = shift.to;
  } else {
    turn->shifts.push_back(shift);
  }
}

}  // namespace

std::string CallLines::plain_name(model::PersonId person) const {
  const auto* card = options_.roster->person(person);
  return card == nullptr ? std::string() : sheet_.text(card->name);
}

std::string CallLines::leave_of(model::PersonId person) const {
  const auto found = options_.on_leave.find(person);
  const bool known = found != options_.on_leave.end() && found->second.has_value();
  if (!known) return sheet_.text({"on leave", "休假"});
  const auto text = base::local_text(*found->second, sheet_.plan().time_zone, "%Y-%m-%d %H:%M").value_or("");
  return sheet_.text(said("on leave until {0}", "休假至{0}", text));
}

std::string CallLines::name_of(const CallLine& line) const {
  const auto* card = options_.roster->person(line.person);
  if (card == nullptr) return {};
  auto text = "<span class=name>" + sheet_.text(card->name) + "</span>";
  if (!card->door.empty()) text += " <span class=small>" + sheet_.text(card->door) + "</span>";
  return text;
}

std::string CallLines::numbers_of(model::PersonId person) const {
  const auto* card = options_.roster->person(person);
  std::string text;
  if (card == nullptr) return text;
  for (const auto& contact : card->contacts) {
    const bool telephone = contact.kind == model::ContactKind::kMobile || contact.kind == model::ContactKind::kLandline;
    if (!contact.agreed || !telephone) continue;
    text += (text.empty() ? "" : " &ensp;") +
            ("<span class=tel>" + sheet_.text(base::dialled(contact.address, options_.dialing)));
    if (!contact.extension.empty()) text += sheet_.text(said(" ext. {0}", "转{0}", contact.extension));
    text += "</span>";
    if (contact.not_at_night) text += " <span class=small>" + sheet_.text({"not at night", "夜间勿打"}) + "</span>";
  }
  if (text.empty()) return "<span class=gap>" + sheet_.text({"no number", "无可用号码"}) + "</span>";
  return text;
}

std::string CallLines::label_of(const model::Recipient& recipient, const model::Selector& selector) const {
  auto text = recipient.post_name.empty() ? sheet_.text(plan::in_words(selector)) : sheet_.text(recipient.post_name);
  if (recipient.stands_in_for) {
    text += sheet_.text({", standing in for ", "，代替"}) + plain_name(recipient.stands_in_for);
  }
  return text;
}

void CallLines::add_not_told(const model::Resolved& found, std::vector<CallLine>& lines) const {
  for (const auto& one : found.not_told) {
    CallLine line;
    line.kind = CallLine::Kind::kWord;
    const auto who = sheet_.who(one.selector);
    if (one.reason == model::Reason::kOnLeave) {
      line.what = plain_name(one.person) + sheet_.text({": ", "："}) + leave_of(one.person);
    } else if (one.reason == model::Reason::kNoDeputy) {
      line.kind = CallLine::Kind::kGap;
      line.what = who + sheet_.text({": no deputy is there", "：没有在岗的代理人"});
    } else {
      line.kind = CallLine::Kind::kGap;
      line.what =
          who + (one.selector.kind == SelectorKind::kPost ? sheet_.text({": nobody fills this post", "：该岗位空缺"})
                                                          : sheet_.text({": nobody", "：无人"}));
    }
    lines.push_back(std::move(line));
  }
}

void CallLines::add_deputies(const model::Selector& selector, const model::Resolved& found,
                             std::vector<CallLine>& lines) const {
  if (found.recipients.empty()) return;
  std::vector<model::PersonId> told;
  for (const auto& one : found.recipients) told.push_back(one.person);
  const auto holder = found.recipients.front();
  const auto whose = holder.stands_in_for ? holder.stands_in_for : holder.person;
  for (std::size_t i = 0; i < kMostDeputies; ++i) {
    const auto next = options_.roster->next_deputy(whose, selector, told, options_.at);
    if (!next) return;
    told.push_back(*next);
    lines.push_back({CallLine::Kind::kDeputy, *next, sheet_.text(said("deputy {0}", "代理{0}", i + 1))});
  }
}

std::vector<CallLine> CallLines::of_post(const model::Selector& selector) const {
  const std::vector<model::Selector> one{selector};
  const auto found = options_.roster->resolve(one, {}, options_.at);
  std::vector<CallLine> lines;
  for (const auto& recipient : found.recipients) {
    lines.push_back({CallLine::Kind::kPerson, recipient.person, label_of(recipient, selector)});
  }
  add_deputies(selector, found, lines);
  add_not_told(found, lines);
  return lines;
}

// Who has it at any time of the days that the paper is for, each person once with all shifts.
std::vector<CallLine> CallLines::of_duty(const model::Selector& selector) const {
  const auto end = options_.at + std::chrono::hours(24) * options_.duty_days;
  std::vector<Turn> turns;
  ports::each_stretch(*options_.roster, selector, {}, options_.at, end,
                      [&](base::UtcTime from, base::UtcTime to, const model::Resolved& found) {
                        if (found.recipients.empty()) add_shift(turns, {}, {}, {from, to});
                        for (const auto& who : found.recipients)
                          add_shift(turns, who.person, who.stands_in_for, {from, to});
                      });
  std::vector<CallLine> lines;
  const auto& zone = sheet_.plan().time_zone;
  for (const Turn& turn : turns) {
    std::string when;
    const bool always = turn.shifts.size() == 1 && turn.shifts[0].from == options_.at && turn.shifts[0].to == end;
    for (std::size_t i = 0; i < std::min(turn.shifts.size(), kMostSpans) && !always; ++i) {
      when += (i == 0 ? "" : "; ") + base::local_text(turn.shifts[i].from, zone, "%m-%d %H:%M").value_or("") + "–" +
              base::local_text(turn.shifts[i].to, zone, "%m-%d %H:%M").value_or("");
    }
    if (turn.shifts.size() > kMostSpans) when += " …";
    if (always) when = sheet_.text(said("in the next {0} days", "今后{0}天", options_.duty_days));
    CallLine line{CallLine::Kind::kPerson, turn.person,
                  sheet_.who(selector) + " <span class=small>" + when + "</span>"};
    if (turn.stands_in_for) {
      line.what += sheet_.text({", standing in for ", "，代替"}) + plain_name(turn.stands_in_for);
    }
    if (!turn.person) {
      line.kind = CallLine::Kind::kGap;
      line.what += sheet_.text({": nobody", "：无人值班"});
    }
    lines.push_back(std::move(line));
  }
  return lines;
}

std::vector<CallLine> CallLines::of(const model::Selector& selector) const {
  if (selector.kind == SelectorKind::kPost) return of_post(selector);
  if (selector.kind == SelectorKind::kDuty) return of_duty(selector);
  if (selector.kind == SelectorKind::kAreaRole || selector.kind == SelectorKind::kAreaUpRole) {
    const Said where = selector.kind == SelectorKind::kAreaUpRole
                           ? Said{"of the area where it happens and of those above it", "事发地及其上级区域的"}
                           : Said{"of the area where it happens", "事发地的"};
    const auto text =
        said("{0} {1}: see \"Areas\" at the end", "{1}{0}：见末页“区域”", role_in_words(selector.name, true), where);
    return {{CallLine::Kind::kWord, {}, sheet_.text(text)}};
  }
  const std::vector<model::Selector> one{selector};
  const auto found = options_.roster->resolve(one, {}, options_.at);
  std::vector<CallLine> lines;
  for (const auto& recipient : found.recipients) {
    if (lines.size() == kMostOfABody) break;
    lines.push_back({CallLine::Kind::kPerson, recipient.person, label_of(recipient, selector)});
  }
  if (found.recipients.size() > kMostOfABody) {
    lines.push_back({CallLine::Kind::kWord,
                     {},
                     sheet_.text(said("and {0} more: see \"Units and groups\" at the end",
                                      "另有{0}人：见末页“单位和队伍”", found.recipients.size() - kMostOfABody))});
  }
  add_not_told(found, lines);
  return lines;
}

std::vector<CallLine> CallLines::of_area(const model::AreaInfo& area, const std::string& role) const {
  const std::vector<model::Selector> one{{SelectorKind::kAreaRole, role}};
  const auto found = options_.roster->resolve(one, area.id, options_.at);
  std::vector<CallLine> lines;
  const auto label = sheet_.text(role_in_words(role, false));
  for (const auto& recipient : found.recipients) {
    lines.push_back({CallLine::Kind::kPerson, recipient.person, label});
  }
  for (const auto& miss : found.not_told) {
    if (miss.reason != model::Reason::kOnLeave) continue;
    lines.push_back({CallLine::Kind::kWord,
                     {},
                     label + " " + plain_name(miss.person) + sheet_.text({": ", "："}) + leave_of(miss.person)});
  }
  if (lines.empty() && role == "heads") {
    lines.push_back({CallLine::Kind::kGap, {}, label + sheet_.text({": nobody", "：空缺"})});
  }
  return lines;
}

std::vector<CallLine> CallLines::of_body(const CallListBody& body) const {
  std::vector<CallLine> lines;
  for (const auto person : body.people) {
    std::string note;
    if (options_.on_leave.count(person) > 0) note = leave_of(person);
    lines.push_back({CallLine::Kind::kPerson, person, std::move(note)});
  }
  if (lines.empty()) lines.push_back({CallLine::Kind::kGap, {}, sheet_.text({"nobody", "无人"})});
  return lines;
}

}  // namespace tocsin::rehearse
