// Two links after an outage: what was owed is told by summaries, while links refuse, lose and doubt.
#include <gmock/gmock.h>

#include "tests/support/world.h"

namespace tocsin::testing {
namespace {

using namespace std::chrono_literals;
using model::DeliveryState;
using model::RecordKind;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class Outage : public ::testing::Test {
 protected:
  Outage() : world(options()) {}
  static WorldOptions options() {
    WorldOptions options;
    options.second_link = true;
    options.policies.resize(2);
    options.policies[0].carrier = options.policies[1].carrier = "north";
    return options;
  }
  void TearDown() override {
    for (const auto& text : world.unexpected()) ADD_FAILURE() << "nobody expected: " << text;
  }
  // Half an hour without any link: the commander is owed a message about each of two incidents.
  void half_an_hour_of_nothing() {
    world.sms.go_down();
    world.backup.go_down();
    world.report("fire", "trapped=1", "lake-1");
    world.advance(10min);
    world.report("fire", "trapped=1", "hill");
    world.advance(20min);
    ASSERT_THAT(world.unexpected(), IsEmpty());
  }
  // Texts to the commander that name both incidents, over that link.
  [[nodiscard]] int summaries_over(const FakeCarrier& carrier) const {
    int count = 0;
    for (const auto& text : carrier.log) {
      const bool both = text.text.find("101") != std::string::npos && text.text.find("102") != std::string::npos;
      count += both && world.person_at(text.to) == "commander" ? 1 : 0;
    }
    return count;
  }
  [[nodiscard]] int texts_over(const FakeCarrier& carrier) const {
    int count = 0;
    for (const auto& text : carrier.log) count += world.person_at(text.to) == "commander" ? 1 : 0;
    return count;
  }
  std::vector<model::Delivery> texts_of(int code) {
    std::vector<model::Delivery> texts;
    for (const auto& d : world.alert_of(world.incident(code), "commander").deliveries) {
      if (d.channel == model::Channel::kSms) texts.push_back(d);
    }
    return texts;
  }
  World world;
};

TEST_F(Outage, ASummaryThatOneLinkRefusesIsToldOverTheNext) {
  half_an_hour_of_nothing();
  world.sms.mood = CarrierMood::kRefuses;
  world.backup.come_back();
  world.backup.set_window(0);  // so that the first link has them all
  world.sms.come_back();
  world.backup.set_window(100);
  world.advance(10s);

  EXPECT_EQ(summaries_over(world.sms), 1);
  EXPECT_EQ(summaries_over(world.backup), 1);
  for (const int code : {101, 102}) {
    const auto tried = texts_of(code);
    ASSERT_EQ(tried.size(), 1U) << code;
    EXPECT_EQ(tried[0].state, DeliveryState::kDelivered);
    EXPECT_EQ(tried[0].link, 1);
  }
  EXPECT_EQ(world.count_records(RecordKind::kSendRefused), 0);
  world.forget_texts();
}

TEST_F(Outage, ASummaryThatEveryLinkRefusesIsRefusedOnceByEach) {
  half_an_hour_of_nothing();
  world.sms.mood = world.backup.mood = CarrierMood::kRefuses;
  world.backup.come_back();
  world.sms.come_back();
  world.advance(1min);
  EXPECT_EQ(summaries_over(world.sms), 1);
  EXPECT_EQ(summaries_over(world.backup), 1);
  EXPECT_TRUE(world.on_call_sheet("commander"));
  EXPECT_EQ(texts_of(101).front().state, DeliveryState::kRefused);
  EXPECT_EQ(texts_of(102).front().state, DeliveryState::kRefused);
  world.forget_texts();
}

// By then their ladders stand at the desk, which phones them: nothing is repeated, nobody is forgotten.
TEST_F(Outage, WhoWasToldByASummaryOfUnknownEndStaysOnTheCallSheet) {
  half_an_hour_of_nothing();
  world.sms.mood = CarrierMood::kHolds;
  world.sms.come_back();
  world.advance(1s);
  ASSERT_EQ(summaries_over(world.sms), 1);
  world.backup.come_back();
  world.sms.go_down("connection lost");
  world.advance(10s);

  EXPECT_EQ(texts_over(world.sms) + texts_over(world.backup), 1);
  EXPECT_TRUE(world.on_call_sheet("commander"));
  for (const int code : {101, 102}) EXPECT_EQ(texts_of(code).back().state, DeliveryState::kUnknown) << code;
  world.forget_texts();
}

TEST_F(Outage, WhoAnswersASummaryOfUnknownEndIsNotToldAgain) {
  half_an_hour_of_nothing();
  world.sms.mood = CarrierMood::kHolds;
  world.sms.come_back();
  world.advance(1s);
  world.texts("commander", "2 101");
  world.texts("commander", "2 102");
  world.backup.come_back();
  world.sms.lose();
  world.advance(30min);
  EXPECT_EQ(texts_over(world.backup), 0);
  EXPECT_EQ(texts_over(world.sms), 1);
  EXPECT_EQ(world.alert_of(world.incident(101), "commander").alert.answer, model::AnswerKind::kComing);
  world.forget_texts();
}

TEST_F(Outage, ReceiptsOfASummaryMayComeLateTwiceAndOverTheOtherLink) {
  half_an_hour_of_nothing();
  world.sms.mood = CarrierMood::kSilent;
  world.sms.come_back();
  world.backup.come_back();
  world.backup.set_window(0);  // the repeat waits
  world.advance(3min + 1s);
  ASSERT_EQ(texts_of(101).front().state, DeliveryState::kUnknown);
  world.sms.set_window(0);
  const auto owed = world.sms.take_unconfirmed();
  world.backup.receipts_for(owed, model::ReceiptState::kDelivered);
  world.backup.receipts_for(owed, model::ReceiptState::kDelivered);
  world.advance(1s);
  world.sms.set_window(100);
  world.backup.set_window(100);
  world.advance(10s);

  EXPECT_EQ(texts_over(world.sms) + texts_over(world.backup), 1) << "it arrived: nothing is repeated";
  EXPECT_EQ(texts_of(101).front().state, DeliveryState::kDelivered);
  EXPECT_EQ(texts_of(102).front().state, DeliveryState::kDelivered);
  world.forget_texts();
}

TEST_F(Outage, WhatWasStoodDownBetweenARefusalAndTheNextLinkIsNotCalledForAgain) {
  half_an_hour_of_nothing();
  world.sms.mood = CarrierMood::kThrottles;
  world.sms.come_back();
  world.advance(500ms);
  ASSERT_EQ(summaries_over(world.sms), 1);
  EXPECT_TRUE(world.desk(model::StandDown{{}, 102, "out"}).ok());
  world.forget_texts();
  world.sms.mood = CarrierMood::kConfirms;
  world.advance(10s);
  EXPECT_THAT(world.gets("commander", "101"), Not(HasSubstr("警报102")));
  EXPECT_EQ(texts_of(101).back().state, DeliveryState::kDelivered);
  world.forget_texts();
}

TEST_F(Outage, WhatASummaryOverAnotherLinkTellsIsRecordedAsMoved) {
  world.sms.go_down();
  world.backup.mood = CarrierMood::kThrottles;
  world.report("fire", "trapped=1", "lake-1");  // the backup asks for another try in a second
  world.backup.go_down();
  world.report("fire", "trapped=1", "hill");
  world.office->stop(0s);
  world.office.reset();
  world.clock.advance(30min);
  world.backup.mood = CarrierMood::kConfirms;
  ASSERT_TRUE(world.try_open()) << world.open_error.message;
  world.sms.come_back();
  world.settle();

  ASSERT_EQ(summaries_over(world.sms), 1);
  for (const int code : {101, 102}) {
    const auto text = texts_of(code).front();
    EXPECT_EQ(text.link, 0) << code;
    int moved = 0;
    for (const auto& entry : world.record())
      moved += entry.kind == RecordKind::kMoved && entry.subject == text.id.value && entry.b == 0 ? 1 : 0;
    EXPECT_EQ(moved, code == 101 ? 1 : 0) << code;
  }
  world.forget_texts();
}

TEST_F(Outage, OneLinkReturnsWhileTheOtherIsDoubtedAndEachPersonIsToldOnce) {
  // The first link is put in doubt: it takes messages and confirms none.
  world.sms.mood = CarrierMood::kSilent;
  for (int i = 0; i < 3; ++i) world.report("fire", "trapped=1", i == 0 ? "lake-1" : "hill", "", i == 2);
  world.advance(10min);
  ASSERT_EQ(world.count_records(RecordKind::kLinkDoubted), 1);
  for (const int code : {101, 102, 103}) EXPECT_TRUE(world.desk(model::StandDown{{}, code, "over"}).ok());
  world.advance(10min);
  world.forget_texts();
  const auto over_main = world.sms.log.size(), over_backup = world.backup.log.size();

  world.sms.go_down();
  world.backup.go_down();
  world.report("fire", "trapped=1", "lake-1");
  world.advance(10min);
  world.report("fire", "trapped=1", "hill");
  world.advance(20min);
  world.sms.mood = CarrierMood::kConfirms;
  world.sms.come_back();
  world.backup.come_back();
  world.advance(20s);

  int told = 0;
  for (auto at = over_main; at < world.sms.log.size(); ++at)
    told += world.person_at(world.sms.log[at].to) == "commander" ? 1 : 0;
  for (auto at = over_backup; at < world.backup.log.size(); ++at)
    told += world.person_at(world.backup.log[at].to) == "commander" ? 1 : 0;
  EXPECT_EQ(told, 1);
  EXPECT_THAT(world.gets("commander", "104"), HasSubstr("105"));
  world.forget_texts();
}

}  // namespace
}  // namespace tocsin::testing
