#include <gtest/gtest.h>

#include "tests/unit/plan/small_plan.h"

namespace tocsin::plan {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;

// [ladder.person] with one table of hours.
SmallPlan with_hours(const std::string& hours) {
  SmallPlan small;
  small.ladders += "cycles = 2\nrepeat_after = \"10m\"\n[[ladder.person.hours]]\n" + hours;
  return small;
}

const std::string kCallFirst = R"(rungs = [{ channel = "desk_call", wait = "5m" }])";

TEST(ReadHoursTest, ANightLadderStandsBehindTheNamedOnesAndRepeatsLikeItsOwn) {
  auto small = with_hours("from = \"22:00\"\nto = \"07:00\"\n" + kCallFirst);
  small.ladders += "\n[ladder.zone]\nrungs = [{ channel = \"sms\", wait = \"1m\" }]\n";
  const auto plan = small.plan();

  ASSERT_NE(plan, nullptr);
  ASSERT_EQ(plan->ladders.size(), 3U);
  ASSERT_EQ(plan->ladders[0].hours.size(), 1U);
  const auto& hours = plan->ladders[0].hours[0];
  EXPECT_EQ(hours.ladder, 2);
  EXPECT_EQ(hours.hours.from_minute, 22 * 60);
  EXPECT_EQ(hours.hours.to_minute, 7 * 60);
  EXPECT_EQ(hours.hours.days, 0x7FU);
  EXPECT_EQ(plan->ladders[2].name, "person@2");
  EXPECT_EQ(plan->ladders[2].rungs[0].channel, model::Channel::kDeskCall);
  EXPECT_EQ(plan->ladders[2].cycles, 2);
  EXPECT_EQ(plan->ladders[2].repeat_after, 10min);
}

TEST(ReadHoursTest, DaysAloneAreWholeDaysAndTwentyFourIsMidnight) {
  const auto days = with_hours("days = [\"sat\", \"sun\", \"restday\"]\ncycles = 1\n" + kCallFirst).plan();
  const auto evening = with_hours("from = \"18:00\"\nto = \"24:00\"\n" + kCallFirst).plan();

  ASSERT_NE(days, nullptr);
  EXPECT_EQ(days->ladders[0].hours[0].hours.days, (1U << 5) | (1U << 6) | (1U << 8));
  EXPECT_EQ(days->ladders[0].hours[0].hours.from_minute, days->ladders[0].hours[0].hours.to_minute);
  EXPECT_EQ(days->ladders[1].cycles, 1);
  ASSERT_NE(evening, nullptr);
  EXPECT_EQ(evening->ladders[0].hours[0].hours.to_minute, 0);
}

TEST(ReadHoursTest, MistakesInHoursAreFound) {
  const auto found = [](const std::string& hours) { return codes(with_hours(hours).read().findings); };

  EXPECT_THAT(found("from = \"22:00\"\n" + kCallFirst), ElementsAre("missing-key"));
  EXPECT_THAT(found(kCallFirst), ElementsAre("missing-key"));
  EXPECT_THAT(found("from = \"25:00\"\nto = \"07:00\"\n" + kCallFirst), ElementsAre("bad-time-of-day"));
  EXPECT_THAT(found("from = \"22:00\"\nto = \"7:00\"\n" + kCallFirst), ElementsAre("bad-time-of-day"));
  EXPECT_THAT(found("from = \"22:00\"\nto = \"24:01\"\n" + kCallFirst), ElementsAre("bad-time-of-day"));
  EXPECT_THAT(found("days = [\"friday\"]\n" + kCallFirst), ElementsAre("unknown-word"));
  EXPECT_THAT(found("days = [\"fri\"]\n"), ElementsAre("missing-key"));
  EXPECT_THAT(found("days = [\"fri\"]\nhours = []\n" + kCallFirst), ElementsAre("unknown-key"));
}

TEST(ReadHoursTest, AStepThatRepeatsHasALadderOfItsOwnSharedByThoseThatRepeatAlike) {
  auto small = with_hours("from = \"22:00\"\nto = \"07:00\"\n" + kCallFirst);
  small.response = R"(
[[response]]
hazard = "fire"
level = "IV"
step = [
  { name = "a", to = ["post:x"], ladder = "person", cycles = 3, repeat_after = "1m" },
  { name = "b", to = ["post:y"], ladder = "person", cycles = 3, repeat_after = "1m" },
  { name = "c", to = ["post:z"], ladder = "person" },
]
)";
  const auto read = small.read();

  ASSERT_NE(read.plan, nullptr);
  const auto& steps = read.plan->response(model::HazardKind::kFire, 0)->steps;
  EXPECT_EQ(steps[0].ladder, steps[1].ladder);
  EXPECT_EQ(steps[2].ladder, 0);
  const auto& ladder = read.plan->ladders[static_cast<std::size_t>(steps[0].ladder)];
  EXPECT_EQ(ladder.name, "person@4");
  EXPECT_EQ(ladder.cycles, 3);
  EXPECT_EQ(ladder.repeat_after, 1min);
  const auto& at_night = read.plan->ladders[static_cast<std::size_t>(ladder.hours[0].ladder)];
  EXPECT_EQ(at_night.rungs[0].channel, model::Channel::kDeskCall);
  EXPECT_EQ(at_night.cycles, 3);
  EXPECT_EQ(read.plan->ladders[0].cycles, 2);
  EXPECT_EQ(read.places.count("ladder/person@2/1"), 1U);
  EXPECT_EQ(read.places.at("ladder/person@4").line, read.places.at("response/fire/IV/a").line);
}

TEST(ReadHoursTest, ATaskWithoutALadderRepeatsNothing) {
  SmallPlan small;
  small.response = R"(
[[response]]
hazard = "fire"
level = "IV"
step = [{ name = "a", to = ["duty:desk"], cycles = 2, task = { text = { zh = "打119", en = "119" }, clock = "5m" } }]
)";

  EXPECT_THAT(codes(small.read().findings), ElementsAre("not-applicable"));
}

}  // namespace
}  // namespace tocsin::plan
