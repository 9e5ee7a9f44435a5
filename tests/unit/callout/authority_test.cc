// Who may decide, what waits for the decision, and what must be ticked at the end.
#include "gateway/callout/authority.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/a_plan.h"

namespace tocsin::callout {
namespace {

using model::PersonId;
using model::StepState;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

model::Recipient found(std::int64_t person, std::int64_t stands_in_for = 0) {
  model::Recipient recipient;
  recipient.person = PersonId{person};
  recipient.stands_in_for = PersonId{stands_in_for};
  return recipient;
}

model::Alert asked(std::int64_t person, std::int64_t stands_in_for = 0) {
  model::Alert alert;
  alert.person = PersonId{person};
  alert.stands_in_for = PersonId{stands_in_for};
  return alert;
}

// evacuate (saves lives), command, knock (when short), leader (when not opened), approval
plan::Response a_response() {
  plan::Response response;
  auto evacuate = support::a_step("evacuate", {"area:heads"});
  evacuate.life_safety = true;
  evacuate.then = {2};
  auto knock = support::a_step("knock", {"area:workers"});
  knock.start = plan::StepStart::kThen;
  auto leader = support::a_step("leader", {"duty:leader"});
  leader.start = plan::StepStart::kNotOpened;
  auto approval = support::a_step("approval", {"post:commander"});
  approval.life_safety = true;
  response.steps = {evacuate, support::a_step("command", {"post:commander"}), knock, leader, approval};
  response.approval = plan::Approval{};
  response.approval->step = 4;
  return response;
}

TEST(AuthorityTest, WhomTheSelectorsFindNowMayDecide) {
  const std::vector<model::Recipient> named{found(1), found(3, 2)};
  EXPECT_TRUE(authority_of(named, nullptr, PersonId{1}).may);
  EXPECT_FALSE(authority_of(named, nullptr, PersonId{1}).stands_in_for);
  EXPECT_FALSE(authority_of(named, nullptr, PersonId{2}).may) << "on leave: somebody else stands in";
  EXPECT_FALSE(authority_of(named, nullptr, PersonId{9}).may);
  EXPECT_FALSE(authority_of(named, nullptr, PersonId{}).may) << "a desk without a person is nobody";
}

TEST(AuthorityTest, WhoStandsInDecidesForTheHolder) {
  const std::vector<model::Recipient> named{found(3, 2)};
  const auto authority = authority_of(named, nullptr, PersonId{3});
  EXPECT_TRUE(authority.may);
  EXPECT_EQ(authority.stands_in_for, PersonId{2});
}

TEST(AuthorityTest, ADeputyMayOnceAskedAndNotBefore) {
  const std::vector<model::Recipient> named{found(1)};
  EXPECT_FALSE(authority_of(named, nullptr, PersonId{5}).may);
  const auto deputy = asked(5, 1);
  EXPECT_TRUE(authority_of(named, &deputy, PersonId{5}).may);
  EXPECT_EQ(authority_of(named, &deputy, PersonId{5}).stands_in_for, PersonId{1});
}

TEST(AuthorityTest, WhoHoldsThePostNoLongerMayNotDecideThoughAsked) {
  const std::vector<model::Recipient> named{found(2)};
  const auto before = asked(1);
  EXPECT_FALSE(authority_of(named, &before, PersonId{1}).may);
}

TEST(AuthorityTest, BeforeTheApprovalOnlyLifeSafetyStepsBegin) {
  const auto response = a_response();
  EXPECT_THAT(steps_at_start(response), ElementsAre(0, 4));
  EXPECT_TRUE(is_held_back(response, response.steps[2])) << "a `then` of a life-safety step waits too";
}

TEST(AuthorityTest, WithoutAnApprovalNothingIsHeldBack) {
  auto response = a_response();
  response.approval.reset();
  EXPECT_THAT(steps_at_start(response), ElementsAre(0, 1, 4));
  EXPECT_FALSE(is_held_back(response, response.steps[3]));
}

TEST(AuthorityTest, WhatRanBeforeIsNotStoppedByANewApproval) {
  const auto response = a_response();
  const std::vector<std::string> ran{"command"};
  EXPECT_THAT(steps_at_start(response, ran), ElementsAre(0, 1, 4));
  EXPECT_FALSE(is_held_back(response, response.steps[1], ran));
}

TEST(AuthorityTest, AnApprovalBeginsWhatStillWaitsAndWhatWasCalledForMeanwhile) {
  const auto response = a_response();
  const std::vector<StepState> states{StepState::kRunning, StepState::kWaiting, StepState::kWaiting,
                                      StepState::kWaiting, StepState::kSatisfied};
  EXPECT_THAT(steps_on_approval(response, states, false, {}), ElementsAre(1));
  EXPECT_THAT(steps_on_approval(response, states, true, {}), ElementsAre(1, 3));
  const std::vector<int> called{2};
  EXPECT_THAT(steps_on_approval(response, states, false, called), ElementsAre(1, 2));
}

TEST(AuthorityTest, EveryConditionMustBeTicked) {
  plan::StandDownRule rule;
  rule.conditions = {{"fire-out", {{"en", "Flames out?"}}}, {"counted", {{"en", "All counted?"}}}};
  EXPECT_EQ(open_conditions(rule, {}).size(), 2U);
  const std::vector<std::string> one{"counted", "something-else"};
  ASSERT_EQ(open_conditions(rule, one).size(), 1U);
  EXPECT_EQ(open_conditions(rule, one).front()->name, "fire-out");
  const std::vector<std::string> both{"counted", "fire-out"};
  EXPECT_THAT(open_conditions(rule, both), IsEmpty());
}

}  // namespace
}  // namespace tocsin::callout
