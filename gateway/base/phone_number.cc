#include "gateway/base/phone_number.h"

#include <phonenumbers/phonenumberutil.h>

#include <algorithm>
#include <array>
#include <optional>

#include "gateway/base/phone_fault.h"
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

// A value, or why there is none.
template <typename T>
class Judged {
 public:
  Judged(T good) : value_(std::move(good)) {}       // NOLINT(google-explicit-constructor)
  Judged(Said fault) : fault_(std::move(fault)) {}  // NOLINT(google-explicit-constructor)
  [[nodiscard]] bool ok() const { return fault_.empty(); }
  [[nodiscard]] const Said& fault() const { return fault_; }
  T& operator*() { return value_; }
  T* operator->() { return &value_; }

 private:
  T value_;
  Said fault_;
};

Said digits_of(std::size_t count) {
  return said(count == 1 ? "{0} digit" : "{0} digits", "{0}位", count);
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

Judged<Typed> take_apart(std::string_view typed) {
  if (typed.size() > kLongestTyped) return Said{"too long for a phone number", "太长，不是电话号码"};
  std::string text = to_plain_ascii(typed);
  if (text.empty()) return Said{"no phone number", "没有电话号码"};
  if (looks_like_spreadsheet_number(text)) {
    return Said{"a number that a spreadsheet has rounded (E+); format the column as text and type it again",
                "号码被电子表格改成了科学记数（E+）；请把这一列设为文本后重新输入"};
  }
  for (const std::string_view joint : {"、", "/", ",", ";", "|", "或"}) {
    const std::size_t at = text.find(joint);
    if (at != std::string::npos && text.compare(at, 5, ";ext=") != 0) {
      return Said{"more than one number; write one per field", "不止一个号码；每格只写一个"};
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
      return said("\"{0}\" does not belong in a phone number", "电话号码中不应有“{0}”",
                  to_valid_utf8(std::string_view(text).substr(at, step.bytes)));
    }
    at += step.bytes;
  }
  if (out.digits.empty()) return Said{"no digits in it", "没有数字"};
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
Judged<PhoneNumber> ask_library(const std::string& text, const std::string& region) {
  const PhoneNumberUtil& util = *PhoneNumberUtil::GetInstance();
  ParsedNumber parsed;
  switch (util.Parse(text, region, &parsed)) {
    case PhoneNumberUtil::NO_PARSING_ERROR: break;
    case PhoneNumberUtil::INVALID_COUNTRY_CODE_ERROR: return Said{"no such country code", "没有这个国家代码"};
    case PhoneNumberUtil::TOO_SHORT_AFTER_IDD:
    case PhoneNumberUtil::TOO_SHORT_NSN: return Said{"too few digits for a phone number", "位数太少，不是电话号码"};
    case PhoneNumberUtil::TOO_LONG_NSN: return Said{"too many digits for a phone number", "位数太多，不是电话号码"};
    case PhoneNumberUtil::NOT_A_NUMBER: return Said{"not a phone number", "不是电话号码"};
  }
  switch (util.IsPossibleNumberWithReason(parsed)) {
    case PhoneNumberUtil::TOO_SHORT:
      return Said{"too few digits for a phone number of that country", "按该国号码，位数太少"};
    case PhoneNumberUtil::TOO_LONG:
      return Said{"too many digits for a phone number of that country", "按该国号码，位数太多"};
    case PhoneNumberUtil::INVALID_COUNTRY_CODE: return Said{"no such country code", "没有这个国家代码"};
    case PhoneNumberUtil::INVALID_LENGTH:
      return Said{"no phone number of that country has so many digits", "该国没有这么多位的号码"};
    case PhoneNumberUtil::IS_POSSIBLE_LOCAL_ONLY:
      return Said{"a local number: its area code is missing", "是本地号码，缺区号"};
    case PhoneNumberUtil::IS_POSSIBLE: break;
  }
  PhoneNumber out;
  util.Format(parsed, PhoneNumberUtil::E164, &out.e164);
  out.certain = util.IsValidNumber(parsed);
  out.kind = kind_of(util.GetNumberType(parsed));
  return out;
}

Judged<PhoneNumber> chinese_mobile(const std::string& digits) {
  if (digits.size() < kMobileDigits) {
    return said("{0}, a mobile has 11: {1} missing", "{0}，手机11位：少{1}位", digits_of(digits.size()),
                kMobileDigits - digits.size());
  }
  if (digits.size() > kMobileDigits) {
    return said("{0}, a mobile has 11: {1} too many", "{0}，手机11位：多{1}位", digits_of(digits.size()),
                digits.size() - kMobileDigits);
  }
  auto number = ask_library("+86" + digits, "CN");
  if (number.ok()) number->kind = PhoneKind::kMobile;
  return number;
}

// `national` is area code and subscriber number without the leading 0.
Judged<PhoneNumber> chinese_landline(const std::string& national) {
  // 10 and 20..29 are two digits before eight; the others three before seven or eight.
  const bool short_area = national.starts_with("10") || national.starts_with('2');
  const std::size_t area = short_area ? 2 : 3;
  const std::size_t shortest = area + (short_area ? 8 : 7);
  if (national.size() < shortest) {
    return said("a landline with area code 0{0} needs {1}{2} digits after it: {3} missing",
                "区号0{0}的固定电话后面要有{1}{2}位：少{3}位", national.substr(0, area), shortest - area,
                short_area ? Said() : Said{" or 8", "或8"}, shortest - national.size());
  }
  if (national.size() > area + 8) {
    return said("a landline has at most 8 digits after its area code: {0} too many", "固定电话区号后面最多8位：多{0}位",
                national.size() - area - 8);
  }
  auto number = ask_library("+86" + national, "CN");
  if (number.ok()) number->kind = PhoneKind::kLandline;
  return number;
}

bool begins_like_mobile(std::string_view digits) {
  return digits.size() >= 2 && digits[0] == '1' && digits[1] >= '3' && digits[1] <= '9';
}

Judged<PhoneNumber> chinese_number(const Typed& typed, const DialingRules& rules) {
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
    return said("{0} is a short service number, not a personal contact point", "{0}是服务短号，不是个人的联系方式",
                digits);
  }
  if (digits.size() < 3)
    return said("{0}, too few for a phone number", "{0}，不够电话号码的位数", digits_of(digits.size()));
  if (digits.starts_with('0')) return chinese_landline(digits.substr(1));
  if (digits.size() == 10 && (digits.starts_with("400") || digits.starts_with("800"))) {
    auto number = ask_library("+86" + digits, "CN");
    if (number.ok()) number->kind = PhoneKind::kOther;
    return number;
  }
  if (begins_like_mobile(digits) && digits.size() >= 8) return chinese_mobile(digits);
  if (digits.size() == 7 || digits.size() == 8) {
    if (rules.area_code.empty())
      return Said{"a local number without area code, and no area code is set",
                  "是本地号码，没写区号，设置中也没有区号"};
    return chinese_landline(rules.area_code + digits);
  }
  if (international) return chinese_landline(digits);
  if (digits.size() == 9)
    return Said{"9 digits: a landline needs its area code with the leading 0, a mobile has 11",
                "9位：固定电话要写带0的区号，手机11位"};
  return said("{0}, but neither a mobile (11 from 1) nor a landline with its 0",
              "{0}，既不是手机（1开头11位），也不是带0区号的固定电话", digits_of(digits.size()));
}

Judged<PhoneNumber> judge(std::string_view typed, const DialingRules& rules) {
  auto parts = take_apart(typed);
  if (!parts.ok()) return parts.fault();
  const bool says_china = parts->plus ? parts->digits.starts_with("86") : rules.country == "CN";
  const bool abroad_from_china =
      says_china && !parts->plus && parts->digits.starts_with("00") && !parts->digits.starts_with("0086");
  auto number = says_china && !abroad_from_china ? chinese_number(*parts, rules)
                                                 : ask_library((parts->plus ? "+" : "") + parts->digits, rules.country);
  if (number.ok()) number->extension = parts->extension;
  return number;
}

}  // namespace

Result<PhoneNumber> parse_phone_number(std::string_view typed, const DialingRules& rules) {
  auto number = judge(typed, rules);
  if (!number.ok()) return invalid(number.fault().en);
  return std::move(*number);
}

Said why_no_phone_number(std::string_view typed, const DialingRules& rules) {
  return judge(typed, rules).fault();
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
