// Two kinds of time that do not mix.
//
// UtcTime is for records, rosters and legal clocks: UTC microseconds, what the store and the
// API hold.  SteadyTime is for waiting inside one process: it never goes back and means nothing
// to anybody else.  Comparing one with the other does not compile.
// `Clock` is the only place either comes from; pure code takes values.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace tocsin::base {

using Duration = std::chrono::microseconds;
using UtcTime = std::chrono::sys_time<Duration>;

struct SteadyTimeline {
  using duration = Duration;
  using rep = duration::rep;
  using period = duration::period;
  using time_point = std::chrono::time_point<SteadyTimeline, Duration>;
  static constexpr bool is_steady = true;
};
using SteadyTime = SteadyTimeline::time_point;

// Where "now" comes from.  Thread-safe.  Held by the engine and by adapters only.
class Clock {
 public:
  virtual ~Clock() = default;
  [[nodiscard]] virtual UtcTime utc_now() const = 0;
  [[nodiscard]] virtual SteadyTime steady_now() const = 0;
};

// The machine's clocks.
class SystemClock final : public Clock {
 public:
  [[nodiscard]] UtcTime utc_now() const override;
  [[nodiscard]] SteadyTime steady_now() const override;
};

// Stored form: microseconds since 1970-01-01T00:00:00Z.
[[nodiscard]] constexpr std::int64_t to_micros(UtcTime t) {
  return t.time_since_epoch().count();
}
[[nodiscard]] constexpr UtcTime from_micros(std::int64_t us) {
  return UtcTime{Duration{us}};
}

// RFC 3339 in UTC with milliseconds: "2026-11-22T04:05:06.789Z".
[[nodiscard]] std::string to_rfc3339(UtcTime t);
// Accepts RFC 3339 with `Z` or an offset, seconds fraction optional.  Empty when it is not one.
[[nodiscard]] std::optional<UtcTime> parse_rfc3339(std::string_view text);

// "90s", "5m", "2h", "3d", "500ms", sums such as "1h30m"; no sign, no spaces; up to 3650 days.
[[nodiscard]] std::optional<Duration> parse_duration(std::string_view text);
// The shortest exact form parse_duration reads back: "1h30m", "0s".
[[nodiscard]] std::string to_string(Duration d);

}  // namespace tocsin::base
