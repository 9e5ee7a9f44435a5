// After an outage people are told what holds now: one message each, nothing stale, nobody who knows already.
#include <gmock/gmock.h>

#include "tests/support/world.h"

namespace tocsin::testing {
namespace {

using namespace std::chrono_literals;
using model::DeliveryState;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

// The message over the first rung of that person's newest alert of the incident.
model::Delivery text_of(World& world, int code, const std::string& person) {
  for (const auto& d : world.alert_of(world.incident(code), person).deliveries) {
    if (d.channel == model::Channel::kSms) return d;
  }
  ADD_FAILURE() << person << " was never to be texted about " << code;
  return {};
}

// An hour without a link: 101 opens, rises twice; 102 opens; 103 opens and is closed.  Commander and deputies are owed
// two messages, everybody else one or none.
void an_hour_of_trouble(World& world) {
  world.sms.go_down();
  world.report("fire", "", "lake-1");
  world.advance(5min);
  world.report("fire", "trapped=1", "hill");
  world.report("fire", "trapped=1", "lake-1");
  world.advance(5min);
  world.report("food_poisoning", "ill=3", "hill");
  world.report("fire", "trapped=5", "lake-1");
  world.advance(20min);
  EXPECT_TRUE(world.desk(model::StandDown{{}, 103, "a mistake"}).ok());
  world.advance(30min);
}

// Commander and deputies got it, and it stands at the carrier's.
void a_summary_was_told(World& world) {
  an_hour_of_trouble(world);
  world.sms.come_back();
  world.advance(1s);
  world.forget_texts();
}

TEST_F(Scenario, AfterAnOutageOneMessageTellsEachPersonWhatHoldsNow) {
  an_hour_of_trouble(world);
  ASSERT_EQ(world.unexpected().size(), 0U);

  world.sms.come_back();
  world.advance(5s);

  EXPECT_THAT(world.gets("commander", "现有2起"),
              AllOf(HasSubstr("101"), HasSubstr("102"), HasSubstr("二级"), HasSubstr("被困5"), Not(HasSubstr("103"))));
  EXPECT_EQ(world.waiting_texts("commander"), 0);
  EXPECT_THAT(world.gets("rescue-1", "ALERT 101"), HasSubstr("II")) << "one alone goes in its own words";
  EXPECT_THAT(world.gets("town-head", "警报102"), Not(HasSubstr("101")));
  EXPECT_EQ(world.waiting_texts("lake-head"), 0) << "owed by a level that holds no more";
  EXPECT_EQ(world.waiting_texts("leader"), 0) << "101 asks others by now, 103 is over";
  world.forget_texts();
  world.advance(1h);
  EXPECT_EQ(world.waiting_texts("commander"), 0) << "nothing comes after it";
  world.forget_texts();
}

TEST_F(Scenario, WhatASummaryToldIsToldAndItsEndIsThatOfEachAlert) {
  an_hour_of_trouble(world);
  world.sms.mood = CarrierMood::kSilent;
  world.sms.come_back();
  world.advance(1s);
  const auto first = text_of(world, 101, "commander"), second = text_of(world, 102, "commander");

  EXPECT_EQ(first.state, DeliveryState::kAccepted);
  EXPECT_EQ(second.state, DeliveryState::kAccepted);
  EXPECT_TRUE(first.summary);
  EXPECT_EQ(first.summary, second.summary);
  EXPECT_EQ(first.handed_over_at, second.handed_over_at);
  EXPECT_TRUE(world.alert_of(world.incident(102), "commander").alert.told);
  world.sms.on_its_way("ENROUTE");
  world.sms.confirm_all(model::ReceiptState::kDelivered);
  world.settle();

  EXPECT_EQ(text_of(world, 101, "commander").state, DeliveryState::kDelivered);
  EXPECT_EQ(text_of(world, 102, "commander").state, DeliveryState::kDelivered);
  EXPECT_TRUE(text_of(world, 102, "commander").on_its_way_at);
  EXPECT_GE(world.count_records(model::RecordKind::kToldTogether), 2);
  world.forget_texts();
}

TEST_F(Scenario, ABareOneAnswersAllThatASummaryTold) {
  a_summary_was_told(world);

  world.texts("commander", "1");

  EXPECT_EQ(world.alert_of(world.incident(101), "commander").alert.answer, model::AnswerKind::kReceived);
  EXPECT_EQ(world.alert_of(world.incident(102), "commander").alert.answer, model::AnswerKind::kReceived);
}

TEST_F(Scenario, ComingWithANumberAnswersThatOneOfASummary) {
  a_summary_was_told(world);

  world.texts("commander", "2 102");

  EXPECT_EQ(world.alert_of(world.incident(101), "commander").alert.answer, model::AnswerKind::kNone);
  EXPECT_EQ(world.alert_of(world.incident(102), "commander").alert.answer, model::AnswerKind::kComing);
  world.forget_texts();
}

TEST_F(Scenario, WhoWasPhonedWhileTheLinkWasDownGetsNoMessageOfIt) {
  world.sms.go_down();
  world.report("fire", "trapped=1", "hill");
  world.advance(1min);
  world.desk_calls("commander", model::CallOutcome::kReceived);  // not all that is asked of a commander, but told
  world.advance(11min);
  world.sms.come_back();
  world.advance(5s);

  EXPECT_EQ(world.waiting_texts("commander"), 0);
  EXPECT_EQ(text_of(world, 101, "commander").state, DeliveryState::kCancelled);
  bool said_why = false;
  for (const auto& entry : world.record()) {
    said_why = said_why || (entry.kind == model::RecordKind::kDeliveryCancelled &&
                            entry.b == static_cast<int>(model::Reason::kReachedMeanwhile));
  }
  EXPECT_TRUE(said_why);
  world.forget_texts();
}

TEST_F(Scenario, AShortOutageChangesNothingOfWhatWasComposed) {
  world.sms.go_down();
  world.report("fire", "trapped=1", "hill");
  world.report("fire", "trapped=1", "lake-1");
  world.advance(2min);
  world.sms.come_back();
  world.advance(1s);

  world.gets("commander", "警报101");
  world.gets("commander", "警报102");
  world.forget_texts();
}

TEST_F(Scenario, WhatIsKnownByNowIsSaidNotWhatWasKnownThen) {
  world.sms.go_down();
  world.report("fire", "trapped=1", "hill");
  world.advance(5min);
  world.report("fire", "serious=4", "hill");  // no higher level, but worth knowing
  world.advance(30min);
  world.sms.come_back();
  world.advance(1s);

  EXPECT_THAT(world.gets("town-head", "警报101"), HasSubstr("重伤4"));
  world.forget_texts();
}

TEST_F(Scenario, ASummaryThatACarrierThrottlesIsComposedAnewAndToldOnce) {
  an_hour_of_trouble(world);
  world.sms.mood = CarrierMood::kThrottles;
  world.sms.come_back();
  world.advance(500ms);
  EXPECT_EQ(text_of(world, 102, "commander").state, DeliveryState::kQueued);
  EXPECT_FALSE(text_of(world, 102, "commander").summary) << "waits by itself meanwhile";
  world.forget_texts();
  EXPECT_TRUE(world.desk(model::StandDown{{}, 101, "out"}).ok());
  world.sms.mood = CarrierMood::kConfirms;
  world.advance(5s);

  EXPECT_THAT(world.gets("commander", "警报102"), Not(HasSubstr("101"))) << "101 is over by now";
  EXPECT_EQ(world.waiting_texts("commander"), 0);
  world.forget_texts();
}

TEST_F(Scenario, ASummaryIsGivenUpAfterAsManyTriesAsAnyMessage) {
  an_hour_of_trouble(world);
  world.sms.mood = CarrierMood::kThrottles;
  world.sms.come_back();
  world.advance(1min);

  EXPECT_EQ(text_of(world, 101, "commander").state, DeliveryState::kRefused);
  EXPECT_EQ(text_of(world, 102, "commander").state, DeliveryState::kRefused);
  world.forget_texts();
}

TEST_F(Scenario, OfASummaryInFlightWhenTheProcessDiedTheEndIsUnknownForEachAlert) {
  an_hour_of_trouble(world);
  world.sms.mood = CarrierMood::kHolds;
  world.sms.come_back();
  world.advance(1s);
  world.crash();
  world.sms.mood = CarrierMood::kConfirms;
  ASSERT_TRUE(world.try_open());
  world.advance(1s);

  EXPECT_EQ(text_of(world, 101, "commander").state, DeliveryState::kUnknown);
  EXPECT_EQ(text_of(world, 102, "commander").state, DeliveryState::kUnknown);
  world.forget_texts();
}

TEST_F(Scenario, ThatAnotherIsOverStandsInTheSummaryToo) {
  world.report("fire", "trapped=1", "hill");
  world.texts("commander", "2");
  world.forget_texts();
  world.sms.go_down();
  world.report("fire", "trapped=1", "lake-1");
  EXPECT_TRUE(world.desk(model::StandDown{{}, 101, "out"}).ok());
  world.advance(1h);
  world.sms.come_back();
  world.advance(1s);

  EXPECT_THAT(world.gets("commander", "现有2起"), AllOf(HasSubstr("编号101 火灾 已终止"), HasSubstr("编号102")));
  EXPECT_EQ(world.waiting_texts("commander"), 0);
  world.forget_texts();
}

// ---- updates within a minute ----

// 101 at level III, its heads told and answered: further news only informs them.
void a_fire_the_heads_know_of(World& world) {
  world.report("fire", "trapped=1", "lake-1");
  world.texts("lake-head", "1");
  world.texts("town-head", "1");
  world.forget_texts();
}

void lower(World& world, const std::string& level) {
  EXPECT_TRUE(world.desk(model::SetLevel{{}, 101, level, "less than feared"}).ok());
}

TEST_F(Scenario, UpdatesWithinAMinuteBecomeOneThatSaysWhereItStands) {
  a_fire_the_heads_know_of(world);
  world.report("fire", "trapped=5", "lake-1");
  EXPECT_THAT(world.gets("lake-head", "更新101"), HasSubstr("级别升为"));
  world.forget_texts();
  world.advance(20s);
  lower(world, "III");
  world.advance(10s);
  EXPECT_EQ(world.waiting_texts("rescue-1"), 1) << "its first update: at once";
  EXPECT_EQ(world.waiting_texts("lake-head"), 0);
  lower(world, "IV");
  world.advance(25s);
  EXPECT_EQ(world.waiting_texts("lake-head"), 0);
  world.advance(6s);

  EXPECT_THAT(world.gets("lake-head", "更新101"), AllOf(HasSubstr("降为"), HasSubstr("IV")));
  EXPECT_EQ(world.waiting_texts("lake-head"), 0);
  EXPECT_GE(world.count_records(model::RecordKind::kDeliverySuperseded), 1);
  world.forget_texts();
  world.advance(5min);
  EXPECT_EQ(world.waiting_texts("lake-head"), 0);
  world.forget_texts();
}

TEST_F(Scenario, ARaiseIsNeverHeldBack) {
  a_fire_the_heads_know_of(world);
  lower(world, "IV");
  EXPECT_THAT(world.gets("lake-head", "更新101"), HasSubstr("降为"));
  world.forget_texts();
  world.advance(5s);

  world.report("fire", "trapped=5", "lake-1");

  EXPECT_THAT(world.gets("lake-head", "更新101"), HasSubstr("级别升为"));
  world.forget_texts();
}

TEST_F(Scenario, ARaiseTakesThePlaceOfAnUpdateThatWaited) {
  a_fire_the_heads_know_of(world);
  world.report("fire", "trapped=5", "lake-1");
  world.forget_texts();
  world.advance(10s);
  lower(world, "IV");
  EXPECT_EQ(world.waiting_texts("lake-head"), 0);
  world.advance(10s);
  EXPECT_TRUE(world.desk(model::SetLevel{{}, 101, "II", "worse"}).ok());

  EXPECT_THAT(world.gets("lake-head", "更新101"), HasSubstr("级别升为"));
  world.advance(3min);
  EXPECT_EQ(world.waiting_texts("lake-head"), 0) << "that it was lower for ten seconds is no news";
  world.forget_texts();
}

TEST_F(Scenario, ThatItIsOverIsNeverHeldBackAndTakesThePlaceOfAnUpdateThatWaited) {
  a_fire_the_heads_know_of(world);
  world.report("fire", "trapped=5", "lake-1");
  world.forget_texts();
  world.advance(10s);
  lower(world, "III");
  EXPECT_TRUE(world.desk(model::StandDown{{}, 101, "out"}).ok());

  world.gets("lake-head", "终止101");
  world.advance(3min);
  EXPECT_EQ(world.waiting_texts("lake-head"), 0);
  world.forget_texts();
}

TEST_F(Scenario, AnUpdateThatWaitsIsSentAfterARestart) {
  a_fire_the_heads_know_of(world);
  world.report("fire", "trapped=5", "lake-1");
  world.forget_texts();
  world.advance(10s);
  lower(world, "III");
  world.restart();
  world.advance(51s);

  EXPECT_THAT(world.gets("town-head", "更新101"), HasSubstr("降为"));
  world.forget_texts();
}

}  // namespace
}  // namespace tocsin::testing
