// Restarts and crashes: nothing accepted is lost, nothing settled is told again, what may have left is recorded as
// such.
#include <gmock/gmock.h>

#include "tests/support/world.h"

namespace tocsin::testing {
namespace {

using namespace std::chrono_literals;
using model::DeliveryState;
using model::RecordKind;

TEST_F(Scenario, AfterARestartTheLadderGoesOnWhereItWas) {
  world.report("fire", "trapped=1", "lake-1");
  world.forget_texts();
  world.advance(2min);

  world.restart();

  world.advance(59s);
  EXPECT_FALSE(world.on_call_sheet("commander"));
  world.advance(2s);
  EXPECT_TRUE(world.on_call_sheet("commander"));
}

TEST_F(Scenario, WhatWasOwedAtACrashIsSentAfterIt) {
  world.sms.set_window(0);
  world.report("fire", "trapped=1", "lake-1");
  EXPECT_TRUE(world.sms.log.empty());

  world.crash();
  world.sms.set_window(100);
  ASSERT_TRUE(world.try_open());

  world.gets("commander", "警报101");
  world.gets("lake-head", "101");
  world.gets("town-head", "101");
}

TEST_F(Scenario, AMessageClaimedAtACrashIsOfUnknownEndAndSentOnceMoreWithItsCause) {
  world.sms.mood = CarrierMood::kHolds;
  world.report("fire", "trapped=1", "lake-1");
  world.gets("commander", "警报101");  // handed over; nobody knows how it ended
  world.gets("lake-head", "101");
  world.gets("town-head", "101");

  world.crash();
  world.sms.mood = CarrierMood::kConfirms;
  ASSERT_TRUE(world.try_open());

  world.gets("commander", "警报101");
  world.gets("lake-head", "101");
  world.gets("town-head", "101");
  const auto tried = world.alert_of(world.incident(101), "commander").deliveries;
  ASSERT_THAT(tried, ::testing::SizeIs(2));
  EXPECT_EQ(tried[0].state, DeliveryState::kUnknown);
  EXPECT_EQ(tried[1].cause, model::Reason::kEndUnknown);
  EXPECT_EQ(tried[1].state, DeliveryState::kDelivered);
}

TEST_F(Scenario, WhatWasSettledBeforeACrashIsNotToldAgain) {
  world.report("fire", "trapped=1", "lake-1");
  world.forget_texts();
  world.texts("commander", "2");
  world.texts("lake-head", "1");
  world.texts("town-head", "1");

  world.crash();
  ASSERT_TRUE(world.try_open());
  world.advance(5h);

  EXPECT_FALSE(world.on_call_sheet("commander"));
}

TEST_F(Scenario, AnIncidentKeepsThePlanItRanUnder) {
  world.report("fire", "trapped=1", "lake-1");
  world.forget_texts();
  EXPECT_EQ(world.incident(101).incident.plan_version, 1);
  EXPECT_EQ(world.count_records(RecordKind::kPlanInForce), 1);
}

TEST_F(Scenario, ASecondProcessOnTheSameDatabaseIsRefused) {
  auto second = world.parts();
  FakeCarrier other{"other"};
  second.senders = {&other};
  const auto opened = app::Office::open(second);
  ASSERT_FALSE(opened.ok());
  EXPECT_EQ(opened.error().code, base::ErrorCode::kConflict);
}

TEST_F(Scenario, AForwardStepOfTheClockMovesRunningWaitsWithIt) {
  world.report("fire", "trapped=1", "lake-1");
  world.forget_texts();
  world.advance(1min);

  world.clock.step_utc(1h);
  world.advance(1min + 58s);
  EXPECT_FALSE(world.on_call_sheet("commander")) << "an hour on the wall is not an hour of waiting";
  world.advance(4s);

  EXPECT_TRUE(world.on_call_sheet("commander"));
  EXPECT_EQ(world.count_records(RecordKind::kClockStepped), 1);
}

TEST_F(Scenario, ABackwardStepOfTheClockNeitherStopsWaitsNorTurnsTimeBack) {
  world.report("fire", "trapped=1", "lake-1");
  world.forget_texts();
  world.advance(1min);

  world.clock.step_utc(-1h);
  world.advance(2min + 2s);

  EXPECT_TRUE(world.on_call_sheet("commander"));
  EXPECT_EQ(world.count_records(RecordKind::kClockStepped), 1);
  const auto all = world.record();
  EXPECT_TRUE(std::is_sorted(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.at < b.at; }));
}

}  // namespace
}  // namespace tocsin::testing
