// The area tree, where a position lies in it, and its outlines for a map.  A position that is asked for is neither kept
// nor written to any log: it may be where somebody stands.
#include <charconv>
#include <cmath>

#include "adapters/https/entity_tags.h"
#include "adapters/https/handlers.h"

namespace tocsin::https {
namespace {

base::Result<double> degrees(const Call& call, std::string_view name, double most) {
  const std::string_view text = call.query_value(name);
  double value = 0;
  const auto end = std::from_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed);
  if (text.empty() || end.ec != std::errc() || end.ptr != text.data() + text.size() || !(std::abs(value) <= most)) {
    return base::invalid(std::string(name) + ": expected degrees of WGS 84, such as 36.0512", std::string(name));
  }
  return value;
}

}  // namespace

base::Result<HttpResponse> get_areas(const Call& call) {
  const auto roster = call.door.roster();
  return json_response(200, areas_json(*roster, !call.access.nobody()));
}

base::Result<HttpResponse> get_area_at(const Call& call) {
  const auto latitude = degrees(call, "latitude", 90);
  if (!latitude.ok()) return latitude.error();
  const auto longitude = degrees(call, "longitude", 180);
  if (!longitude.ok()) return longitude.error();
  const auto roster = call.door.roster();
  return json_response(200, area_at_json(roster->area_at(*latitude, *longitude), *roster));
}

// Megabytes, and the same until the directory changes.
base::Result<HttpResponse> get_outlines(const Call& call) {
  const auto roster = call.door.roster();
  const auto version = std::to_string(roster->version());
  HttpResponse response;
  response.headers.emplace_back("ETag", '"' + version + '"');
  if (!call.request.if_none_match.empty() && none_match_fails(call.request.if_none_match, version)) {
    response.status = 304;
    return response;
  }
  response.content_type = "application/geo+json";
  response.body = outlines_geojson(*roster);
  return response;
}

}  // namespace tocsin::https
