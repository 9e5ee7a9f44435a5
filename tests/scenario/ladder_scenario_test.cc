// Silence climbs the ladder; an answer ends it.
#include <gmock/gmock.h>

#include "tests/support/world.h"

namespace tocsin::testing {
namespace {

using namespace std::chrono_literals;
using model::AlertState;
using model::CallOutcome;
using model::Reason;
using model::StepState;

TEST_F(Scenario, AReportRingsWhoThePlanNamesAndEachOfThemOnce) {
  const auto report = world.report("fire", "trapped=1", "lake-1", "3号楼");

  world.gets("commander", "警报101 火灾 III");
  world.gets("lake-head", "东湖");
  world.gets("town-head", "被困1");
  EXPECT_EQ(report.incident_code, 101);
  EXPECT_EQ(report.assessment.clause, "fire/III/1");
  const auto view = world.incident(101);
  EXPECT_EQ(view.incident.level_id, "III");
  ASSERT_EQ(view.tasks.size(), 1U);
  EXPECT_EQ(view.tasks.front().text.zh, "119、120打了吗？");
}

TEST_F(Scenario, ComingSettlesTheCommanderAndTheCallListStops) {
  world.report("fire", "trapped=1", "lake-1");
  world.forget_texts();

  world.texts("commander", "2");
  world.texts("lake-head", "1");
  world.advance(3h);

  EXPECT_EQ(world.alert_of(world.incident(101), "commander").alert.state, AlertState::kAnswered);
  EXPECT_EQ(world.step(world.incident(101), "command").state, StepState::kSatisfied);
  EXPECT_FALSE(world.on_call_sheet("commander"));
}

TEST_F(Scenario, ReceivedPausesTheLadderForOneWaitAndThenItGoesOn) {
  world.report("fire", "trapped=1", "lake-1");
  world.forget_texts();
  world.advance(2min);

  world.texts("commander", "1");
  world.advance(2min + 59s);
  EXPECT_FALSE(world.on_call_sheet("commander")) << "the pause is one wait of three minutes";
  world.advance(2s);

  EXPECT_TRUE(world.on_call_sheet("commander"));
  EXPECT_EQ(world.alert_of(world.incident(101), "commander").alert.answer, model::AnswerKind::kReceived);
  world.gets("director", "ALERT 101");  // the step's own five minutes are over as well
}

TEST_F(Scenario, SilenceListsADeskCallThenRingsTheDeputyThenSendsSomebodyToTheDoor) {
  world.report("fire", "trapped=1", "lake-1");
  world.forget_texts();

  world.advance(3min + 1s);
  EXPECT_TRUE(world.on_call_sheet("commander"));

  world.advance(5min);
  EXPECT_THAT(world.gets("deputy-a", "警报101"), ::testing::HasSubstr("代指挥甲"));

  world.advance(2min);
  // The commander's step is short by now: the plan's next step begins.
  world.gets("director", "ALERT 101");
  world.advance(20min);
  const auto commander = world.alert_of(world.incident(101), "commander");
  EXPECT_EQ(commander.alert.state, AlertState::kExhausted);
  EXPECT_THAT(commander.deliveries,
              ::testing::Contains(::testing::Field(&model::Delivery::channel, model::Channel::kKnock)));
  world.gets("deputy-b", "代指挥甲");  // the first deputy stayed silent too
}

TEST_F(Scenario, OnceEnoughHaveAnsweredWhoWasExhaustedBeforeLeavesTheCallSheetToo) {
  world.report("fire", "trapped=5", "lake-1");
  world.advance(40min);
  world.forget_texts();
  ASSERT_EQ(world.alert_of(world.incident(101), "rescue-3").alert.state, AlertState::kExhausted);
  ASSERT_TRUE(world.on_call_sheet("rescue-3"));

  world.texts("rescue-1", "2");
  EXPECT_TRUE(world.on_call_sheet("rescue-3")) << "one of two who are needed";
  world.texts("rescue-2", "2");

  EXPECT_FALSE(world.on_call_sheet("rescue-3"));
  EXPECT_EQ(world.alert_of(world.incident(101), "rescue-3").alert.reason, Reason::kSettled);
  EXPECT_TRUE(world.on_call_sheet("commander")) << "that step has no answer yet";
  world.texts("rescue-3", "2");
  EXPECT_EQ(world.step(world.incident(101), "rescue").counters.coming, 3) << "a late answer still counts";
}

TEST_F(Scenario, OnceEnoughHaveAnsweredTheSilentOnesAreLeftInPeaceAndMayStillAnswer) {
  world.report("fire", "trapped=5", "lake-1");
  world.forget_texts();
  world.texts("commander", "2");
  world.texts("director", "2");
  world.texts("rescue-1", "2");
  world.texts("rescue-2", "2");

  world.advance(2h);

  EXPECT_FALSE(world.on_call_sheet("rescue-3")) << "two of three were enough";
  world.texts("rescue-3", "2");
  EXPECT_EQ(world.step(world.incident(101), "rescue").counters.coming, 3) << "a late answer still counts";
}

TEST_F(Scenario, AKnockNamesWhoIsToGoToTheDoor) {
  world.report("fire", "trapped=1", "lake-1");
  world.advance(30min);
  world.forget_texts();
  const auto commander = world.alert_of(world.incident(101), "commander");
  const auto knock = std::find_if(commander.deliveries.begin(), commander.deliveries.end(),
                                  [](const model::Delivery& d) { return d.channel == model::Channel::kKnock; });
  ASSERT_NE(knock, commander.deliveries.end());
  EXPECT_EQ(knock->address, "lake-head town-head");
}

TEST_F(Scenario, CannotComeRingsTheDeputyAtOnceAndLeavesThePersonInPeace) {
  world.report("fire", "trapped=1", "lake-1");
  world.forget_texts();

  world.texts("commander", "0");

  world.gets("deputy-a", "代指挥甲");
  world.texts("deputy-a", "2");
  world.texts("lake-head", "1");
  world.advance(2h);
  EXPECT_FALSE(world.on_call_sheet("commander"));
  EXPECT_EQ(world.step(world.incident(101), "command").state, StepState::kSatisfied);
}

TEST_F(Scenario, TheDeskCallReachesSomebodyAndItsOutcomeIsTheirAnswer) {
  world.report("fire", "trapped=1", "lake-1");
  world.forget_texts();
  world.advance(4min);

  world.desk_calls("commander", CallOutcome::kComing);

  EXPECT_FALSE(world.on_call_sheet("commander"));
  EXPECT_EQ(world.alert_of(world.incident(101), "commander").alert.answer, model::AnswerKind::kComing);
  world.texts("lake-head", "收到");
  world.advance(2h);
}

TEST_F(Scenario, ADeskCallThatNobodyAnswersGoesOnAtOnce) {
  world.report("fire", "trapped=1", "lake-1");
  world.forget_texts();
  world.advance(4min);

  world.desk_calls("commander", CallOutcome::kNoAnswer);

  world.gets("deputy-a", "代指挥甲");
}

TEST_F(Scenario, TheDeskTaskIsDueInItsTimeAndCanStillBeDoneLate) {
  world.report("fire", "trapped=1", "lake-1");
  world.forget_texts();
  world.texts("commander", "2");
  world.texts("lake-head", "1");

  world.advance(4min + 59s);
  EXPECT_EQ(world.incident(101).tasks.front().state, model::TaskState::kOpen);
  world.advance(2s);
  ASSERT_EQ(world.incident(101).tasks.front().state, model::TaskState::kOverdue);

  const auto done = world.desk(model::CompleteTask{{}, world.incident(101).tasks.front().id, ""});
  EXPECT_TRUE(done.ok());
  EXPECT_EQ(world.incident(101).tasks.front().state, model::TaskState::kDone);
  EXPECT_EQ(world.step(world.incident(101), "call-119").state, StepState::kSatisfied);
}

TEST_F(Scenario, ALadderThatRepeatsStartsItsNextCycleAfterItsPause) {
  world.report("food_poisoning", "ill=2", "lake");
  world.gets("leader", "警报101");

  world.advance(2min + 1s);
  EXPECT_TRUE(world.on_call_sheet("leader"));
  world.advance(2min + 1min);
  world.gets("leader", "警报101");
  EXPECT_EQ(world.alert_of(world.incident(101), "leader").alert.cycle, 2);
  world.texts("leader", "2");
  world.advance(2h);
}

TEST_F(Scenario, SomebodyWithoutAnAgreedContactPointIsPassedOverAndTheRecordSaysWhy) {
  world.report("fire", "", "lake-1");
  world.gets("leader", "警报101 火灾 IV");
  world.texts("leader", "1");
  const auto view = world.incident(101);
  EXPECT_THAT(view.alerts, ::testing::SizeIs(1));
  EXPECT_EQ(view.alerts.front().selectors, std::vector<std::string>{"duty:leader"});
}

TEST_F(Scenario, EachAlertNamesTheSelectorThatFoundItsPerson) {
  world.report("fire", "trapped=1", "lake-1");
  world.forget_texts();
  const auto view = world.incident(101);
  EXPECT_EQ(world.alert_of(view, "commander").selectors, std::vector<std::string>{"post:commander"});
  EXPECT_EQ(world.alert_of(view, "lake-head").selectors, std::vector<std::string>{"area+up:heads"});
}

}  // namespace
}  // namespace tocsin::testing
