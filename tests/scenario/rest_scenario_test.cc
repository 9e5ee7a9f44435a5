// Found by the simulator: messages under way at a change, alerts that rest, links without room.
#include <gmock/gmock.h>

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

}  // namespace
}  // namespace tocsin::testing
