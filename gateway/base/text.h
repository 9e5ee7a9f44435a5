// UTF-8 text: checks, cutting, normal form for matching.  Pure functions, safe from any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin::base {

// Strict UTF-8 (no overlong forms, no surrogates, up to U+10FFFF).
[[nodiscard]] bool is_utf8(std::string_view text);
// Replaces each bad byte by U+FFFD; for logs and echoes only, never for what is stored as sent.
[[nodiscard]] std::string to_valid_utf8(std::string_view bytes);
// Code points (bad bytes count one each).
[[nodiscard]] std::size_t count_characters(std::string_view utf8);
// At most `limit` characters, cut at a character.
[[nodiscard]] std::string cut(std::string_view utf8, std::size_t limit);
// Removes C0/C1 controls except \n and \t, bidi controls (U+202A..202E, U+2066..2069) and U+FEFF.
[[nodiscard]] std::string without_controls(std::string_view utf8);
[[nodiscard]] std::string trim(std::string_view text);  // ASCII white space and U+3000 at both ends
// `text`, begun with `prefix` once: not again where it begins so already.
[[nodiscard]] std::string begun_with(std::string_view prefix, std::string_view text);
[[nodiscard]] std::vector<std::string> split(std::string_view text, char separator);
[[nodiscard]] std::u32string to_utf32(std::string_view utf8);
[[nodiscard]] std::string to_utf8(std::u32string_view text);

// Two secrets compared in time that depends on their lengths only.
[[nodiscard]] bool equal_secrets(std::string_view a, std::string_view b);

}  // namespace tocsin::base
