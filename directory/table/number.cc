#include "directory/table/number.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <optional>

namespace tocsin::table {
namespace {

constexpr double kLargestShown = 1e300;    // beyond it a text of digits serves nobody
constexpr double kExact = 1e15;            // whole numbers below have at most 15 digits
constexpr int kLongNumber = 10;            // digits that a telephone number may have
constexpr int kZerosOfARoundedNumber = 6;  // 1.4400E+10 ends in as many
constexpr double kLastDay = 2'958'466;     // the day after 9999-12-31 (18.17.4.1)

std::optional<double> number_in(std::string_view stored) {
  double value = 0;
  const auto end = std::from_chars(stored.data(), stored.data() + stored.size(), value);
  if (end.ec != std::errc() || end.ptr != stored.data() + stored.size() || !std::isfinite(value)) return std::nullopt;
  return value;
}

Doubt doubt_of_whole(const std::string& digits) {
  const auto first = digits.find_first_of("123456789");
  const std::size_t length = digits.size() - std::min(first, digits.size());
  if (length > 15) return Doubt::kTooLong;
  const std::size_t last = digits.find_last_not_of('0');
  const std::size_t zeros = digits.size() - 1 - (last == std::string::npos ? 0 : last);
  return length >= kLongNumber && zeros >= kZerosOfARoundedNumber ? Doubt::kRounded : Doubt::kNone;
}

std::string without_end_zeros(std::string text) {
  if (text.find('.') == std::string::npos) return text;
  while (text.back() == '0') text.pop_back();
  if (text.back() == '.') text.pop_back();
  return text;
}

std::string printed(const char* format, auto... values) {
  char text[64];
  std::snprintf(text, sizeof text, format, values...);
  return text;
}

std::string time_of_day(long seconds) {
  const long hours = seconds / 3600, minutes = seconds / 60 % 60, rest = seconds % 60;
  return rest == 0 ? printed("%02ld:%02ld", hours, minutes) : printed("%02ld:%02ld:%02ld", hours, minutes, rest);
}

// Empty when it is no date.  Day 60 of the 1900 base is the 29th of February 1900, which never was (18.17.4.1).
std::string date_of(double day, bool from_1904) {
  using namespace std::chrono;
  if (day < 0 || day >= kLastDay || (!from_1904 && (day < 1 || (day >= 60 && day < 61)))) return {};
  const sys_days base = from_1904 ? sys_days{year{1904} / 1 / 1} : sys_days{year{1899} / 12 / (day < 60 ? 31 : 30)};
  const year_month_day date{base + days{static_cast<int>(day)}};
  return printed("%04d-%02u-%02u", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                 static_cast<unsigned>(date.day()));
}

// What of a format code stands for parts of a date.  Words in quotes, escaped signs and what stands in brackets do not,
// but for [h], [m] and [s]: time elapsed.
struct DateParts {
  bool day = false, time = false, elapsed = false, minute_or_month = false;
};
DateParts date_parts_in(std::string_view code) {
  DateParts parts;
  for (std::size_t at = 0; at < code.size() && code[at] != ';'; ++at) {
    const char c = static_cast<char>(code[at] | 0x20);
    if (code[at] == '"') {
      at = std::min(code.find('"', at + 1), code.size());
    } else if (code[at] == '\\' || code[at] == '_' || code[at] == '*') {
      ++at;
    } else if (code[at] == '[') {
      const std::size_t close = std::min(code.find(']', at), code.size());
      const std::string_view inside = code.substr(at + 1, close - at - 1);
      const bool letters = !inside.empty() && inside.find_first_not_of("hHmMsS") == std::string_view::npos;
      parts.elapsed = parts.elapsed || letters;
      at = close;
    } else if (c == 'y' || c == 'd') {
      parts.day = true;
    } else if (c == 'h' || c == 's') {
      parts.time = true;
    } else if (c == 'm') {
      parts.minute_or_month = true;
    } else if (c == 'g') {  // General
      return {};
    }
  }
  return parts;
}

}  // namespace

Digits digits_of(std::string_view stored) {
  const std::optional<double> value = number_in(stored);
  if (!value || std::abs(*value) > kLargestShown) return {};
  if (std::abs(*value) >= kExact || *value == std::floor(*value)) {
    // Digits that the file itself spells out are taken as they stand: a double of 18 would spell others.
    const bool spelled = !stored.empty() && stored.find_first_not_of("0123456789") == std::string_view::npos;
    char text[320];
    std::snprintf(text, sizeof text, "%.0f", *value == 0 ? 0.0 : *value);
    const std::string digits = spelled ? std::string(stored.substr(0, 320)) : std::string(text);
    return {digits, doubt_of_whole(digits)};
  }
  // Fifteen digits in all, as the spreadsheet shows them.
  const int whole = std::max(static_cast<int>(std::floor(std::log10(std::abs(*value)))) + 1, -20);
  char text[64];
  std::snprintf(text, sizeof text, "%.*f", std::clamp(15 - whole, 0, 35), *value);
  return {without_end_zeros(text), Doubt::kNone};
}

NumberForm form_of_code(std::string_view code) {
  const DateParts parts = date_parts_in(code);
  if (parts.elapsed) return {FormKind::kElapsed, 0};
  if (parts.day && parts.time) return {FormKind::kDateAndTime, 0};
  if (parts.day || (parts.minute_or_month && !parts.time)) return {FormKind::kDate, 0};
  if (parts.time) return {FormKind::kTime, 0};
  const bool zeros = !code.empty() && code.size() <= 30 && code.find_first_not_of('0') == std::string_view::npos;
  return {FormKind::kPlain, zeros ? static_cast<int>(code.size()) : 0};
}

// 18.8.30: 14 to 22 and 45 to 47 everywhere; 27 to 36 and 50 to 58 in Chinese, Japanese and Korean programs.
NumberForm form_of_id(int id) {
  if (id == 22) return {FormKind::kDateAndTime, 0};
  if (id == 46) return {FormKind::kElapsed, 0};
  if ((id >= 18 && id <= 21) || (id >= 32 && id <= 35) || id == 45 || id == 47 || id == 55 || id == 56) {
    return {FormKind::kTime, 0};
  }
  if ((id >= 14 && id <= 17) || (id >= 27 && id <= 36) || (id >= 50 && id <= 58)) return {FormKind::kDate, 0};
  return {};
}

Digits shown(std::string_view stored, const NumberForm& form, bool from_1904) {
  Digits digits = digits_of(stored);
  if (digits.text.empty()) return digits;
  if (form.kind == FormKind::kPlain) {
    const bool plain_digits = digits.text.find_first_not_of("0123456789") == std::string::npos;
    const auto missing = static_cast<std::ptrdiff_t>(form.digits) - static_cast<std::ptrdiff_t>(digits.text.size());
    if (plain_digits && missing > 0) digits.text.insert(0, static_cast<std::size_t>(missing), '0');
    return digits;
  }
  const double value = number_in(stored).value_or(0);
  if (value < 0 || value >= kLastDay) return digits;
  // Half a second is added for what the double lost of it.
  const double day = std::floor(value + 0.5 / 86'400);
  const long seconds = std::clamp(std::lround((value - day) * 86'400), 0L, 86'399L);
  if (form.kind == FormKind::kElapsed) return {time_of_day(seconds + static_cast<long>(day) * 86'400), Doubt::kNone};
  if (form.kind == FormKind::kTime && day == 0) return {time_of_day(seconds), Doubt::kNone};
  const std::string date = date_of(day, from_1904);
  if (date.empty()) return digits;
  const bool with_time = seconds != 0 && form.kind != FormKind::kDate;
  return {with_time ? date + " " + time_of_day(seconds) : date, Doubt::kNone};
}

}  // namespace tocsin::table
