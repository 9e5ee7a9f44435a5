#include <gtest/gtest.h>

#include "tests/unit/plan/small_plan.h"

namespace tocsin::plan {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;

const std::string kTemplate =
    "approval = { zh = { default = \"请批准 {{code}}\" }, en = { default = \"Approve {{code}}?\" } }\n";

// fire/IV with one step and what `more` adds to the response.
SmallPlan with(const std::string& more) {
  SmallPlan small;
  small.response =
      "[[response]]\nhazard = \"fire\"\nlevel = \"IV\"\n"
      "step = [{ name = \"heads\", to = [\"area:heads\"], ladder = \"person\", life_safety = true }]\n" +
      more;
  small.templates += kTemplate;
  return small;
}

const Response& fire(const ReadPlan& read) {
  static const Response none;
  for (const auto& finding : read.findings) ADD_FAILURE() << base::render(finding, read.source);
  return read.plan == nullptr ? none : *read.plan->response(model::HazardKind::kFire, 0);
}

TEST(ReadApprovalTest, WhoDecidesIsToldByALastStepOfItsOwn) {
  const auto read = with(
                        "[response.approval]\nby = [\"post:commander\", \"duty:leader\"]\nladder = \"person\"\n"
                        "at_most = \"7m\"\notherwise = \"leave\"\n")
                        .read();
  const auto& response = fire(read);

  ASSERT_TRUE(response.approval.has_value());
  EXPECT_EQ(response.approval->by.size(), 2U);
  EXPECT_EQ(response.approval->at_most, 7min);
  EXPECT_FALSE(response.approval->starts_by_default);
  ASSERT_EQ(response.approval->step, 1);
  const auto& step = response.steps.at(1);
  EXPECT_EQ(step.name, "approval");
  EXPECT_EQ(step.text, "approval");
  EXPECT_EQ(step.start, StepStart::kAtOnce);
  EXPECT_TRUE(step.life_safety);
  EXPECT_EQ(step.needs, model::AnswerKind::kDecision);
  EXPECT_EQ(step.to.size(), 2U);
  EXPECT_EQ(step.at_most, 7min);
  EXPECT_TRUE(response.steps[0].life_safety);
  EXPECT_EQ(read.places.count("response/fire/IV/approval/to/2"), 1U);
}

TEST(ReadApprovalTest, WithoutMoreItWaitsTenMinutesAndThenStarts) {
  const auto read = with("[response.approval]\nby = [\"post:commander\"]\nladder = \"person\"\n").read();
  const auto& response = fire(read);

  ASSERT_TRUE(response.approval.has_value());
  EXPECT_EQ(response.approval->at_most, 10min);
  EXPECT_TRUE(response.approval->starts_by_default);
}

TEST(ReadApprovalTest, MistakesInAnApprovalAreFound) {
  const auto found = [](const std::string& more) { return codes(with(more).read().findings); };

  EXPECT_THAT(found("[response.approval]\nladder = \"person\"\n"), ElementsAre("missing-key"));
  EXPECT_THAT(found("[response.approval]\nby = [\"post:x\"]\n"), ElementsAre("missing-key"));
  EXPECT_THAT(found("[response.approval]\nby = [\"boss\"]\nladder = \"person\"\n"), ElementsAre("bad-selector"));
  EXPECT_THAT(found("[response.approval]\nby = [\"post:x\"]\nladder = \"persn\"\n"), ElementsAre("unknown-ladder"));
  EXPECT_THAT(found("[response.approval]\nby = [\"post:x\"]\nladder = \"person\"\notherwise = \"wait\"\n"),
              ElementsAre("unknown-word"));
}

TEST(ReadApprovalTest, ItsTemplateIsRequired) {
  auto small = with("[response.approval]\nby = [\"post:x\"]\nladder = \"person\"\n");
  small.templates.erase(small.templates.size() - kTemplate.size());

  EXPECT_THAT(codes(small.read().findings), ElementsAre("missing-template"));
}

TEST(ReadApprovalTest, NoOtherStepIsCalledSo) {
  SmallPlan small;
  small.templates += kTemplate;
  small.response =
      "[[response]]\nhazard = \"fire\"\nlevel = \"IV\"\n"
      "step = [{ name = \"approval\", to = [\"area:heads\"], ladder = \"person\" }]\n"
      "[response.approval]\nby = [\"post:x\"]\nladder = \"person\"\n";

  EXPECT_THAT(codes(small.read().findings), ElementsAre("duplicate-name"));
}

TEST(ReadApprovalTest, WhatNothingUnderstoodRingsAtOnce) {
  SmallPlan small;
  small.templates += kTemplate;
  small.unclassified += "[response.approval]\nby = [\"post:x\"]\nladder = \"person\"\n";

  EXPECT_THAT(codes(small.read().findings), ElementsAre("not-applicable"));
}

TEST(ReadStandDownTest, WhoMayEndItAndWhatMustBeTrueAreRead) {
  const auto read =
      with(
          "[response.stand_down]\nby = [\"post:commander\"]\n"
          "conditions = [{ name = \"fire-out\", text = { zh = \"明火已灭？\", en = \"Flames out?\" } }]\n")
          .read();
  const auto& response = fire(read);

  ASSERT_TRUE(response.stand_down.has_value());
  EXPECT_EQ(response.stand_down->by.at(0).name, "commander");
  EXPECT_EQ(response.stand_down->conditions.at(0).name, "fire-out");
  EXPECT_EQ(response.stand_down->conditions.at(0).text.at("en"), "Flames out?");
  EXPECT_EQ(read.places.count("response/fire/IV/stand_down/by/1"), 1U);
}

TEST(ReadStandDownTest, MistakesInAStandDownAreFound) {
  const auto found = [](const std::string& more) {
    return codes(with("[response.stand_down]\n" + more).read().findings);
  };
  const std::string out = R"({ name = "out", text = { zh = "灭了？", en = "Out?" } })";

  EXPECT_THAT(found(""), ElementsAre("missing-key"));
  EXPECT_THAT(found("by = [\"boss\"]\n"), ElementsAre("bad-selector"));
  EXPECT_THAT(found("conditions = [" + out + ", " + out + "]\n"), ElementsAre("duplicate-name"));
  EXPECT_THAT(found("conditions = [{ name = \"Out!\", text = { zh = \"灭了？\", en = \"Out?\" } }]\n"),
              ElementsAre("bad-name"));
  EXPECT_THAT(found("conditions = [{ name = \"out\", text = { zh = \"灭了？\" } }]\n"),
              ElementsAre("missing-language"));
}

}  // namespace
}  // namespace tocsin::plan
