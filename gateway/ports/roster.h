// What the core asks of the directory: an immutable snapshot, read from any thread.
//
// A change of the directory makes a new snapshot and swaps the pointer; whoever holds the old one
// keeps a consistent picture.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/base/time.h"
#include "gateway/model/recipient.h"

namespace tocsin::ports {

class Roster {
 public:
  virtual ~Roster() = default;

  // Grows with each change of the directory.
  [[nodiscard]] virtual std::int64_t version() const = 0;

  // Everyone the selectors name for an event at `where` at time `at`, each person once (the first
  // selector that names them wins), in the selectors' order, then the directory's.  Who holds a post but is on leave is
  // in `not_told` (kOnLeave) and the first deputy present is a recipient with `stands_in_for` set.  Linear in the
  // people found.
  [[nodiscard]] virtual model::Resolved resolve(std::span<const model::Selector> selectors, model::AreaId where,
                                                base::UtcTime at) const = 0;

  // The instants of [from, to) at which what resolve(selectors, where, .) finds may change: where duty, leave or the
  // holding of a post of anybody concerned, or of their deputies, begins or ends.  Ascending, each once; perhaps some
  // at which nothing changes, never one too few.  Linear in the people concerned.  A roster that never changes: none.
  [[nodiscard]] virtual std::vector<base::UtcTime> changes(std::span<const model::Selector> /*selectors*/,
                                                           model::AreaId /*where*/, base::UtcTime /*from*/,
                                                           base::UtcTime /*to*/) const {
    return {};
  }

  // Is there such a post, unit or group at all, whoever fills it; was anybody ever given that role or duty?
  // False: the plan names what the directory does not have.
  [[nodiscard]] virtual bool knows(const model::Selector& selector) const { return !selector.name.empty(); }

  // The next deputy for `person` as found by `selector`, present at `at` and not among `told`; empty when none is left.
  [[nodiscard]] virtual std::optional<model::PersonId> next_deputy(model::PersonId person,
                                                                   const model::Selector& selector,
                                                                   std::span<const model::PersonId> told,
                                                                   base::UtcTime at) const = 0;

  [[nodiscard]] virtual const model::PersonCard* person(model::PersonId id) const = 0;  // null when gone
  [[nodiscard]] virtual const model::PersonCard* person_coded(std::string_view code) const = 0;
  // Everyone with that address among their contact points (a shared number has several).
  [[nodiscard]] virtual std::span<const model::PersonId> people_at(std::string_view address) const = 0;
  [[nodiscard]] virtual std::vector<const model::PersonCard*> people() const = 0;
  // Holds a post, leads a unit or heads an area: signs in as a commander, everybody else as a reporter.
  [[nodiscard]] virtual bool commands(model::PersonId /*person*/) const { return false; }

  [[nodiscard]] virtual const model::AreaInfo* area(model::AreaId id) const = 0;  // null when unknown
  [[nodiscard]] virtual std::span<const model::AreaInfo> areas() const = 0;
  // The innermost area whose outline holds the position (WGS 84 degrees), else the one with the nearest centre, at most
  // kFarthestCentre metres away.  Microseconds, however many areas there are.
  static constexpr double kFarthestCentre = 5'000;
  [[nodiscard]] virtual std::optional<model::PlaceFound> area_at(double /*latitude*/, double /*longitude*/) const {
    return std::nullopt;
  }
  // GeoJSON geometry (RFC 7946: Polygon or MultiPolygon); empty when there is none.
  [[nodiscard]] virtual std::string_view outline(model::AreaId /*id*/) const { return {}; }
  // "青石街道 / 东湖社区 / 三网格"; "" for no area.
  [[nodiscard]] virtual std::string area_path(model::AreaId id) const = 0;
  // The area itself if it is a community or above, else the community above it.
  [[nodiscard]] virtual model::AreaId community_of(model::AreaId id) const = 0;
  // Same area, parent and child, or centres at most `metres` apart (0: the first two only).
  [[nodiscard]] virtual bool near(model::AreaId a, model::AreaId b, double metres) const = 0;
};

using RosterPtr = std::shared_ptr<const Roster>;

}  // namespace tocsin::ports
