// Entity tags: If-None-Match for polls, If-Match for edits (RFC 9110 sections 8.8.3, 13.1.1, 13.1.2).
// Pure, safe from any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gateway/model/version.h"

namespace tocsin::https {

// What stands between the quotes.
struct EntityTag {
  std::string_view opaque;  // of the header's text
  bool weak = false;
};

// The tags of a header's list, at most 32; what is not a tag ends it.  "*" is not one.
[[nodiscard]] std::vector<EntityTag> read_entity_tags(std::string_view header);

// Does If-None-Match name `opaque`, or anything at all ("*")?  Weak comparison.
[[nodiscard]] bool none_match_fails(std::string_view if_none_match, std::string_view opaque);

// The versions an If-Match allows; empty when there is no such header, or when it is "*".  A tag that is weak or not
// ours stands for a version nothing ever has.
[[nodiscard]] model::Expected expected_versions(std::string_view if_match);

}  // namespace tocsin::https
