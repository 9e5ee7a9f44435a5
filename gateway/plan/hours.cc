#include "gateway/plan/hours.h"

#include <algorithm>

#include "gateway/base/local_time.h"

namespace tocsin::plan {
namespace {

constexpr int kMinutesADay = 24 * 60;
constexpr unsigned kWorkingDay = 1U << 7, kRestDay = 1U << 8;

// Monday 0 ... Sunday 6; 1970-01-01 was a Thursday.
int weekday(std::int32_t day) {
  return static_cast<int>(((static_cast<std::int64_t>(day) + 3) % 7 + 7) % 7);
}

// Of the Gregorian calendar, days since 1970-01-01 (the usual March-based count).
std::int32_t day_number(int year, int month, int day) {
  const int y = month <= 2 ? year - 1 : year;
  const int era = (y >= 0 ? y : y - 399) / 400;
  const int of_era = y - era * 400;
  const int of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  return era * 146'097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719'468;
}

bool on_day(const Hours& hours, const Calendar& calendar, std::int32_t day) {
  const unsigned kind = is_rest(calendar, day) ? kRestDay : kWorkingDay;
  return (hours.days & ((1U << static_cast<unsigned>(weekday(day))) | kind)) != 0;
}

}  // namespace

OfficeMoment office_moment(base::UtcTime at, const Plan& plan) {
  if (const auto local = base::to_local(at, plan.time_zone)) {
    return {local->hour * 60 + local->minute, day_number(local->year, local->month, local->day)};
  }
  const auto minutes = std::chrono::floor<std::chrono::minutes>(at.time_since_epoch()).count();
  const auto day = minutes >= 0 ? minutes / kMinutesADay : (minutes - kMinutesADay + 1) / kMinutesADay;
  return {static_cast<int>(minutes - day * kMinutesADay), static_cast<std::int32_t>(day)};
}

std::optional<std::int32_t> parse_day(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  int parts[3] = {0, 0, 0};
  for (std::size_t i = 0, part = 0; i < text.size(); ++i) {
    if (text[i] == '-') {
      if (++part > 2) return std::nullopt;
    } else if (text[i] >= '0' && text[i] <= '9') {
      parts[part] = parts[part] * 10 + (text[i] - '0');
    } else {
      return std::nullopt;
    }
  }
  const std::chrono::year_month_day date{std::chrono::year(parts[0]),
                                         std::chrono::month(static_cast<unsigned>(parts[1])),
                                         std::chrono::day(static_cast<unsigned>(parts[2]))};
  if (!date.ok()) return std::nullopt;
  return day_number(parts[0], parts[1], parts[2]);
}

std::optional<int> parse_minute(std::string_view text) {
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  const auto digit = [&](std::size_t i) { return text[i] >= '0' && text[i] <= '9' ? text[i] - '0' : 99; };
  const int hour = digit(0) * 10 + digit(1), minute = digit(3) * 10 + digit(4);
  if (minute > 59 || hour > 24 || (hour == 24 && minute > 0)) return std::nullopt;
  return hour % 24 * 60 + minute;
}

bool is_rest(const Calendar& calendar, std::int32_t day) {
  const auto in = [&](const std::vector<std::int32_t>& days) {
    return std::binary_search(days.begin(), days.end(), day);
  };
  return in(calendar.rest) || (weekday(day) >= 5 && !in(calendar.working));
}

bool holds(const Hours& hours, const Calendar& calendar, const OfficeMoment& at) {
  const int from = hours.from_minute, to = hours.to_minute;
  if (from == to) return on_day(hours, calendar, at.day);
  if (from < to) return at.minute >= from && at.minute < to && on_day(hours, calendar, at.day);
  if (at.minute >= from) return on_day(hours, calendar, at.day);
  return at.minute < to && on_day(hours, calendar, at.day - 1);  // began the evening before
}

bool is_night(const Plan& plan, base::UtcTime at) {
  return plan.night.from_minute != plan.night.to_minute && holds(plan.night, plan.calendar, office_moment(at, plan));
}

int ladder_at(const Plan& plan, int ladder, base::UtcTime at) {
  if (ladder < 0 || static_cast<std::size_t>(ladder) >= plan.ladders.size()) return ladder;
  const auto& hours = plan.ladders[static_cast<std::size_t>(ladder)].hours;
  if (hours.empty()) return ladder;
  const auto moment = office_moment(at, plan);
  const auto it = std::find_if(hours.begin(), hours.end(),
                               [&](const LadderHours& h) { return holds(h.hours, plan.calendar, moment); });
  return it == hours.end() ? ladder : it->ladder;
}

}  // namespace tocsin::plan
