// What only an SMPP link has, beside the contract of every sender (sender_contract_test.cc).
#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <gmock/gmock.h>

#include "adapters/sms/segments.h"
#include "tests/support/running_link.h"

namespace tocsin {
namespace {

using namespace std::chrono_literals;
using model::SendOutcome;
using namespace testing;  // NOLINT(google-build-using-namespace): the running link and its words
using Seen = RecordedEvents::Seen;

TEST(SmppLinkTest, NoMoreAreUnansweredThanTheWindowAllows) {
  Smsc smsc;
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
  Smsc smsc;
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
  Smsc smsc;
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
    Smsc smsc;
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

TEST(SmppLinkTest, APauseThatDidNotHelpIsDoubledUntilSomethingIsAccepted) {
  Smsc smsc;
  auto settings = settings_for(smsc);
  settings.throttle_pause = 2ms;
  settings.window = 1;
  RunningLink run(settings);
  ASSERT_TRUE(run.wait_up());
  std::int64_t id = 0;
  const auto pause_of_next = [&](std::uint32_t status) {
    smsc.answer_next(1, status);
    run.link.send({a_message(++id)});
    EXPECT_TRUE(run.wait_ends(static_cast<std::size_t>(id)));
    return run.events.seen().ends.back().retry_after;
  };
  EXPECT_EQ(pause_of_next(0x58), 2ms);
  EXPECT_EQ(pause_of_next(0x14), 4ms);
  EXPECT_EQ(pause_of_next(0x58), 8ms);
  EXPECT_EQ(pause_of_next(0x58), 16ms);
  EXPECT_EQ(pause_of_next(0x58), 16ms);
  EXPECT_EQ(pause_of_next(0x00), 0ms);
  EXPECT_EQ(pause_of_next(0x58), 2ms);
}

TEST(SmppLinkTest, ARepeatOfOnePartCarriesTheSameReferenceAndTheSameCut) {
  for (const char* way : {"udh8", "udh16", "sar"}) {
    Smsc smsc;
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
  Smsc smsc;
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
  Smsc smsc;
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
    Smsc smsc;
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
  Smsc smsc;
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
  Smsc smsc;
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

TEST(SmppLinkTest, GarbageFromTheCentreEndsTheConnectionAndNotTheLink) {
  const std::string garbage[] = {std::string("\x00\x00\x00\x01\x00\x00\x00\x05\x00\x00\x00\x00\x00\x00\x00\x01", 16),
                                 std::string("\x7F\xFF\xFF\xFF\x00\x00\x00\x05\x00\x00\x00\x00\x00\x00\x00\x01", 16),
                                 "HTTP/1.1 400 Bad Request\r\n\r\n"};
  for (const std::string& bytes : garbage) {
    Smsc smsc;
    RunningLink run(settings_for(smsc));
    ASSERT_TRUE(run.wait_up());
    smsc.send_raw(bytes);
    ASSERT_TRUE(run.events.wait_until([](const Seen& seen) { return seen.changes.size() >= 3; }));
    EXPECT_TRUE(run.events.seen().up());  // up, down, up
  }
}

TEST(SmppLinkTest, WhatCannotBeReadIsNackedAndTheRestGoesOn) {
  Smsc smsc;
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
  Smsc smsc;
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
  Smsc smsc;
  auto settings = settings_for(smsc);
  settings.host = "localhost";
  RunningLink run(settings);
  EXPECT_TRUE(run.wait_up());
}

TEST(SmppLinkTest, ACentreThatIsNotThereIsSaidOnceAndTriedForEver) {
  sms::SmppSettings settings;
  {
    Smsc gone;
    settings = settings_for(gone);
  }
  RunningLink run(settings);
  ASSERT_TRUE(run.events.wait_until([](const Seen& seen) { return !seen.changes.empty(); }));
  EXPECT_EQ(run.events.seen().changes[0].reason, "connect: Connection refused");
  run.link.send({a_message(1)});
  ASSERT_TRUE(run.wait_ends(1));
  EXPECT_EQ(run.events.seen().ends[0].outcome, SendOutcome::kRetry);

  SmscSettings here;
  here.port = static_cast<std::uint16_t>(settings.port);
  Smsc smsc(here);
  EXPECT_TRUE(run.wait_up());
  run.link.stop(1s);
}

TEST(SmppLinkTest, ATlsHandshakeThatHangsIsSaidInItsOwnWords) {
  sms::SmppSettings settings;
  {
    Smsc some;
    settings = settings_for(some);
  }
  // The kernel takes the connection, and nobody ever reads from it.
  const int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  ASSERT_EQ(::bind(listener, reinterpret_cast<sockaddr*>(&address), size), 0);
  ASSERT_EQ(::listen(listener, 8), 0);
  ASSERT_EQ(::getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size), 0);
  settings.port = ntohs(address.sin_port);
  settings.tls = true;
  settings.connect_timeout = 100ms;
  RunningLink run(settings);
  ASSERT_TRUE(run.events.wait_until([](const Seen& seen) { return !seen.changes.empty(); }));
  EXPECT_EQ(run.events.seen().changes[0].reason, "tls: handshake not finished");
  run.link.stop(1s);
  ::close(listener);
}

TEST(SmppLinkTest, WithoutReceiptsNoneAreAskedFor) {
  Smsc smsc;
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
  Smsc smsc;
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
  Smsc smsc;
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
  Smsc smsc;
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

}  // namespace
}  // namespace tocsin
