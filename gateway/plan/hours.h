// Which of a ladder's hours hold at a moment.
//
// Pure; any thread.  Office time comes from base/local_time.h: a zone the machine does not know is taken as UTC (a plan
// read by the app was checked for that).
#pragma once

#include <optional>
#include <string_view>

#include "gateway/base/time.h"
#include "gateway/plan/plan.h"

namespace tocsin::plan {

// A moment as the office's clock and calendar show it.
struct OfficeMoment {
  int minute = 0;        // since midnight
  std::int32_t day = 0;  // since 1970-01-01
};
[[nodiscard]] OfficeMoment office_moment(base::UtcTime at, const Plan& plan);

// "2026-10-01" to days since 1970-01-01; "22:30" to minutes since midnight, "24:00" being 0.  Empty when it is neither.
[[nodiscard]] std::optional<std::int32_t> parse_day(std::string_view text);
[[nodiscard]] std::optional<int> parse_minute(std::string_view text);

// A day of rest: a holiday, or a Saturday or Sunday that is not worked.
[[nodiscard]] bool is_rest(const Calendar& calendar, std::int32_t day);
[[nodiscard]] bool holds(const Hours& hours, const Calendar& calendar, const OfficeMoment& at);

// By the plan's night; equal ends: there is none.
[[nodiscard]] bool is_night(const Plan& plan, base::UtcTime at);

// The ladder climbed by an alert made at that moment: `ladder` itself, or that of its first hours that hold.
// -1 for -1.  One alert climbs one ladder to its end, whatever the hour becomes.
[[nodiscard]] int ladder_at(const Plan& plan, int ladder, base::UtcTime at);

}  // namespace tocsin::plan
