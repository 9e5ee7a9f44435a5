#include "gateway/callout/alert_rules.h"

#include <gtest/gtest.h>

#include "tests/support/a_plan.h"

namespace tocsin::callout {
namespace {

using namespace support;  // NOLINT(google-build-using-namespace)
using model::AlertState;
using model::AnswerKind;

TEST(AnswersTest, ABetterAnswerReplacesALesserAndCannotReplacesAny) {
  EXPECT_EQ(after_answer(AnswerKind::kReceived, AnswerKind::kComing), AnswerKind::kComing);
  EXPECT_EQ(after_answer(AnswerKind::kComing, AnswerKind::kReceived), AnswerKind::kComing);
  EXPECT_EQ(after_answer(AnswerKind::kComing, AnswerKind::kCannot), AnswerKind::kCannot);
  EXPECT_EQ(after_answer(AnswerKind::kCannot, AnswerKind::kReceived), AnswerKind::kReceived);
  EXPECT_EQ(after_answer(AnswerKind::kComing, AnswerKind::kReplied), AnswerKind::kComing);
}

TEST(AnswersTest, ComingFillsTheQuotaOfTheFirstStepThatAsksForItAndCountsAsReceivedElsewhere) {
  model::Step informs, command, rescue;
  informs.needs = AnswerKind::kReceived;
  command.needs = rescue.needs = AnswerKind::kComing;
  model::Step* steps[] = {&informs, &command, &rescue};
  count_answer_of_hats(steps, AnswerKind::kNone, AnswerKind::kComing);
  EXPECT_EQ(informs.counters.received, 1);
  EXPECT_EQ(command.counters.coming, 1);
  EXPECT_EQ(rescue.counters.received, 1);
  count_answer_of_hats(steps, AnswerKind::kComing, AnswerKind::kNone);
  EXPECT_EQ(informs.counters.received + command.counters.coming + rescue.counters.received, 0);
}

TEST(OwedTest, WhatALadderThatEndedLeavesWaitingIsOwedUntilSomebodyAnswers) {
  model::Alert alert;
  alert.ladder = 0;
  alert.needs = AnswerKind::kComing;
  EXPECT_FALSE(is_moot(alert));
  alert.state = AlertState::kExhausted;
  alert.reason = model::Reason::kLadderEnded;
  EXPECT_FALSE(is_moot(alert));
  alert.ladder = -1;
  EXPECT_FALSE(is_moot(alert)) << "an update is owed like a call-out";
  alert.answer = AnswerKind::kReceived;
  EXPECT_FALSE(is_moot(alert)) << "given to the level before, not to this message";
  alert.answered_at = base::UtcTime{};
  EXPECT_TRUE(is_moot(alert)) << "too little, but they know";
}

TEST(OwedTest, WhatIsAnsweredWithdrawnOrLeftInPeaceIsOwedNoMore) {
  model::Alert alert;
  alert.ladder = 0;
  for (const auto state : {AlertState::kAnswered, AlertState::kWithdrawn}) {
    alert.state = state;
    EXPECT_TRUE(is_moot(alert));
  }
  alert.state = AlertState::kTold;
  EXPECT_FALSE(is_moot(alert));
  alert.reason = model::Reason::kSettled;
  EXPECT_TRUE(is_moot(alert));
  alert.ladder = -1;
  EXPECT_FALSE(is_moot(alert)) << "told without a ladder: settled as soon as it is queued";
}

TEST(HatsTest, WhoWasOnlyInformedClimbsTheLadderOfTheStepThatAsks) {
  model::Alert alert;
  alert.ladder = 0;
  auto step = a_step("command", {"post:commander"});
  step.needs = AnswerKind::kComing;
  put_on_hat(alert, step, 3);
  EXPECT_EQ(alert.ladder, 3);
  EXPECT_EQ(alert.needs, AnswerKind::kComing);
  step.needs = AnswerKind::kArrived;
  put_on_hat(alert, step, 5);
  EXPECT_EQ(alert.ladder, 3) << "a ladder that asks is climbed to its end";
  EXPECT_EQ(alert.needs, AnswerKind::kArrived);
}

TEST(HatsTest, WhoGaveEnoughBeforeIsToldOnceMoreWithoutALadder) {
  model::Alert alert;
  alert.ladder = 2;
  alert.needs = AnswerKind::kReceived;
  note_given_before(alert, AnswerKind::kComing);
  EXPECT_EQ(alert.ladder, -1);
  EXPECT_EQ(alert.needs, AnswerKind::kNone);
}

TEST(StandInTest, TheLadderIsThatOfTheHolderAsTheHourHasIt) {
  auto builder = a_plan();
  builder.ladder(a_ladder({{desk_call, 5min}})).ladder(a_ladder({{sms, 5min}}));
  plan::LadderHours always;
  always.hours = {0, 0, 0x7F};
  always.ladder = 2;
  builder.raw().ladders[1].hours.push_back(always);
  const auto plan = builder.build();
  const int of_steps[] = {0, 1};
  EXPECT_EQ(ladder_of_stand_in(plan, 1, of_steps, noon), 2);
  EXPECT_EQ(ladder_of_stand_in(plan, 2, of_steps, noon), 2) << "climbed by its hours already";
  EXPECT_EQ(ladder_of_stand_in(plan, 0, of_steps, noon), 0);
}

}  // namespace
}  // namespace tocsin::callout
