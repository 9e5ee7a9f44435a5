#include "gateway/callout/office_hours.h"

#include <gtest/gtest.h>

namespace tocsin::callout {
namespace {

const OfficeHours kTown{"Asia/Shanghai", 9 * 60, 17 * 60 + 30};

base::UtcTime at(const char* text) {
  return base::parse_rfc3339(text).value();
}

TEST(OfficeHours, AreOfTheDayAndOfMondayToFriday) {
  EXPECT_TRUE(at_work(kTown, at("2026-11-23T09:00:00+08:00"))) << "Monday";
  EXPECT_FALSE(at_work(kTown, at("2026-11-23T08:59:59+08:00")));
  EXPECT_TRUE(at_work(kTown, at("2026-11-27T17:29:59+08:00"))) << "Friday";
  EXPECT_FALSE(at_work(kTown, at("2026-11-27T17:30:00+08:00")));
  EXPECT_FALSE(at_work(kTown, at("2026-11-28T10:00:00+08:00"))) << "Saturday";
  EXPECT_FALSE(at_work(kTown, at("2026-11-29T10:00:00+08:00"))) << "Sunday";
  EXPECT_FALSE(at_work({"Nowhere/Town", 0, 1440}, at("2026-11-23T10:00:00+08:00")));
}

TEST(OfficeHours, BeginOnTheNextWorkingDay) {
  EXPECT_EQ(next_begin(kTown, at("2026-11-23T08:00:00+08:00")), at("2026-11-23T09:00:00+08:00"));
  EXPECT_EQ(next_begin(kTown, at("2026-11-23T09:00:00+08:00")), at("2026-11-24T09:00:00+08:00"));
  EXPECT_EQ(next_begin(kTown, at("2026-11-27T18:00:00+08:00")), at("2026-11-30T09:00:00+08:00"));
  EXPECT_EQ(next_begin(kTown, at("2026-11-28T03:00:00+08:00")), at("2026-11-30T09:00:00+08:00"));
}

TEST(OfficeHours, GoByTheClocksOnTheWall) {
  const OfficeHours london{"Europe/London", 9 * 60, 17 * 60};
  EXPECT_EQ(next_begin(london, at("2026-10-23T18:00:00Z")), at("2026-10-26T09:00:00Z")) << "clocks went back";
  EXPECT_TRUE(at_work(london, at("2026-10-23T08:00:00Z")));
  EXPECT_FALSE(at_work(london, at("2026-10-26T08:00:00Z")));
}

}  // namespace
}  // namespace tocsin::callout
