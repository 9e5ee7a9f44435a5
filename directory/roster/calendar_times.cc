#include "directory/roster/calendar_times.h"

#include <algorithm>
#include <charconv>

#include "gateway/base/local_time.h"

namespace tocsin::roster {
namespace {

constexpr int kFirstYear = 1970, kLastYear = 2200;

}  // namespace

int count_in(std::string_view digits) {
  int value = -1;
  const auto end = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return end.ec == std::errc() && end.ptr == digits.data() + digits.size() ? value : -1;
}

std::optional<WallTime> wall_time(std::string_view text) {
  if (text.size() != 8 && (text.size() < 15 || text.size() > 16 || text[8] != 'T')) return std::nullopt;
  const int year = count_in(text.substr(0, 4)), month = count_in(text.substr(4, 2)), day = count_in(text.substr(6, 2));
  if (year < kFirstYear || year > kLastYear || month < 1 || day < 1) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)},
                                         std::chrono::day{static_cast<unsigned>(day)}};
  if (!date.ok()) return std::nullopt;
  WallTime time;
  time.wall = std::chrono::sys_days{date}.time_since_epoch().count() * kSecondsOfDay;
  time.date = text.size() == 8;
  if (time.date) return time;
  const int hour = count_in(text.substr(9, 2)), minute = count_in(text.substr(11, 2)),
            second = count_in(text.substr(13, 2));
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60) return std::nullopt;
  time.utc = text.size() == 16;
  if (time.utc && text[15] != 'Z') return std::nullopt;
  time.wall += 3600 * hour + 60 * minute + std::min(second, 59);  // a leap second
  return time;
}

std::optional<std::int64_t> duration(std::string_view text) {
  if (!text.empty() && text.front() == '+') text.remove_prefix(1);
  if (text.size() < 3 || text.front() != 'P') return std::nullopt;
  std::int64_t total = 0;
  bool time = false;
  for (std::size_t i = 1; i < text.size();) {
    if (text[i] == 'T' && !time) {
      time = true;
      ++i;
      continue;
    }
    std::size_t end = i;
    while (end < text.size() && text[end] >= '0' && text[end] <= '9') ++end;
    const int value = end - i > 6 ? -1 : count_in(text.substr(i, end - i));
    if (value < 0 || end == text.size()) return std::nullopt;
    switch (text[end]) {
      case 'W': total += 7 * kSecondsOfDay * value; break;
      case 'D': total += kSecondsOfDay * value; break;
      case 'H': total += std::int64_t{3600} * value; break;
      case 'M': total += std::int64_t{60} * value; break;
      case 'S': total += value; break;
      default: return std::nullopt;
    }
    i = end + 1;
  }
  return total;
}

base::UtcTime Zone::utc(Wall wall) const {
  const auto at_utc = base::UtcTime{} + std::chrono::seconds(wall);
  if (offset) return at_utc - std::chrono::seconds(*offset);
  const std::chrono::year_month_day day{std::chrono::floor<std::chrono::days>(at_utc)};
  const auto rest = static_cast<int>(((wall % kSecondsOfDay) + kSecondsOfDay) % kSecondsOfDay);
  const base::LocalTime local{static_cast<int>(day.year()),
                              static_cast<int>(static_cast<unsigned>(day.month())),
                              static_cast<int>(static_cast<unsigned>(day.day())),
                              rest / 3600,
                              rest / 60 % 60,
                              rest % 60};
  return base::from_local(local, iana).value_or(at_utc);
}

std::optional<std::int64_t> utc_offset(std::string_view text) {
  if (text.size() != 5 && text.size() != 7) return std::nullopt;
  if (text[0] != '+' && text[0] != '-') return std::nullopt;
  const int hour = count_in(text.substr(1, 2)), minute = count_in(text.substr(3, 2));
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59) return std::nullopt;
  const std::int64_t seconds = 3600 * hour + 60 * minute;
  return text[0] == '-' ? -seconds : seconds;
}

}  // namespace tocsin::roster
