#include "gateway/base/local_time.h"

#include <date/tz.h>

#include <array>
#include <exception>
#include <map>

#include "gateway/base/guarded.h"

namespace tocsin::base {
namespace {

// Null when there is none.  Misses are not kept: names come from settings and plans, but a bad
// one may come in often.
const date::time_zone* find_zone(const std::string& name) {
  static Guarded<std::map<std::string, const date::time_zone*>> known;
  return known.with([&](auto& zones) -> const date::time_zone* {
    if (const auto it = zones.find(name); it != zones.end()) return it->second;
    try {
      const date::time_zone* zone = date::locate_zone(name);
      zones.emplace(name, zone);
      return zone;
    } catch (const std::exception&) {  // the library says "no such zone" so
      return nullptr;
    }
  });
}

// Two or four digits at the front of `text`; -1 when they are not there.
int take_number(std::string_view& text, std::size_t width) {
  if (text.size() < width) return -1;
  int value = 0;
  for (std::size_t i = 0; i < width; ++i) {
    if (text[i] < '0' || text[i] > '9') return -1;
    value = value * 10 + (text[i] - '0');
  }
  text.remove_prefix(width);
  return value;
}

bool take(std::string_view& text, char c) {
  if (!text.starts_with(c)) return false;
  text.remove_prefix(1);
  return true;
}

std::optional<date::local_seconds> read_local(std::string_view text) {
  const int year = take_number(text, 4);
  if (year < 0 || !take(text, '-')) return std::nullopt;
  const int month = take_number(text, 2);
  if (month < 0 || !take(text, '-')) return std::nullopt;
  const int day = take_number(text, 2);
  if (day < 0 || (!take(text, ' ') && !take(text, 'T'))) return std::nullopt;
  const int hour = take_number(text, 2);
  if (hour < 0 || hour > 23 || !take(text, ':')) return std::nullopt;
  const int minute = take_number(text, 2);
  if (minute < 0 || minute > 59) return std::nullopt;
  int second = 0;
  if (take(text, ':')) second = take_number(text, 2);
  if (second < 0 || second > 59 || !text.empty()) return std::nullopt;
  const date::year_month_day ymd{date::year{year}, date::month{static_cast<unsigned>(month)},
                                 date::day{static_cast<unsigned>(day)}};
  if (!ymd.ok()) return std::nullopt;
  return date::local_days{ymd} + std::chrono::hours{hour} + std::chrono::minutes{minute} + std::chrono::seconds{second};
}

void append_number(std::string& out, int value, std::size_t width) {
  const std::string digits = std::to_string(value);
  if (digits.size() < width) out.append(width - digits.size(), '0');
  out += digits;
}

}  // namespace

bool zone_exists(const std::string& zone) {
  return find_zone(zone) != nullptr;
}

std::optional<LocalTime> to_local(UtcTime t, const std::string& zone) {
  const date::time_zone* found = find_zone(zone);
  if (found == nullptr) return std::nullopt;
  const auto local = found->to_local(std::chrono::floor<std::chrono::seconds>(t));
  const auto day = date::floor<date::days>(local);
  const date::year_month_day ymd{day};
  const date::hh_mm_ss time{local - day};
  return LocalTime{static_cast<int>(ymd.year()),
                   static_cast<int>(static_cast<unsigned>(ymd.month())),
                   static_cast<int>(static_cast<unsigned>(ymd.day())),
                   static_cast<int>(time.hours().count()),
                   static_cast<int>(time.minutes().count()),
                   static_cast<int>(time.seconds().count())};
}

std::optional<std::string> local_text(UtcTime t, const std::string& zone, const char* pattern) {
  const auto local = to_local(t, zone);
  if (!local) return std::nullopt;
  std::string out;
  for (const char* c = pattern; *c != '\0'; ++c) {
    if (*c != '%' || c[1] == '\0') {
      out.push_back(*c);
      continue;
    }
    switch (*++c) {
      case 'Y': append_number(out, local->year, 4); break;
      case 'm': append_number(out, local->month, 2); break;
      case 'd': append_number(out, local->day, 2); break;
      case 'H': append_number(out, local->hour, 2); break;
      case 'M': append_number(out, local->minute, 2); break;
      case 'S': append_number(out, local->second, 2); break;
      default:
        if (*c != '%') out.push_back('%');
        out.push_back(*c);
    }
  }
  return out;
}

std::optional<UtcTime> parse_local(std::string_view text, const std::string& zone) {
  const date::time_zone* found = find_zone(zone);
  const auto local = read_local(text);
  if (found == nullptr || !local) return std::nullopt;
  const date::local_info info = found->get_info(*local);
  if (info.result == date::local_info::nonexistent) return std::nullopt;
  return UtcTime{found->to_sys(*local, date::choose::earliest)};
}

std::optional<UtcTime> from_local(const LocalTime& local, const std::string& zone) {
  const date::time_zone* found = find_zone(zone);
  if (found == nullptr || local.year < 0 || local.year > 9999) return std::nullopt;
  if (local.month < 1 || local.day < 1 || local.hour < 0 || local.hour > 23) return std::nullopt;
  if (local.minute < 0 || local.minute > 59 || local.second < 0 || local.second > 59) return std::nullopt;
  const date::year_month_day day{date::year{local.year}, date::month{static_cast<unsigned>(local.month)},
                                 date::day{static_cast<unsigned>(local.day)}};
  if (!day.ok()) return std::nullopt;
  const auto shown = date::local_days{day} + std::chrono::hours{local.hour} + std::chrono::minutes{local.minute} +
                     std::chrono::seconds{local.second};
  // Of a skipped time to_sys makes the instant of the change.
  return UtcTime{found->to_sys(shown, date::choose::earliest)};
}

UtcTime midnight_before(UtcTime t, const std::string& zone) {
  if (auto local = to_local(t, zone)) {
    const auto midnight = from_local({local->year, local->month, local->day, 0, 0, 0}, zone);
    if (midnight) return *midnight;
  }
  return std::chrono::floor<std::chrono::days>(t);
}

}  // namespace tocsin::base
