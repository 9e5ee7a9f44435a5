// Outlines and centres on the map: which outlines hold a position, which centre is nearest.  The only door to GEOS.
//
// Geometries are those of GeoJSON (RFC 7946), positions are degrees of WGS 84; they are taken as a plane, which is
// exact enough for places of a town that do not reach over a pole or the 180th meridian.  Made once, then asked;
// indexed, so that a question costs microseconds.  Not for several threads.  Memory as the outlines have corners.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "gateway/base/result.h"

namespace tocsin::map {

struct Position {
  double latitude = 0, longitude = 0;
};

class Shapes {
 public:
  struct Box {
    double west = 0, south = 0, east = 0, north = 0;
    [[nodiscard]] Position centre() const { return {(south + north) / 2, (west + east) / 2}; }
  };

  Shapes();
  ~Shapes();
  Shapes(const Shapes&) = delete;
  Shapes& operator=(const Shapes&) = delete;

  // The place of the next outline, from 0.  kInvalid, saying what and where, when it is no Polygon or MultiPolygon or
  // not a valid one (OGC Simple Features 06-103r4, 6.1.11: rings that cross, holes outside).
  [[nodiscard]] base::Result<std::size_t> add_outline(std::string_view geometry);
  // The place of the next centre, from 0.
  std::size_t add_centre(Position at);

  [[nodiscard]] Box box(std::size_t outline) const;
  [[nodiscard]] double size(std::size_t outline) const;  // square degrees: to compare neighbours
  // How much of the outline lies outside the other one, from 0 to 1.
  [[nodiscard]] double share_outside(std::size_t outline, std::size_t other) const;
  [[nodiscard]] bool holds(std::size_t outline, Position at) const;

  // Every outline that holds the position, its edge included.
  [[nodiscard]] std::vector<std::size_t> around(Position at) const;
  [[nodiscard]] std::optional<std::size_t> nearest_centre(Position to) const;

 private:
  class Inside;
  std::unique_ptr<Inside> inside_;
};

}  // namespace tocsin::map
