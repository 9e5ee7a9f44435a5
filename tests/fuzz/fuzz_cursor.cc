// Cursors and entity tags: whatever comes back from outside, only what we wrote is believed, in the one spelling we
// write.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "adapters/https/cursor.h"
#include "adapters/https/entity_tags.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace https = tocsin::https;
  namespace model = tocsin::model;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  for (const auto list : {https::CursorOf::kIncidents, https::CursorOf::kAlerts, https::CursorOf::kRecord}) {
    const auto position = https::read_cursor(list, text);
    if (position && (*position <= 0 || https::cursor_text(list, *position) != text)) std::abort();
  }
  const auto tags = https::read_entity_tags(text);
  if (tags.size() > 32) std::abort();
  for (const auto& tag : tags) {
    if (tag.opaque.find('"') != std::string_view::npos) std::abort();
    if (!https::none_match_fails(text, tag.opaque)) std::abort();
  }
  const auto expected = https::expected_versions(text);
  for (const auto& version : expected) {
    if (version.id >= 0 && !model::check(expected, version).ok()) std::abort();
    if (version.id >= 0 && model::parse_version(model::to_text(version)) != version) std::abort();
  }
  return 0;
}
