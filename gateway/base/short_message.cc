#include "gateway/base/short_message.h"

#include "gateway/base/text.h"

namespace tocsin::base {

int count_short_messages(std::string_view utf8) {
  constexpr std::size_t kSeptets = 160, kUnits = 70, kSeptetsOfMany = 151, kUnitsOfMany = 65;
  constexpr std::string_view kExtended = "^{}\\[~]|";
  std::size_t septets = 0, units = 0;
  bool plain = true;
  for (const auto c : to_utf32(utf8)) {
    units += c > 0xFFFF ? 2 : 1;
    plain = plain && c < 0x7F && c != U'`' && (c >= 0x20 || c == U'\n');
    septets += c < 0x7F && kExtended.find(static_cast<char>(c)) != std::string_view::npos ? 2 : 1;
  }
  if (plain ? septets <= kSeptets : units <= kUnits) return 1;
  const auto length = plain ? septets : units, of_each = plain ? kSeptetsOfMany : kUnitsOfMany;
  return static_cast<int>((length + of_each - 1) / of_each);
}

}  // namespace tocsin::base
