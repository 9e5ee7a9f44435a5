#include "directory/row_text.h"

#include <charconv>
#include <chrono>
#include <cstdio>

#include "gateway/base/local_time.h"
#include "gateway/base/text.h"

namespace tocsin::directory {
namespace {

std::string joined(const std::vector<std::string>& words, char separator) {
  std::string out;
  for (const std::string& word : words) {
    if (!out.empty()) out += separator;
    out += word;
  }
  return out;
}

template <typename Number>
bool read_number(std::string_view text, Number& into) {
  const auto end = std::from_chars(text.data(), text.data() + text.size(), into);
  return end.ec == std::errc() && end.ptr == text.data() + text.size();
}

std::string date_text(std::int32_t day) {
  const std::chrono::year_month_day date{std::chrono::sys_days{std::chrono::days{day}}};
  char text[24];
  std::snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                static_cast<unsigned>(date.day()));
  return text;
}

}  // namespace

std::string exact_cell(int order) {
  return order == 0 ? std::string() : std::to_string(order);
}

std::string exact_cell(bool yes) {
  return yes ? "yes" : "";
}

std::string exact_cell(model::ContactKind kind) {
  return std::string(model::name_of(kind));
}

std::string exact_cell(const std::vector<std::string>& words) {
  return joined(words, '\n');
}

std::string exact_cell(const MaybeTime& time) {
  return time ? std::to_string(base::to_micros(*time)) : std::string();
}

// The shortest digits that read back as the same number.
std::string exact_cell(const Degrees<const bool, const double>& degrees) {
  if (!degrees.has) return {};
  char text[400];  // a double in fixed notation has at most some 330 characters
  const auto end = std::to_chars(text, text + sizeof text, degrees.value, std::chars_format::fixed);
  return end.ec == std::errc() ? std::string(text, end.ptr) : std::to_string(degrees.value);
}

std::string exact_cell(const TimeOfDay<const int>& time) {
  return std::to_string(time.minute);
}

std::string exact_cell(const Day<const std::int32_t>& day) {
  return std::to_string(day.day);
}

std::string exact_cell(const LastDay<const std::optional<std::int32_t>>& last) {
  return last.end ? std::to_string(*last.end) : std::string();
}

std::string sheet_cell(std::string_view /*column*/, const TimeOfDay<const int>& time, const std::string& /*zone*/) {
  char text[24];
  std::snprintf(text, sizeof text, "%02d:%02d", time.minute / 60, time.minute % 60);
  return text;
}

std::string sheet_cell(std::string_view /*column*/, const Day<const std::int32_t>& day, const std::string& /*zone*/) {
  return date_text(day.day);
}

std::string sheet_cell(std::string_view /*column*/, const LastDay<const std::optional<std::int32_t>>& last,
                       const std::string& /*zone*/) {
  return last.end ? date_text(*last.end - 1) : std::string();
}

std::string sheet_cell(std::string_view /*column*/, const std::vector<std::string>& words,
                       const std::string& /*zone*/) {
  return joined(words, ';');
}

std::string sheet_cell(std::string_view column, const bool& yes, const std::string& /*zone*/) {
  if (!yes) return {};
  return column == "kind" ? "section" : "yes";
}

std::string sheet_cell(std::string_view column, const MaybeTime& time, const std::string& zone) {
  const auto local = time ? base::to_local(*time, zone) : std::nullopt;
  if (!local) return {};
  // In "to" a date alone would mean the end of that day.
  const bool day = local->second == 0 && local->minute == 0 && local->hour == 0 && column != "to";
  const char* pattern = day ? "%Y-%m-%d" : local->second == 0 ? "%Y-%m-%d %H:%M" : "%Y-%m-%d %H:%M:%S";
  return base::local_text(*time, zone, pattern).value_or("");
}

bool read_exact_cell(const std::string& cell, int& order) {
  order = 0;
  return cell.empty() || read_number(cell, order);
}

bool read_exact_cell(const std::string& cell, bool& yes) {
  yes = !cell.empty();
  return cell.empty() || cell == "yes";
}

bool read_exact_cell(const std::string& cell, model::ContactKind& kind) {
  const auto named = model::contact_kind_named(cell);
  if (named) kind = *named;
  return named.has_value();
}

bool read_exact_cell(const std::string& cell, std::vector<std::string>& words) {
  words = cell.empty() ? std::vector<std::string>() : base::split(cell, '\n');
  return true;
}

bool read_exact_cell(const std::string& cell, MaybeTime& time) {
  std::int64_t micros = 0;
  time.reset();
  if (cell.empty()) return true;
  if (!read_number(cell, micros)) return false;
  time = base::from_micros(micros);
  return true;
}

bool read_exact_cell(const std::string& cell, const Degrees<bool, double>& degrees) {
  degrees.has = !cell.empty();
  degrees.value = 0;
  return cell.empty() || read_number(cell, degrees.value);
}

bool read_exact_cell(const std::string& cell, const TimeOfDay<int>& time) {
  return read_number(cell, time.minute);
}

bool read_exact_cell(const std::string& cell, const Day<std::int32_t>& day) {
  return read_number(cell, day.day);
}

bool read_exact_cell(const std::string& cell, const LastDay<std::optional<std::int32_t>>& last) {
  last.end.reset();
  return cell.empty() || read_number(cell, last.end.emplace());
}

}  // namespace tocsin::directory
