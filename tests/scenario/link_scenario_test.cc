// Links that refuse, throttle, fall silent or go down: silence is noticed, a human gets the line.
#include <fstream>
#include <iterator>

#include <gmock/gmock.h>

#include "tests/support/temp_folder.h"
#include "tests/support/world.h"

namespace tocsin::testing {
namespace {

using namespace std::chrono_literals;
using model::DeliveryState;

TEST_F(Scenario, ARefusedMessageGoesToTheNextContactPointAndThenTheNextRungAtOnce) {
  world.report("fire", "trapped=5", "lake-1");
  world.forget_texts();
  world.texts("commander", "2");
  EXPECT_TRUE(world.desk(model::StandDown{{}, 101, "x"}).ok());
  world.forget_texts();

  world.sms.mood = CarrierMood::kRefuses;
  world.report("fire", "trapped=5", "hill");

  EXPECT_EQ(world.waiting_texts("director"), 2) << "both of the director's phones, once each";
  EXPECT_TRUE(world.on_call_sheet("director"));
  EXPECT_TRUE(world.on_call_sheet("commander"));
  world.forget_texts();
}

TEST_F(Scenario, AThrottledLinkIsAskedAgainLaterAndNobodyIsToldTwice) {
  world.sms.mood = CarrierMood::kThrottles;
  world.report("fire", "", "lake-1");
  world.advance(2s);
  world.sms.mood = CarrierMood::kConfirms;
  world.advance(5s);

  const auto tried = world.alert_of(world.incident(101), "leader").deliveries;
  ASSERT_THAT(tried, ::testing::SizeIs(1));
  EXPECT_EQ(tried.front().state, DeliveryState::kDelivered);
  EXPECT_GE(tried.front().attempt, 3);
  world.forget_texts();
  world.texts("leader", "1");
}

TEST_F(Scenario, ALinkThatNeverConfirmsIsNoticedAndTheLadderGoesOn) {
  world.sms.mood = CarrierMood::kSilent;
  world.report("fire", "", "lake-1");
  world.gets("leader", "101");

  world.advance(3min + 1s);

  EXPECT_GE(world.count_records(model::RecordKind::kEndUnknown), 1);
  world.advance(10min);
  EXPECT_TRUE(world.on_call_sheet("leader"));
  world.forget_texts();
}

TEST_F(Scenario, AnUndeliveredMessagePutsThePersonOnTheCallSheetAtOnce) {
  world.sms.mood = CarrierMood::kUndelivers;
  world.report("fire", "", "lake-1");
  world.gets("leader", "101");
  EXPECT_TRUE(world.on_call_sheet("leader"));
}

TEST_F(Scenario, ALinkThatStaysDownDoesNotHoldTheLadderBackAndItsQueueLeavesWhenItReturns) {
  world.sms.go_down();
  world.report("fire", "", "lake-1");
  EXPECT_FALSE(world.on_call_sheet("leader"));
  world.advance(31s);
  EXPECT_TRUE(world.on_call_sheet("leader")) << "half a minute without a link is enough";

  world.sms.come_back();
  world.advance(1s);
  world.gets("leader", "101");
  world.texts("leader", "1");
  EXPECT_FALSE(world.on_call_sheet("leader"));
}

// Where the ladder "person" is a text and nothing more: half a minute without a link exhausts it.
class TextOnly : public ::testing::Test {
 protected:
  void TearDown() override {
    for (const auto& text : world.unexpected()) ADD_FAILURE() << "nobody expected: " << text;
  }

 private:
  static WorldOptions town() {
    WorldOptions options;
    options.plan = folder().file("plan.toml");
    std::ifstream in(std::string(TOCSIN_SOURCE_DIR) + "/tests/support/town/plan.toml");
    std::string text{std::istreambuf_iterator<char>(in), {}};
    const std::string phoned = R"(, { channel = "desk_call", wait = "5m" }])";
    text.replace(text.find(phoned), phoned.size(), "]");
    std::ofstream(options.plan) << text;
    return options;
  }
  static const TempFolder& folder() {
    static const TempFolder folder;
    return folder;
  }

 protected:
  World world{town()};
};

TEST_F(TextOnly, AMessageOwedByALadderThatEndedMeanwhileGoesWhenTheLinkReturns) {
  world.sms.go_down();
  world.report("fire", "", "lake-1");
  world.advance(31s);
  ASSERT_EQ(world.alert_of(world.incident(101), "leader").alert.state, model::AlertState::kExhausted);
  EXPECT_TRUE(world.on_call_sheet("leader"));

  world.advance(1h);
  world.sms.come_back();
  world.advance(1s);

  world.gets("leader", "101");
  EXPECT_TRUE(world.on_call_sheet("leader")) << "told, and silent so far";
  world.texts("leader", "1");
  EXPECT_FALSE(world.on_call_sheet("leader"));
}

TEST_F(TextOnly, WhatIsOwedOfALadderThatEndedIsNotSentOnceThePersonAnswered) {
  world.sms.go_down();
  world.report("fire", "", "lake-1");
  world.advance(31s);
  world.desk_calls("leader", model::CallOutcome::kReceived);

  world.sms.come_back();
  world.advance(1h);
}

TEST_F(TextOnly, WhatIsOwedOfALadderThatEndedIsNotSentOnceTheIncidentIsOver) {
  world.sms.go_down();
  world.report("fire", "", "lake-1");
  world.advance(31s);
  EXPECT_TRUE(world.desk(model::StandDown{{}, 101, ""}).ok());

  world.sms.come_back();
  world.advance(1h);
}

TEST_F(Scenario, ThatItIsOverIsSaidWhenTheLinkReturnsHoweverLongItWasDown) {
  world.report("fire", "", "lake-1");
  world.gets("leader", "101");
  world.texts("leader", "1");
  world.sms.go_down();
  EXPECT_TRUE(world.desk(model::StandDown{{}, 101, ""}).ok());
  world.advance(1h);

  world.sms.come_back();
  world.advance(1s);

  world.gets("leader", "101");
}

TEST_F(Scenario, SomebodyPhonedMeanwhileIsNotTextedWhenTheLinkReturns) {
  world.sms.go_down();
  world.report("fire", "", "lake-1");
  world.advance(31s);
  world.desk_calls("leader", model::CallOutcome::kReceived);

  world.sms.come_back();
  world.advance(1h);
}

TEST_F(Scenario, ASlowLinkDoesNotEscalatePeopleItHasNotReachedYet) {
  world.sms.set_window(0);
  world.report("fire", "trapped=1", "lake-1");
  world.advance(10min);
  EXPECT_FALSE(world.on_call_sheet("commander")) << "nobody has been handed anything yet";
  world.sms.set_window(100);
  world.advance(1s);
  world.forget_texts();
  world.advance(2min + 50s);
  EXPECT_FALSE(world.on_call_sheet("commander"));
  world.advance(11s);
  EXPECT_TRUE(world.on_call_sheet("commander"));
}

TEST_F(Scenario, ALateReceiptSparesTheRepeat) {
  world.sms.mood = CarrierMood::kSilent;
  world.report("fire", "", "lake-1");
  world.gets("leader", "101");
  world.sms.set_window(0);
  world.advance(3min + 1s);  // overdue: once more, but the link has no room
  world.sms.confirm_all(model::ReceiptState::kDelivered);
  world.settle();
  world.sms.set_window(100);
  world.advance(1s);
  EXPECT_EQ(world.waiting_texts("leader"), 0);
  world.texts("leader", "1");
}

}  // namespace
}  // namespace tocsin::testing
