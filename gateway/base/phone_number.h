// Phone numbers: E.164 inside, masked in logs.
//
// Parsing is libphonenumber's (metadata of 2022) with what an office needs on top: local
// landlines without area code are completed, full-width digits accepted, possible-but-unknown
// mobile ranges accepted with a warning.  Thread-safe.
#pragma once

#include <compare>
#include <string>
#include <string_view>

#include "gateway/base/result.h"

namespace tocsin::base {

enum class PhoneKind { kMobile, kLandline, kOther };

struct PhoneNumber {
  std::string e164;       // "+8614400000017", without extension
  std::string extension;  // digits, may be empty
  PhoneKind kind = PhoneKind::kOther;
  bool certain = true;  // false: possible, but not a range this library knows
  auto operator<=>(const PhoneNumber&) const = default;
};

struct DialingRules {
  std::string country = "CN";  // ISO 3166 region that numbers without + belong to
  std::string area_code;       // for local landlines, without the leading 0 ("539"); may be empty
};

// One number as typed.  kInvalid with the reason ("10 digits, a mobile has 11") otherwise.
[[nodiscard]] Result<PhoneNumber> parse_phone_number(std::string_view typed, const DialingRules& rules);

// Who a carrier says a message came from, or went to: E.164 where it has a + or is a mobile of the office's own
// country, with or without its code ("14400000017", "8614400000017"); else as written.  A service's number is never
// completed to somebody's landline, nor to a number of another country that has the same digits.
[[nodiscard]] std::string number_on_air(std::string_view written, const DialingRules& rules);

// As somebody of the office dials it, in groups that are easily read: "144 0000 0017", "0539 012 3456", "0044 20 7946
// 0000".  What is no E.164 number stays as it is.
[[nodiscard]] std::string dialled(const std::string& e164, const DialingRules& rules);

// As an office types it into a list, and parse_phone_number() reads back: "14400000017", "0539-0123456"; in E.164 where
// no such form reads back as the same number.
[[nodiscard]] std::string typed_form(const std::string& e164, const DialingRules& rules);

// For logs: "+86*******0017" (country code and last four digits).  Short or odd strings become "****".
[[nodiscard]] std::string masked(std::string_view number);

}  // namespace tocsin::base
