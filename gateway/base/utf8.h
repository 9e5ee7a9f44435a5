// Reading UTF-8 one character at a time, bad bytes included.  For the rooms' own .cc files.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace tocsin::base {

struct Utf8Step {
  char32_t character = 0xFFFD;
  std::size_t bytes = 1;
  bool good = false;  // false: one bad byte, read as U+FFFD
};

// The character at `at` (< text.size()): strict, so overlong forms and surrogates are bad bytes.
[[nodiscard]] Utf8Step utf8_step(std::string_view text, std::size_t at);
// Appends `character`; what is no scalar value becomes U+FFFD.
void append_utf8(std::string& out, char32_t character);

}  // namespace tocsin::base
