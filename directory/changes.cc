// When selectors find somebody else: Snapshot::changes.
#include <set>

#include "directory/snapshot.h"

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
    int depth = 0;
    for (const auto* at = roster_.area(where); at != nullptr && depth < kDeepestTree;
         at = upward ? roster_.area(at->parent) : nullptr, ++depth) {
      const auto roles = roster_.area_roles_.find(at->id);
      if (roles == roster_.area_roles_.end()) continue;
      const auto people = roles->second.find(role);
      if (people == roles->second.end()) continue;
      for (const model::PersonId person : people->second) add_person(person);
    }
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

}  // namespace tocsin::directory
