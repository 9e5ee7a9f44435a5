#include "directory/map/geojson.h"

#include <cmath>
#include <nlohmann/json.hpp>

namespace tocsin::map {
namespace {

using base::said;

using Json = nlohmann::json;

constexpr int kDeepest = 64;  // lists and objects within each other; a MultiPolygon needs eight
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

// Copying and comparing JSON goes as deep as it is nested: what is deeper than any outline is not read at all.
bool is_too_deep(std::string_view text) {
  int depth = 0;
  bool in_text = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (in_text) {
      if (c == '\\') ++i;
      in_text = c != '"';
    } else if (c == '"') {
      in_text = true;
    } else if (c == '[' || c == '{') {
      if (++depth > kDeepest) return true;
    } else if (c == ']' || c == '}') {
      --depth;
    }
  }
  return false;
}

std::string word(const Json& object, const char* key) {
  const auto found = object.is_object() ? object.find(key) : object.end();
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

Fault wrong_shape() {
  return {"outline-wrong-shape", {"its coordinates are not those of its type", "坐标与类型不符"}, {}};
}

// A position, which loses its elevation.
Fault judge_position(Json& at) {
  if (at.size() < 2 || !at[0].is_number() || !at[1].is_number()) return wrong_shape();
  const double longitude = at[0].get<double>(), latitude = at[1].get<double>();
  if (std::abs(latitude) > 90 && std::abs(latitude) <= 180 && std::abs(longitude) <= 90) {
    return swapped(said("latitude {0}", "纬度{0}", std::to_string(latitude)));
  }
  if (!(std::abs(longitude) <= 180) || !(std::abs(latitude) <= 90)) {
    return {"coordinate-out-of-range",
            said("{0}, {1} is no longitude and latitude in degrees", "{0}, {1}不是以度为单位的经度和纬度",
                 std::to_string(longitude), std::to_string(latitude)),
            {"WGS 84 in degrees, longitude first", "WGS 84，以度为单位，经度在前"}};
  }
  at = Json::array({at[0], at[1]});
  return {};
}

// `depth` lists around the positions.
Fault judge(Json& coordinates, int depth) {
  if (!coordinates.is_array()) return wrong_shape();
  if (depth == 0) return judge_position(coordinates);
  if (depth == 1 && (coordinates.size() < 4 || coordinates.front() != coordinates.back())) {
    return {"outline-wrong-shape",
            {"a ring has four positions at least, and its last is its first", "一圈至少四个点，首尾相同"},
            {}};
  }
  for (Json& part : coordinates) {
    if (Fault fault = judge(part, depth - 1); !fault.code.empty()) return fault;
  }
  return {};
}

Fault read_geometry(const Json& geometry, std::string& text) {
  const std::string type = word(geometry, "type");
  const auto coordinates = geometry.is_object() ? geometry.find("coordinates") : geometry.end();
  if ((type != "Polygon" && type != "MultiPolygon") || coordinates == geometry.end()) {
    return {"outline-wrong-shape", {"an outline is a Polygon or a MultiPolygon", "图形应是Polygon或MultiPolygon"}, {}};
  }
  Json kept = *coordinates;
  if (Fault fault = judge(kept, type == "Polygon" ? 2 : 3); !fault.code.empty()) return fault;
  text = Json{{"type", type}, {"coordinates", std::move(kept)}}.dump();
  if (text.size() <= kLongestOutline) return {};
  return {"outline-too-large",
          said("larger than 60 KB: {0} bytes", "大于60 KB：{0}字节", text.size()),
          {"draw it with fewer corners, or digits: five behind the point are a metre",
           "请减少转折点或小数位：小数点后五位约一米"}};
}

Feature read_feature(const Json& json) {
  Feature feature;
  const auto properties = json.is_object() ? json.find("properties") : json.end();
  if (!json.is_object() || properties == json.end()) {
    feature.fault = {"outline-unknown-area", {"no feature with properties", "不是带属性的要素"}, {}};
    return feature;
  }
  feature.code = word(*properties, "code");
  feature.name = word(*properties, "name");
  const auto geometry = json.find("geometry");
  if (geometry != json.end() && !geometry->is_null()) feature.fault = read_geometry(*geometry, feature.geometry);
  return feature;
}

}  // namespace

Fault swapped(const base::Said& because) {
  return {"coordinates-swapped",
          said("{0}: the coordinates look swapped", "{0}：经纬度像是写反了", because),
          {"GeoJSON has the longitude first (RFC 7946, 3.1.1)", "GeoJSON中经度在前（RFC 7946，3.1.1）"}};
}

Features read_features(std::string_view text) {
  Features all;
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  const Json json = is_too_deep(text) ? Json() : Json::parse(text, nullptr, false);
  const auto features = json.is_object() ? json.find("features") : json.end();
  if (!json.is_object() || features == json.end() || !features->is_array()) {
    all.fault = {"outline-not-geojson",
                 {"no FeatureCollection of GeoJSON (RFC 7946)", "不是GeoJSON的FeatureCollection（RFC 7946）"},
                 {}};
  } else if (features->size() > kMostFeatures) {
    all.fault = {"too-many-features", {"more than 20000 features", "要素超过20000个"}, {}};
  } else {
    all.features.reserve(features->size());
    for (const Json& feature : *features) all.features.push_back(read_feature(feature));
  }
  return all;
}

std::string feature_text(const std::string& code, const std::string& name, const std::string& geometry) {
  const Json properties = {{"code", code}, {"name", name}};
  return R"({"type":"Feature","properties":)" + properties.dump(-1, ' ', false, Json::error_handler_t::replace) +
         R"(,"geometry":)" + geometry + "}";
}

}  // namespace tocsin::map
