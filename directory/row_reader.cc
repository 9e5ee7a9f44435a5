#include "directory/row_reader.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "directory/write_sheets.h"
#include "gateway/base/local_time.h"
#include "gateway/base/masking.h"
#include "gateway/base/text.h"

namespace tocsin::directory {
namespace {

bool is_date(std::string_view text) {
  return text.size() == 10 && text[4] == '-' && text[7] == '-';  // parse_local judges the digits
}

// The day after "2026-11-22", in the same form; empty when it is no date.
std::string day_after(std::string_view date) {
  const auto number = [&](std::size_t from, std::size_t count) {
    int value = 0;
    std::from_chars(date.data() + from, date.data() + from + count, value);
    return value;
  };
  const std::chrono::year_month_day day{std::chrono::year{number(0, 4)},
                                        std::chrono::month{static_cast<unsigned>(number(5, 2))},
                                        std::chrono::day{static_cast<unsigned>(number(8, 2))}};
  if (!day.ok()) return {};
  return day_text(
      static_cast<std::int32_t>((std::chrono::sys_days{day} + std::chrono::days{1}).time_since_epoch().count()));
}

}  // namespace

bool is_code(std::string_view text) {
  const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
  return !text.empty() && text.size() <= kLongestCode && letter(text.front()) &&
         std::all_of(text.begin(), text.end(), [&](char c) { return letter(c) || c == '-' || c == '_'; });
}

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return out;
}

RowReader::RowReader(ImportPass& pass, Table table, const table::CsvRow& row)
    : pass_(pass), table_(table), cells_(row) {
  RowOrigin origin;
  origin.sheet = static_cast<int>(pass.layouts.size()) - 1;
  origin.line = row.line;
  const SheetLayout& layout = pass.layouts.back();
  for (std::size_t i = 0; i < kMostColumns; ++i) {
    const int position = layout.positions[i];
    if (position >= 0) origin.characters[i] = row.columns[static_cast<std::size_t>(position)];
  }
  number_ = pass.origins_of(table).size();
  pass.origins_of(table).push_back(origin);
}

void RowReader::error(Finding found, std::string_view column) {
  pass_.error(std::move(found), table_, number_, column);
}

void RowReader::warn(Finding found, std::string_view column) {
  pass_.warn(std::move(found), table_, number_, column);
}

std::string RowReader::cell(std::string_view column) const {
  const int position = pass_.layouts.back().positions[column_index(table_, column)];
  return position < 0 ? std::string() : std::string(unguarded(cells_.cells[static_cast<std::size_t>(position)]));
}

std::string RowReader::code(std::string_view column) {
  std::string text = cell(column);
  if (text.empty()) {
    error(words::kRowWithoutCode(), column);
  } else if (!is_code(text)) {
    error(words::kNoCode(shown(text)), column);
  }
  return text;
}

std::string RowReader::reference(std::string_view column, bool required) {
  std::string text = cell(column);
  if (text.empty() && required) error(words::kEmpty(), column);
  return text;
}

std::string RowReader::words(std::string_view column, std::size_t longest, bool required) {
  std::string text = cell(column);
  if (text.empty() && required) error(words::kEmpty(), column);
  if (base::count_characters(text) > longest) {
    error(words::kTooLong(longest), column);
  }
  if (base::without_controls(text) != text || text.find_first_of("\n\t") != std::string::npos) {
    error(words::kControls(), column);
  }
  return text;
}

std::string RowReader::words_without_numbers(std::string_view column) {
  const base::Masked masked = base::mask_numbers(words(column, kLongestWords));
  if (masked.removed > 0) {
    warn(words::kNumberRemoved(), column);
  }
  return masked.text;
}

int RowReader::order() {
  const std::string text = cell("order");
  if (text.empty()) return 0;
  int value = 0;
  const auto end = std::from_chars(text.data(), text.data() + text.size(), value);
  if (end.ec != std::errc() || end.ptr != text.data() + text.size() || value < 1 || value > kHighestOrder) {
    error(words::kNoOrder(shown(text)), "order");
    return 0;
  }
  return value;
}

int RowReader::count(std::string_view column, int most) {
  const std::string text = cell(column);
  int value = 0;
  const auto end = std::from_chars(text.data(), text.data() + text.size(), value);
  if (end.ec == std::errc() && end.ptr == text.data() + text.size() && value >= 1 && value <= most) return value;
  error(words::kNoDays(shown(text), most), column);
  return 1;
}

int RowReader::time_of_day(std::string_view column) {
  const std::string text = cell(column);
  const std::string padded = text.size() == 4 ? "0" + text : text;
  const auto digit = [&](std::size_t i) { return padded[i] >= '0' && padded[i] <= '9' ? padded[i] - '0' : 100; };
  if (padded.size() == 5 && padded[2] == ':') {
    const int hour = 10 * digit(0) + digit(1), minute = 10 * digit(3) + digit(4);
    if (hour < 24 && minute < 60) return 60 * hour + minute;
  }
  error(words::kNoTimeOfDay(shown(text)), column);
  return 0;
}

std::optional<std::int32_t> RowReader::day(std::string_view column) {
  const std::string text = cell(column);
  if (text.empty()) return std::nullopt;
  const auto midnight = is_date(text) ? base::parse_local(text + " 00:00", "UTC") : std::nullopt;
  if (!midnight) {
    error(words::kNoDate(shown(text)), column);
    return std::nullopt;
  }
  return static_cast<std::int32_t>(std::chrono::floor<std::chrono::days>(*midnight).time_since_epoch().count());
}

std::optional<base::UtcTime> RowReader::time(std::string_view column, bool whole_day) {
  const std::string text = cell(column);
  if (text.empty()) return std::nullopt;
  const std::string day = is_date(text) && whole_day ? day_after(text) : text;
  const auto parsed = base::parse_local(is_date(day) ? day + " 00:00" : day, pass_.options.time_zone);
  if (!parsed) error(words::kNoTime(shown(text)), column);
  return parsed;
}

Period RowReader::period() {
  const Period period{time("from"), time("to", true)};
  if (period.from && period.to && *period.from >= *period.to) {
    error(words::kUpsideDown(), "from");
  }
  return period;
}

std::optional<double> RowReader::degrees(std::string_view column, double limit) {
  const std::string text = cell(column);
  if (text.empty()) return std::nullopt;
  double value = 0;
  const auto end = std::from_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed);
  if (end.ec != std::errc() || end.ptr != text.data() + text.size() || !std::isfinite(value) ||
      std::abs(value) > limit) {
    error(words::kNoDegrees(shown(text), static_cast<int>(limit)), column);
    return std::nullopt;
  }
  return value;
}

bool RowReader::yes(std::string_view column) {
  const std::string text = lower(cell(column));
  if (text == "yes" || text == "是") return true;
  if (!text.empty() && text != "no" && text != "否") {
    error(words::kNeitherYesNorNo(shown(cell(column))), column);
  }
  return false;
}

std::string RowReader::one_of(std::string_view column, const std::vector<std::string>& allowed, std::string code) {
  std::string text = lower(cell(column));
  if (std::find(allowed.begin(), allowed.end(), text) != allowed.end()) return text;
  error(words::kNoneOf(shown(cell(column)), base::listed(allowed))
            .with_code(std::move(code))
            .with_hint(did_you_mean(base::nearest_name(text, allowed))),
        column);
  return text;
}

}  // namespace tocsin::directory
