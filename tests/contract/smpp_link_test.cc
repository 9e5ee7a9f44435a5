// What only an SMPP link has, beside the contract of every sender (sender_contract_test.cc).
#include <gmock/gmock.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <set>

#include "adapters/sms/segments.h"
#include "adapters/sms/smpp/link.h"
#include "adapters/sms/smpp/pdu.h"
#include "tests/support/recorded_events.h"
#include "tests/support/smsc.h"

namespace tocsin {
namespace {

using namespace std::chrono_literals;
using model::SendOutcome;
using testing::RecordedEvents;
using Seen = RecordedEvents::Seen;

constexpr model::LinkIndex kLink = 3;
constexpr const char* kPhone = "+8614400000017";

ports::OutMessage a_message(std::int64_t id, std::string text = "fire, 2 injured") {
  return {{id}, kPhone, std::move(text), {}, static_cast<int>(id & 0xFF), model::kMostUrgent};
}

std::string long_text() {
  std::string text;
  for (int i = 0; i < 100; ++i) text += "水库";
  return text;
}

sms::SmppSettings settings_for(const testing::Smsc& smsc) {
  sms::SmppSettings settings;
  settings.host = "127.0.0.1";
  settings.port = smsc.port();
  settings.system_id = "tocsin";
  settings.password = "secret";
  settings.reconnect_min = settings.reconnect_max = 5ms;
  return settings;
}

struct RunningLink {
  explicit RunningLink(const sms::SmppSettings& settings) : link(settings) { link.start(kLink, events); }
  ~RunningLink() { link.stop(0ms); }
  bool wait_up() {
    return events.wait_until([](const Seen& seen) { return seen.up(); });
  }
  bool wait_ends(std::size_t count) {
    return events.wait_until([count](const Seen& seen) { return seen.ends.size() >= count; });
  }
  RecordedEvents events;
  sms::SmppLink link;
};

TEST(SmppLinkTest, NoMoreAreUnansweredThanTheWindowAllows) {
  testing::Smsc smsc;
  auto settings = settings_for(smsc);
  settings.window = 3;
  RunningLink run(settings);
  ASSERT_TRUE(run.wait_up());
  smsc.be_silent(true);
  std::vector<ports::OutMessage> messages;
  for (std::int64_t id = 1; id <= 10; ++id) messages.push_back(a_message(id));
  run.link.send(std::move(messages));
  ASSERT_TRUE(smsc.wait_until([](const auto& counts) { return counts.submitted >= 3; }));
  // An answer that comes back after them shows that nothing more was on its way.
  smsc.phone_texts(kPhone, "10690000", "1");
  ASSERT_TRUE(run.events.wait_until([](const Seen& seen) { return seen.inbound.size() == 1; }));
  ASSERT_TRUE(smsc.wait_until([](const auto& counts) { return counts.acknowledged == 1; }));
  EXPECT_EQ(smsc.counts().submitted, 3);
}

TEST(SmppLinkTest, AnOverdueResponseIsUnknownAndASilentCentreIsLeft) {
  testing::Smsc smsc;
  auto settings = settings_for(smsc);
  settings.window = 2;
  settings.response_timeout = 60ms;
  settings.connect_timeout = 100ms;
  RunningLink run(settings);
  ASSERT_TRUE(run.wait_up());
  smsc.be_silent(true);
  run.link.send({a_message(1), a_message(2), a_message(3), a_message(4)});
  ASSERT_TRUE(run.events.wait_until([](const Seen& seen) { return !seen.up(); }));
  ASSERT_TRUE(run.wait_ends(4));
  EXPECT_EQ(run.events.seen().count(SendOutcome::kUnknown), 2);
  EXPECT_EQ(run.events.seen().count(SendOutcome::kRetry), 2);
  smsc.be_silent(false);
  EXPECT_TRUE(run.wait_up());
}

TEST(SmppLinkTest, ALostConnectionMakesUnansweredOnesUnknownAndUnwrittenOnesRetry) {
  testing::Smsc smsc;
  auto settings = settings_for(smsc);
  settings.window = 2;
  RunningLink run(settings);
  ASSERT_TRUE(run.wait_up());
  smsc.be_silent(true);
  run.link.send({a_message(1), a_message(2), a_message(3)});
  ASSERT_TRUE(smsc.wait_until([](const auto& counts) { return counts.submitted == 2; }));
  smsc.drop();
  ASSERT_TRUE(run.wait_ends(3));
  const Seen seen = run.events.seen();
  for (const auto& end : seen.ends) {
    EXPECT_EQ(end.outcome, end.delivery.value == 3 ? SendOutcome::kRetry : SendOutcome::kUnknown);
  }
}

TEST(SmppLinkTest, TheEndsOfSendsAreThoseOfTheirStatus) {
  struct Row {
    std::uint32_t status;
    SendOutcome outcome;
    const char* error;
  };
  const Row rows[] = {{0x58, SendOutcome::kRetry, "ESME_RTHROTTLED"},
                      {0x14, SendOutcome::kRetry, "ESME_RMSGQFUL"},
                      {0x0B, SendOutcome::kRefused, "ESME_RINVDSTADR"},
                      {0xFF, SendOutcome::kUnknown, "ESME_RUNKNOWNERR"}};
  for (const Row& row : rows) {
    testing::Smsc smsc;
    auto settings = settings_for(smsc);
    settings.throttle_pause = 7ms;
    RunningLink run(settings);
    ASSERT_TRUE(run.wait_up());
    smsc.answer_next(1, row.status);
    run.link.send({a_message(1)});
    ASSERT_TRUE(run.wait_ends(1));
    const model::SendEnd end = run.events.seen().ends[0];
    EXPECT_EQ(end.outcome, row.outcome) << row.error;
    EXPECT_EQ(end.error, row.error);
    EXPECT_EQ(end.retry_after > 0us, row.outcome == SendOutcome::kRetry);
    run.link.send({a_message(2)});  // and the link goes on
    ASSERT_TRUE(run.wait_ends(2));
    EXPECT_EQ(run.events.seen().ends[1].outcome, SendOutcome::kAccepted);
  }
}

TEST(SmppLinkTest, ARepeatOfOnePartCarriesTheSameReferenceAndTheSameCut) {
  for (const char* way : {"udh8", "udh16", "sar"}) {
    testing::Smsc smsc;
    auto settings = settings_for(smsc);
    settings.long_messages = way;
    RunningLink run(settings);
    ASSERT_TRUE(run.wait_up());
    ports::OutMessage message = a_message(1, long_text());
    message.reference = 0xABCD;
    const bool narrow = settings.long_messages == "udh8";
    const std::size_t parts = narrow ? 3 : 4;  // 67 or 66 characters each
    run.link.send({message});
    ASSERT_TRUE(run.wait_ends(parts));
    message.parts = {2};
    run.link.send({message});
    ASSERT_TRUE(run.wait_ends(parts + 1));
    const auto submitted = smsc.submitted();
    ASSERT_EQ(submitted.size(), parts + 1);
    EXPECT_EQ(submitted.back().header, submitted[1].header);
    EXPECT_EQ(submitted.back().tlvs, submitted[1].tlvs);
    EXPECT_EQ(submitted.back().text, submitted[1].text);
    const std::size_t header = narrow ? 6 : settings.long_messages == "udh16" ? 7 : 0;
    EXPECT_EQ(submitted[0].header.size(), header);
    if (header == 0) {
      const std::string sar("\x02\x0C\x00\x02\xAB\xCD\x02\x0E\x00\x01\x04\x02\x0F\x00\x01\x02", 16);
      EXPECT_EQ(submitted[1].tlvs, sar);
      EXPECT_EQ(submitted[1].esm_class, 0);
    }
  }
}

TEST(SmppLinkTest, APayloadIsOneMessageWithOneEnd) {
  testing::Smsc smsc;
  auto settings = settings_for(smsc);
  settings.long_messages = "payload";
  RunningLink run(settings);
  ASSERT_TRUE(run.wait_up());
  run.link.send({a_message(1, long_text()), a_message(2, "fire")});
  ASSERT_TRUE(run.wait_ends(2));
  const auto submitted = smsc.submitted();
  ASSERT_EQ(submitted.size(), 2U);
  EXPECT_EQ(submitted[0].text, long_text());
  EXPECT_TRUE(submitted[0].payload);
  EXPECT_FALSE(submitted[1].payload);  // what fits short_message stays there
  EXPECT_EQ(run.events.seen().ends[0].parts, 1);
}

TEST(SmppLinkTest, WhatTheLinkDoesNotCarryEndsRefusedInWordsForTheDesk) {
  testing::Smsc smsc;
  auto settings = settings_for(smsc);
  settings.alphabets = "gsm7, latin1";
  RunningLink run(settings);
  ASSERT_TRUE(run.wait_up());
  run.link.send({a_message(1, "水库危险"), a_message(2, "leçon"), a_message(3, "fire")});
  ASSERT_TRUE(run.wait_ends(3));
  const Seen seen = run.events.seen();
  for (const auto& end : seen.ends) {
    EXPECT_EQ(end.outcome, end.delivery.value == 1 ? SendOutcome::kRefused : SendOutcome::kAccepted);
    if (end.delivery.value == 1) {
      EXPECT_EQ(end.error, "the link cannot carry all characters of this text, and takes no UCS-2");
    }
  }
  const auto submitted = smsc.submitted();
  ASSERT_EQ(submitted.size(), 2U);
  EXPECT_EQ(submitted[0].text, "leçon");
  EXPECT_EQ(submitted[0].data_coding, 3);
  EXPECT_EQ(submitted[1].data_coding, 0);
}

TEST(SmppLinkTest, TheMoreUrgentGoWithPriorityAndMayExpireSooner) {
  struct Row {
    model::Urgency urgency;
    int highest, priority;
    const char* validity;
  };
  // Of four levels the upper two are urgent.
  const Row rows[] = {{model::kDrillUrgency, 3, 0, "000001000000000R"},
                      {model::kServiceUrgency, 3, 0, "000001000000000R"},
                      {model::kLowestLevelUrgency, 3, 1, "000001000000000R"},
                      {model::kLowestLevelUrgency + 1, 3, 1, "000001000000000R"},
                      {model::kLowestLevelUrgency + 2, 3, 2, "000001000000000R"},
                      {model::kLowestLevelUrgency + 3, 3, 3, "000000003000000R"},
                      {model::kMostUrgent, 3, 3, "000000003000000R"},
                      {model::kMostUrgent, 1, 1, "000000003000000R"}};
  for (const Row& row : rows) {
    testing::Smsc smsc;
    auto settings = settings_for(smsc);
    settings.validity = 24h;
    settings.urgent_validity = 30min;
    settings.highest_priority = row.highest;
    RunningLink run(settings);
    ASSERT_TRUE(run.wait_up());
    auto message = a_message(1);
    message.urgency = row.urgency;
    run.link.send({message});
    ASSERT_TRUE(run.wait_ends(1));
    EXPECT_EQ(smsc.submitted().at(0).priority, row.priority) << row.urgency;
    EXPECT_EQ(smsc.submitted().at(0).validity, row.validity) << row.urgency;
  }
}

TEST(SmppLinkTest, AReceiptNotStoredIsSentAgainByTheCentre) {
  testing::Smsc smsc;
  RunningLink run(settings_for(smsc));
  ASSERT_TRUE(run.wait_up());
  run.events.answer_with(RecordedEvents::Answer::kNotStored);
  run.link.send({a_message(1)});
  ASSERT_TRUE(smsc.wait_until([](const auto& counts) { return counts.pushed_back >= 1; }));
  EXPECT_EQ(smsc.counts().acknowledged, 0);
  run.events.answer_with(RecordedEvents::Answer::kStored);
  ASSERT_TRUE(smsc.wait_until([](const auto& counts) { return counts.acknowledged == 1; }));
  EXPECT_GE(run.events.seen().receipts.size(), 2U);
}

TEST(SmppLinkTest, NothingIsAcknowledgedBeforeItIsStored) {
  testing::Smsc smsc;
  RunningLink run(settings_for(smsc));
  ASSERT_TRUE(run.wait_up());
  run.events.answer_with(RecordedEvents::Answer::kLater);
  smsc.phone_texts(kPhone, "10690000", long_text());
  ASSERT_TRUE(run.events.wait_until([](const Seen& seen) { return seen.inbound.size() == 1; }));
  EXPECT_EQ(run.events.seen().inbound[0].text, long_text());
  // A message that goes both ways meanwhile proves that the connection is alive and answers nothing else.
  run.link.send({a_message(1)});
  ASSERT_TRUE(run.wait_ends(1));
  EXPECT_EQ(smsc.counts().acknowledged, 0);
  run.events.answer_waiting(true);
  EXPECT_TRUE(smsc.wait_until([](const auto& counts) { return counts.acknowledged >= 3; }));
}

TEST(SmppLinkTest, AnAnswerThatCameBeforeTheConnectionWasLostIsSentAgain) {
  testing::Smsc smsc;
  RunningLink run(settings_for(smsc));
  ASSERT_TRUE(run.wait_up());
  run.events.answer_with(RecordedEvents::Answer::kLater);
  smsc.phone_texts(kPhone, "10690000", "1");
  ASSERT_TRUE(run.events.wait_until([](const Seen& seen) { return seen.inbound.size() == 1; }));
  smsc.drop();
  ASSERT_TRUE(run.events.wait_until([](const Seen& seen) { return seen.inbound.size() == 2; }));
  run.events.answer_waiting(true);  // the first one's connection is gone: answered without harm
  EXPECT_TRUE(smsc.wait_until([](const auto& counts) { return counts.acknowledged == 1; }));
}

TEST(SmppLinkTest, PartsThatNeverComeAreWaitedForOnlySoLong) {
  testing::Smsc smsc;
  auto settings = settings_for(smsc);
  settings.segment_patience = 30ms;
  settings.response_timeout = 100ms;
  RunningLink run(settings);
  ASSERT_TRUE(run.wait_up());
  smsc.deliver(kPhone, "10690000", sms::concatenation_header(9, 1, 2, sms::ReferenceWidth::k8Bit), 0, "fire at the");
  ASSERT_TRUE(run.events.wait_until([](const Seen& seen) { return seen.inbound.size() == 1; }));
  EXPECT_EQ(run.events.seen().inbound[0].text, "fire at the[…]");
}

TEST(SmppLinkTest, GarbageFromTheCentreEndsTheConnectionAndNotTheLink) {
  const std::string garbage[] = {std::string("\x00\x00\x00\x01\x00\x00\x00\x05\x00\x00\x00\x00\x00\x00\x00\x01", 16),
                                 std::string("\x7F\xFF\xFF\xFF\x00\x00\x00\x05\x00\x00\x00\x00\x00\x00\x00\x01", 16),
                                 "HTTP/1.1 400 Bad Request\r\n\r\n"};
  for (const std::string& bytes : garbage) {
    testing::Smsc smsc;
    RunningLink run(settings_for(smsc));
    ASSERT_TRUE(run.wait_up());
    smsc.send_raw(bytes);
    ASSERT_TRUE(run.events.wait_until([](const Seen& seen) { return seen.changes.size() >= 3; }));
    EXPECT_TRUE(run.events.seen().up());  // up, down, up
  }
}

TEST(SmppLinkTest, WhatCannotBeReadIsNackedAndTheRestGoesOn) {
  testing::Smsc smsc;
  RunningLink run(settings_for(smsc));
  ASSERT_TRUE(run.wait_up());
  const std::string cut_short("\x00\x00\x00\x12\x00\x00\x00\x05\x00\x00\x00\x00\x00\x00\x00\x01\x00\x00", 18);
  const std::string unknown_request("\x00\x00\x00\x10\x00\x00\x00\x77\x00\x00\x00\x00\x00\x00\x00\x02", 16);
  const std::string unknown_response("\x00\x00\x00\x10\x80\x00\x00\x77\x00\x00\x00\x00\x00\x00\x00\x03", 16);
  const std::string alert("\x00\x00\x00\x10\x00\x00\x01\x02\x00\x00\x00\x00\x00\x00\x00\x04", 16);
  smsc.send_raw(cut_short + unknown_request + unknown_response + alert);
  ASSERT_TRUE(smsc.wait_until([](const auto& counts) { return counts.nacks == 2; }));
  run.link.send({a_message(1)});
  ASSERT_TRUE(run.wait_ends(1));
  EXPECT_EQ(run.events.seen().count(SendOutcome::kAccepted), 1);
  EXPECT_EQ(run.events.seen().changes.size(), 1U);
}

TEST(SmppLinkTest, AWrongPasswordIsSaidAndTriedAgain) {
  testing::Smsc smsc;
  auto settings = settings_for(smsc);
  settings.password = "wrong";
  RunningLink run(settings);
  ASSERT_TRUE(run.events.wait_until([](const Seen& seen) { return !seen.changes.empty(); }));
  EXPECT_FALSE(run.events.seen().up());
  EXPECT_EQ(run.events.seen().changes[0].reason, "bind refused: ESME_RINVPASWD");
  EXPECT_TRUE(smsc.wait_until([](const auto& counts) { return counts.refused_binds >= 3; }));
  EXPECT_EQ(run.events.seen().changes.size(), 1U);
}

TEST(SmppLinkTest, ACentreMayBeNamedRatherThanNumbered) {
  testing::Smsc smsc;
  auto settings = settings_for(smsc);
  settings.host = "localhost";
  RunningLink run(settings);
  EXPECT_TRUE(run.wait_up());
}

TEST(SmppLinkTest, ACentreThatIsNotThereIsSaidOnceAndTriedForEver) {
  sms::SmppSettings settings;
  {
    testing::Smsc gone;
    settings = settings_for(gone);
  }
  RunningLink run(settings);
  ASSERT_TRUE(run.events.wait_until([](const Seen& seen) { return !seen.changes.empty(); }));
  EXPECT_EQ(run.events.seen().changes[0].reason, "connect: Connection refused");
  run.link.send({a_message(1)});
  ASSERT_TRUE(run.wait_ends(1));
  EXPECT_EQ(run.events.seen().ends[0].outcome, SendOutcome::kRetry);

  testing::SmscSettings here;
  here.port = static_cast<std::uint16_t>(settings.port);
  testing::Smsc smsc(here);
  EXPECT_TRUE(run.wait_up());
  run.link.stop(1s);
}

TEST(SmppLinkTest, WithoutReceiptsNoneAreAskedFor) {
  testing::Smsc smsc;
  auto settings = settings_for(smsc);
  settings.receipts = false;
  RunningLink run(settings);
  EXPECT_FALSE(run.link.can().receipts);
  ASSERT_TRUE(run.wait_up());
  run.link.send({a_message(1)});
  ASSERT_TRUE(run.wait_ends(1));
  EXPECT_EQ(smsc.submitted()[0].registered_delivery, 0);
}

TEST(SmppLinkTest, TheSignatureIsPutInFrontOnce) {
  testing::Smsc smsc;
  auto settings = settings_for(smsc);
  settings.signature = "【青石应急】";
  settings.validity = 2h;
  settings.source_addr = "tocsin";
  RunningLink run(settings);
  ASSERT_TRUE(run.wait_up());
  run.link.send({a_message(1, "火情"), a_message(2, "【青石应急】火情")});
  ASSERT_TRUE(run.wait_ends(2));
  for (const auto& one : smsc.submitted()) {
    EXPECT_EQ(one.text, "【青石应急】火情");
    EXPECT_EQ(one.validity, "000000020000000R");
    EXPECT_EQ(one.from, "tocsin");
    EXPECT_EQ(one.to, kPhone);
    EXPECT_EQ(one.registered_delivery, 1);
  }
}

TEST(SmppLinkTest, MessagesLeaveInTheOrderTheyWereGiven) {
  testing::Smsc smsc;
  auto settings = settings_for(smsc);
  settings.window = 100;
  RunningLink run(settings);
  ASSERT_TRUE(run.wait_up());
  for (int batch = 0; batch < 20; ++batch) {
    std::vector<ports::OutMessage> messages;
    for (int i = 0; i < 50; ++i) messages.push_back(a_message(batch * 50 + i + 1, std::to_string(batch * 50 + i)));
    run.link.send(std::move(messages));
  }
  ASSERT_TRUE(run.wait_ends(1000));
  const auto submitted = smsc.submitted();
  ASSERT_EQ(submitted.size(), 1000U);
  for (std::size_t i = 0; i < submitted.size(); ++i) ASSERT_EQ(submitted[i].text, std::to_string(i));
  EXPECT_LT(run.events.seen().ended_calls, 1000);  // many responses of one read are one call
}

TEST(SmppLinkTest, ARateLimitHoldsMessagesBack) {
  testing::Smsc smsc;
  auto settings = settings_for(smsc);
  settings.rate = 20;
  RunningLink run(settings);
  ASSERT_TRUE(run.wait_up());
  EXPECT_EQ(run.link.free_window(), 20);
  const auto begin = std::chrono::steady_clock::now();
  std::vector<ports::OutMessage> messages;
  for (std::int64_t id = 1; id <= 6; ++id) messages.push_back(a_message(id));
  run.link.send(std::move(messages));
  ASSERT_TRUE(run.wait_ends(6));
  // Two leave at once, four more at 50 ms each.
  EXPECT_GE(std::chrono::steady_clock::now() - begin, 190ms);
}

// ---- what comes in, whichever way the link itself marks parts ----

std::string a_deliver(const std::string& text, std::uint8_t coding, const std::string& tlvs,
                      std::uint8_t esm_class = 0) {
  sms::smpp::ShortMessage message;
  message.source = {1, 1, std::string_view(kPhone).substr(1)};
  message.destination.digits = "10690000";
  message.data_coding = coding;
  message.esm_class = esm_class;
  message.text = text;
  message.tlvs = sms::smpp::Tlvs::read(tlvs).value_or(sms::smpp::Tlvs());
  std::string pdu;
  sms::smpp::append_short_message(pdu, sms::smpp::CommandId::kDeliverSm, message, {}, 77);
  return pdu;
}

std::string sar_part(char part, char parts) {
  std::string tlvs;
  sms::smpp::append_tlv(tlvs, sms::smpp::Tag::kSarMsgRefNum, std::string("\x12\x34"));
  sms::smpp::append_tlv(tlvs, sms::smpp::Tag::kSarTotalSegments, std::string(1, parts));
  sms::smpp::append_tlv(tlvs, sms::smpp::Tag::kSarSegmentSeqnum, std::string(1, part));
  return tlvs;
}

TEST(SmppLinkTest, LongTextsComeInByEveryWayOfMarkingParts) {
  std::string payload;
  sms::smpp::append_tlv(payload, sms::smpp::Tag::kMessagePayload, std::string(900, 'x'));
  // A header that says nothing of parts (here: ports) beside sar_* parameters.
  const std::string ports("\x06\x05\x04\x01\x02\x03\x04", 7);
  struct Row {
    std::string bytes, text;
  };
  const Row rows[] = {
      {a_deliver("\x6C\x34", 8, sar_part(2, 2)) + a_deliver("\x70\x6B", 8, sar_part(1, 2)), "火水"},
      {a_deliver("", 0, payload), std::string(900, 'x')},
      {a_deliver(ports + "B", 0, sar_part(2, 2), sms::smpp::kUdhi) +
           a_deliver(ports + "A", 0, sar_part(1, 2), sms::smpp::kUdhi),
       "AB"},
  };
  for (const char* way : {"udh8", "udh16", "sar", "payload"}) {
    for (const Row& row : rows) {
      testing::Smsc smsc;
      auto settings = settings_for(smsc);
      settings.long_messages = way;
      RunningLink run(settings);
      ASSERT_TRUE(run.wait_up());
      smsc.send_raw(row.bytes);
      ASSERT_TRUE(run.events.wait_until([](const Seen& seen) { return seen.inbound.size() == 1; }));
      EXPECT_EQ(run.events.seen().inbound[0].text, row.text);
    }
  }
}

// ---- a peer that means harm, or has lost its mind ----

TEST(SmppLinkTest, TextsThatNobodyStoresArePushedBackBeforeTheyFillTheMemory) {
  testing::SmscSettings centre;
  centre.resend_after = 1h;
  testing::Smsc smsc(centre);
  auto settings = settings_for(smsc);
  settings.most_unacknowledged_bytes = 100'000;
  RunningLink run(settings);
  ASSERT_TRUE(run.wait_up());
  run.events.answer_with(RecordedEvents::Answer::kLater);
  std::string payload;
  sms::smpp::append_tlv(payload, sms::smpp::Tag::kMessagePayload, std::string(30'000, 'x'));
  for (int i = 0; i < 50; ++i) smsc.send_raw(a_deliver("", 0, payload));
  // What comes after them is short enough: once it is here, all before it has been read.
  smsc.phone_texts(kPhone, "10690000", "1");
  ASSERT_TRUE(run.events.wait_until([](const Seen& seen) {
    return std::any_of(seen.inbound.begin(), seen.inbound.end(), [](const auto& one) { return one.text == "1"; });
  }));
  EXPECT_EQ(run.events.seen().inbound.size(), 4U);  // three of the long ones, and the short one
  run.events.answer_waiting(true);
  ASSERT_TRUE(smsc.wait_until([](const auto& counts) { return counts.acknowledged == 1; }));
  smsc.send_raw(a_deliver("", 0, payload));  // and there is room again
  EXPECT_TRUE(run.events.wait_until([](const Seen& seen) { return seen.inbound.size() == 5; }));
}

// A centre on a bare socket, which binds the first that comes.
class BareCentre {
 public:
  BareCentre() : listener_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* const any = reinterpret_cast<sockaddr*>(&address);
    EXPECT_EQ(::bind(listener_, any, size), 0);
    EXPECT_EQ(::listen(listener_, 1), 0);
    EXPECT_EQ(::getsockname(listener_, any, &size), 0);
    port = ntohs(address.sin_port);
  }
  ~BareCentre() {
    ::close(peer_);
    ::close(listener_);
  }
  BareCentre(const BareCentre&) = delete;
  BareCentre& operator=(const BareCentre&) = delete;

  void bind_one() {
    peer_ = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    char request[256];
    ASSERT_GT(::read(peer_, request, sizeof request), 16);
    std::string answer;
    sms::smpp::append_bind_resp(answer, sms::smpp::CommandId::kBindTransceiver, 0, 1, "bare");
    ASSERT_EQ(::write(peer_, answer.data(), answer.size()), static_cast<ssize_t>(answer.size()));
  }
  // Writes until the other side takes nothing for `patience`, or `most` octets are gone; how many were.
  std::size_t write_until_blocked(const std::string& bytes, std::size_t most, int patience_ms) {
    std::size_t written = 0;
    while (written < most) {
      pollfd ready{peer_, POLLOUT, 0};
      if (::poll(&ready, 1, patience_ms) <= 0) break;
      const std::size_t at = written % bytes.size();
      const ssize_t count = ::send(peer_, bytes.data() + at, bytes.size() - at, MSG_DONTWAIT | MSG_NOSIGNAL);
      if (count < 0 && errno != EAGAIN) break;
      written += static_cast<std::size_t>(std::max<ssize_t>(count, 0));
    }
    return written;
  }
  int port = 0;

 private:
  int listener_, peer_ = -1;
};

TEST(SmppLinkTest, APeerThatAsksForEverAndNeverReadsIsNotReadForEver) {
  BareCentre centre;
  sms::SmppSettings settings;
  settings.host = "127.0.0.1";
  settings.port = centre.port;
  settings.response_timeout = 60s;
  RunningLink run(settings);
  centre.bind_one();
  ASSERT_TRUE(run.wait_up());
  std::string questions;
  for (int i = 0; i < 4000; ++i) {
    sms::smpp::append_header_only(questions, sms::smpp::CommandId::kEnquireLink, 0, 7);
  }
  // What the two kernels hold for a socket pair is some megabytes; what the link holds is a quarter of one.
  constexpr std::size_t kMost = std::size_t{128} << 20U;
  EXPECT_LT(centre.write_until_blocked(questions, kMost, 500), kMost);
  EXPECT_TRUE(run.events.seen().up());
}

// ---- several binds ----

// Sends until each bind has carried something: a link is up by its first, the others follow.
// How many messages that took; their ends have come.
int use_all_binds(testing::Smsc& smsc, RunningLink& run, std::size_t binds) {
  std::set<int> used;
  int sent = 0;
  while (used.size() < binds && sent < 3000) {
    std::vector<ports::OutMessage> messages;
    for (int i = 0; i < 3; ++i) messages.push_back(a_message(1000 + ++sent));
    run.link.send(std::move(messages));
    if (!run.wait_ends(static_cast<std::size_t>(sent))) break;
    for (const auto& one : smsc.submitted()) used.insert(one.bind);
  }
  EXPECT_EQ(used.size(), binds);
  return sent;
}

TEST(SmppBindsTest, TheBindsOfALinkShareOneWindow) {
  testing::Smsc smsc;
  auto settings = settings_for(smsc);
  settings.window = 4;
  settings.binds = 3;
  settings.receipts = false;
  RunningLink run(settings);
  ASSERT_TRUE(run.wait_up());
  const int before = use_all_binds(smsc, run, 3);
  smsc.be_silent(true);
  std::vector<ports::OutMessage> messages;
  for (std::int64_t id = 1; id <= 10; ++id) messages.push_back(a_message(id));
  run.link.send(std::move(messages));
  ASSERT_TRUE(smsc.wait_until([before](const auto& counts) { return counts.submitted >= before + 4; }));
  smsc.phone_texts(kPhone, "10690000", "1");
  ASSERT_TRUE(smsc.wait_until([](const auto& counts) { return counts.acknowledged == 1; }));
  EXPECT_EQ(smsc.counts().submitted, before + 4);
}

TEST(SmppBindsTest, ALostBindTakesOnlyItsOwnAndTheLinkStaysUp) {
  testing::Smsc smsc;
  auto settings = settings_for(smsc);
  settings.window = 4;
  settings.binds = 2;
  settings.receipts = false;
  RunningLink run(settings);
  ASSERT_TRUE(run.wait_up());
  const int before = use_all_binds(smsc, run, 2);
  smsc.be_silent(true);
  run.link.send({a_message(1), a_message(2), a_message(3), a_message(4)});
  ASSERT_TRUE(smsc.wait_until([before](const auto& counts) { return counts.submitted == before + 4; }));
  smsc.be_silent(false);
  smsc.drop_latest();
  ASSERT_TRUE(smsc.wait_until([](const auto& counts) { return counts.binds == 3; }));
  EXPECT_EQ(run.events.seen().count(SendOutcome::kUnknown), 2);  // each bind had two
  EXPECT_EQ(run.events.seen().changes.size(), 1U);
}

TEST(SmppBindsTest, TransmittersSendAndReceiversReceive) {
  testing::Smsc smsc;
  auto settings = settings_for(smsc);
  settings.bind = "transmitter+receiver";
  settings.binds = 2;
  RunningLink run(settings);
  ASSERT_TRUE(smsc.wait_until([](const auto& counts) { return counts.sessions == 4; }));
  ASSERT_TRUE(run.wait_up());
  run.link.send({a_message(1), a_message(2, long_text())});
  ASSERT_TRUE(run.wait_ends(4));
  EXPECT_EQ(run.events.seen().count(SendOutcome::kAccepted), 4);
  smsc.phone_texts(kPhone, "10690000", long_text());
  ASSERT_TRUE(
      run.events.wait_until([](const Seen& seen) { return seen.inbound.size() == 1 && seen.receipts.size() == 4; }));
  EXPECT_EQ(run.events.seen().inbound[0].text, long_text());
  EXPECT_TRUE(smsc.wait_until([](const auto& counts) { return counts.acknowledged == 7; }));
}

TEST(SmppBindsTest, AReceiptThatOvertakesItsResponseIsToldAfterIt) {
  for (const int binds : {1, 2}) {
    testing::SmscSettings centre;
    centre.receipts_first = centre.receipts_elsewhere = true;
    centre.answer_after = 20ms;
    testing::Smsc smsc(centre);
    auto settings = settings_for(smsc);
    settings.binds = binds;
    RunningLink run(settings);
    ASSERT_TRUE(smsc.wait_until([binds](const auto& counts) { return counts.sessions == binds; }));
    ASSERT_TRUE(run.wait_up());
    run.link.send({a_message(1)});
    ASSERT_TRUE(smsc.wait_until([](const auto& counts) { return counts.delivers == 1; }));
    ASSERT_TRUE(run.events.wait_until([](const Seen& seen) { return !seen.receipts.empty(); }));
    EXPECT_EQ(run.events.seen().ends.size(), 1U);
    EXPECT_EQ(run.events.seen().receipts[0].carrier_id, run.events.seen().ends.at(0).carrier_id);
    EXPECT_TRUE(smsc.wait_until([](const auto& counts) { return counts.acknowledged == 1; }));
  }
}

TEST(SmppBindsTest, AReceiptIsNotKeptForAResponseThatNeverComes) {
  testing::SmscSettings centre;
  centre.receipt_after = 30ms;
  testing::Smsc smsc(centre);
  auto settings = settings_for(smsc);
  settings.response_timeout = 80ms;
  RunningLink run(settings);
  ASSERT_TRUE(run.wait_up());
  run.link.send({a_message(1)});
  ASSERT_TRUE(run.wait_ends(1));
  smsc.be_silent(true);
  run.link.send({a_message(2)});
  ASSERT_TRUE(run.events.wait_until([](const Seen& seen) { return seen.receipts.size() == 1; }));
  EXPECT_EQ(run.events.seen().receipts[0].carrier_id, run.events.seen().ends.at(0).carrier_id);
}

}  // namespace
}  // namespace tocsin
