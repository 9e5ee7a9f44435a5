// Office local time, at the edges only: what people read and type.  Inside, time is UTC.
//
// Zones are IANA names ("Asia/Shanghai") of the machine's tzdata, read once per zone and kept.
// Howard Hinnant's date library stands behind it, in local_time.cc alone.  Thread-safe.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "gateway/base/time.h"

namespace tocsin::base {

struct LocalTime {
  int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0;
};

[[nodiscard]] bool zone_exists(const std::string& zone);
// Empty when the zone does not exist; so for all below.
[[nodiscard]] std::optional<LocalTime> to_local(UtcTime t, const std::string& zone);
// `pattern` knows %Y %m %d %H %M %S and %%; other characters stand for themselves ("%Y-%m-%d %H:%M", "%m月%d日").
[[nodiscard]] std::optional<std::string> local_text(UtcTime t, const std::string& zone, const char* pattern);
// "2026-11-22 04:05" (a T for the space and :SS are accepted).  Of an hour that comes twice the first
// is meant; one that a change of the clocks skips, or a wrong date, is empty.
[[nodiscard]] std::optional<UtcTime> parse_local(std::string_view text, const std::string& zone);

// When a clock of that zone shows `local`, for times that come round by rule and must never fall out.  Of an hour that
// comes twice the first is meant; one that a change of the clocks skips is the instant of that change.  Empty for a
// date or time that no calendar has.
[[nodiscard]] std::optional<UtcTime> from_local(const LocalTime& local, const std::string& zone);

// The beginning of the day that `t` lies in, by the clocks of that zone; UTC's when it does not exist.
[[nodiscard]] UtcTime midnight_before(UtcTime t, const std::string& zone);

}  // namespace tocsin::base
