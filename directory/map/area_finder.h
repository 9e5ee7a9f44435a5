// Which area a position lies in: the innermost whose outline holds it, else the one whose centre is nearest.
//
// Of outlines that hold it the one deepest in the tree counts, then the smallest, then the first.  Outlines that cannot
// be read are passed over.  Thread-safe: outlines are read when the first position is asked for, and a question takes a
// lock for the microseconds it needs.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "directory/map/shapes.h"
#include "gateway/model/recipient.h"

namespace tocsin::map {

class AreaFinder {
 public:
  struct Place {
    model::AreaId id;
    int depth = 0;  // in the tree; 0 at the top
    std::optional<Position> centre;
    std::string outline;  // GeoJSON; may be empty
  };

  explicit AreaFinder(std::vector<Place> places) : places_(std::move(places)) {}

  // Empty: no outline holds it, and no centre is within `farthest` metres.
  [[nodiscard]] std::optional<model::PlaceFound> find(Position at, double farthest) const;
  // Of the place-th of those given.
  [[nodiscard]] const std::string& outline(std::size_t place) const { return places_[place].outline; }

 private:
  struct Built {
    Shapes shapes;
    std::vector<std::size_t> of_outline, of_centre;  // places in `places_`
  };
  [[nodiscard]] Built& built() const;

  const std::vector<Place> places_;
  mutable std::mutex mutex_;
  mutable std::unique_ptr<Built> built_;
};

}  // namespace tocsin::map
