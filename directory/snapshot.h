// The directory as the call-out asks it: an immutable index over one version of the tables.
//
// Built once per change, then read from any thread without a lock.  Every question costs what it finds: members are
// listed ready, codes, ids and addresses found by hash or bisection.  It stays small (100,000 people have to fit beside
// everything else), so it keeps no rows: lists are made from the tables.
//
// Duties: who has one is read from the layers of roster/shifts.h (overrides, rows of duty, rotations); the highest
// layer with somebody present answers.  In this order:
//  1. Those of that layer who are present are told.  A post counts as present when its holder is, or a deputy.
//  2. For those of the same layer who are on leave, the first deputy present stands in, as below.
//  3. Those on leave whom a layer above had named are in `not_told`; nobody stands in for them, since others are there.
//  4. With nobody present in any layer, deputies stand in for those of the highest layer that has such deputies.
//
// Leave: a person on leave is not told.  In their place comes the first deputy present: of the post that the
// selector (or the duty row) names, otherwise of any post the person holds.  Where nobody can stand in for a post,
// a further `not_told` entry (kNoDeputy) says so.  A stand-in whom an earlier selector found already keeps their
// place and learns whom they stand in for.
// A selector that finds nobody, or names what the directory does not have, is one `not_told` entry (kPostEmpty)
// whose `what` names it: "post commander", "unit fire-station", "area heads of donghu".
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "directory/map/area_finder.h"
#include "directory/roster/coverage.h"
#include "directory/roster/shifts.h"
#include "directory/tables.h"
#include "gateway/ports/roster.h"

namespace tocsin::directory {

class Snapshot final : public ports::Roster {
 public:
  // `tables` as read_directory or load_tables made them, numbered (number_rows).  Rows that refer to nothing are
  // left out rather than trusted.
  Snapshot(const Tables& tables, std::int64_t version);

  // Not copied, not moved: the cards it hands out live inside it.
  Snapshot(const Snapshot&) = delete;
  Snapshot& operator=(const Snapshot&) = delete;

  [[nodiscard]] std::int64_t version() const override { return version_; }
  [[nodiscard]] model::Resolved resolve(std::span<const model::Selector> selectors, model::AreaId where,
                                        base::UtcTime at) const override;
  [[nodiscard]] std::vector<base::UtcTime> changes(std::span<const model::Selector> selectors, model::AreaId where,
                                                   base::UtcTime from, base::UtcTime to) const override;
  // Who is told, and who of those named is not reached, all through `span`: at every instant the people are those of
  // resolve().  Of selectors whose people do not depend on each other (units, groups, areas) only those who are on
  // leave some time are looked at more than once, and each alone.
  [[nodiscard]] roster::Course follow(std::span<const model::Selector> selectors, model::AreaId where,
                                      const roster::Span& span) const;
  [[nodiscard]] bool knows(const model::Selector& selector) const override;
  [[nodiscard]] std::optional<model::PersonId> next_deputy(model::PersonId person, const model::Selector& selector,
                                                           std::span<const model::PersonId> told,
                                                           base::UtcTime at) const override;
  [[nodiscard]] const model::PersonCard* person(model::PersonId id) const override;
  [[nodiscard]] const model::PersonCard* person_coded(std::string_view code) const override;
  [[nodiscard]] std::span<const model::PersonId> people_at(std::string_view address) const override;
  [[nodiscard]] std::vector<const model::PersonCard*> people() const override;
  [[nodiscard]] bool commands(model::PersonId person) const override { return person && leads_.count(person) != 0; }
  [[nodiscard]] const model::AreaInfo* area(model::AreaId id) const override;
  [[nodiscard]] std::span<const model::AreaInfo> areas() const override { return areas_; }
  [[nodiscard]] std::string area_path(model::AreaId id) const override;
  [[nodiscard]] model::AreaId community_of(model::AreaId id) const override;
  [[nodiscard]] bool near(model::AreaId a, model::AreaId b, double metres) const override;
  // Takes a lock for microseconds; the first one reads all outlines.
  [[nodiscard]] std::optional<model::PlaceFound> area_at(double latitude, double longitude) const override;
  [[nodiscard]] std::string_view outline(model::AreaId id) const override;

 private:
  static constexpr int kDeepestTree = 64;  // import refuses cycles; this only bounds a walk upwards

  struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const noexcept { return std::hash<std::string_view>{}(text); }
  };
  template <typename T>
  using ByText = std::unordered_map<std::string, T, TextHash, std::equal_to<>>;

  struct Holding {
    model::PersonId person;
    Period period;
  };
  struct Post {
    std::string code, name;
    std::vector<Holding> holdings;
    std::vector<model::PersonId> deputies;  // in order
  };
  struct Body {  // a unit or a group
    std::string name;
    std::vector<model::PersonId> members;  // the responsible person first
  };
  class Finding;    // one resolve() under way
  class Changing;   // one changes() under way
  class Following;  // one follow() under way

  void index_areas(const Tables& tables);
  void index_persons(const Tables& tables);
  void index_contacts(const Tables& tables);
  void index_posts(const Tables& tables);
  void index_bodies(const Tables& tables);
  void index_leave(const Tables& tables);
  void index_duty(const Tables& tables);
  // The times at which neither a holder of the post nor a deputy is there.
  [[nodiscard]] std::vector<roster::Span> absences(const Post& post) const;

  [[nodiscard]] std::optional<std::size_t> place_of_code(std::string_view person_code) const;
  [[nodiscard]] model::PersonId id_of(std::string_view person_code) const;
  [[nodiscard]] const Post* post(std::string_view code) const;
  // The person or post that `who` of a duty row names; neither when the directory has no such one.
  struct Who {
    model::PersonId person;
    const Post* post = nullptr;
    [[nodiscard]] bool known() const { return person || post != nullptr; }
  };
  [[nodiscard]] Who who(std::string_view named) const;
  [[nodiscard]] bool on_leave(model::PersonId person, base::UtcTime at) const;
  // The first deputy present for somebody on leave: of `post`, or without one of the posts behind.  0: none.
  [[nodiscard]] model::PersonId stand_in(model::PersonId person, const model::Selector& selector, const Post* post,
                                         base::UtcTime at) const;
  // visit(area, people) for those with that role at `where`, and with `upward` at every area above, nearest first.
  template <typename Visit>
  void visit_roles(model::AreaId where, const std::string& role, bool upward, const Visit& visit) const {
    int depth = 0;
    for (const auto* at = area(where); at != nullptr && depth < kDeepestTree;
         at = upward ? area(at->parent) : nullptr, ++depth) {
      const auto roles = area_roles_.find(at->id);
      if (roles == area_roles_.end()) continue;
      const auto people = roles->second.find(role);
      if (people != roles->second.end()) visit(*at, people->second);
    }
  }
  // The posts whose deputies may stand in for `person` as found by `selector`, the nearest first.
  [[nodiscard]] std::vector<const Post*> posts_behind(model::PersonId person, const model::Selector& selector,
                                                      base::UtcTime at) const;

  // Constant after construction.
  const std::int64_t version_;
  std::vector<model::AreaInfo> areas_;
  std::unordered_map<model::AreaId, std::size_t> area_by_id_;
  ByText<model::AreaId> area_by_code_;
  std::unique_ptr<const map::AreaFinder> finder_;  // places as in `areas_`
  std::vector<model::PersonCard> persons_;
  std::vector<std::uint32_t> by_id_, by_code_;  // places in `persons_`, in order of id and of code
  // Sorted by address, side by side: one run of `people_at_` is one answer.  The views point into `persons_`.
  std::vector<std::string_view> addresses_;
  std::vector<model::PersonId> people_at_;
  ByText<Post> posts_;
  std::unordered_map<model::PersonId, std::vector<const Post*>> posts_held_;  // whatever the period
  ByText<Body> units_, groups_;
  std::unordered_set<model::PersonId> leads_;  // hold a post, lead a unit, head an area
  std::unordered_map<model::AreaId, std::map<std::string, std::vector<model::PersonId>, std::less<>>> area_roles_;
  // In order, and apart from each other.
  std::unordered_map<model::PersonId, std::vector<roster::Span>> leave_;
  // By codes, as the tables name people: those without a person or post here are left out.
  std::optional<roster::Shifts> shifts_;
};

}  // namespace tocsin::directory
