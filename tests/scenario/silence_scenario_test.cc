// A link that stops confirming, and probes: what receipts tell, and what they do not.
#include <gmock/gmock.h>

#include "tests/support/world.h"

namespace tocsin::testing {
namespace {

using namespace std::chrono_literals;
using model::DeliveryState;
using model::RecordKind;
using ::testing::AllOf;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

WorldOptions two_links_of_one_carrier() {
  WorldOptions options;
  options.second_link = true;
  options.policies.resize(2);
  options.policies[0].carrier = options.policies[1].carrier = "north";
  return options;
}

class Silence : public ::testing::Test {
 protected:
  explicit Silence(WorldOptions options = two_links_of_one_carrier()) : world(std::move(options)) {}
  void TearDown() override {
    for (const auto& text : world.unexpected()) ADD_FAILURE() << "nobody expected: " << text;
  }
  // So many incidents, each telling the leader, ten seconds apart.
  void incidents(int count) {
    for (int i = 0; i < count; ++i) {
      world.report("fire", "", i % 2 == 0 ? "lake-1" : "hill", "place " + std::to_string(++places_));
      world.advance(10s);
      EXPECT_TRUE(world.desk(model::StandDown{{}, 100 + places_, "over"}).ok());
    }
  }
  std::vector<std::string> problems() const {
    std::vector<std::string> said;
    for (const auto& problem : world.office->engine().problems()) said.push_back(problem.en);
    return said;
  }
  World world;

 private:
  int places_ = 0;
};

TEST_F(Silence, ALinkThatStopsConfirmingLosesItsTrafficIsShownAndComesBackGently) {
  incidents(10);  // each tells of itself and of its end
  world.forget_texts();
  world.sms.mood = CarrierMood::kSilent;
  incidents(6);
  EXPECT_EQ(world.count_records(RecordKind::kLinkDoubted), 1);
  EXPECT_THAT(problems(), Contains(AllOf(HasSubstr("main"), HasSubstr("does not confirm"))));
  EXPECT_THAT(world.office->metrics(), HasSubstr("tocsin_link_doubted{link=\"main\"} 1"));
  const auto carried = world.sms.log.size();
  incidents(6);
  EXPECT_LE(world.sms.log.size() - carried, 3U) << "one on trial now and then";
  EXPECT_THAT(world.backup.log, Not(IsEmpty()));

  world.sms.mood = CarrierMood::kConfirms;
  world.advance(10min);
  const auto doubted = world.sms.log.size();
  incidents(2);
  EXPECT_LE(world.sms.log.size() - doubted, 4U) << "gently";
  incidents(90);
  EXPECT_EQ(world.count_records(RecordKind::kLinkTrusted), 1);
  EXPECT_THAT(problems(), IsEmpty());
  world.forget_texts();
}

TEST_F(Silence, WhatASilentLinkOwesAReceiptForIsSentOnceMoreWellWithinTheWait) {
  incidents(10);
  world.forget_texts();
  world.sms.mood = CarrierMood::kSilent;
  world.report("fire", "trapped=1", "lake-1");
  world.report("fire", "trapped=1", "hill");
  world.forget_texts();
  world.advance(45s);
  EXPECT_THAT(world.backup.log, Not(IsEmpty()));
  for (const char* person : {"commander", "lake-head", "town-head"}) {
    EXPECT_FALSE(world.on_call_sheet(person)) << person;
    EXPECT_GE(world.waiting_texts(person), 1) << person;
  }
  world.forget_texts();
}

TEST_F(Silence, TheOnlyLinkIsUsedThoughItIsDoubted) {
  world.backup.go_down();
  world.sms.mood = CarrierMood::kSilent;
  incidents(8);
  ASSERT_EQ(world.count_records(RecordKind::kLinkDoubted), 1);
  world.forget_texts();
  world.report("fire", "", "lake-1");
  world.gets("leader", "109");
  world.forget_texts();
}

TEST_F(Silence, ADoubtIsNotForgottenByARestart) {
  incidents(10);
  world.sms.mood = CarrierMood::kSilent;
  incidents(6);
  ASSERT_EQ(world.count_records(RecordKind::kLinkDoubted), 1);
  world.restart();
  world.forget_texts();
  const auto carried = world.sms.log.size();
  world.report("fire", "", "lake-1");
  EXPECT_EQ(world.sms.log.size(), carried);
  world.forget_texts();
}

TEST_F(Silence, AReceiptOverAnotherLinkOfTheSameCarrierCountsAndCountsOnce) {
  world.sms.mood = CarrierMood::kSilent;
  world.report("fire", "", "lake-1");
  const auto receipts = world.sms.take_unconfirmed();
  ASSERT_THAT(receipts, SizeIs(1));
  world.backup.receipts_for(receipts, model::ReceiptState::kDelivered);
  world.backup.receipts_for(receipts, model::ReceiptState::kDelivered);
  world.settle();
  const auto tried = world.alert_of(world.incident(101), "leader").deliveries;
  ASSERT_THAT(tried, SizeIs(1));
  EXPECT_EQ(tried.front().state, DeliveryState::kDelivered);
  EXPECT_EQ(world.count_records(RecordKind::kDelivered), 1);
  world.forget_texts();
}

class Strangers : public Silence {
 protected:
  Strangers() : Silence(options()) {}
  static WorldOptions options() {
    WorldOptions options;
    options.second_link = true;  // of another carrier
    return options;
  }
};

TEST_F(Strangers, AReceiptOverALinkOfAnotherCarrierIsNobodys) {
  world.sms.mood = CarrierMood::kSilent;
  world.report("fire", "", "lake-1");
  world.backup.receipts_for(world.sms.take_unconfirmed(), model::ReceiptState::kDelivered);
  world.settle();
  EXPECT_EQ(world.alert_of(world.incident(101), "leader").deliveries.front().state, DeliveryState::kAccepted);
  world.forget_texts();
}

// ---- probes ----

class Probes : public Silence {
 protected:
  Probes() : Silence(options()) {}
  static WorldOptions options() {
    auto options = two_links_of_one_carrier();
    options.policies[0].probe_number = kOwnNumber;
    options.policies[0].probe_every = 10min;
    return options;
  }
  // The text of the last probe; empty when none was sent since the last look.
  std::string probe() {
    std::string found;
    for (auto& text : world.sms.log) {
      if (text.expected || text.to != kOwnNumber) continue;
      text.expected = true;
      found = text.text;
    }
    return found;
  }
  static constexpr const char* kOwnNumber = "+8614400000099";
};

TEST_F(Probes, AProbeComesBackAndItsRoundTripIsShown) {
  world.advance(61s);
  const auto sent = probe();
  ASSERT_THAT(sent, HasSubstr("tocsin probe "));
  world.advance(7s);
  world.number_texts("10690000", sent);
  EXPECT_THAT(world.office->metrics(), HasSubstr("tocsin_link_probe_seconds{link=\"main\"} 8.0"));
  EXPECT_THAT(problems(), IsEmpty());
  EXPECT_EQ(world.count_records(RecordKind::kStrangerWrote), 0);
  EXPECT_EQ(world.count_records(RecordKind::kReportAccepted), 0);
  world.advance(9min);
  EXPECT_THAT(probe(), IsEmpty());
  world.advance(2min);
  EXPECT_THAT(probe(), Not(IsEmpty())) << "the next";
  EXPECT_EQ(world.count_records(RecordKind::kAutoReply), 0);
}

TEST_F(Probes, AProbeThatStaysAwayCastsDoubtThoughItsReceiptCame) {
  world.advance(61s);
  ASSERT_THAT(probe(), Not(IsEmpty()));
  world.advance(4min);
  EXPECT_EQ(world.count_records(RecordKind::kLinkDoubted), 1);
  EXPECT_THAT(problems(), Contains(HasSubstr("probe over link main")));
  world.report("fire", "", "lake-1");
  EXPECT_THAT(world.backup.log, SizeIs(1));
  world.forget_texts();

  world.advance(3min);  // oftener while it is doubted
  const auto next = probe();
  ASSERT_THAT(next, Not(IsEmpty()));
  world.number_texts("10690000", next);
  EXPECT_THAT(problems(), Not(Contains(HasSubstr("probe over link main"))));
}

TEST_F(Probes, AFalseTokenIsAStrangersText) {
  world.advance(61s);
  auto sent = probe();
  sent.back() = sent.back() == '0' ? '1' : '0';
  world.number_texts("+8614400009999", sent);
  EXPECT_EQ(world.count_records(RecordKind::kStrangerWrote), 1);
  world.forget_texts();
}

TEST_F(Probes, ThatOfARestartBeforeIsStillKnown) {
  world.advance(61s);
  const auto sent = probe();
  world.restart();
  world.number_texts("10690000", "【青石】" + sent);
  EXPECT_EQ(world.count_records(RecordKind::kStrangerWrote), 0);
}

TEST_F(Probes, ALinkThatIsDownIsNotDoubtedForItsProbe) {
  world.sms.mood = CarrierMood::kHolds;
  world.advance(61s);
  ASSERT_THAT(probe(), Not(IsEmpty()));
  world.sms.go_down();
  world.advance(30min);
  world.sms.mood = CarrierMood::kConfirms;
  world.sms.come_back();
  EXPECT_EQ(world.count_records(RecordKind::kLinkDoubted), 0);
}

}  // namespace
}  // namespace tocsin::testing
