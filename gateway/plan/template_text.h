// Fills one mustache template of the plan.  No HTML escaping; output capped.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/base/said.h"

namespace tocsin::plan {

using Fields = std::map<std::string, std::string, std::less<>>;

// The fields a template may name, with one line of meaning each ("code", "what", "where", ...).
// An empty field renders as nothing and is false in a section ({{#place}}...{{/place}}).
struct FieldInfo {
  const char* name;
  const char* meaning;
  std::size_t longest;  // characters it is expected to fill at most
};
[[nodiscard]] const std::vector<FieldInfo>& template_fields();
// Is it true or empty, never words to be read?
[[nodiscard]] bool is_flag(std::string_view field);

// What is wrong with a template: why it is not mustache, with the offset (empty: it is), and the names it uses that are
// not in template_fields(), each once.
struct TemplateFaults {
  base::Said not_mustache;
  std::vector<std::string> unknown_fields;
};
[[nodiscard]] TemplateFaults faults_of(std::string_view text);

// The longest text that a template can become, in characters: every section shown, every field at its longest.
[[nodiscard]] std::size_t longest_filled(std::string_view text);
// A template that could become longer is refused.
inline constexpr std::size_t kMaxFilledCharacters = 20'000;

// Cut at `limit` characters.  A template that read_plan accepted cannot fail.
[[nodiscard]] std::string fill(std::string_view text, const Fields& fields, std::size_t limit = 2000);

}  // namespace tocsin::plan
