#include "gateway/plan/plan.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace tocsin::plan {

const std::string& say(const Words& words, const std::string& language, const std::string& fallback) {
  static const std::string nothing;
  if (const auto it = words.find(language); it != words.end()) return it->second;
  if (const auto it = words.find(fallback); it != words.end()) return it->second;
  return words.empty() ? nothing : words.begin()->second;
}

const Hazard* Plan::hazard(model::HazardKind kind) const {
  const auto it = hazards.find(kind);
  return it == hazards.end() ? nullptr : &it->second;
}

const Attribute* Plan::attribute(std::string_view attribute_name) const {
  const auto it = attributes.find(attribute_name);
  return it == attributes.end() ? nullptr : &it->second;
}

const Response* Plan::response(model::HazardKind kind, model::LevelIndex level) const {
  const auto after = std::upper_bound(
      responses.begin(), responses.end(), std::pair(kind, level),
      [](const auto& wanted, const Response& response) { return wanted < std::pair(response.kind, response.level); });
  if (after == responses.begin() || std::prev(after)->kind != kind) return nullptr;
  return &*std::prev(after);
}

std::optional<model::LevelIndex> Plan::level_named(std::string_view id) const {
  const auto it = std::find_if(levels.begin(), levels.end(), [&](const Level& l) { return l.id == id; });
  if (it == levels.end()) return std::nullopt;
  return static_cast<model::LevelIndex>(it - levels.begin());
}

std::string Plan::level_id(model::LevelIndex level) const {
  if (level < 0 || static_cast<std::size_t>(level) >= levels.size()) return {};
  return levels[static_cast<std::size_t>(level)].id;
}

}  // namespace tocsin::plan
