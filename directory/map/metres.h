// Metres between two places on the earth.  Pure.
#pragma once

#include <algorithm>
#include <cmath>

namespace tocsin::map {

// Degrees of WGS 84.  Haversine on the mean radius (IUGG): well-conditioned for the short distances of a town.
[[nodiscard]] inline double metres_between(double latitude, double longitude, double other_latitude,
                                           double other_longitude) {
  constexpr double kEarthRadiusMetres = 6371008.8;
  constexpr double kRadians = 3.14159265358979323846 / 180.0;
  const double half_lat = std::sin((other_latitude - latitude) * kRadians / 2);
  const double half_lon = std::sin((other_longitude - longitude) * kRadians / 2);
  const double h =
      half_lat * half_lat + std::cos(latitude * kRadians) * std::cos(other_latitude * kRadians) * half_lon * half_lon;
  return 2 * kEarthRadiusMetres * std::asin(std::min(1.0, std::sqrt(h)));
}

}  // namespace tocsin::map
