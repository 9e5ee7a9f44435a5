// Outlines as map programs have them: a FeatureCollection of GeoJSON (RFC 7946), read and written.
//
// Each feature names its area by the property `code` or `name`.  A geometry is kept as compact text: type and
// coordinates, longitude first, without elevation.  What is read is judged feature by feature; nothing is repaired.
// Pure, safe from any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/base/said.h"

namespace tocsin::map {

inline constexpr std::size_t kLongestOutline = 60'000;  // bytes of a geometry's text
inline constexpr std::size_t kMostFeatures = 20'000;

// Why something is refused.  `code` is one of docs/directory.md, "Outlines"; empty: it is not.
struct Fault {
  std::string code;
  base::Said message, hint;
};
struct Feature {
  std::string code, name;  // as far as given
  std::string geometry;    // Polygon or MultiPolygon; empty: it is null (section 3.2: not located)
  Fault fault;
};
struct Features {
  std::vector<Feature> features;
  Fault fault;  // of the whole text
};

[[nodiscard]] Features read_features(std::string_view text);

// The feature of one area, and a collection of such.
[[nodiscard]] std::string feature_text(const std::string& code, const std::string& name, const std::string& geometry);
inline constexpr std::string_view kCollectionBegins = R"({"type":"FeatureCollection","features":[)";
inline constexpr std::string_view kCollectionEnds = "]}\n";

// The fault of coordinates that are in the wrong order.
[[nodiscard]] Fault swapped(const base::Said& because);

}  // namespace tocsin::map
