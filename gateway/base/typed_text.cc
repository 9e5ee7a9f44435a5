#include "gateway/base/typed_text.h"

#include "gateway/base/text.h"
#include "gateway/base/utf8.h"

namespace tocsin::base {

std::string to_plain_ascii(std::string_view typed) {
  std::string out;
  for (std::size_t at = 0; at < typed.size();) {
    const Utf8Step step = utf8_step(typed, at);
    at += step.bytes;
    const char32_t c = step.character;
    if (c >= 0xFF01 && c <= 0xFF5E) {
      out.push_back(static_cast<char>(c - 0xFF01 + 0x21));
    } else if ((c >= 0x2010 && c <= 0x2015) || c == 0x2212) {
      out.push_back('-');
    } else if (c == 0x3000 || c == 0xA0 || (c >= 0x2000 && c <= 0x200A)) {
      out.push_back(' ');
    } else if ((c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) || c == 0x2060 || c == 0xFEFF) {
      continue;
    } else {
      append_utf8(out, c);
    }
  }
  return trim(out);
}

}  // namespace tocsin::base
