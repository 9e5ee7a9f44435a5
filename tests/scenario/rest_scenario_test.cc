// Found by the simulator: messages under way at a change, alerts that rest, links without room.
#include <gmock/gmock.h>

#include "gateway/db/fault_vfs.h"
#include "tests/support/world.h"

namespace tocsin::testing {
namespace {

using namespace std::chrono_literals;

TEST_F(Scenario, SomebodyWhoseMessageIsUnderWayAtTheStandDownIsToldOfItToo) {
  world.sms.mood = CarrierMood::kHolds;
  world.report("fire", "", "lake-1");
  world.gets("leader", "警报101");

  ASSERT_TRUE(world.desk(model::StandDown{{}, 101, "over"}).ok());
  world.sms.mood = CarrierMood::kConfirms;
  world.sms.release();
  world.advance(1s);

  world.gets("leader", "终止101");
}

TEST_F(Scenario, ALinkWithoutRoomDoesNotKeepTheEngineBusyWhileAnotherHasRoom) {
  WorldOptions two;
  two.second_link = true;
  World office(two);
  office.backup.set_window(0);
  office.report("fire", "", "lake-1");
  office.gets("leader", "101");

  int turns = 0;
  while (turns < 1000 && office.office->engine().pump()) ++turns;

  EXPECT_LT(turns, 10);
}

TEST_F(Scenario, AQuestionOfOursDoesNotWakeWhomWeLeftInPeace) {
  world.report("fire", "trapped=5", "lake-1");
  world.report("fire", "trapped=5", "hill");
  world.texts("rescue-1", "2 101");
  world.texts("rescue-2", "2 101");  // two of the team are enough
  world.advance(3min + 1s);
  ASSERT_EQ(world.alert_of(world.incident(101), "rescue-3").alert.reason, model::Reason::kSettled);

  world.texts("rescue-3", "2");  // for which of the two?
  world.forget_texts();

  const auto view = world.incident(101);
  EXPECT_EQ(world.alert_of(view, "rescue-3").alert.reason, model::Reason::kSettled);
  EXPECT_EQ(world.step(view, "rescue").counters.open, 0);
}

TEST_F(Scenario, WhoWasToldBeforeAMergeHearsOfTheNextLevelThoughTheUpdateOfTheMergeNeverLeft) {
  world.report("fire", "trapped=1", "hill");    // 101: commander, town head
  world.report("fire", "trapped=1", "lake-1");  // 102: lake head as well
  world.forget_texts();
  world.sms.set_window(0);
  ASSERT_TRUE(world.desk(model::MergeIncidents{{}, 102, 101}).ok());

  ASSERT_TRUE(world.desk(model::SetLevel{{}, 101, "II", ""}).ok());
  world.sms.set_window(100);
  world.advance(1s);

  world.gets("lake-head", "更新101");
  world.forget_texts();
}

TEST_F(Scenario, ALevelSetWhileTheLastOneIsStillBeingMailedReachesTheNewPeopleToo) {
  WorldOptions small;
  small.engine.slice = 1;
  World office(small);
  office.report("fire", "trapped=5", "lake-1");
  office.forget_texts();
  model::Principal desk;
  desk.role = model::Role::kDuty;

  const auto first = office.office->submit(model::SetLevel{desk, 101, "III", "not that bad"});
  for (int i = 0; i < 3; ++i) (void)office.office->engine().pump();
  office.gets("lake-head", "警报101");
  ASSERT_TRUE(office.submit(model::SetLevel{desk, 101, "IV", "nearly out"}).ok());

  office.gets("lake-head", "更新101");
}

TEST(LinkOnAFailingDisk, ComesBackForEverybodyThoughTheNewsOfItWasLostAtFirst) {
  db::FaultVfs disk{1};
  WorldOptions options;
  options.vfs = disk.name();
  World office(options);
  office.sms.go_down();
  office.report("fire", "trapped=1", "lake-1");
  office.advance(31s);  // the ladders went on, the messages stand in the queue

  disk.fail_randomly(1, db::Fault::kIoError);
  office.sms.come_back();
  office.settle();
  disk.heal();
  office.advance(1s);

  office.gets("commander", "警报101");
  office.gets("lake-head", "警报101");
}

TEST_F(Scenario, ALadderGoesOnWhenAMessageThoughtLostArrivedAndItsRepeatIsSpared) {
  world.sms.mood = CarrierMood::kSilent;
  world.report("fire", "", "lake-1");
  world.gets("leader", "101");
  world.sms.set_window(0);
  world.advance(3min + 1s);  // its receipt is overdue: a repeat stands in the queue

  world.sms.confirm_all(model::ReceiptState::kDelivered);
  world.sms.set_window(100);
  world.advance(4min);

  EXPECT_EQ(world.waiting_texts("leader"), 0) << "it arrived; a repeat would tell it twice";
  EXPECT_TRUE(world.on_call_sheet("leader"));
}

TEST_F(Scenario, AStandDownRightAfterAMergeTellsTheYoungersPeopleThatItIsOverAndNothingElse) {
  World office;
  office.report("fire", "trapped=1", "hill");    // 101: commander, town head
  office.report("fire", "trapped=1", "lake-1");  // 102: lake head as well
  office.forget_texts();
  model::Principal desk;
  desk.role = model::Role::kDuty;

  const auto merged = office.office->submit(model::MergeIncidents{desk, 102, 101});
  const auto over = office.office->submit(model::StandDown{desk, 101, "over"});
  office.settle();
  office.advance(1s);

  office.gets("lake-head", "终止101");
  EXPECT_EQ(office.waiting_texts("lake-head"), 0);
  EXPECT_EQ(office.office->queries().status()->owed, 0);
}

}  // namespace
}  // namespace tocsin::testing
