#include <gtest/gtest.h>

#include "tests/unit/plan/small_plan.h"

namespace tocsin::plan {
namespace {

using namespace std::chrono_literals;
using model::HazardKind;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const std::string kBase = R"(
[[response]]
hazard = "fire"
level = "IV"
step = [
  { name = "command", to = ["post:commander"], ladder = "person", wait = "2m", enough = 1, then = ["deputies", "heads"] },
  { name = "deputies", to = ["post:deputy"], ladder = "person" },
  { name = "heads", to = ["area:heads"], ladder = "person" },
]
)";

// fire/IV as above, and what a test writes after it.
ReadPlan with(const std::string& more) {
  SmallPlan small;
  small.hazard += "[hazard.explosion]\nkeywords = { zh = [\"爆炸\"], en = [\"blast\"] }\n";
  small.response = kBase + "[[response]]\nhazard = \"explosion\"\nlevel = \"IV\"\nas = \"fire/IV\"\n" + more;
  small.templates += "approval = { zh = { default = \"请批准\" }, en = { default = \"Approve?\" } }\n";
  return small.read();
}

std::vector<std::string> step_names(const ReadPlan& read, HazardKind kind, model::LevelIndex level) {
  for (const auto& finding : read.findings) ADD_FAILURE() << base::render(finding, read.source);
  std::vector<std::string> names;
  if (read.plan == nullptr) return names;
  for (const auto& step : read.plan->response(kind, level)->steps) names.push_back(step.name);
  return names;
}

const std::string kThird = "[[response]]\nhazard = \"fire\"\nlevel = \"III\"\nas = \"IV\"\n";

TEST(ReadInheritanceTest, AResponseMayBeLikeThatOfAnotherHazard) {
  const auto read = with("");

  EXPECT_THAT(step_names(read, HazardKind::kExplosion, 0), ElementsAre("command", "deputies", "heads"));
}

TEST(ReadInheritanceTest, AStepOfTheSameNameChangesTheKeysItWrites) {
  const auto read = with(kThird + R"(step = [{ name = "command", wait = "1m" }])");

  EXPECT_THAT(step_names(read, HazardKind::kFire, 1), ElementsAre("command", "deputies", "heads"));
  const auto& step = read.plan->response(HazardKind::kFire, 1)->steps[0];
  EXPECT_EQ(step.wait, 1min);
  EXPECT_EQ(step.enough, 1);
  EXPECT_EQ(step.to[0].name, "commander");
  EXPECT_THAT(step.then, ElementsAre(1, 2));
  EXPECT_EQ(read.plan->response(HazardKind::kFire, 0)->steps[0].wait, 2min);
}

TEST(ReadInheritanceTest, OtherStepsAreAddedAtTheEndOrBeforeTheOneNamed) {
  const auto read = with(kThird + R"(step = [
  { name = "last", to = ["post:x"], ladder = "person" },
  { name = "first", to = ["post:y"], ladder = "person", before = "command" },
])");

  EXPECT_THAT(step_names(read, HazardKind::kFire, 1), ElementsAre("first", "command", "deputies", "heads", "last"));
}

TEST(ReadInheritanceTest, AStepLeftOutIsGoneFromThenListsToo) {
  const auto read = with(kThird + "without = [\"deputies\"]\n");

  EXPECT_THAT(step_names(read, HazardKind::kFire, 1), ElementsAre("command", "heads"));
  EXPECT_THAT(read.plan->response(HazardKind::kFire, 1)->steps[0].then, ElementsAre(1));
  EXPECT_EQ(read.plan->response(HazardKind::kFire, 0)->steps[0].then.size(), 2U);
}

TEST(ReadInheritanceTest, AThenWrittenHereToAStepLeftOutIsAMistake) {
  const auto read = with(kThird + "without = [\"deputies\"]\nstep = [{ name = \"command\", then = [\"deputies\"] }]");

  EXPECT_THAT(codes(read.findings), ElementsAre("unknown-step"));
}

TEST(ReadInheritanceTest, HowManyIsWrittenInOneWayOnly) {
  const auto each = with(kThird + R"(step = [{ name = "command", enough_each = 1 }])");
  EXPECT_THAT(step_names(each, HazardKind::kFire, 1), ElementsAre("command@post:commander", "deputies", "heads"));
  const auto again = with(kThird + R"(step = [{ name = "command", enough_each = 1 }]
[[response]]
hazard = "fire"
level = "II"
as = "III"
step = [{ name = "command", enough = "all" }])");
  EXPECT_THAT(step_names(again, HazardKind::kFire, 2), ElementsAre("command", "deputies", "heads"));
  EXPECT_TRUE(again.plan->response(HazardKind::kFire, 2)->steps[0].enough_all);
}

TEST(ReadInheritanceTest, ApprovalAndStandDownAreInheritedReplacedAndLeftOut) {
  const std::string approval = "[response.approval]\nby = [\"post:a\"]\nladder = \"person\"\n";
  const auto read = with(kThird + approval + "[response.stand_down]\nby = [\"post:a\"]\n" +
                         "[[response]]\nhazard = \"fire\"\nlevel = \"II\"\nas = \"III\"\n"
                         "[response.stand_down]\nby = [\"post:b\"]\n"
                         "[[response]]\nhazard = \"fire\"\nlevel = \"I\"\nas = \"II\"\nwithout = [\"approval\"]\n");

  EXPECT_THAT(step_names(read, HazardKind::kFire, 2), ElementsAre("command", "deputies", "heads", "approval"));
  EXPECT_EQ(read.plan->response(HazardKind::kFire, 2)->approval->by[0].name, "a");
  EXPECT_EQ(read.plan->response(HazardKind::kFire, 2)->stand_down->by[0].name, "b");
  EXPECT_FALSE(read.plan->response(HazardKind::kFire, 3)->approval.has_value());
  EXPECT_EQ(read.plan->response(HazardKind::kFire, 3)->stand_down->by[0].name, "b");
}

TEST(ReadInheritanceTest, OneTableMayServeSeveralHazardsAndLevels) {
  const auto read = with(R"([[response]]
hazard = ["fire", "explosion"]
level = ["III", "II"]
as = "IV"
without = ["heads"])");

  for (const auto kind : {HazardKind::kFire, HazardKind::kExplosion}) {
    EXPECT_THAT(step_names(read, kind, 1), ElementsAre("command", "deputies"));
    EXPECT_THAT(step_names(read, kind, 2), ElementsAre("command", "deputies"));
  }
  EXPECT_EQ(read.plan->response(HazardKind::kFire, 2)->level, 2);
}

TEST(ReadInheritanceTest, WhatManyInheritIsFoundWrongOnceWhereItIsWritten) {
  SmallPlan small;
  small.response = R"([[response]]
hazard = "fire"
level = "IV"
step = [{ name = "command", to = ["post:commander"], ladder = "persn" }]
[[response]]
hazard = "fire"
level = ["III", "II", "I"]
as = "IV"
)";
  const auto read = small.read();

  ASSERT_THAT(codes(read.findings), ElementsAre("unknown-ladder"));
  EXPECT_EQ(read.findings[0].column, 63);
}

TEST(ReadInheritanceTest, CirclesAreFoundOnceWithTheirPath) {
  const auto read = with(
      "[[response]]\nhazard = \"fire\"\nlevel = \"III\"\nas = \"II\"\n"
      "[[response]]\nhazard = \"fire\"\nlevel = \"II\"\nas = \"III\"\n");
  ASSERT_THAT(codes(read.findings), ElementsAre("as-circle"));
  EXPECT_THAT(read.findings[0].message, HasSubstr("fire/III -> fire/II -> fire/III"));

  EXPECT_THAT(codes(with("[[response]]\nhazard = \"fire\"\nlevel = [\"III\", \"II\"]\nas = \"III\"\n").findings),
              ElementsAre("as-circle"));
}

TEST(ReadInheritanceTest, WhatIsNotThereIsNamedWithTheNearest) {
  const auto base = with("[[response]]\nhazard = \"fire\"\nlevel = \"III\"\nas = \"fir/IV\"\n");
  ASSERT_THAT(codes(base.findings), ElementsAre("unknown-response"));
  EXPECT_THAT(base.findings[0].hint, HasSubstr("fire/IV"));

  const auto without = with(kThird + "without = [\"deputys\"]\n");
  ASSERT_THAT(codes(without.findings), ElementsAre("unknown-step"));
  EXPECT_THAT(without.findings[0].hint, HasSubstr("deputies"));

  EXPECT_THAT(
      codes(
          with(kThird + R"(step = [{ name = "x", to = ["post:x"], ladder = "person", before = "comand" }])").findings),
      ElementsAre("unknown-step"));
}

TEST(ReadInheritanceTest, KeysOfInheritanceMeanNothingWithoutABase) {
  const std::string third = "[[response]]\nhazard = \"fire\"\nlevel = \"III\"\n";
  EXPECT_THAT(codes(with(third + "without = [\"x\"]\nstep = [{ name = \"x\", to = [\"post:x\"], ladder = \"person\" }]")
                        .findings),
              ElementsAre("not-applicable"));
  EXPECT_THAT(
      codes(with(third + "step = [{ name = \"x\", to = [\"post:x\"], ladder = \"person\", before = \"y\" }]").findings),
      ElementsAre("not-applicable"));
}

TEST(ReadInheritanceTest, AStepWrittenTwiceInOneListIsNoChange) {
  const auto read = with(kThird + R"(step = [{ name = "command", wait = "1m" }, { name = "command", wait = "3m" }])");

  EXPECT_THAT(codes(read.findings), ElementsAre("duplicate-name"));
}

TEST(ReadInheritanceTest, UnclassifiedSharesNoResponse) {
  EXPECT_THAT(
      codes(with("[[response]]\nhazard = [\"fire\", \"unclassified\"]\nlevel = \"III\"\nas = \"IV\"\n").findings),
      ElementsAre("not-applicable"));
}

TEST(ReadInheritanceTest, AResponseWrittenTwiceNamesTheOtherPlace) {
  const auto read = with(kThird + "[[response]]\nhazard = \"fire\"\nlevel = [\"II\", \"III\"]\nas = \"IV\"\n");

  ASSERT_THAT(codes(read.findings), ElementsAre("duplicate-response"));
  EXPECT_THAT(read.findings[0].hint, HasSubstr("plan.toml:"));
}

TEST(ReadInheritanceTest, OnlySoManyStepsCanBeInherited) {
  std::string steps;
  for (int i = 0; i < 49; ++i)
    steps += "{ name = \"s" + std::to_string(i) + "\", to = [\"post:x\"], ladder = \"person\" },";

  EXPECT_THAT(codes(with(kThird + "step = [" + steps + "]").findings), ElementsAre("too-many"));
}

TEST(ReadStepsTest, OneStepPerSelectorKeepsItsPlaceInThenLists) {
  const auto read = with(kThird + R"(step = [
  { name = "deputies", to = ["unit:fire-station", "area+up:heads"], enough_each = 2, needs = "coming" },
])");

  EXPECT_THAT(step_names(read, HazardKind::kFire, 1),
              ElementsAre("command", "deputies@unit:fire-station", "deputies@area+up:heads", "heads"));
  const auto& steps = read.plan->response(HazardKind::kFire, 1)->steps;
  EXPECT_THAT(steps[0].then, ElementsAre(1, 2, 3));
  EXPECT_EQ(steps[1].enough, 2);
  EXPECT_FALSE(steps[1].enough_all);
  EXPECT_EQ(steps[1].to.size(), 1U);
  EXPECT_EQ(steps[2].start, StepStart::kThen);
  EXPECT_EQ(read.places.count("response/fire/III/deputies@area+up:heads"), 1U);
}

TEST(ReadStepsTest, EnoughEachStandsAlone) {
  const auto found = [](const std::string& more) {
    return codes(
        with(kThird + "step = [{ name = \"x\", to = [\"post:x\"], ladder = \"person\", " + more + " }]").findings);
  };
  EXPECT_THAT(found("enough_each = 1, enough = 2"), ElementsAre("not-applicable"));
  EXPECT_THAT(found("enough_each = 0"), ElementsAre("out-of-range"));
  EXPECT_THAT(found("enough_each = 1, task = { text = { zh = \"看\", en = \"look\" }, clock = \"5m\" }"),
              ElementsAre("not-applicable"));
  EXPECT_THAT(found("life_safety = 1"), ElementsAre("wrong-type"));
}

}  // namespace
}  // namespace tocsin::plan
