// Answers by SMS: which alert they are for, when tocsin asks back, and what happens to the late ones.
#include <gmock/gmock.h>

#include "tests/support/world.h"

namespace tocsin::testing {
namespace {

using namespace std::chrono_literals;
using model::AlertState;
using model::AnswerKind;

TEST_F(Scenario, ABareOneAcknowledgesEveryRealAlertHandedOverBefore) {
  world.report("fire", "", "lake-1");
  world.report("fire", "", "hill");
  world.forget_texts();

  world.texts("leader", "1");

  EXPECT_EQ(world.alert_of(world.incident(101), "leader").alert.answer, AnswerKind::kReceived);
  EXPECT_EQ(world.alert_of(world.incident(102), "leader").alert.answer, AnswerKind::kReceived);
}

TEST_F(Scenario, ComingWithSeveralOpenAndNoCodeIsAskedBackOnceAndPausesTheLadders) {
  world.report("fire", "trapped=1", "lake-1");
  world.report("fire", "trapped=1", "hill");
  world.forget_texts();
  world.advance(2min);

  world.texts("commander", "2");

  EXPECT_THAT(world.gets("commander", "101 / 102"), ::testing::HasSubstr("编号"));
  world.advance(2min);
  EXPECT_FALSE(world.on_call_sheet("commander")) << "paused for one wait";
  world.texts("commander", "2 102");
  EXPECT_EQ(world.alert_of(world.incident(102), "commander").alert.answer, AnswerKind::kComing);
  EXPECT_EQ(world.alert_of(world.incident(101), "commander").alert.answer, AnswerKind::kNone);
  world.advance(2min);
  EXPECT_TRUE(world.on_call_sheet("commander")) << "the other incident goes on";
  world.gets("director", "ALERT 101");
}

TEST_F(Scenario, AnAnswerIsReadInAnyWidthAndInWords) {
  world.report("fire", "trapped=1", "lake-1");
  world.forget_texts();
  world.texts("commander", "２");
  world.texts("lake-head", "收到");
  world.texts("town-head", "OK");
  const auto view = world.incident(101);
  EXPECT_EQ(world.alert_of(view, "commander").alert.answer, AnswerKind::kComing);
  EXPECT_EQ(world.alert_of(view, "lake-head").alert.answer, AnswerKind::kReceived);
  EXPECT_EQ(world.alert_of(view, "town-head").alert.answer, AnswerKind::kReceived);
}

TEST_F(Scenario, AConditionalAnswerIsKeptAndNeverCountedAsYesOrNo) {
  world.report("fire", "trapped=1", "lake-1");
  world.forget_texts();

  world.texts("commander", "现在不行，两小时后再说");

  EXPECT_EQ(world.alert_of(world.incident(101), "commander").alert.answer, AnswerKind::kNone);
  EXPECT_EQ(world.step(world.incident(101), "command").counters.coming, 0);
  world.advance(3min + 1s);
  EXPECT_TRUE(world.on_call_sheet("commander"));
}

TEST_F(Scenario, WhatIsRepliedInWordsWaitsForALookOfTheDesk) {
  world.report("fire", "trapped=1", "lake-1");
  world.forget_texts();
  world.texts("commander", "现在不行，两小时后再说");
  const auto view = world.incident(101);
  ASSERT_EQ(view.notes.size(), 1U);
  EXPECT_EQ(view.notes[0].text, "现在不行，两小时后再说");
  EXPECT_TRUE(needs_look(view.notes[0]));
  EXPECT_EQ(view.replied.at(world.step(view, "command").id), 1);

  EXPECT_TRUE(world.desk(model::LookAtReply{{}, world.alert_of(view, "commander").alert.id}).ok());

  EXPECT_FALSE(needs_look(world.incident(101).notes[0]));
  EXPECT_TRUE(world.incident(101).replied.empty());
  EXPECT_EQ(world.count_records(model::RecordKind::kReplyLookedAt), 1);
  EXPECT_TRUE(world.desk(model::LookAtReply{{}, world.alert_of(view, "commander").alert.id}).ok());
  EXPECT_EQ(world.count_records(model::RecordKind::kReplyLookedAt), 1) << "there was nothing left to look at";
}

TEST_F(Scenario, AClearAnswerAfterAnUnclearOneNeedsNoLook) {
  world.report("fire", "trapped=1", "lake-1");
  world.forget_texts();
  world.texts("commander", "not now, in 2 hours");
  ASSERT_EQ(world.incident(101).replied.size(), 1U);
  world.texts("commander", "2");
  EXPECT_TRUE(world.incident(101).replied.empty());
}

TEST_F(Scenario, ALateAnswerStillCountsAndBothAreToldWhoLeads) {
  world.report("fire", "trapped=1", "lake-1");
  world.forget_texts();
  world.texts("lake-head", "1");
  world.advance(9min);
  world.gets("deputy-a", "代指挥甲");
  world.texts("deputy-a", "2");

  world.texts("commander", "2");

  EXPECT_EQ(world.step(world.incident(101), "command").counters.coming, 2);
  world.gets("commander", "指挥甲负责");
  world.gets("deputy-a", "指挥甲负责");
  world.advance(3h);
  world.forget_texts();
}

TEST_F(Scenario, AnAnswerAfterTheEndIsRecordedAndGetsACourteousLine) {
  world.report("fire", "trapped=1", "lake-1");
  EXPECT_TRUE(world.desk(model::StandDown{{}, 101, "over"}).ok());
  world.forget_texts();

  world.texts("commander", "2 101");

  world.gets("commander", "已经终止");
  EXPECT_EQ(world.count_records(model::RecordKind::kAnswerLate), 1);
}

TEST_F(Scenario, ABareDigitWithNothingOpenChangesNothing) {
  world.texts("commander", "2");
  EXPECT_EQ(world.count_records(model::RecordKind::kAnswerUnplaced), 1);
  EXPECT_EQ(world.count_records(model::RecordKind::kIncidentOpened), 0);
}

TEST_F(Scenario, RealComesBeforeDrill) {
  world.report("fire", "trapped=1", "lake-1", "", true);
  world.report("fire", "trapped=1", "hill");
  world.forget_texts();

  world.texts("commander", "2");

  EXPECT_EQ(world.alert_of(world.incident(102), "commander").alert.answer, AnswerKind::kComing);
  EXPECT_EQ(world.alert_of(world.incident(101), "commander").alert.answer, AnswerKind::kNone);
}

TEST_F(Scenario, ComingCanBeTakenBackAndTheLadderGoesOnToTheDeputy) {
  world.report("fire", "trapped=1", "lake-1");
  world.forget_texts();
  world.texts("commander", "2");
  EXPECT_EQ(world.step(world.incident(101), "command").counters.coming, 1);

  world.texts("commander", "0");

  EXPECT_EQ(world.step(world.incident(101), "command").counters.coming, 0);
  world.gets("deputy-a", "代指挥甲");
}

}  // namespace
}  // namespace tocsin::testing
