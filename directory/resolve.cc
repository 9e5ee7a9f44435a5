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
    int depth = 0;
    for (const auto* at = place; at != nullptr && depth < kDeepestTree;
         at = upward ? roster_.area(at->parent) : nullptr, ++depth) {
      const auto roles = roster_.area_roles_.find(at->id);
      if (roles == roster_.area_roles_.end()) continue;
      const auto people = roles->second.find(selector.name);
      if (people == roles->second.end()) continue;
      for (const model::PersonId person : people->second) {
        add(selector, person, {at->code, {}, selector.name, at->name + " "},
            "area " + selector.name + " of " + at->code, nullptr);
      }
    }
    if (!found_any_) nobody(selector, what);
  }

  void follow_duty(const model::Selector& selector) {
    const std::string what = "duty " + selector.name;
    const auto rows = roster_.duty_.find(selector.name);
    if (rows != roster_.duty_.end()) {
      for (const OnDuty& row : rows->second) {
        if (!row.period.contains(at_)) continue;
        const Hat hat{selector.name, {}, selector.name, {}};
        if (row.post != nullptr) {
          add_holders(selector, *row.post, hat, what);
        } else {
          add(selector, row.person, hat, what, nullptr);
        }
      }
    }
    if (!found_any_) nobody(selector, what);
  }

  void add_holders(const model::Selector& selector, const Post& post, const Hat& hat, const std::string& what) {
    for (const Holding& holding : post.holdings) {
      if (holding.period.contains(at_)) add(selector, holding.person, hat, what, &post);
    }
  }

  // `post`: whose deputies stand in; null = of any post the person holds.
  void add(const model::Selector& selector, model::PersonId person, const Hat& hat, const std::string& what,
           const Post* post) {
    found_any_ = true;
    if (!roster_.on_leave(person, at_)) {
      tell(selector, person, hat, {});
      return;
    }
    found_.not_told.push_back({person, selector, what, model::Reason::kOnLeave});
    std::vector<const Post*> posts;
    if (post != nullptr) {
      posts.push_back(post);
    } else {
      posts = roster_.posts_behind(person, selector, at_);
    }
    for (const Post* behind : posts) {
      for (const model::PersonId deputy : behind->deputies) {
        if (deputy == person || roster_.on_leave(deputy, at_)) continue;
        tell(selector, deputy, hat, person);
        return;
      }
    }
    if (post != nullptr) found_.not_told.push_back({{}, selector, what, model::Reason::kNoDeputy});
  }

  void tell(const model::Selector& selector, model::PersonId person, const Hat& hat, model::PersonId stands_in_for) {
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
    case model::SelectorKind::kDuty: return duty_.find(selector.name) != duty_.end();
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
    const auto rows = duty_.find(selector.name);
    if (rows != duty_.end()) {
      for (const OnDuty& row : rows->second) {
        if (row.post == nullptr || !row.period.contains(at)) continue;
        if (holds(*row.post) || contains(row.post->deputies, person)) posts.push_back(row.post);
      }
    }
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
