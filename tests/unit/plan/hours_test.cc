#include "gateway/plan/hours.h"

#include <gmock/gmock.h>

#include "gateway/base/local_time.h"
#include "tests/support/a_plan.h"

namespace tocsin::plan {
namespace {

constexpr int h22 = 22 * 60, h7 = 7 * 60;
constexpr unsigned kWorkdays = 1U << 7, kRestDays = 1U << 8;

// 2026-10-01 (a Thursday) is the 20,727th day.
constexpr std::int32_t kThursday = 20'727;

TEST(HoursTest, BeginWithTheirFirstMinuteAndEndBeforeTheirLast) {
  const Hours night{h22, h7};
  EXPECT_FALSE(holds(night, {}, {h22 - 1, kThursday}));
  EXPECT_TRUE(holds(night, {}, {h22, kThursday}));
  EXPECT_TRUE(holds(night, {}, {h7 - 1, kThursday}));
  EXPECT_FALSE(holds(night, {}, {h7, kThursday}));
}

TEST(HoursTest, OverMidnightBelongToTheDayOnWhichTheyBegan) {
  const Hours thursday_night{h22, h7, 1U << 3};
  EXPECT_TRUE(holds(thursday_night, {}, {h22, kThursday}));
  EXPECT_TRUE(holds(thursday_night, {}, {0, kThursday + 1}));
  EXPECT_FALSE(holds(thursday_night, {}, {0, kThursday}));
}

TEST(HoursTest, DayAndNightLeaveNoMinuteOutAndShareNone) {
  const Hours night{h22, h7}, day{h7, h22};
  for (int minute = 0; minute < 24 * 60; ++minute) {
    EXPECT_NE(holds(night, {}, {minute, kThursday}), holds(day, {}, {minute, kThursday})) << minute;
  }
}

TEST(HoursTest, WorkingDaysAndDaysOfRestFollowTheCalendarOfTheOffice) {
  Calendar calendar;
  calendar.rest = {kThursday};         // a holiday
  calendar.working = {kThursday + 9};  // a Saturday worked instead
  const Hours work{0, 0, kWorkdays}, rest{0, 0, kRestDays};
  for (std::int32_t day = kThursday - 10; day < kThursday + 20; ++day) {
    EXPECT_NE(holds(work, calendar, {600, day}), holds(rest, calendar, {600, day})) << day;
  }
  EXPECT_TRUE(holds(rest, calendar, {600, kThursday}));
  EXPECT_TRUE(holds(work, calendar, {600, kThursday + 1}));
  EXPECT_TRUE(holds(rest, calendar, {600, kThursday + 2}));
  EXPECT_TRUE(holds(work, calendar, {600, kThursday + 9}));
}

TEST(HoursTest, ALadderGivesWayToTheFirstOfItsHoursThatHolds) {
  Plan plan = support::a_plan().build();
  plan.time_zone = "Asia/Shanghai";
  plan.ladders.push_back(plan.ladders[0]);
  plan.ladders[0].hours = {{{h22, h7}, 1}};
  const auto at = [&](const char* local) { return *base::parse_local(local, plan.time_zone); };
  EXPECT_EQ(ladder_at(plan, 0, at("2026-10-01 21:59")), 0);
  EXPECT_EQ(ladder_at(plan, 0, at("2026-10-01 22:00")), 1);
  EXPECT_EQ(ladder_at(plan, 0, at("2026-10-02 06:59")), 1);
  EXPECT_EQ(ladder_at(plan, 0, at("2026-10-02 07:00")), 0);
  EXPECT_EQ(ladder_at(plan, -1, at("2026-10-02 07:00")), -1);
  EXPECT_EQ(office_moment(at("2026-10-01 21:59"), plan).day, kThursday);
}

}  // namespace
}  // namespace tocsin::plan
