#include "gateway/base/phone_number.h"

#include <phonenumbers/phonenumberutil.h>

#include <algorithm>
#include <array>
#include <optional>

#include "gateway/base/text.h"
#include "gateway/base/typed_text.h"
#include "gateway/base/utf8.h"

namespace tocsin::base {
namespace {

using i18n::phonenumbers::PhoneNumberUtil;
using ParsedNumber = i18n::phonenumbers::PhoneNumber;

constexpr std::size_t kLongestTyped = 64;  // bytes
constexpr std::size_t kMobileDigits = 11;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool all_digits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), is_digit);
}

std::string plural(std::size_t count, const char* noun) {
  return std::to_string(count) + " " + noun + (count == 1 ? "" : "s");
}

// What somebody typed, taken apart: ASCII digits, whether a + led them, and an extension.
struct Typed {
  bool plus = false;
  std::string digits;
  std::string extension;
};

// Cuts an extension off the end: "转8001", "分机8001", "ext 8001", "x8001", "#8001", ";ext=8001".
std::optional<std::string> take_marked_extension(std::string& text) {
  constexpr std::array<std::string_view, 12> kMarks{";ext=", "转接", "转",  "轉",  "分机", "分機",
                                                    "ext.",  "Ext.", "ext", "Ext", "x",    "#"};
  for (const std::string_view mark : kMarks) {
    const std::size_t at = text.rfind(mark);
    if (at == std::string::npos || at == 0) continue;
    const std::string extension = trim(std::string_view(text).substr(at + mark.size()));
    if (extension.empty() || extension.size() > 7 || !all_digits(extension)) continue;
    text = trim(std::string_view(text).substr(0, at));
    return extension;
  }
  return std::nullopt;
}

// "0539-0123456-8001": a third group after a landline's two is an extension.
std::optional<std::string> take_hyphen_extension(std::string& text) {
  const std::size_t last = text.rfind('-');
  if (!text.starts_with('0') || text.starts_with("00") || last == std::string::npos) return std::nullopt;
  const std::string_view head = std::string_view(text).substr(0, last);
  const std::size_t first = head.find('-');
  if (first == std::string_view::npos || first > 4) return std::nullopt;
  const std::string_view subscriber = head.substr(first + 1);
  const std::string_view tail = std::string_view(text).substr(last + 1);
  if ((subscriber.size() != 7 && subscriber.size() != 8) || !all_digits(subscriber)) return std::nullopt;
  if (tail.empty() || tail.size() > 6 || !all_digits(tail)) return std::nullopt;
  std::string extension(tail);
  text.resize(last);
  return extension;
}

bool looks_like_spreadsheet_number(std::string_view text) {
  const std::size_t e = text.find_first_of("eE");
  return e != std::string_view::npos && e > 0 && e + 1 < text.size() && is_digit(text[e - 1]) &&
         (text[e + 1] == '+' || is_digit(text[e + 1]));
}

Result<Typed> take_apart(std::string_view typed) {
  if (typed.size() > kLongestTyped) return invalid("too long for a phone number");
  std::string text = to_plain_ascii(typed);
  if (text.empty()) return invalid("no phone number");
  if (looks_like_spreadsheet_number(text)) {
    return invalid("a number that a spreadsheet has rounded (E+); format the column as text and type it again");
  }
  for (const std::string_view joint : {"、", "/", ",", ";", "|", "或"}) {
    const std::size_t at = text.find(joint);
    if (at != std::string::npos && text.compare(at, 5, ";ext=") != 0) {
      return invalid("more than one number; write one per field");
    }
  }
  Typed out;
  if (text.starts_with("tel:")) text.erase(0, 4);
  if (auto extension = take_marked_extension(text)) {
    out.extension = *extension;
  } else if (auto group = take_hyphen_extension(text)) {
    out.extension = *group;
  }
  for (std::size_t at = 0; at < text.size();) {
    const Utf8Step step = utf8_step(text, at);
    const char c = step.bytes == 1 ? text[at] : '\0';
    if (is_digit(c)) {
      out.digits.push_back(c);
    } else if (c == '+' && out.digits.empty() && !out.plus) {
      out.plus = true;
    } else if (c != ' ' && c != '-' && c != '(' && c != ')' && c != '.' && c != '\t') {
      return invalid("\"" + to_valid_utf8(std::string_view(text).substr(at, step.bytes)) +
                     "\" does not belong in a phone number");
    }
    at += step.bytes;
  }
  if (out.digits.empty()) return invalid("no digits in it");
  return out;
}

PhoneKind kind_of(PhoneNumberUtil::PhoneNumberType type) {
  switch (type) {
    case PhoneNumberUtil::MOBILE: return PhoneKind::kMobile;
    case PhoneNumberUtil::FIXED_LINE: return PhoneKind::kLandline;
    case PhoneNumberUtil::FIXED_LINE_OR_MOBILE: return PhoneKind::kMobile;
    default: return PhoneKind::kOther;
  }
}

// libphonenumber's opinion of `text`, a number with + or of `region`.
Result<PhoneNumber> ask_library(const std::string& text, const std::string& region) {
  const PhoneNumberUtil& util = *PhoneNumberUtil::GetInstance();
  ParsedNumber parsed;
  switch (util.Parse(text, region, &parsed)) {
    case PhoneNumberUtil::NO_PARSING_ERROR: break;
    case PhoneNumberUtil::INVALID_COUNTRY_CODE_ERROR: return invalid("no such country code");
    case PhoneNumberUtil::TOO_SHORT_AFTER_IDD:
    case PhoneNumberUtil::TOO_SHORT_NSN: return invalid("too few digits for a phone number");
    case PhoneNumberUtil::TOO_LONG_NSN: return invalid("too many digits for a phone number");
    case PhoneNumberUtil::NOT_A_NUMBER: return invalid("not a phone number");
  }
  switch (util.IsPossibleNumberWithReason(parsed)) {
    case PhoneNumberUtil::TOO_SHORT: return invalid("too few digits for a phone number of that country");
    case PhoneNumberUtil::TOO_LONG: return invalid("too many digits for a phone number of that country");
    case PhoneNumberUtil::INVALID_COUNTRY_CODE: return invalid("no such country code");
    case PhoneNumberUtil::INVALID_LENGTH: return invalid("no phone number of that country has so many digits");
    case PhoneNumberUtil::IS_POSSIBLE_LOCAL_ONLY: return invalid("a local number: its area code is missing");
    case PhoneNumberUtil::IS_POSSIBLE: break;
  }
  PhoneNumber out;
  util.Format(parsed, PhoneNumberUtil::E164, &out.e164);
  out.certain = util.IsValidNumber(parsed);
  out.kind = kind_of(util.GetNumberType(parsed));
  return out;
}

Result<PhoneNumber> chinese_mobile(const std::string& digits) {
  if (digits.size() < kMobileDigits) {
    return invalid(plural(digits.size(), "digit") +
                   ", a mobile has 11: " + std::to_string(kMobileDigits - digits.size()) + " missing");
  }
  if (digits.size() > kMobileDigits) {
    return invalid(plural(digits.size(), "digit") +
                   ", a mobile has 11: " + std::to_string(digits.size() - kMobileDigits) + " too many");
  }
  auto number = ask_library("+86" + digits, "CN");
  if (number.ok()) number->kind = PhoneKind::kMobile;
  return number;
}

// `national` is area code and subscriber number without the leading 0.
Result<PhoneNumber> chinese_landline(const std::string& national) {
  // 10 and 20..29 are two digits before eight; the others three before seven or eight.
  const bool short_area = national.starts_with("10") || national.starts_with('2');
  const std::size_t area = short_area ? 2 : 3;
  const std::size_t shortest = area + (short_area ? 8 : 7);
  if (national.size() < shortest) {
    return invalid("a landline with area code 0" + national.substr(0, area) + " needs " +
                   std::to_string(shortest - area) + (short_area ? "" : " or 8") +
                   " digits after it: " + std::to_string(shortest - national.size()) + " missing");
  }
  if (national.size() > area + 8) {
    return invalid("a landline has at most 8 digits after its area code: " +
                   std::to_string(national.size() - area - 8) + " too many");
  }
  auto number = ask_library("+86" + national, "CN");
  if (number.ok()) number->kind = PhoneKind::kLandline;
  return number;
}

bool begins_like_mobile(std::string_view digits) {
  return digits.size() >= 2 && digits[0] == '1' && digits[1] >= '3' && digits[1] <= '9';
}

Result<PhoneNumber> chinese_number(const Typed& typed, const DialingRules& rules) {
  std::string digits = typed.digits;
  bool international = typed.plus;
  if (digits.starts_with("0086")) {
    digits.erase(0, 4);
    international = true;
  } else if (typed.plus || (digits.starts_with("86") && digits.size() >= 12)) {
    digits.erase(0, 2);
    international = true;
  }
  if (digits.size() >= 3 && digits.size() <= 6) {
    return invalid(digits + " is a short service number, not a personal contact point");
  }
  if (digits.size() < 3) return invalid(plural(digits.size(), "digit") + ", too few for a phone number");
  if (digits.starts_with('0')) return chinese_landline(digits.substr(1));
  if (digits.size() == 10 && (digits.starts_with("400") || digits.starts_with("800"))) {
    auto number = ask_library("+86" + digits, "CN");
    if (number.ok()) number->kind = PhoneKind::kOther;
    return number;
  }
  if (begins_like_mobile(digits) && digits.size() >= 8) return chinese_mobile(digits);
  if (digits.size() == 7 || digits.size() == 8) {
    if (rules.area_code.empty()) return invalid("a local number without area code, and no area code is set");
    return chinese_landline(rules.area_code + digits);
  }
  if (international) return chinese_landline(digits);
  if (digits.size() == 9)
    return invalid("9 digits: a landline needs its area code with the leading 0, a mobile has 11");
  return invalid(plural(digits.size(), "digit") + ", but neither a mobile (11 from 1) nor a landline with its 0");
}

}  // namespace

Result<PhoneNumber> parse_phone_number(std::string_view typed, const DialingRules& rules) {
  auto parts = take_apart(typed);
  if (!parts.ok()) return parts.error();
  const bool says_china = parts->plus ? parts->digits.starts_with("86") : rules.country == "CN";
  const bool abroad_from_china =
      says_china && !parts->plus && parts->digits.starts_with("00") && !parts->digits.starts_with("0086");
  auto number = says_china && !abroad_from_china ? chinese_number(*parts, rules)
                                                 : ask_library((parts->plus ? "+" : "") + parts->digits, rules.country);
  if (number.ok()) number->extension = parts->extension;
  return number;
}

std::string number_on_air(std::string_view written, const DialingRules& rules) {
  constexpr std::size_t kShortestMobile = 11, kMost = 32;
  if (written.size() < kShortestMobile || written.size() > kMost) return std::string(written);
  const auto number = parse_phone_number(written, rules);
  const bool whole = number.ok() && number->extension.empty();
  return whole && (written[0] == '+' || number->kind == PhoneKind::kMobile) ? number->e164 : std::string(written);
}

std::string dialled(const std::string& e164, const DialingRules& rules) {
  const PhoneNumberUtil& util = *PhoneNumberUtil::GetInstance();
  ParsedNumber parsed;
  if (!e164.starts_with('+') || util.Parse(e164, rules.country, &parsed) != PhoneNumberUtil::NO_PARSING_ERROR) {
    return e164;
  }
  std::string text;
  util.FormatOutOfCountryCallingNumber(parsed, rules.country, &text);
  const auto digits = static_cast<std::size_t>(std::count_if(text.begin(), text.end(), is_digit));
  constexpr std::size_t kFirst = 3, kSecond = 7;  // 144 0000 0017: a range that the library does not know comes whole
  if (digits == kMobileDigits && text.size() == digits && begins_like_mobile(text)) {
    text = text.substr(0, kFirst) + " " + text.substr(kFirst, kSecond - kFirst) + " " + text.substr(kSecond);
  }
  return text;
}

std::string typed_form(const std::string& e164, const DialingRules& rules) {
  const auto shown = dialled(e164, rules);
  if (shown.starts_with("00")) return e164;  // an office program would take the zeros away
  std::string digits;
  for (const char c : shown) {
    if (is_digit(c)) digits += c;
    // 0539-0123456
    if (c == ' ' && digits.size() > 1 && digits[0] == '0' && digits[1] != '0' && digits.size() < 5 &&
        digits.find('-') == std::string::npos) {
      digits += '-';
    }
  }
  const auto back = parse_phone_number(digits, rules);
  return back.ok() && back->e164 == e164 && back->extension.empty() ? digits : e164;
}

std::string masked(std::string_view number) {
  constexpr std::size_t kShownDigits = 4, kFewestDigits = 8;
  const bool plus = number.starts_with('+');
  const std::string_view digits = plus ? number.substr(1) : number;
  if (digits.size() < kFewestDigits || digits.size() > 20 || !all_digits(digits)) return "****";
  // Country codes of one and two digits (ITU-T E.164 annex); all others have three.
  constexpr std::string_view kTwoDigits =
      "20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 "
      "60 61 62 63 64 65 66 81 82 84 86 90 91 92 93 94 95 98 ";
  std::size_t code = 0;
  if (plus) {
    code = 3;
    if (digits[0] == '1' || digits[0] == '7') code = 1;
    if (kTwoDigits.find(std::string(digits.substr(0, 2)) + " ") != std::string_view::npos) code = 2;
  }
  return (plus ? "+" : "") + std::string(digits.substr(0, code)) +
         std::string(digits.size() - code - kShownDigits, '*') +
         std::string(digits.substr(digits.size() - kShownDigits));
}

}  // namespace tocsin::base
