#include "adapters/https/entity_tags.h"

#include <algorithm>

namespace tocsin::https {
namespace {

constexpr std::size_t kMostTags = 32;
constexpr model::Version kNeverStands{-1, -1};

std::string_view without_blanks(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

}  // namespace

std::vector<EntityTag> read_entity_tags(std::string_view header) {
  std::vector<EntityTag> tags;
  std::string_view rest = header;
  while (tags.size() < kMostTags) {
    while (!rest.empty() && (rest.front() == ' ' || rest.front() == '\t' || rest.front() == ',')) rest.remove_prefix(1);
    EntityTag tag;
    if (rest.starts_with("W/")) {
      tag.weak = true;
      rest.remove_prefix(2);
    }
    if (!rest.starts_with('"')) break;
    const auto end = rest.find('"', 1);
    if (end == std::string_view::npos) break;
    tag.opaque = rest.substr(1, end - 1);
    rest.remove_prefix(end + 1);
    tags.push_back(tag);
  }
  return tags;
}

bool none_match_fails(std::string_view if_none_match, std::string_view opaque) {
  if (if_none_match.empty()) return false;
  if (without_blanks(if_none_match) == "*") return true;
  const auto tags = read_entity_tags(if_none_match);
  return std::any_of(tags.begin(), tags.end(), [&](const EntityTag& tag) { return tag.opaque == opaque; });
}

model::Expected expected_versions(std::string_view if_match) {
  const std::string_view header = without_blanks(if_match);
  if (header.empty() || header == "*") return {};
  model::Expected expected;
  for (const EntityTag& tag : read_entity_tags(header)) {
    const auto version = tag.weak ? std::nullopt : model::parse_version(tag.opaque);
    expected.push_back(version.value_or(kNeverStands));
  }
  if (expected.empty()) expected.push_back(kNeverStands);
  return expected;
}

}  // namespace tocsin::https
