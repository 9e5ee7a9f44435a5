// Times, durations and zones as iCalendar writes them (RFC 5545, 3.3).  For this room's .cc files.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "gateway/base/time.h"

namespace tocsin::roster {

inline constexpr std::int64_t kSecondsOfDay = 86'400;

// A reading of a clock on the wall, in seconds since 1970-01-01 00:00 there.
using Wall = std::int64_t;

// Digits alone; -1 when it is anything else.
[[nodiscard]] int count_in(std::string_view digits);

struct WallTime {
  Wall wall = 0;
  bool date = false, utc = false;
};
// DATE and DATE-TIME (3.3.4, 3.3.5) of the years 1970 to 2200.
[[nodiscard]] std::optional<WallTime> wall_time(std::string_view text);
// DURATION (3.3.6) in seconds, not negative: "P1D", "PT12H30M", "P2W".
[[nodiscard]] std::optional<std::int64_t> duration(std::string_view text);
// UTC-OFFSET (3.3.14) in seconds.
[[nodiscard]] std::optional<std::int64_t> utc_offset(std::string_view text);

// What a TZID of the file stands for.
struct Zone {
  std::string iana;                    // or
  std::optional<std::int64_t> offset;  // seconds east of UTC
  [[nodiscard]] base::UtcTime utc(Wall wall) const;
};

}  // namespace tocsin::roster
