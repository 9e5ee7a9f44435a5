#include "gateway/base/local_time.h"

#include <gtest/gtest.h>

#include <string>

namespace tocsin::base {
namespace {

const std::string kOffice = "Asia/Shanghai";

UtcTime at(const char* rfc3339) {
  return parse_rfc3339(rfc3339).value();
}

TEST(LocalTimeTest, TheOfficeReadsItsOwnTime) {
  EXPECT_EQ(local_text(at("2026-11-22T20:05:06Z"), kOffice, "%Y-%m-%d %H:%M"), "2026-11-23 04:05");
  EXPECT_EQ(local_text(at("2026-11-22T20:05:06Z"), kOffice, "%H:%M"), "04:05");
  EXPECT_EQ(local_text(at("2026-11-22T20:05:06.999Z"), kOffice, "%m月%d日 %H:%M:%S"), "11月23日 04:05:06");
  EXPECT_EQ(local_text(at("2026-11-22T20:05:06Z"), kOffice, "100%% %q %"), "100% %q %");
}

TEST(LocalTimeTest, FieldsAreGivenApart) {
  const auto local = to_local(at("2026-11-22T20:05:06Z"), kOffice);
  ASSERT_TRUE(local.has_value());
  EXPECT_EQ(local->year, 2026);
  EXPECT_EQ(local->month, 11);
  EXPECT_EQ(local->day, 23);
  EXPECT_EQ(local->hour, 4);
  EXPECT_EQ(local->minute, 5);
  EXPECT_EQ(local->second, 6);
}

TEST(LocalTimeTest, WhatIsTypedIsReadInTheZone) {
  EXPECT_EQ(parse_local("2026-11-23 04:05", kOffice), at("2026-11-22T20:05:00Z"));
  EXPECT_EQ(parse_local("2026-11-23T04:05", kOffice), at("2026-11-22T20:05:00Z"));
  EXPECT_EQ(parse_local("2026-11-23 04:05:06", kOffice), at("2026-11-22T20:05:06Z"));
}

TEST(LocalTimeTest, WrongDatesAndFormsAreRefused) {
  for (const std::string text :
       {"", "2026-11-23", "2026-02-30 10:00", "2026-11-23 24:00", "2026-11-23 10:60", "26-11-23 10:00",
        "2026-11-23 10:00Z", "2026-11-23  10:00", "2026-11-23 10:00:", "2026-11-23 1:00"}) {
    EXPECT_FALSE(parse_local(text, kOffice).has_value()) << text;
  }
}

TEST(LocalTimeTest, AnHourThatComesTwiceMeansItsFirstAndASkippedOneIsRefused) {
  const std::string zone = "Europe/Berlin";
  EXPECT_EQ(parse_local("2026-10-25 02:30", zone), at("2026-10-25T00:30:00Z"));
  EXPECT_FALSE(parse_local("2026-03-29 02:30", zone).has_value());
}

TEST(LocalTimeTest, AnUnknownZoneIsSaidToBeUnknown) {
  EXPECT_TRUE(zone_exists(kOffice));
  for (const std::string zone : {"", "Asia/Atlantis", "../../etc/passwd", "/etc/localtime"}) {
    EXPECT_FALSE(zone_exists(zone)) << zone;
    EXPECT_FALSE(local_text(at("2026-11-22T20:05:06Z"), zone, "%H").has_value()) << zone;
    EXPECT_FALSE(parse_local("2026-11-23 04:05", zone).has_value()) << zone;
  }
}

TEST(LocalTime, ATimeThatIsSkippedBecomesTheChangeOfTheClockAndOfTwoTheFirstIsMeant) {
  const auto london = [](int month, int day, int hour, int minute) {
    const auto at = from_local({2026, month, day, hour, minute, 0}, "Europe/London");
    return at ? to_rfc3339(*at).substr(0, 16) : std::string("none");
  };
  EXPECT_EQ(london(3, 29, 0, 59), "2026-03-29T00:59");
  EXPECT_EQ(london(3, 29, 1, 0), "2026-03-29T01:00");
  EXPECT_EQ(london(3, 29, 1, 30), "2026-03-29T01:00");
  EXPECT_EQ(london(3, 29, 2, 0), "2026-03-29T01:00");
  EXPECT_EQ(london(10, 25, 1, 30), "2026-10-25T00:30");
  EXPECT_EQ(london(2, 29, 1, 30), "none");
  EXPECT_EQ(london(2, 28, 24, 0), "none");
  EXPECT_FALSE(from_local({2026, 3, 29, 1, 0, 0}, "No/Such_Zone"));
}

}  // namespace
}  // namespace tocsin::base
