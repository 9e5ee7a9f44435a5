// What is known of each message: accepted is not delivered, on its way is no end, and who opened the page has seen it.
#include <gmock/gmock.h>

#include "tests/support/world.h"

namespace tocsin::testing {
namespace {

using namespace std::chrono_literals;
using model::DeliveryState;
using model::Meaning;

model::Delivery only_delivery(World& world, const std::string& person) {
  const auto tried = world.alert_of(world.incident(101), person).deliveries;
  EXPECT_THAT(tried, ::testing::SizeIs(1));
  return tried.empty() ? model::Delivery{} : tried.front();
}

TEST_F(Scenario, WhatTheCarrierTookIsNotSaidToHaveArrived) {
  world.sms.mood = CarrierMood::kSilent;
  world.report("fire", "", "lake-1");
  world.gets("leader", "101");

  const auto taken = only_delivery(world, "leader");

  EXPECT_EQ(taken.state, DeliveryState::kAccepted);
  EXPECT_EQ(model::meaning_of(taken), Meaning::kTaken);
  EXPECT_FALSE(taken.ended_at);
}

TEST_F(Scenario, EachMessageSaysFromWhichTemplateAndFieldsItWasMadeEvenAfterAStart) {
  world.sms.mood = CarrierMood::kThrottles;
  world.report("fire", "trapped=1", "lake-1");
  world.restart();
  world.sms.mood = CarrierMood::kConfirms;
  world.advance(2s);
  ASSERT_GT(world.sms.log.size(), 3U);
  const auto& again = world.sms.log.back();
  EXPECT_EQ(again.made_of.template_name, "alert");
  EXPECT_EQ(again.made_of.language, "zh");
  EXPECT_EQ(again.made_of.fields.at("code"), "101");
  EXPECT_EQ(again.made_of.fields.count("drill"), 0U);
  world.forget_texts();
}

TEST_F(Scenario, AWordOfTheCarrierBeforeTheEndIsKeptWithItsTimeAndIsNoEnd) {
  world.sms.mood = CarrierMood::kSilent;
  world.report("fire", "", "lake-1");
  world.gets("leader", "101");
  world.advance(5s);
  const auto first = world.clock.utc_now();
  world.sms.on_its_way("ENROUTE");
  world.settle();
  world.advance(5s);
  world.sms.on_its_way("BUFFERED err:027", Meaning::kWaitsForPhone);
  world.sms.on_its_way("BUFFERED err:027", Meaning::kWaitsForPhone);
  world.settle();

  const auto waits = only_delivery(world, "leader");

  EXPECT_EQ(waits.state, DeliveryState::kAccepted);
  EXPECT_EQ(waits.code, "BUFFERED err:027");
  EXPECT_EQ(model::meaning_of(waits), Meaning::kWaitsForPhone);
  ASSERT_TRUE(waits.on_its_way_at);
  EXPECT_LT(*waits.on_its_way_at - first, 1s);
  EXPECT_EQ(world.count_records(model::RecordKind::kOnItsWay), 2) << "the same words again are no news";

  world.sms.confirm_all(model::ReceiptState::kDelivered);
  world.settle();

  const auto arrived = only_delivery(world, "leader");
  EXPECT_EQ(arrived.state, DeliveryState::kDelivered);
  EXPECT_EQ(arrived.code, "DELIVRD");
  EXPECT_EQ(model::meaning_of(arrived), Meaning::kArrived);
  EXPECT_TRUE(arrived.on_its_way_at) << "kept beside the end";
}

TEST_F(Scenario, AMessageStillOnItsWayCountsAsUnconfirmed) {
  world.sms.mood = CarrierMood::kSilent;
  world.report("fire", "", "lake-1");
  world.gets("leader", "101");
  world.sms.on_its_way("ENROUTE");

  world.advance(3min + 1s);

  EXPECT_GE(world.count_records(model::RecordKind::kEndUnknown), 1);
  world.forget_texts();
}

TEST_F(Scenario, WhyACarrierRefusedIsKeptInItsOwnCode) {
  world.sms.mood = CarrierMood::kRefuses;
  world.report("fire", "", "lake-1");
  world.forget_texts();

  const auto refused = world.alert_of(world.incident(101), "leader").deliveries.front();

  EXPECT_EQ(refused.state, DeliveryState::kRefused);
  EXPECT_EQ(refused.code, "ESME_RINVDSTADR");
}

TEST_F(Scenario, WhoOpenedThePageHasSeenItAndIsStillAsked) {
  world.report("fire", "", "lake-1");
  world.gets("leader", "101");
  const auto before = world.alert_of(world.incident(101), "leader").alert;
  model::SeeAlert see;
  see.by.person = world.id_of("leader");
  see.alert = before.id;

  EXPECT_TRUE(world.submit(see).ok());
  world.advance(10s);
  EXPECT_TRUE(world.submit(see).ok());

  const auto seen = world.alert_of(world.incident(101), "leader").alert;
  ASSERT_TRUE(seen.seen_at);
  EXPECT_LT(*seen.seen_at, world.clock.utc_now() - 5s) << "the first time counts";
  EXPECT_EQ(seen.answer, model::AnswerKind::kNone);
  EXPECT_EQ(seen.look_again_at, before.look_again_at);
  EXPECT_EQ(model::version_of(seen), model::version_of(before)) << "an answer decided on it still holds";
  EXPECT_EQ(world.count_records(model::RecordKind::kAlertSeen), 1);
  world.texts("leader", "1");
}

TEST_F(Scenario, NobodySeesAnAlertForSomebodyElse) {
  world.report("fire", "", "lake-1");
  world.gets("leader", "101");
  model::SeeAlert see;
  see.by.role = model::Role::kDuty;
  see.alert = world.alert_of(world.incident(101), "leader").alert.id;

  EXPECT_FALSE(world.submit(see).ok());
  see.by.person = world.id_of("commander");
  EXPECT_FALSE(world.submit(see).ok());

  EXPECT_FALSE(world.alert_of(world.incident(101), "leader").alert.seen_at);
  world.texts("leader", "1");
}

TEST_F(Scenario, AnAnswerAfterThePageWasSeenKeepsBoth) {
  world.report("fire", "", "lake-1");
  world.gets("leader", "101");
  model::SeeAlert see;
  see.by.person = world.id_of("leader");
  see.alert = world.alert_of(world.incident(101), "leader").alert.id;
  EXPECT_TRUE(world.submit(see).ok());

  world.texts("leader", "1");

  const auto alert = world.alert_of(world.incident(101), "leader").alert;
  EXPECT_TRUE(alert.seen_at);
  EXPECT_EQ(alert.answer, model::AnswerKind::kReceived);
}

TEST_F(Scenario, StepsBearTheirTitlesInBothLanguages) {
  world.report("fire", "", "lake-1");
  world.forget_texts();
  const auto view = world.incident(101);
  ASSERT_FALSE(view.steps.empty());
  for (const auto& step : view.steps) {
    EXPECT_FALSE(step.title.en.empty()) << step.name;
    EXPECT_FALSE(step.title.zh.empty()) << step.name;
  }
  world.texts("leader", "1");
}

}  // namespace
}  // namespace tocsin::testing
