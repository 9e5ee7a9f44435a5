// The SMPP link against a second centre that we did not write: tests/e2e/peers/smsc.pl on Perl's Net::SMPP.
#include <gmock/gmock.h>

#include <memory>

#include "adapters/sms/smpp/link.h"
#include "tests/support/line_peer.h"
#include "tests/support/recorded_events.h"

namespace tocsin {
namespace {

using namespace std::chrono_literals;
using model::SendOutcome;
using ::testing::HasSubstr;
using testing::RecordedEvents;
using Seen = RecordedEvents::Seen;

constexpr const char* kPhone = "+8614400000017";

class SmppPerlTest : public ::testing::Test {
 protected:
  void run() {
    ASSERT_NE(peer.port(), 0) << "libnet-smpp-perl is missing (./dev setup installs it)";
    settings.name = "perl";
    settings.host = "127.0.0.1";
    settings.port = peer.port();
    settings.system_id = "tocsin";
    settings.password = "secret";
    settings.source_addr = "10690000";
    settings.message_ids = "hex response";
    settings.reconnect_min = settings.reconnect_max = 20ms;
    ASSERT_TRUE(sms::check(settings).ok());
    link = std::make_unique<sms::SmppLink>(settings);
    link->start(0, events);
    ASSERT_TRUE(events.wait_until([](const Seen& seen) { return seen.up(); }));
  }
  void TearDown() override {
    if (link) link->stop(1s);
  }
  void send(std::int64_t id, std::string text) {
    link->send({{{id}, kPhone, std::move(text), {}, 77, model::kMostUrgent}});
  }
  bool wait_ends(std::size_t count) {
    return events.wait_until([count](const Seen& seen) { return seen.ends.size() >= count; });
  }

  testing::LinePeer peer{{"perl", TOCSIN_SOURCE_DIR "/tests/e2e/peers/smsc.pl"}};
  sms::SmppSettings settings;
  RecordedEvents events;
  std::unique_ptr<sms::SmppLink> link;
};

TEST_F(SmppPerlTest, ItIsReadAsItWasWrittenAndUnbindsInGoodOrder) {
  run();
  send(1, "fire at bridge 12");
  EXPECT_THAT(peer.wait_for("\"submit\"").value_or(""), HasSubstr(R"("text":"fire at bridge 12")"));
  send(2, "水库危险 \U0001F525");
  const auto line = peer.wait_for("\"submit\"").value_or("");
  EXPECT_THAT(line, HasSubstr("\"text\":\"水库危险 \U0001F525\""));
  EXPECT_THAT(line, HasSubstr(R"("data_coding":8,"event":"submit","priority":3,"text")"));
  EXPECT_THAT(line, HasSubstr(R"("to":"8614400000017","ton":1,"udh":"")"));
  ASSERT_TRUE(wait_ends(2));
  link->stop(5s);
  EXPECT_TRUE(peer.wait_for("\"unbind\""));
}

TEST_F(SmppPerlTest, PartsCarryAHeaderThatItTakesOff) {
  run();
  std::string text;
  for (int i = 0; i < 50; ++i) text += "东湖";
  send(1, text);
  const auto first = peer.wait_for("\"submit\"").value_or(""), second = peer.wait_for("\"submit\"").value_or("");
  EXPECT_THAT(first, HasSubstr(R"("udh":"0500034d0201")"));
  EXPECT_THAT(second, HasSubstr(R"("udh":"0500034d0202")"));
  ASSERT_TRUE(wait_ends(2));
}

TEST_F(SmppPerlTest, APayloadIsReadWhole) {
  settings.long_messages = "payload";
  run();
  send(1, std::string(500, 'f'));
  EXPECT_THAT(peer.wait_for("\"submit\"").value_or(""), HasSubstr("\"" + std::string(500, 'f') + "\""));
}

TEST_F(SmppPerlTest, IdsInHexadecimalMeetReceiptsInDecimal) {
  settings.bind = "transmitter+receiver";
  run();
  ASSERT_TRUE(peer.wait_for("\"bound\"", "receiver"));
  ASSERT_TRUE(peer.wait_for("\"bound\"", "transmitter"));
  send(1, "fire");
  ASSERT_TRUE(events.wait_until([](const Seen& seen) { return seen.receipts.size() == 1; }));
  EXPECT_EQ(events.seen().receipts[0].carrier_id, events.seen().ends.at(0).carrier_id);
  EXPECT_EQ(events.seen().receipts[0].carrier_id, "160");
  EXPECT_EQ(events.seen().receipts[0].state, model::ReceiptState::kDelivered);
}

TEST_F(SmppPerlTest, PhonesMayTextByDeliverSmAndByDataSm) {
  run();
  for (const std::string way : {"mo", "data"}) {
    peer.tell(R"({"do":")" + way + R"(","from":"8614400000017","to":"10690000","text":"2 马上到"})");
    ASSERT_TRUE(events.wait_until([&](const Seen& seen) { return seen.inbound.size() == (way == "mo" ? 1U : 2U); }));
    EXPECT_EQ(events.seen().inbound.back().text, "2 马上到");
    EXPECT_EQ(events.seen().inbound.back().from, kPhone);
    EXPECT_TRUE(peer.wait_for(way == "mo" ? "80000005" : "80000103", "\"status\":0"));
  }
}

TEST_F(SmppPerlTest, WhatNobodyNeedsIsToleratedAndWhatNobodyKnowsIsNacked) {
  run();
  peer.tell(R"({"do":"strange"})");
  EXPECT_TRUE(peer.wait_for("80000000", "\"status\":3"));  // generic_nack for query_sm: ESME_RINVCMDID
  send(1, "fire");
  ASSERT_TRUE(wait_ends(1));
  EXPECT_EQ(events.seen().count(SendOutcome::kAccepted), 1);
  EXPECT_EQ(events.seen().changes.size(), 1U);
  EXPECT_FALSE(peer.said("80000000"));  // and nothing else was nacked
}

TEST_F(SmppPerlTest, AStatusOfItsOwnIsSaidByNumber) {
  run();
  peer.tell(R"({"do":"answer","status":1025})");
  send(1, "fire");
  ASSERT_TRUE(wait_ends(1));
  EXPECT_EQ(events.seen().ends[0].outcome, SendOutcome::kRefused);
  EXPECT_EQ(events.seen().ends[0].error, "status 0x00000401");
}

}  // namespace
}  // namespace tocsin
