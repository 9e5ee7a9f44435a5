#include "gateway/base/short_message.h"

#include "gateway/base/text.h"

namespace tocsin::base {

bool fits_one_short_message(std::string_view utf8) {
  constexpr std::size_t kSeptets = 160, kUnits = 70;
  constexpr std::string_view kExtended = "^{}\\[~]|";
  std::size_t septets = 0, units = 0;
  bool plain = true;
  for (const auto c : to_utf32(utf8)) {
    units += c > 0xFFFF ? 2 : 1;
    plain = plain && c < 0x7F && c != U'`' && (c >= 0x20 || c == U'\n');
    septets += c < 0x7F && kExtended.find(static_cast<char>(c)) != std::string_view::npos ? 2 : 1;
  }
  return plain ? septets <= kSeptets : units <= kUnits;
}

}  // namespace tocsin::base
