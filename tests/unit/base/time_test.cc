#include "gateway/base/time.h"

#include <gtest/gtest.h>

#include <string>
#include <type_traits>

namespace tocsin::base {
namespace {

using namespace std::chrono_literals;

constexpr UtcTime kNoon = std::chrono::sys_days{std::chrono::November / 22 / 2026} + 12h;

TEST(Rfc3339Test, IsWrittenInUtcWithMilliseconds) {
  EXPECT_EQ(to_rfc3339(kNoon), "2026-11-22T12:00:00.000Z");
  EXPECT_EQ(to_rfc3339(kNoon + 6789us), "2026-11-22T12:00:00.006Z");
  EXPECT_EQ(to_rfc3339(UtcTime{}), "1970-01-01T00:00:00.000Z");
  EXPECT_EQ(to_rfc3339(UtcTime{} - 1us), "1969-12-31T23:59:59.999Z");
}

TEST(Rfc3339Test, ReadsZuluAndOffsets) {
  EXPECT_EQ(parse_rfc3339("2026-11-22T12:00:00Z"), kNoon);
  EXPECT_EQ(parse_rfc3339("2026-11-22t12:00:00z"), kNoon);
  EXPECT_EQ(parse_rfc3339("2026-11-22T20:00:00+08:00"), kNoon);
  EXPECT_EQ(parse_rfc3339("2026-11-22T06:30:00-05:30"), kNoon);
  EXPECT_EQ(parse_rfc3339("2026-11-22T12:00:00.5Z"), kNoon + 500ms);
  EXPECT_EQ(parse_rfc3339("2026-11-22T12:00:00.0000019Z"), kNoon + 1us);
  EXPECT_EQ(parse_rfc3339("2024-02-29T00:00:00Z").has_value(), true);
}

TEST(Rfc3339Test, ALeapSecondIsTheNextMinute) {
  EXPECT_EQ(parse_rfc3339("2016-12-31T23:59:60Z"), parse_rfc3339("2017-01-01T00:00:00Z"));
}

TEST(Rfc3339Test, EverythingElseIsRefused) {
  for (const std::string text : {"",
                                 "2026-11-22",
                                 "2026-11-22T12:00Z",
                                 "2026-11-22T12:00:00",
                                 "2026-11-22 12:00:00Z",
                                 "2026-11-31T12:00:00Z",
                                 "2025-02-29T00:00:00Z",
                                 "2026-13-01T00:00:00Z",
                                 "2026-00-01T00:00:00Z",
                                 "2026-11-22T24:00:00Z",
                                 "2026-11-22T12:60:00Z",
                                 "2026-11-22T12:00:61Z",
                                 "2026-11-22T12:00:00.Z",
                                 "2026-11-22T12:00:00+24:00",
                                 "2026-11-22T12:00:00+8:00",
                                 "2026-11-22T12:00:00+0800",
                                 "2026-11-22T12:00:00Zx",
                                 "-026-11-22T12:00:00Z",
                                 "2026-11-22T12:00:00.1234567890123456789Z",
                                 "+2026-11-22T12:00:00Z"}) {
    EXPECT_FALSE(parse_rfc3339(text).has_value()) << text;
  }
}

TEST(Rfc3339Test, ReadsBackWhatItWrote) {
  for (UtcTime t = kNoon - std::chrono::days{400}; t < kNoon; t += 37h + 1ms)
    EXPECT_EQ(parse_rfc3339(to_rfc3339(t)), t);
}

TEST(DurationTextTest, ReadsUnitsAndSums) {
  EXPECT_EQ(parse_duration("90s"), 90s);
  EXPECT_EQ(parse_duration("5m"), 5min);
  EXPECT_EQ(parse_duration("2h"), 2h);
  EXPECT_EQ(parse_duration("3d"), 72h);
  EXPECT_EQ(parse_duration("500ms"), 500ms);
  EXPECT_EQ(parse_duration("1h30m"), 90min);
  EXPECT_EQ(parse_duration("1d2h3m4s5ms"), 26h + 3min + 4s + 5ms);
  EXPECT_EQ(parse_duration("0s"), 0s);
  EXPECT_EQ(parse_duration("3650d"), Duration{std::chrono::days{3650}});
}

TEST(DurationTextTest, EverythingElseIsRefused) {
  for (const std::string text : {"", "5", "m", "-5m", "+5m", "5 m", "5m ", "1.5h", "5min", "5M", "30m1h", "1h1h",
                                 "3651d", "3650d1ms", "9999999999999s", "99999999999d", "5m\n", "１h"}) {
    EXPECT_FALSE(parse_duration(text).has_value()) << text;
  }
}

TEST(DurationTextTest, IsWrittenInTheFormThatReadsBack) {
  EXPECT_EQ(to_string(Duration{}), "0s");
  EXPECT_EQ(to_string(Duration{90min}), "1h30m");
  EXPECT_EQ(to_string(Duration{24h}), "1d");
  EXPECT_EQ(to_string(Duration{1500ms}), "1s500ms");
  for (std::int64_t ms = 1; ms < 400'000'000'000; ms = ms * 3 + 7) {
    const Duration d = std::chrono::milliseconds{ms};
    if (d > std::chrono::days{3650}) break;
    EXPECT_EQ(parse_duration(to_string(d)), d) << to_string(d);
  }
}

template <typename A, typename B>
concept Comparable = requires(A a, B b) {
  a < b;
};

TEST(TwoClocksTest, DoNotMix) {
  static_assert(Comparable<UtcTime, UtcTime>);
  static_assert(!Comparable<UtcTime, SteadyTime>);
  static_assert(!std::is_convertible_v<UtcTime, SteadyTime>);
  static_assert(!std::is_convertible_v<SteadyTime, UtcTime>);
}

TEST(TwoClocksTest, TheSteadyOneOfTheMachineNeverGoesBack) {
  const SystemClock clock;
  const SteadyTime first = clock.steady_now();
  EXPECT_GE(clock.steady_now(), first);
  EXPECT_GT(clock.utc_now(), UtcTime{std::chrono::sys_days{std::chrono::January / 1 / 2024}});
}

}  // namespace
}  // namespace tocsin::base
