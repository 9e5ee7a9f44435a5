#include <gtest/gtest.h>

#include "gateway/plan/subjects.h"
#include "tests/unit/plan/small_plan.h"

namespace tocsin::plan {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;

// The steps of fire/IV, one inline table per entry.
ReadPlan with_steps(const std::vector<std::string>& steps) {
  SmallPlan small;
  small.response = "[[response]]\nhazard = \"fire\"\nlevel = \"IV\"\nstep = [\n";
  for (const auto& step : steps) small.response += "  " + step + ",\n";
  small.response += "]\n";
  return small.read();
}

const Response& fire_response(const ReadPlan& read) {
  static const Response none{model::HazardKind::kUnclassified, model::kNoLevel, std::vector<PlanStep>(9)};
  for (const auto& finding : read.findings) ADD_FAILURE() << base::render(finding, read.source);
  return read.plan == nullptr ? none : *read.plan->response(model::HazardKind::kFire, 0);
}

TEST(ReadResponsesTest, AStepHasTheDefaultsOfTheReference) {
  const auto read = with_steps({R"({ name = "a", to = ["post:commander"], ladder = "person" })"});
  const auto& step = fire_response(read).steps[0];

  EXPECT_EQ(step.start, StepStart::kAtOnce);
  EXPECT_EQ(step.needs, model::AnswerKind::kReceived);
  EXPECT_TRUE(step.enough_all);
  EXPECT_EQ(step.wait, 5min);
  EXPECT_EQ(step.at_most, 30min);
  EXPECT_EQ(step.text, "alert");
  EXPECT_EQ(step.to[0].name, "commander");
}

TEST(ReadResponsesTest, AStepThatOnlyInformsNeedsNoAnswer) {
  const auto read = with_steps({R"({ name = "a", to = ["area:workers"], ladder = "person", enough = 0 })"});
  const auto& step = fire_response(read).steps[0];

  EXPECT_FALSE(step.enough_all);
  EXPECT_EQ(step.enough, 0);
  EXPECT_EQ(step.needs, model::AnswerKind::kNone);
}

TEST(ReadResponsesTest, ADeskTaskTellsNobodyAndHasAClock) {
  const auto read = with_steps(
      {R"({ name = "a", to = ["duty:desk"], task = { text = { zh = "打119", en = "119" }, clock = "5m" } })"});
  const auto& step = fire_response(read).steps[0];

  ASSERT_TRUE(step.task.has_value());
  EXPECT_EQ(step.task->clock, 5min);
  EXPECT_EQ(step.ladder, -1);
  EXPECT_FALSE(step.enough_all);
  EXPECT_EQ(step.enough, 0);
}

TEST(ReadResponsesTest, AStepIsCalledByItsTitleAndEachOfItsUnitsByTheirNameBehindIt) {
  const auto read = with_steps(
      {R"({ name = "rescue", title = { zh = "救援", en = "Rescue" }, to = ["unit:fire", "unit:police"], ladder = "person", enough_each = 1 })",
       R"({ name = "heads", to = ["area:heads"], ladder = "person" })"});
  const auto& steps = fire_response(read).steps;

  EXPECT_EQ(title_of(*read.plan, steps[1]).en, "Rescue: unit police");
  EXPECT_EQ(title_of(*read.plan, steps[1], base::same("公安联络组")).zh, "救援：公安联络组");
  EXPECT_EQ(title_of(*read.plan, steps[2]).en, "heads") << "without a title the name";
}

TEST(ReadResponsesTest, AStepNamedInThenWaitsForIt) {
  const auto read = with_steps({R"({ name = "a", to = ["post:x"], ladder = "person", then = ["b"] })",
                                R"({ name = "b", to = ["post:y"], ladder = "person" })"});
  const auto& response = fire_response(read);

  EXPECT_THAT(response.steps[0].then, ElementsAre(1));
  EXPECT_EQ(response.steps[1].start, StepStart::kThen);
}

TEST(ReadResponsesTest, CirclesOfThenAreFoundWithTheirPath) {
  const auto read = with_steps({R"({ name = "a", to = ["post:x"], ladder = "person", then = ["b"] })",
                                R"({ name = "b", to = ["post:y"], ladder = "person", then = ["a"] })"});

  ASSERT_THAT(codes(read.findings), ElementsAre("then-circle"));
  EXPECT_THAT(read.findings[0].message, testing::HasSubstr("a -> b -> a"));
}

TEST(ReadResponsesTest, MistakesInStepsAreFound) {
  const std::string good = R"({ name = "good", to = ["post:x"], ladder = "person" })";
  const auto found = [&](const std::string& step) { return codes(with_steps({good, step}).findings); };

  EXPECT_THAT(found(R"({ name = "good", to = ["post:y"], ladder = "person" })"), ElementsAre("duplicate-name"));
  EXPECT_THAT(found(R"({ name = "b", to = ["boss"], ladder = "person" })"), ElementsAre("bad-selector"));
  EXPECT_THAT(found(R"({ name = "b", to = ["post:y"], ladder = "persn" })"), ElementsAre("unknown-ladder"));
  EXPECT_THAT(found(R"({ name = "b", to = ["post:y"] })"), ElementsAre("missing-key"));
  EXPECT_THAT(found(R"({ name = "b", to = [], ladder = "person" })"), ElementsAre("empty-list"));
  EXPECT_THAT(found(R"({ name = "b", to = ["post:y"], ladder = "person", needs = "ok" })"),
              ElementsAre("unknown-word"));
  EXPECT_THAT(found(R"({ name = "b", to = ["post:y"], ladder = "person", enough = "most" })"),
              ElementsAre("bad-enough"));
  EXPECT_THAT(found(R"({ name = "b", to = ["post:y"], ladder = "person", at_most = "1m" })"),
              ElementsAre("at-most-below-wait"));
  EXPECT_THAT(found(R"({ name = "b", to = ["post:y"], ladder = "person", then = ["c"] })"),
              ElementsAre("unknown-step"));
  EXPECT_THAT(found(R"({ name = "b", to = ["post:y"], ladder = "person", start = "then" })"),
              ElementsAre("never-starts"));
  EXPECT_THAT(found(R"({ name = "b", to = ["post:y"], ladder = "person", text = "alrt" })"),
              ElementsAre("unknown-template"));
}

TEST(ReadResponsesTest, AHazardWhoseLowestLevelRingsNobodyIsRefused) {
  SmallPlan small;
  small.response =
      "[[response]]\nhazard = \"fire\"\nlevel = \"III\"\n"
      "step = [{ name = \"a\", to = [\"area:heads\"], ladder = \"person\" }]\n";

  EXPECT_THAT(codes(small.read().findings), ElementsAre("level-without-response"));
}

TEST(ReadResponsesTest, APlanThatRingsNobodyForTheUnclassifiedIsRefused) {
  SmallPlan small;
  small.unclassified.clear();

  EXPECT_THAT(codes(small.read().findings), ElementsAre("missing-unclassified"));
}

TEST(ReadResponsesTest, LaddersKeepRungsCyclesAndWhoKnocks) {
  SmallPlan small;
  small.ladders = R"(
[ladder.person]
rungs = [{ channel = "sms", wait = "90s" }, { channel = "knock", who = "area:heads", wait = "10m" }]
cycles = 2
repeat_after = "10m"
)";
  const auto plan = small.plan();

  ASSERT_NE(plan, nullptr);
  const auto& ladder = plan->ladders.at(0);
  EXPECT_EQ(ladder.rungs[0].wait, 90s);
  EXPECT_EQ(ladder.rungs[1].channel, model::Channel::kKnock);
  EXPECT_EQ(ladder.rungs[1].who->name, "heads");
  EXPECT_EQ(ladder.cycles, 2);
  EXPECT_EQ(ladder.repeat_after, 10min);
}

}  // namespace
}  // namespace tocsin::plan
