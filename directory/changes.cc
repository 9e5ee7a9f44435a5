// When selectors find somebody else: Snapshot::changes; and whom they find all along: Snapshot::follow.
#include <algorithm>
#include <set>

#include "directory/snapshot.h"
#include "gateway/ports/stretches.h"

namespace tocsin::directory {

class Snapshot::Changing {
 public:
  Changing(const Snapshot& roster, base::UtcTime from, base::UtcTime to) : roster_(roster), from_(from), to_(to) {}

  void follow(const model::Selector& selector, model::AreaId where) {
    switch (selector.kind) {
      case model::SelectorKind::kPost:
        if (const auto* named = roster_.post(selector.name)) add_post(*named);
        break;
      case model::SelectorKind::kUnit: add_body(roster_.units_, selector.name); break;
      case model::SelectorKind::kGroup: add_body(roster_.groups_, selector.name); break;
      case model::SelectorKind::kAreaRole: add_area(where, selector.name, false); break;
      case model::SelectorKind::kAreaUpRole: add_area(where, selector.name, true); break;
      case model::SelectorKind::kDuty: add_duty(selector.name); break;
    }
  }

  // Of somebody never on leave nothing changes; of somebody who is, it matters who could stand in, and when.
  void add_person(model::PersonId person) {
    if (!people_.insert(person).second) return;
    const auto leave = roster_.leave_.find(person);
    if (leave == roster_.leave_.end()) return;
    add_leave(person);
    const auto held = roster_.posts_held_.find(person);
    if (held == roster_.posts_held_.end()) return;
    for (const Post* post : held->second) add_post(*post);
  }

  [[nodiscard]] std::vector<base::UtcTime> take() const { return {moments_.begin(), moments_.end()}; }

 private:
  void add(const Period& period) {
    for (const auto& end : {period.from, period.to}) {
      if (end) add(*end);
    }
  }
  void add(base::UtcTime end) {
    if (end >= from_ && end < to_) moments_.insert(end);
  }

  void add_leave(model::PersonId person) {
    const auto leave = roster_.leave_.find(person);
    if (leave == roster_.leave_.end()) return;
    for (const auto& span : leave->second) {
      add(span.from);
      add(span.to);
    }
  }

  void add_post(const Post& post) {
    if (!posts_.insert(&post).second) return;
    for (const Holding& holding : post.holdings) {
      add(holding.period);
      add_person(holding.person);
    }
    for (const model::PersonId deputy : post.deputies) add_leave(deputy);
  }

  void add_body(const ByText<Body>& bodies, const std::string& name) {
    const auto body = bodies.find(name);
    if (body == bodies.end()) return;
    for (const model::PersonId member : body->second.members) add_person(member);
  }

  void add_area(model::AreaId where, const std::string& role, bool upward) {
    roster_.visit_roles(where, role, upward, [&](const model::AreaInfo&, const std::vector<model::PersonId>& people) {
      for (const model::PersonId person : people) add_person(person);
    });
  }

  void add_duty(const std::string& name) {
    // From just before, so that what changes at the very beginning shows.
    for (const auto& stretch : roster_.shifts_->stretches(name, from_ - base::Duration{1}, to_)) {
      if (stretch.span.from >= from_) moments_.insert(stretch.span.from);
      for (const auto& on : stretch.answer.on) add_who(on.who);
      for (const auto& away : stretch.answer.away) add_who(away.who);
    }
  }

  void add_who(const std::string& named) {
    const Who who = roster_.who(named);
    if (who.post != nullptr) {
      add_post(*who.post);
    } else {
      add_person(who.person);
    }
  }

  const Snapshot& roster_;
  const base::UtcTime from_, to_;
  std::set<base::UtcTime> moments_;
  std::unordered_set<model::PersonId> people_;
  std::unordered_set<const Post*> posts_;
};

std::vector<base::UtcTime> Snapshot::changes(std::span<const model::Selector> selectors, model::AreaId where,
                                             base::UtcTime from, base::UtcTime to) const {
  Changing changing(*this, from, to);
  for (const model::Selector& selector : selectors) changing.follow(selector, where);
  return changing.take();
}

class Snapshot::Following {
 public:
  Following(const Snapshot& roster, model::AreaId where, const roster::Span& span)
      : roster_(roster), where_(where), span_(span) {}

  void follow(const model::Selector& selector) {
    switch (selector.kind) {
      case model::SelectorKind::kPost:
      case model::SelectorKind::kDuty: follow_by_resolving(selector); break;
      case model::SelectorKind::kUnit: follow_body(selector, roster_.units_, "unit "); break;
      case model::SelectorKind::kGroup: follow_body(selector, roster_.groups_, "group "); break;
      case model::SelectorKind::kAreaRole: follow_area(selector, false); break;
      case model::SelectorKind::kAreaUpRole: follow_area(selector, true); break;
    }
  }

  [[nodiscard]] roster::Course take() { return std::move(course_); }

 private:
  // Calls look(from, to) for each stretch between those moments.
  template <typename Look>
  void each_stretch(std::vector<base::UtcTime> moments, const Look& look) {
    moments.insert(moments.begin(), span_.from);
    moments.push_back(span_.to);
    for (std::size_t i = 0; i + 1 < moments.size(); ++i) {
      if (moments[i] < moments[i + 1]) look(roster::Span{moments[i], moments[i + 1]});
    }
  }

  // Of few people, who depend on each other.
  void follow_by_resolving(const model::Selector& selector) {
    const bool duty = selector.kind == model::SelectorKind::kDuty;
    const auto look = [&](base::UtcTime from, base::UtcTime to, const model::Resolved& found) {
      const roster::Span stretch{from, to};
      for (const auto& recipient : found.recipients) tell(recipient.person, stretch);
      for (const auto& left : found.not_told) {
        if (left.reason == model::Reason::kOnLeave) {
          miss(left.what, left.person, roster::Why::kOnLeave, stretch);
        } else if (left.reason == model::Reason::kPostEmpty) {
          miss(left.what, {}, duty ? roster::Why::kNobodyOnDuty : roster::Why::kVacant, stretch);
        }
      }
    };
    ports::each_stretch(roster_, selector, where_, span_.from, span_.to, look);
  }

  void follow_body(const model::Selector& selector, const ByText<Body>& bodies, std::string_view word) {
    const auto body = bodies.find(selector.name);
    const std::string what = std::string(word) + selector.name;
    if (body == bodies.end() || body->second.members.empty()) {
      miss(what, {}, roster::Why::kVacant, span_);
      return;
    }
    for (const model::PersonId member : body->second.members) follow_member(selector, member, what);
  }

  void follow_area(const model::Selector& selector, bool upward) {
    bool any = false;
    const auto visit = [&](const model::AreaInfo& at, const std::vector<model::PersonId>& people) {
      any = any || !people.empty();
      for (const model::PersonId person : people) {
        follow_member(selector, person, "area " + selector.name + " of " + at.code);
      }
    };
    roster_.visit_roles(where_, selector.name, upward, visit);
    if (any) return;
    const auto* place = roster_.area(where_);
    miss("area " + selector.name + (place == nullptr ? "" : " of " + place->code), {}, roster::Why::kVacant, span_);
  }

  // Of many people, none of whom depends on another but for deputies.
  void follow_member(const model::Selector& selector, model::PersonId person, const std::string& what) {
    if (roster_.leave_.find(person) == roster_.leave_.end()) {
      tell(person, span_);
      return;
    }
    Changing changing(roster_, span_.from, span_.to);
    changing.add_person(person);
    each_stretch(changing.take(), [&](const roster::Span& stretch) {
      if (!roster_.on_leave(person, stretch.from)) {
        tell(person, stretch);
        return;
      }
      miss(what, person, roster::Why::kOnLeave, stretch);
      if (const auto deputy = roster_.stand_in(person, selector, nullptr, stretch.from)) tell(deputy, stretch);
    });
  }

  void tell(model::PersonId person, const roster::Span& stretch) {
    const auto* card = roster_.person(person);
    const bool works = card != nullptr && std::any_of(card->contacts.begin(), card->contacts.end(),
                                                      [](const model::ContactPoint& point) { return point.agreed; });
    course_.told.push_back({person, works, stretch});
    if (!works) miss({}, person, roster::Why::kNoContact, stretch);
  }

  void miss(std::string what, model::PersonId person, roster::Why why, const roster::Span& stretch) {
    course_.missing.push_back({{std::move(what), person, why}, stretch});
  }

  const Snapshot& roster_;
  const model::AreaId where_;
  const roster::Span span_;
  roster::Course course_;
};

roster::Course Snapshot::follow(std::span<const model::Selector> selectors, model::AreaId where,
                                const roster::Span& span) const {
  Following following(*this, where, span);
  for (const model::Selector& selector : selectors) following.follow(selector);
  return following.take();
}

}  // namespace tocsin::directory
