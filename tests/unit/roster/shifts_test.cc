#include "directory/roster/shifts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "gateway/base/local_time.h"

namespace tocsin::roster {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const char* const kLondon = "Europe/London";
const char* const kShanghai = "Asia/Shanghai";

base::UtcTime utc(const std::string& text) {
  return *base::parse_rfc3339(text + "Z");
}
Span span(const std::string& from, const std::string& to) {
  return {utc(from), utc(to)};
}
std::int32_t day(int year, unsigned month, unsigned of_month) {
  const std::chrono::sys_days date{std::chrono::year{year} / std::chrono::month{month} / std::chrono::day{of_month}};
  return static_cast<std::int32_t>(date.time_since_epoch().count());
}

std::vector<std::string> names(const Answer& answer) {
  std::vector<std::string> all;
  for (const auto& on : answer.on) all.push_back(on.who);
  return all;
}
std::vector<std::string> moments(const Shifts& shifts, const std::string& from, const std::string& to) {
  std::vector<std::string> all;
  for (const auto at : shifts.changes("desk", utc(from), utc(to))) all.push_back(base::to_rfc3339(at).substr(0, 16));
  return all;
}

Rows daily(int handover_minute, std::int32_t first_day) {
  Rows rows;
  rows.rotations.push_back({"desk", {"ann", "bob", "cat"}, 1, handover_minute, first_day, {}});
  return rows;
}

TEST(Shifts, ADailyRotationPassesAtItsHandoverInTheOfficesZone) {
  const Shifts shifts(daily(8 * 60, day(2026, 11, 1)), kShanghai);
  EXPECT_THAT(names(shifts.who_is_on("desk", utc("2026-10-31T23:59:59"))), IsEmpty());  // 07:59:59 there
  EXPECT_THAT(names(shifts.who_is_on("desk", utc("2026-11-01T00:00:00"))), ElementsAre("ann"));
  EXPECT_THAT(names(shifts.who_is_on("desk", utc("2026-11-01T23:59:59"))), ElementsAre("ann"));
  EXPECT_THAT(names(shifts.who_is_on("desk", utc("2026-11-02T00:00:00"))), ElementsAre("bob"));
  EXPECT_THAT(names(shifts.who_is_on("desk", utc("2026-11-04T00:00:00"))), ElementsAre("ann"));
  EXPECT_EQ(shifts.who_is_on("desk", utc("2026-11-02T00:00:00")).on[0].layer, Layer::kRotation);
  EXPECT_THAT(names(shifts.who_is_on("leader", utc("2026-11-02T00:00:00"))), IsEmpty());
}

TEST(Shifts, ARotationOfNDaysEndsAtTheHandoverOfItsLastDay) {
  Rows rows;
  rows.rotations.push_back({"desk", {"ann", ""}, 3, 0, day(2026, 11, 1), day(2026, 11, 8)});
  const Shifts shifts(rows, "UTC");
  EXPECT_THAT(moments(shifts, "2026-10-01T00:00:00", "2026-12-01T00:00:00"),
              ElementsAre("2026-11-01T00:00", "2026-11-04T00:00", "2026-11-07T00:00", "2026-11-08T00:00"));
  EXPECT_THAT(names(shifts.who_is_on("desk", utc("2026-11-05T12:00:00"))), IsEmpty());  // a turn of nobody
  EXPECT_THAT(names(shifts.who_is_on("desk", utc("2026-11-09T12:00:00"))), IsEmpty());
}

TEST(Shifts, AWeeklyTurnLastsAWeekOfTheOfficesClockAcrossItsChange) {
  Rows rows;
  rows.rotations.push_back({"desk", {"ann", "bob"}, 7, 9 * 60, day(2026, 3, 26), {}});
  const Shifts shifts(rows, kLondon);
  EXPECT_THAT(moments(shifts, "2026-03-26T00:00:00", "2026-04-10T00:00:00"),
              ElementsAre("2026-03-26T09:00", "2026-04-02T08:00", "2026-04-09T08:00"));
}

// London, 2026-03-29: 01:00 is followed by 02:00.  Berlin: 02:00 by 03:00, at the same instant.
TEST(Shifts, AHandoverInTheHourThatIsSkippedHappensWhenTheClockChanges) {
  const Shifts london(daily(90, day(2026, 3, 28)), kLondon);
  EXPECT_THAT(moments(london, "2026-03-28T12:00:00", "2026-03-31T12:00:00"),
              ElementsAre("2026-03-29T01:00", "2026-03-30T00:30", "2026-03-31T00:30"));
  const Shifts berlin(daily(150, day(2026, 3, 28)), "Europe/Berlin");
  EXPECT_THAT(moments(berlin, "2026-03-28T12:00:00", "2026-03-31T12:00:00"),
              ElementsAre("2026-03-29T01:00", "2026-03-30T00:30", "2026-03-31T00:30"));
  EXPECT_THAT(names(berlin.who_is_on("desk", utc("2026-03-29T00:59:59"))), ElementsAre("ann"));
  EXPECT_THAT(names(berlin.who_is_on("desk", utc("2026-03-29T01:00:00"))), ElementsAre("bob"));
}

// London, 2026-10-25: 01:00 to 02:00 comes twice, first from 00:00 UTC, then from 01:00 UTC.
TEST(Shifts, AHandoverInTheHourThatComesTwiceHappensTheFirstTimeAndOnce) {
  const Shifts shifts(daily(90, day(2026, 10, 24)), kLondon);
  EXPECT_THAT(moments(shifts, "2026-10-24T12:00:00", "2026-10-27T12:00:00"),
              ElementsAre("2026-10-25T00:30", "2026-10-26T01:30", "2026-10-27T01:30"));
  EXPECT_THAT(names(shifts.who_is_on("desk", utc("2026-10-25T01:30:00"))), ElementsAre("bob"));
}

TEST(Shifts, WhereTheClockNeverChangesEveryShiftLastsADay) {
  const Shifts shifts(daily(150, day(2026, 1, 1)), kShanghai);
  const auto found = shifts.changes("desk", utc("2026-01-02T00:00:00"), utc("2027-01-02T00:00:00"));
  ASSERT_EQ(found.size(), 365U);
  for (std::size_t i = 1; i < found.size(); ++i) EXPECT_EQ(found[i] - found[i - 1], std::chrono::hours(24));
}

TEST(Shifts, AShiftByHandStandsAboveTheRotationAndAnOverrideAboveBoth) {
  Rows rows = daily(0, day(2026, 11, 1));
  rows.shifts.push_back({"desk", "dan", span("2026-11-01T06:00:00", "2026-11-01T18:00:00")});
  rows.shifts.push_back({"desk", "eve", span("2026-11-01T06:00:00", "2026-11-01T09:00:00")});
  rows.overrides.push_back({"desk", "fay", span("2026-11-01T10:00:00", "2026-11-01T11:00:00"), {}});
  const Shifts shifts(rows, "UTC");
  const auto all = shifts.stretches("desk", utc("2026-11-01T00:00:00"), utc("2026-11-02T00:00:00"));
  ASSERT_EQ(all.size(), 6U);
  EXPECT_THAT(all[0].answer.on, ElementsAre(OnDuty{"ann", Layer::kRotation, {}}));
  EXPECT_THAT(all[1].answer.on, ElementsAre(OnDuty{"dan", Layer::kShift, {}}, OnDuty{"eve", Layer::kShift, {}}));
  EXPECT_THAT(all[2].answer.on, ElementsAre(OnDuty{"dan", Layer::kShift, {}}));
  EXPECT_THAT(all[3].answer.on, ElementsAre(OnDuty{"fay", Layer::kOverride, {}}));
  EXPECT_THAT(all[4].answer.on, ElementsAre(OnDuty{"dan", Layer::kShift, {}}));
  EXPECT_THAT(all[5].answer.on, ElementsAre(OnDuty{"ann", Layer::kRotation, {}}));
  EXPECT_EQ(all[5].span.to, utc("2026-11-02T00:00:00"));
}

TEST(Shifts, AnOverrideThatLeavesTheShiftEmptyNeverSilencesWhatLiesBelow) {
  Rows rows = daily(0, day(2026, 11, 1));
  const auto whole_day = span("2026-11-01T00:00:00", "2026-11-02T00:00:00");
  rows.overrides.push_back({"desk", "", whole_day, {}});     // nobody
  rows.overrides.push_back({"desk", "", whole_day, "ann"});  // swapped away, for nobody
  rows.overrides.push_back({"desk", "fay", whole_day, {}});  // on leave
  rows.shifts.push_back({"desk", "dan", whole_day});         // on leave, too
  rows.leave.push_back({"fay", whole_day});
  rows.leave.push_back({"dan", whole_day});
  const Shifts shifts(rows, "UTC");
  const auto answer = shifts.who_is_on("desk", utc("2026-11-01T12:00:00"));
  EXPECT_THAT(answer.on, ElementsAre(OnDuty{"ann", Layer::kRotation, {}}));
  EXPECT_THAT(answer.away, ElementsAre(Away{"fay", Layer::kOverride}, Away{"dan", Layer::kShift}));
}

TEST(Shifts, LeaveInTheMiddleOfAShiftChangesTheAnswerTwiceAndSaysWhoIsAway) {
  Rows rows = daily(0, day(2026, 11, 1));
  rows.leave.push_back({"ann", span("2026-11-01T06:00:00", "2026-11-01T07:30:00")});
  const Shifts shifts(rows, "UTC");
  EXPECT_THAT(moments(shifts, "2026-11-01T00:00:00", "2026-11-02T00:00:00"),
              ElementsAre("2026-11-01T00:00", "2026-11-01T06:00", "2026-11-01T07:30"));
  const auto answer = shifts.who_is_on("desk", utc("2026-11-01T06:30:00"));
  EXPECT_THAT(answer.on, IsEmpty());
  EXPECT_THAT(answer.away, ElementsAre(Away{"ann", Layer::kRotation}));
}

TEST(Shifts, TwoWhoTradePlacesBothChange) {
  Rows rows;
  rows.shifts.push_back({"desk", "ann", span("2026-11-01T00:00:00", "2026-11-02T00:00:00")});
  rows.shifts.push_back({"desk", "bob", span("2026-11-02T00:00:00", "2026-11-03T00:00:00")});
  const auto both = span("2026-11-01T00:00:00", "2026-11-03T00:00:00");
  rows.overrides.push_back({"desk", "bob", both, "ann"});
  rows.overrides.push_back({"desk", "ann", both, "bob"});
  const Shifts shifts(rows, "UTC");
  EXPECT_THAT(shifts.who_is_on("desk", utc("2026-11-01T12:00:00")).on,
              ElementsAre(OnDuty{"bob", Layer::kOverride, "ann"}));
  EXPECT_THAT(shifts.who_is_on("desk", utc("2026-11-02T12:00:00")).on,
              ElementsAre(OnDuty{"ann", Layer::kOverride, "bob"}));
}

TEST(Shifts, OfTwoSwapsTheLastCountsUnlessItsSubstituteIsOnLeave) {
  Rows rows = daily(0, day(2026, 11, 1));
  const auto whole_day = span("2026-11-01T00:00:00", "2026-11-02T00:00:00");
  rows.overrides.push_back({"desk", "fay", whole_day, "ann"});
  rows.overrides.push_back({"desk", "gus", whole_day, "ann"});
  rows.leave.push_back({"gus", span("2026-11-01T12:00:00", "2026-11-02T00:00:00")});
  rows.leave.push_back({"ann", whole_day});
  const Shifts shifts(rows, "UTC");
  EXPECT_THAT(names(shifts.who_is_on("desk", utc("2026-11-01T11:59:59"))), ElementsAre("gus"));
  EXPECT_THAT(names(shifts.who_is_on("desk", utc("2026-11-01T12:00:00"))), ElementsAre("fay"));
}

TEST(Shifts, RowsThatMeanNothingAreLeftOut) {
  Rows rows;
  rows.rotations.push_back({"desk", {}, 1, 0, 0, {}});
  rows.rotations.push_back({"desk", {"ann"}, 0, 0, 0, {}});
  rows.rotations.push_back({"desk", {"ann"}, 1, 24 * 60, 0, {}});
  rows.rotations.push_back({"desk", {"ann"}, 1, 0, 10, 10});
  rows.shifts.push_back({"desk", "ann", span("2026-11-02T00:00:00", "2026-11-01T00:00:00")});
  const Shifts shifts(rows, "No/Such_Zone");
  EXPECT_THAT(names(shifts.who_is_on("desk", utc("2026-11-01T12:00:00"))), IsEmpty());
  EXPECT_THAT(shifts.changes("desk", utc("2026-11-01T00:00:00"), utc("2026-12-01T00:00:00")), IsEmpty());
}

// Generated rows: minute by minute, the answer changes exactly where changes() says.
TEST(Shifts, TheChangesAreExactlyTheMinutesAtWhichTheAnswerDiffers) {
  std::mt19937 random(7);
  const auto pick = [&](int below) { return static_cast<int>(random() % static_cast<unsigned>(below)); };
  const std::vector<std::string> people = {"ann", "bob", "cat", "dan", ""};
  for (int round = 0; round < 40; ++round) {
    const auto from = utc(round % 2 == 0 ? "2026-03-28T00:00:00" : "2026-10-24T00:00:00");
    const auto to = from + std::chrono::hours(72);
    const auto some_span = [&] {
      const auto begin = from + std::chrono::minutes(pick(72 * 60) - 600);
      return Span{begin, begin + std::chrono::minutes(pick(1500))};
    };
    Rows rows;
    for (int i = pick(3); i > 0; --i) {
      const auto first = day(2026, round % 2 == 0 ? 3 : 10, 20) + pick(8);
      rows.rotations.push_back(
          {"desk", {people[static_cast<std::size_t>(pick(5))], "bob", "cat"}, 1 + pick(3), pick(240), first, {}});
      if (pick(2) == 0) rows.rotations.back().end_day = first + 1 + pick(9);
    }
    for (int i = pick(4); i > 0; --i)
      rows.shifts.push_back({"desk", people[static_cast<std::size_t>(pick(5))], some_span()});
    for (int i = pick(5); i > 0; --i) {
      rows.overrides.push_back(
          {"desk", people[static_cast<std::size_t>(pick(5))], some_span(), people[static_cast<std::size_t>(pick(5))]});
    }
    for (int i = pick(4); i > 0; --i) rows.leave.push_back({people[static_cast<std::size_t>(pick(5))], some_span()});
    const Shifts shifts(rows, kLondon);
    std::vector<base::UtcTime> differ;
    auto before = shifts.who_is_on("desk", from - std::chrono::minutes(1));
    for (auto at = from; at < to; at += std::chrono::minutes(1)) {
      auto now = shifts.who_is_on("desk", at);
      if (!(now == before)) differ.push_back(at);
      before = std::move(now);
    }
    EXPECT_EQ(shifts.changes("desk", from, to), differ) << "round " << round;
  }
}

}  // namespace
}  // namespace tocsin::roster
