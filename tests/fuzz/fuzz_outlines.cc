// Any bytes as a file of outlines: what is read is a geometry that the index takes or refuses, and reads back the same.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "directory/map/geojson.h"
#include "directory/map/shapes.h"

namespace {

void check(std::string_view text) {
  namespace map = tocsin::map;
  map::Shapes shapes;
  for (const auto& feature : map::read_features(text).features) {
    if (!feature.fault.code.empty() || feature.geometry.empty()) continue;
    if (feature.geometry.size() > map::kLongestOutline) std::abort();
    const auto again = map::read_features(std::string(map::kCollectionBegins) +
                                          map::feature_text(feature.code, feature.name, feature.geometry) +
                                          std::string(map::kCollectionEnds));
    if (again.features.size() != 1 || again.features[0].geometry != feature.geometry) std::abort();
    const auto outline = shapes.add_outline(feature.geometry);
    if (!outline) continue;
    const auto middle = shapes.box(*outline).centre();
    bool among = false;
    for (const auto place : shapes.around(middle)) among = among || place == *outline;
    if (among != shapes.holds(*outline, middle)) std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  check(text);
  check(R"({"features":[{"properties":{"code":"a"},"geometry":{"type":"Polygon","coordinates":)" + text + "}}]}");
  return 0;
}
