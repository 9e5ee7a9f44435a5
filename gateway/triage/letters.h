// What kind of character stands here?  For text in normal form.  Private to triage.
#pragma once

#include <cstddef>
#include <string_view>

namespace tocsin::triage {

using Text = std::u32string_view;

[[nodiscard]] constexpr bool is_digit(char32_t c) {
  return c >= U'0' && c <= U'9';
}
[[nodiscard]] constexpr bool is_latin(char32_t c) {
  return (c >= U'a' && c <= U'z') || (c >= 0xC0 && c <= 0x24F && c != 0xD7 && c != 0xF7);
}
[[nodiscard]] constexpr bool is_cjk(char32_t c) {
  return (c >= 0x3400 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x20000 && c <= 0x3FFFF) || c == U'〇';
}
// 零 to 亿, the banker's forms too.
[[nodiscard]] constexpr bool is_numeral(char32_t c) {
  return c != 0 && Text(U"零〇一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟").find(c) != Text::npos;
}
[[nodiscard]] constexpr char32_t char_at(Text text, std::size_t i) {
  return i < text.size() ? text[i] : U'\0';
}
[[nodiscard]] constexpr char32_t char_before(Text text, std::size_t i) {
  return i > 0 ? text[i - 1] : U'\0';
}
[[nodiscard]] constexpr std::size_t skip_spaces(Text text, std::size_t i) {
  while (i < text.size() && text[i] == U' ') ++i;
  return i;
}
// A word does not begin or end inside a longer one: "ill" is not in "still", "3号楼" not in "13号楼".
[[nodiscard]] constexpr bool same_run(char32_t a, char32_t b) {
  return (is_latin(a) && is_latin(b)) || (is_digit(a) && is_digit(b)) || (is_numeral(a) && is_numeral(b));
}
[[nodiscard]] constexpr bool is_boundary(Text text, std::size_t i) {
  return i == 0 || i >= text.size() || !same_run(text[i - 1], text[i]);
}
[[nodiscard]] constexpr bool starts_at(Text text, std::size_t i, Text word) {
  return i <= text.size() && text.substr(i, word.size()) == word;
}

}  // namespace tocsin::triage
