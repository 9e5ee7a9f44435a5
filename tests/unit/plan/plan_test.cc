#include "gateway/plan/plan.h"

#include <gtest/gtest.h>

#include "tests/unit/plan/small_plan.h"

namespace tocsin::plan {
namespace {

using model::HazardKind;

Plan with_responses(std::vector<model::LevelIndex> levels) {
  Plan plan;
  plan.levels = {{"IV", {}, ""}, {"III", {}, ""}, {"II", {}, ""}, {"I", {}, ""}};
  for (const auto level : levels) plan.responses.push_back({HazardKind::kFire, level, {}});
  return plan;
}

TEST(PlanTest, ALevelWithoutAResponseIsAnsweredByTheNearestLowerOne) {
  const auto plan = with_responses({0, 2});

  EXPECT_EQ(plan.response(HazardKind::kFire, 0)->level, 0);
  EXPECT_EQ(plan.response(HazardKind::kFire, 1)->level, 0);
  EXPECT_EQ(plan.response(HazardKind::kFire, 3)->level, 2);
}

TEST(PlanTest, NoLowerResponseAndNoSuchHazardGiveNone) {
  const auto plan = with_responses({2});

  EXPECT_EQ(plan.response(HazardKind::kFire, 1), nullptr);
  EXPECT_EQ(plan.response(HazardKind::kFlood, 3), nullptr);
}

TEST(PlanTest, LevelsAreFoundByIdAndBack) {
  const auto plan = with_responses({});

  EXPECT_EQ(plan.level_named("II"), 2);
  EXPECT_EQ(plan.level_named("V"), std::nullopt);
  EXPECT_EQ(plan.level_id(3), "I");
  EXPECT_EQ(plan.level_id(model::kNoLevel), "");
  EXPECT_EQ(plan.level_id(4), "");
}

TEST(PlanTest, WordsFallBackToThePlansFirstLanguageThenToAny) {
  const Words both{{"zh", "火"}, {"en", "fire"}};

  EXPECT_EQ(say(both, "en", "zh"), "fire");
  EXPECT_EQ(say(both, "fr", "zh"), "火");
  EXPECT_EQ(say({{"en", "fire"}}, "fr", "zh"), "fire");
  EXPECT_EQ(say({}, "fr", "zh"), "");
}

}  // namespace
}  // namespace tocsin::plan
