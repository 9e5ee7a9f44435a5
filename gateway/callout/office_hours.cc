#include "gateway/callout/office_hours.h"

#include <chrono>

#include "gateway/base/local_time.h"

namespace tocsin::callout {
namespace {

constexpr base::Duration kDay = std::chrono::hours(24);
constexpr int kDaysLookedAhead = 8;  // one of them is a Monday

bool is_weekday(const base::LocalTime& local) {
  const std::chrono::year_month_day date{std::chrono::year(local.year),
                                         std::chrono::month(static_cast<unsigned>(local.month)),
                                         std::chrono::day(static_cast<unsigned>(local.day))};
  return std::chrono::weekday(std::chrono::sys_days(date)).iso_encoding() <= 5;
}

}  // namespace

bool at_work(const OfficeHours& hours, base::UtcTime at) {
  const auto local = base::to_local(at, hours.zone);
  if (!local || !is_weekday(*local)) return false;
  const int minute = local->hour * 60 + local->minute;
  return minute >= hours.from_minute && minute < hours.until_minute;
}

base::UtcTime next_begin(const OfficeHours& hours, base::UtcTime at) {
  for (int days = 0; days < kDaysLookedAhead; ++days) {
    auto local = base::to_local(at + kDay * days, hours.zone);
    if (!local || !is_weekday(*local)) continue;
    local->hour = hours.from_minute / 60;
    local->minute = hours.from_minute % 60;
    local->second = 0;
    if (const auto begin = base::from_local(*local, hours.zone); begin && *begin > at) return *begin;
  }
  return at + kDay;
}

}  // namespace tocsin::callout
