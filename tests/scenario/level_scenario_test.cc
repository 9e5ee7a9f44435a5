// Levels rise by themselves and fall only by a person; those told get one update.
#include <gmock/gmock.h>

#include "tests/support/world.h"

namespace tocsin::testing {
namespace {

using namespace std::chrono_literals;
using model::AlertState;

TEST_F(Scenario, ASecondReportRaisesTheLevelTellsTheNewPeopleAndUpdatesThoseAlreadyTold) {
  world.report("fire", "trapped=1", "lake-1");
  world.forget_texts();
  world.texts("commander", "2");

  const auto second = world.report("fire", "trapped=5 spreading=yes", "lake-1");

  EXPECT_FALSE(second.opened);
  EXPECT_EQ(second.incident_code, 101);
  EXPECT_EQ(world.incident(101).incident.level_id, "II");
  world.gets("director", "ALERT 101 fire II");
  world.gets("rescue-1", "ALERT 101");
  world.gets("rescue-2", "ALERT 101");
  world.gets("rescue-3", "ALERT 101");
  EXPECT_THAT(world.gets("commander", "更新101"), ::testing::HasSubstr("级别升为"));
  world.gets("lake-head", "更新101");
  world.gets("town-head", "更新101");
}

TEST_F(Scenario, WhoIsComingAlreadyIsNotAskedAgainAfterARaise) {
  world.report("fire", "trapped=1", "lake-1");
  world.texts("commander", "2");
  world.report("fire", "trapped=5", "lake-1");
  world.forget_texts();
  world.texts("director", "2");
  world.texts("rescue-1", "2");
  world.texts("rescue-2", "2");

  world.advance(3h);

  EXPECT_FALSE(world.on_call_sheet("commander"));
  const auto view = world.incident(101);
  EXPECT_EQ(world.step(view, "command").state, model::StepState::kSatisfied) << "the answer given before counts";
  EXPECT_EQ(world.step(view, "rescue").state, model::StepState::kSatisfied);
}

TEST_F(Scenario, WhoOnlyReceivedIsAskedForMoreByTheUpdateWhenTheNewLevelNeedsIt) {
  world.report("fire", "trapped=1", "lake-1");
  world.texts("commander", "1");
  world.report("fire", "trapped=5", "lake-1");
  world.forget_texts();

  world.advance(4min);

  EXPECT_TRUE(world.on_call_sheet("commander")) << "the update carries a ladder of its own";
  EXPECT_FALSE(world.on_call_sheet("lake-head")) << "nothing more is needed of the heads";
}

TEST_F(Scenario, ARaiseSupersedesWhatHasNotBeenHandedOver) {
  world.sms.set_window(0);
  world.report("fire", "trapped=1", "lake-1");
  world.report("fire", "trapped=5", "lake-1");
  world.sms.set_window(100);
  world.advance(1s);

  EXPECT_THAT(world.gets("commander", "101"), ::testing::HasSubstr("警报101 火灾 II"))
      << "one message, about the present";
  world.gets("director", "II");
  world.gets("rescue-1", "II");
  world.gets("rescue-2", "II");
  world.gets("rescue-3", "II");
}

TEST_F(Scenario, OnlyAPersonLowersALevelAndMustSayWhy) {
  world.report("fire", "trapped=1", "lake-1");
  world.forget_texts();
  world.texts("commander", "2");

  const auto without = world.desk(model::SetLevel{{}, 101, "IV", ""});
  ASSERT_FALSE(without.ok());
  EXPECT_EQ(without.error().field, "reason");
  EXPECT_EQ(world.incident(101).incident.level_id, "III");

  EXPECT_TRUE(world.desk(model::SetLevel{{}, 101, "IV", "nobody is trapped after all"}).ok());
  EXPECT_EQ(world.incident(101).incident.level_id, "IV");
  world.gets("leader", "警报101 火灾 IV");
  EXPECT_THAT(world.gets("commander", "更新101"), ::testing::HasSubstr("级别降为"));
  world.gets("lake-head", "更新101");
  world.gets("town-head", "更新101");

  // The same facts again do not raise it; more than was known then does.
  world.report("fire", "trapped=1", "lake-1");
  EXPECT_EQ(world.incident(101).incident.level_id, "IV");
  world.report("fire", "trapped=4", "lake-1");
  EXPECT_EQ(world.incident(101).incident.level_id, "II");
  world.forget_texts();
}

TEST_F(Scenario, AMilderReportDoesNotLowerTheLevel) {
  world.report("fire", "trapped=5", "lake-1");
  world.report("fire", "trapped=0", "lake-1");
  EXPECT_EQ(world.incident(101).incident.level_id, "II");
  world.forget_texts();
}

TEST_F(Scenario, ASumOverPlacesThatAloneWouldRaiseIsAQuestionToTheDesk) {
  world.report("fire", "trapped=2", "lake-1");
  world.report("fire", "trapped=2", "lake");
  const auto view = world.incident(101);
  EXPECT_EQ(view.incident.level_id, "III");
  EXPECT_TRUE(view.incident.needs_look);
  world.forget_texts();
}

TEST_F(Scenario, StandDownTellsAllWhoWereToldAndNobodyElseAndEndsEveryLadder) {
  world.report("fire", "trapped=1", "lake-1");
  world.forget_texts();
  world.advance(4min);
  ASSERT_TRUE(world.on_call_sheet("commander"));

  EXPECT_TRUE(world.desk(model::StandDown{{}, 101, "fire is out"}).ok());

  world.gets("commander", "终止101");
  world.gets("lake-head", "终止101");
  world.gets("town-head", "终止101");
  world.advance(5h);
  EXPECT_FALSE(world.on_call_sheet("commander"));
  EXPECT_EQ(world.incident(101).incident.state, model::IncidentState::kEnded);
}

TEST_F(Scenario, NothingQueuedLeavesAfterStandDown) {
  world.sms.set_window(1);
  world.sms.mood = CarrierMood::kHolds;
  world.report("fire", "trapped=1", "lake-1");
  const auto handed_over = world.sms.log.size();
  EXPECT_TRUE(world.desk(model::StandDown{{}, 101, "false alarm"}).ok());
  world.sms.mood = CarrierMood::kConfirms;
  world.sms.set_window(100);
  world.sms.release();
  world.advance(2h);

  for (std::size_t i = handed_over; i < world.sms.log.size(); ++i) {
    EXPECT_THAT(world.sms.log[i].text, ::testing::HasSubstr("终止"))
        << "only the stand-down leaves, to those who were told";
  }
  world.forget_texts();
}

TEST_F(Scenario, ADeskTaskDoneUnderTheLowerLevelNeedNotBeDoneAgain) {
  world.report("fire", "trapped=1", "lake-1");
  EXPECT_TRUE(world.desk(model::CompleteTask{{}, world.incident(101).tasks.front().id, ""}).ok());
  world.report("fire", "trapped=5", "lake-1");
  world.forget_texts();
  const auto view = world.incident(101);
  EXPECT_EQ(world.step(view, "call-119").state, model::StepState::kSatisfied);
  EXPECT_THAT(view.tasks, ::testing::SizeIs(1));
}

}  // namespace
}  // namespace tocsin::testing
