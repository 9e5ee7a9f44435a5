#include "gateway/callout/step_state.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <ostream>

#include "tests/support/moments.h"

namespace tocsin::callout {

static std::ostream& operator<<(std::ostream& out, const StepVerdict& verdict) {
  out << name_of(verdict.state) << ", reason " << name_of(verdict.reason);
  if (verdict.look_again_at) out << ", looks again at " << base::to_rfc3339(*verdict.look_again_at);
  return out;
}

namespace {

using namespace support;  // NOLINT(google-build-using-namespace)
using model::AnswerKind;
using model::Reason;
using model::StepCounters;
using model::StepState;
using testing::AllOf;

MATCHER_P(RunsUntil, at, "") {
  return arg.state == StepState::kRunning && arg.look_again_at && *arg.look_again_at == at;
}
MATCHER(RunsUntilAnEvent, "") {
  return arg.state == StepState::kRunning && !arg.look_again_at;
}
MATCHER(IsSatisfied, "") {
  return arg.state == StepState::kSatisfied && !arg.look_again_at;
}
MATCHER_P(IsShortBecause, reason, "") {
  return arg.state == StepState::kShort && arg.reason == reason && !arg.look_again_at;
}

// Three recipients, all told at noon; two of them must answer "received" within 5 minutes, 20 at most.
class StepStateTest : public testing::Test {
 protected:
  StepStateTest() {
    step_.state = StepState::kRunning;
    step_.needed = 2;
    step_.total = step_.entered = 3;
    step_.counters.recipients = step_.counters.open = 3;
    step_.started_at = noon - 1min;
    step_.last_first_rung_at = noon;
    rules_.enough = 2;
    rules_.wait = 5min;
    rules_.at_most = 20min;
  }
  void answers(AnswerKind kind, int count = 1) {
    for (int i = 0; i < count; ++i) {
      count_answer(step_.counters, AnswerKind::kNone, kind);
      if (satisfies(kind, step_.needs)) --step_.counters.open;
    }
  }
  StepVerdict at(base::UtcTime now) const { return step_state(step_, rules_, now); }

  model::Step step_;
  plan::PlanStep rules_;
};

TEST_F(StepStateTest, RunsUntilItsWaitIsOver) {
  EXPECT_THAT(at(noon + 5min - 1ms), RunsUntil(noon + 5min));
  EXPECT_THAT(at(noon + 5min), IsShortBecause(Reason::kNoAnswer));
}

TEST_F(StepStateTest, IsSatisfiedByEnoughAnswers) {
  answers(AnswerKind::kReceived);
  EXPECT_THAT(at(noon + 1min), RunsUntil(noon + 5min));
  answers(AnswerKind::kComing);
  EXPECT_THAT(at(noon + 1min), IsSatisfied());
}

TEST_F(StepStateTest, ReceivedIsNotEnoughWhereSomebodyMustCome) {
  step_.needs = AnswerKind::kComing;
  answers(AnswerKind::kReceived, 3);
  EXPECT_THAT(at(noon + 1min), RunsUntil(noon + 5min));
  EXPECT_THAT(at(noon + 5min), IsShortBecause(Reason::kNoAnswer));
}

TEST_F(StepStateTest, DoesNotBeginToWaitBeforeEverybodyHadTheirFirstMessage) {
  step_.counters.first_pending = 1;
  EXPECT_THAT(at(noon + 10min), RunsUntil(noon + 19min));
  step_.counters.first_pending = 0;
  step_.entered = 2;
  EXPECT_THAT(at(noon + 10min), RunsUntil(noon + 19min));
}

TEST_F(StepStateTest, EndsAtItsCapHoweverSlowTheModem) {
  step_.counters.first_pending = 2;
  EXPECT_THAT(at(noon + 19min), IsShortBecause(Reason::kNoAnswer));
}

TEST_F(StepStateTest, TheCapComesBeforeALongWait) {
  rules_.wait = 1h;
  EXPECT_THAT(at(noon), RunsUntil(noon + 19min));
}

TEST_F(StepStateTest, WithoutACapItWaitsForTheModem) {
  rules_.at_most = {};
  step_.counters.first_pending = 1;
  EXPECT_THAT(at(noon + 100h), RunsUntilAnEvent());
}

TEST_F(StepStateTest, IsShortAtOnceWhenTooFewAreLeftToAnswer) {
  step_.counters.open = 1;
  EXPECT_THAT(at(noon + 1s), IsShortBecause(Reason::kLadderEnded));
  answers(AnswerKind::kReceived);
  EXPECT_THAT(at(noon + 1s), IsShortBecause(Reason::kLadderEnded));
}

TEST_F(StepStateTest, ThoseNotYetEnteredMayStillAnswer) {
  step_.state = StepState::kEntering;
  step_.entered = 1;
  step_.counters.recipients = step_.counters.open = 1;
  EXPECT_THAT(at(noon + 1s), RunsUntil(noon + 19min));
}

TEST_F(StepStateTest, AStepThatFoundNobodyIsShortAtOnce) {
  step_.total = step_.entered = 0;
  step_.counters = {};
  step_.last_first_rung_at.reset();
  EXPECT_THAT(at(noon), IsShortBecause(Reason::kLadderEnded));
  rules_.enough_all = true;
  step_.needed = 0;  // all of nobody
  EXPECT_THAT(at(noon), IsShortBecause(Reason::kLadderEnded));
}

TEST_F(StepStateTest, AStepThatNeedsNothingNeverBecomesShort) {
  step_.needed = 0;
  step_.counters.open = 0;
  step_.counters.first_pending = 1;
  EXPECT_THAT(at(noon + 100h), RunsUntilAnEvent());
  step_.counters.first_pending = 0;
  EXPECT_THAT(at(noon + 100h), IsSatisfied());
}

TEST_F(StepStateTest, ASatisfiedStepStaysSatisfied) {
  step_.state = StepState::kSatisfied;
  EXPECT_THAT(at(noon + 1h), IsSatisfied());
}

TEST_F(StepStateTest, LateAnswersSatisfyAShortStep) {
  step_.state = StepState::kShort;
  EXPECT_EQ(at(noon + 1h).state, StepState::kShort);
  answers(AnswerKind::kArrived, 2);
  EXPECT_THAT(at(noon + 1h), IsSatisfied());
}

TEST_F(StepStateTest, AClosedStepIsLeftAlone) {
  step_.state = StepState::kClosed;
  EXPECT_EQ(at(noon + 1h).state, StepState::kClosed);
}

TEST(CountAnswerTest, APersonIsCountedByTheirBestAnswerOnly) {
  StepCounters counters;
  count_answer(counters, AnswerKind::kNone, AnswerKind::kReceived);
  count_answer(counters, AnswerKind::kReceived, AnswerKind::kComing);
  EXPECT_EQ(counters.received, 0);
  EXPECT_EQ(counters.coming, 1);
  count_answer(counters, AnswerKind::kComing, AnswerKind::kCannot);
  EXPECT_EQ(counters.coming, 0);
  EXPECT_EQ(counters.cannot, 1);
  count_answer(counters, AnswerKind::kCannot, AnswerKind::kReplied);
  EXPECT_EQ(counters.cannot, 0);
}

TEST(AnswersThatCountTest, StrongerAnswersCountForWeakerNeeds) {
  const StepCounters counters{.recipients = 10, .received = 4, .coming = 2, .arrived = 1, .cannot = 3};
  EXPECT_EQ(answers_that_count(counters, AnswerKind::kReceived), 7);
  EXPECT_EQ(answers_that_count(counters, AnswerKind::kComing), 3);
  EXPECT_EQ(answers_that_count(counters, AnswerKind::kArrived), 1);
}

}  // namespace
}  // namespace tocsin::callout
