// Selectors to people: Snapshot::resolve and next_deputy.
#include <algorithm>
#include <unordered_map>

#include "directory/snapshot.h"

namespace tocsin::directory {
namespace {

// What a role or a duty is called where the directory gives it no name of its own.
struct RoleWords {
  std::string_view name, zh, en;
};
constexpr RoleWords kRoleWords[] = {
    {"heads", "负责人", "head"},
    {"workers", "网格员", "grid worker"},
    {"desk", "值班室", "duty desk"},
    {"leader", "带班领导", "leader on duty"},
};

std::string role_in_words(std::string_view name, std::string_view language) {
  for (const RoleWords& words : kRoleWords) {
    if (words.name == name) return std::string(language == "en" ? words.en : words.zh);
  }
  return std::string(name);
}

bool contains(std::span<const model::PersonId> people, model::PersonId person) {
  return std::find(people.begin(), people.end(), person) != people.end();
}

}  // namespace

class Snapshot::Finding {
 public:
  Finding(const Snapshot& roster, model::AreaId where, base::UtcTime at) : roster_(roster), where_(where), at_(at) {}

  void follow(const model::Selector& selector) {
    found_any_ = false;
    switch (selector.kind) {
      case model::SelectorKind::kPost: follow_post(selector); break;
      case model::SelectorKind::kUnit: follow_body(selector, roster_.units_, "unit "); break;
      case model::SelectorKind::kGroup: follow_body(selector, roster_.groups_, "group "); break;
      case model::SelectorKind::kAreaRole: follow_area(selector, false); break;
      case model::SelectorKind::kAreaUpRole: follow_area(selector, true); break;
      case model::SelectorKind::kDuty: follow_duty(selector); break;
    }
  }

  [[nodiscard]] model::Resolved take() { return std::move(found_); }

 private:
  enum class StandIn : std::uint8_t { kNo, kYes };
  // A hat: why the person is in it, as code and as words in their language.
  struct Hat {
    std::string code, name;  // an empty name: the words of `role`, behind `name_before`
    std::string_view role;
    std::string name_before;
  };

  void follow_post(const model::Selector& selector) {
    const Post* post = roster_.post(selector.name);
    const std::string what = "post " + selector.name;
    if (post != nullptr) add_holders(selector, *post, {post->code, post->name, {}, {}}, what);
    if (!found_any_) nobody(selector, what);
  }

  void follow_body(const model::Selector& selector, const ByText<Body>& bodies, std::string_view word) {
    const auto body = bodies.find(selector.name);
    const std::string what = std::string(word) + selector.name;
    if (body != bodies.end()) {
      for (const model::PersonId member : body->second.members) {
        add(selector, member, {selector.name, body->second.name, {}, {}}, what, nullptr);
      }
    }
    if (!found_any_) nobody(selector, what);
  }

  void follow_area(const model::Selector& selector, bool upward) {
    const auto* place = roster_.area(where_);
    const std::string what = "area " + selector.name + (place == nullptr ? "" : " of " + place->code);
    const auto visit = [&](const model::AreaInfo& at, const std::vector<model::PersonId>& people) {
      for (const model::PersonId person : people) {
        add(selector, person, {at.code, {}, selector.name, at.name + " "}, "area " + selector.name + " of " + at.code,
            nullptr);
      }
    };
    roster_.visit_roles(where_, selector.name, upward, visit);
    if (!found_any_) nobody(selector, what);
  }

  // The order of snapshot.h.
  void follow_duty(const model::Selector& selector) {
    const std::string what = "duty " + selector.name;
    const Hat hat{selector.name, {}, selector.name, {}};
    const auto answer = roster_.shifts_->who_is_on(selector.name, at_);
    for (const auto& on : answer.on) add_on_duty(selector, on.who, hat, what, StandIn::kYes);
    auto answers = answer.on.empty() ? std::optional<roster::Layer>() : answer.layer;
    for (const auto& away : answer.away) {
      const std::size_t before = told_;
      const bool asked = !answers || *answers == away.layer;
      add_on_duty(selector, away.who, hat, what, asked ? StandIn::kYes : StandIn::kNo);
      if (told_ > before) answers = away.layer;
    }
    if (!found_any_) nobody(selector, what);
  }

  void add_on_duty(const model::Selector& selector, const std::string& named, const Hat& hat, const std::string& what,
                   StandIn stand_in) {
    const Who who = roster_.who(named);
    if (who.post != nullptr) {
      add_holders(selector, *who.post, hat, what, stand_in);
    } else {
      add(selector, who.person, hat, what, nullptr, stand_in);
    }
  }

  void add_holders(const model::Selector& selector, const Post& post, const Hat& hat, const std::string& what,
                   StandIn stand_in = StandIn::kYes) {
    for (const Holding& holding : post.holdings) {
      if (holding.period.contains(at_)) add(selector, holding.person, hat, what, &post, stand_in);
    }
  }

  // `post`: whose deputies stand in; null = of any post the person holds.
  void add(const model::Selector& selector, model::PersonId person, const Hat& hat, const std::string& what,
           const Post* post, StandIn stand_in = StandIn::kYes) {
    found_any_ = true;
    if (!roster_.on_leave(person, at_)) {
      tell(selector, person, hat, {});
      return;
    }
    found_.not_told.push_back({person, selector, what, model::Reason::kOnLeave});
    if (stand_in == StandIn::kNo) return;
    if (const model::PersonId deputy = roster_.stand_in(person, selector, post, at_)) {
      tell(selector, deputy, hat, person);
      return;
    }
    if (post != nullptr) found_.not_told.push_back({{}, selector, what, model::Reason::kNoDeputy});
  }

  void tell(const model::Selector& selector, model::PersonId person, const Hat& hat, model::PersonId stands_in_for) {
    ++told_;
    const auto [place, fresh] = place_of_.emplace(person, found_.recipients.size());
    if (!fresh) {
      auto& there = found_.recipients[place->second];
      if (!there.stands_in_for && stands_in_for != person) there.stands_in_for = stands_in_for;
      return;
    }
    std::string name = hat.name;
    if (name.empty()) name = hat.name_before + role_in_words(hat.role, roster_.person(person)->language);
    found_.recipients.push_back({person, selector, hat.code, std::move(name), stands_in_for});
  }

  void nobody(const model::Selector& selector, const std::string& what) {
    found_.not_told.push_back({{}, selector, what, model::Reason::kPostEmpty});
  }

  const Snapshot& roster_;
  const model::AreaId where_;
  const base::UtcTime at_;
  std::size_t told_ = 0;    // how often somebody was told, or could have been again
  bool found_any_ = false;  // by the selector being followed, on leave or not
  std::unordered_map<model::PersonId, std::size_t> place_of_;
  model::Resolved found_;
};

model::Resolved Snapshot::resolve(std::span<const model::Selector> selectors, model::AreaId where,
                                  base::UtcTime at) const {
  Finding finding(*this, where, at);
  for (const model::Selector& selector : selectors) finding.follow(selector);
  return finding.take();
}

bool Snapshot::knows(const model::Selector& selector) const {
  switch (selector.kind) {
    case model::SelectorKind::kPost: return post(selector.name) != nullptr;
    case model::SelectorKind::kUnit: return units_.find(selector.name) != units_.end();
    case model::SelectorKind::kGroup: return groups_.find(selector.name) != groups_.end();
    case model::SelectorKind::kDuty: return shifts_->knows(selector.name);
    case model::SelectorKind::kAreaRole:
    case model::SelectorKind::kAreaUpRole: break;
  }
  return std::any_of(area_roles_.begin(), area_roles_.end(),
                     [&](const auto& roles) { return roles.second.find(selector.name) != roles.second.end(); });
}

std::vector<const Snapshot::Post*> Snapshot::posts_behind(model::PersonId person, const model::Selector& selector,
                                                          base::UtcTime at) const {
  std::vector<const Post*> posts;
  const auto holds = [&](const Post& post) {
    return std::any_of(post.holdings.begin(), post.holdings.end(),
                       [&](const Holding& h) { return h.person == person && h.period.contains(at); });
  };
  if (selector.kind == model::SelectorKind::kPost) {
    if (const Post* named = post(selector.name)) posts.push_back(named);
    return posts;
  }
  if (selector.kind == model::SelectorKind::kDuty) {
    const auto answer = shifts_->who_is_on(selector.name, at);
    const auto look = [&](const std::string& named) {
      const Post* has = who(named).post;
      if (has != nullptr && (holds(*has) || contains(has->deputies, person))) posts.push_back(has);
    };
    for (const auto& on : answer.on) look(on.who);
    for (const auto& away : answer.away) look(away.who);
    if (!posts.empty()) return posts;
  }
  const auto held = posts_held_.find(person);
  if (held != posts_held_.end()) {
    for (const Post* candidate : held->second) {
      if (holds(*candidate)) posts.push_back(candidate);
    }
  }
  return posts;
}

model::PersonId Snapshot::stand_in(model::PersonId person, const model::Selector& selector, const Post* post,
                                   base::UtcTime at) const {
  std::vector<const Post*> posts{post};
  if (post == nullptr) posts = posts_behind(person, selector, at);
  for (const Post* behind : posts) {
    for (const model::PersonId deputy : behind->deputies) {
      if (deputy != person && !on_leave(deputy, at)) return deputy;
    }
  }
  return {};
}

std::optional<model::PersonId> Snapshot::next_deputy(model::PersonId person, const model::Selector& selector,
                                                     std::span<const model::PersonId> told, base::UtcTime at) const {
  for (const Post* behind : posts_behind(person, selector, at)) {
    for (const model::PersonId deputy : behind->deputies) {
      if (deputy != person && !contains(told, deputy) && !on_leave(deputy, at)) return deputy;
    }
  }
  return std::nullopt;
}

}  // namespace tocsin::directory
