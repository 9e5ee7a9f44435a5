// The contract of gateway/ports/sender.h, run against every sender.
#include <gmock/gmock.h>

#include <algorithm>
#include <map>
#include <memory>

#include "adapters/console/console.h"
#include "adapters/sms/segments.h"
#include "adapters/sms/smpp/link.h"
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
constexpr const char* kDigits = "14400000017";
constexpr const char* kSecret = "pa55word";

ports::OutMessage a_message(std::int64_t id, std::string text = "fire, 2 injured") {
  return {{id}, kPhone, std::move(text), {}, static_cast<int>(id & 0xFF), model::kMostUrgent};
}

std::string long_text() {
  std::string text;
  for (int i = 0; i < 100; ++i) text += "水库";
  return text;
}

// One kind of sender with what stands behind it; the suite below knows nothing more of either.
class Rig {
 public:
  virtual ~Rig() = default;
  virtual ports::Sender& sender() = 0;
  virtual void go_down() = 0;
  virtual void come_back() = 0;
  virtual void phone_texts(const std::string& text) = 0;
  // From here on what is sent stays unsent, while the link is up.
  virtual void hold_back() = 0;
};

class ConsoleRig final : public Rig {
 public:
  ports::Sender& sender() override { return *console_; }
  void go_down() override { console_->set_up(false, "unplugged"); }
  void come_back() override { console_->set_up(true, "plugged in"); }
  void phone_texts(const std::string& text) override { (void)console_->phone_texts(kPhone, text); }
  void hold_back() override { console_->set_held(true); }

 private:
  std::unique_ptr<console::Console> console_ =
      std::make_unique<console::Console>(console::ConsoleSettings{}, [](std::string_view) {});
};

class SmppRig final : public Rig {
 public:
  SmppRig() : smsc_(with_secret()) {
    sms::SmppSettings settings;
    settings.name = "main";
    settings.host = "127.0.0.1";
    settings.port = smsc_.port();
    settings.system_id = "tocsin";
    settings.password = kSecret;
    settings.source_addr = "10690000";
    settings.window = 4;
    settings.reconnect_min = settings.reconnect_max = 5ms;
    EXPECT_TRUE(sms::check(settings).ok());
    link_ = std::make_unique<sms::SmppLink>(settings);
  }
  ports::Sender& sender() override { return *link_; }
  void go_down() override {
    smsc_.refuse_binds(true);
    smsc_.drop();
  }
  void come_back() override { smsc_.refuse_binds(false); }
  void phone_texts(const std::string& text) override { smsc_.phone_texts(kPhone, "10690000", text); }
  void hold_back() override { smsc_.be_silent(true); }

 private:
  static testing::SmscSettings with_secret() {
    testing::SmscSettings settings;
    settings.password = kSecret;
    return settings;
  }
  testing::Smsc smsc_;
  std::unique_ptr<sms::SmppLink> link_;
};

struct Kind {
  const char* name;
  std::unique_ptr<Rig> (*make)();
};

class SenderContractTest : public ::testing::TestWithParam<Kind> {
 protected:
  SenderContractTest() : rig_(GetParam().make()) {}
  ~SenderContractTest() override { sender().stop(0ms); }

  ports::Sender& sender() { return rig_->sender(); }
  void start() {
    sender().start(kLink, events_);
    ASSERT_TRUE(events_.wait_until([](const Seen& seen) { return seen.up(); }));
  }
  void wait_for_ends(std::size_t count) {
    ASSERT_TRUE(events_.wait_until([count](const Seen& seen) { return seen.ends.size() >= count; }));
  }

  RecordedEvents events_;
  std::unique_ptr<Rig> rig_;
};

TEST_P(SenderContractTest, EachPartOfEachMessageIsReportedExactlyOnce) {
  start();
  std::vector<ports::OutMessage> messages;
  for (std::int64_t id = 1; id <= 200; ++id) messages.push_back(a_message(id, id % 10 == 0 ? long_text() : "fire"));
  sender().send(std::move(messages));
  ASSERT_TRUE(events_.wait_until([](const Seen& seen) {
    std::map<std::int64_t, int> missing;
    for (const auto& end : seen.ends) {
      if (missing.emplace(end.delivery.value, end.parts).second) missing[end.delivery.value] = end.parts;
      --missing[end.delivery.value];
    }
    return missing.size() == 200 &&
           std::all_of(missing.begin(), missing.end(), [](const auto& m) { return m.second == 0; });
  }));
  sender().stop(1s);

  for (const auto& [part, times] : events_.seen().by_part()) EXPECT_EQ(times, 1) << part.first << "/" << part.second;
  EXPECT_EQ(events_.seen().count(SendOutcome::kAccepted), static_cast<int>(events_.seen().ends.size()));
  for (const auto& end : events_.seen().ends) EXPECT_NE(end.carrier_id, "");
}

TEST_P(SenderContractTest, ReceiptsNameWhatWasAccepted) {
  start();
  sender().send({a_message(1), a_message(2)});
  ASSERT_TRUE(events_.wait_until([](const Seen& seen) { return seen.receipts.size() == 2; }));
  const Seen seen = events_.seen();
  std::vector<std::string> accepted, received;
  for (const auto& end : seen.ends) accepted.push_back(end.carrier_id);
  for (const auto& receipt : seen.receipts) {
    received.push_back(receipt.carrier_id);
    EXPECT_EQ(receipt.state, model::ReceiptState::kDelivered);
  }
  EXPECT_THAT(received, ::testing::UnorderedElementsAreArray(accepted));
}

TEST_P(SenderContractTest, OnlyThePartsAskedForEnd) {
  start();
  ports::OutMessage message = a_message(1, long_text());
  message.parts = {2, 3};
  sender().send({message});
  wait_for_ends(2);
  sender().stop(1s);
  const auto by_part = events_.seen().by_part();
  EXPECT_EQ(by_part.size(), 2U);
  EXPECT_TRUE(by_part.contains({1, 2}));
  EXPECT_TRUE(by_part.contains({1, 3}));
}

TEST_P(SenderContractTest, WhatIsSentWhileDownEndsAsRetry) {
  start();
  rig_->go_down();
  ASSERT_TRUE(events_.wait_until([](const Seen& seen) { return !seen.up(); }));
  EXPECT_EQ(sender().free_window(), 0);
  sender().send({a_message(1), a_message(2)});
  wait_for_ends(2);
  EXPECT_EQ(events_.seen().count(SendOutcome::kRetry), 2);
}

TEST_P(SenderContractTest, EachChangeOfTheLinkIsSaidOnce) {
  start();
  for (std::size_t round = 0; round < 2; ++round) {
    rig_->go_down();
    ASSERT_TRUE(events_.wait_until([&](const Seen& seen) { return seen.changes.size() == 2 * round + 2; }));
    rig_->come_back();
    ASSERT_TRUE(events_.wait_until([&](const Seen& seen) { return seen.changes.size() == 2 * round + 3; }));
  }
  sender().stop(1s);
  std::vector<bool> ups;
  for (const auto& change : events_.seen().changes) {
    ups.push_back(change.up);
    EXPECT_EQ(change.link, kLink);
    EXPECT_NE(change.reason, "");
  }
  EXPECT_THAT(ups, ::testing::ElementsAre(true, false, true, false, true, false));
}

TEST_P(SenderContractTest, StopEndsEverythingAndNothingIsSaidAfterIt) {
  start();
  rig_->hold_back();
  sender().send({a_message(1), a_message(2), a_message(3), a_message(4), a_message(5), a_message(6)});
  sender().stop(40ms);

  const Seen at_stop = events_.seen();
  EXPECT_EQ(at_stop.by_part().size(), 6U);
  // What never left is a retry; what may have left is not.
  EXPECT_GE(at_stop.count(SendOutcome::kRetry), 2);
  EXPECT_EQ(at_stop.count(SendOutcome::kRetry) + at_stop.count(SendOutcome::kUnknown), 6);
  EXPECT_FALSE(at_stop.up());
  EXPECT_EQ(sender().free_window(), 0);

  rig_->phone_texts("late");
  events_.answer_waiting(true);
  EXPECT_EQ(events_.seen().ends.size(), at_stop.ends.size());
  EXPECT_EQ(events_.seen().inbound.size(), at_stop.inbound.size());
  EXPECT_EQ(events_.seen().changes.size(), at_stop.changes.size());
}

TEST_P(SenderContractTest, AnAnswerComesInWithItsLink) {
  start();
  rig_->phone_texts("2 到");
  ASSERT_TRUE(events_.wait_until([](const Seen& seen) { return seen.inbound.size() == 1; }));
  const model::InboundMessage message = events_.seen().inbound[0];
  EXPECT_EQ(message.link, kLink);
  EXPECT_EQ(message.from, kPhone);
  EXPECT_EQ(message.text, "2 到");
}

TEST_P(SenderContractTest, AnAnswerMayBeAcknowledgedAfterStop) {
  start();
  events_.answer_with(RecordedEvents::Answer::kLater);
  rig_->phone_texts("1");
  ASSERT_TRUE(events_.wait_until([](const Seen& seen) { return seen.inbound.size() == 1; }));
  sender().stop(10ms);
  EXPECT_EQ(events_.answer_waiting(true), 1);
}

TEST_P(SenderContractTest, NoSecretAndNoNumberIsInAnErrorOrAReason) {
  start();
  rig_->hold_back();
  ports::OutMessage bad_number = a_message(7), bad_text = a_message(8, "\xFF");
  bad_number.to = std::string(kPhone) + "x" + kPhone;
  sender().send({a_message(1), bad_number, bad_text});
  rig_->go_down();
  ASSERT_TRUE(events_.wait_until([](const Seen& seen) { return !seen.up(); }));
  sender().send({a_message(9)});
  wait_for_ends(4);
  sender().stop(10ms);
  std::vector<std::string> said;
  for (const auto& end : events_.seen().ends) said.push_back(end.error);
  for (const auto& change : events_.seen().changes) said.push_back(change.reason);
  for (const std::string& words : said) {
    EXPECT_EQ(words.find(kDigits), std::string::npos) << words;
    EXPECT_EQ(words.find(kSecret), std::string::npos) << words;
    EXPECT_EQ(words.find("injured"), std::string::npos) << words;
  }
}

TEST_P(SenderContractTest, TheWindowIsAtLeastSixtyFourAndShrinksByWhatIsHeld) {
  EXPECT_EQ(sender().free_window(), 0);
  start();
  EXPECT_GE(sender().free_window(), 64);
  const int before = sender().free_window();
  rig_->hold_back();
  sender().send({a_message(1), a_message(2), a_message(3)});
  EXPECT_EQ(sender().free_window(), before - 3);
}

TEST_P(SenderContractTest, StopWithoutAnythingToDoIsPrompt) {
  start();
  sender().stop(10s);
  EXPECT_FALSE(events_.seen().up());
}

INSTANTIATE_TEST_SUITE_P(Senders, SenderContractTest,
                         ::testing::Values(Kind{"Console", [] { return std::unique_ptr<Rig>(new ConsoleRig); }},
                                           Kind{"Smpp", [] { return std::unique_ptr<Rig>(new SmppRig); }}),
                         [](const auto& kind) { return std::string(kind.param.name); });

// ---- what only SMPP has ----

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
  for (const int reference : {7, 0xABCD}) {
    testing::Smsc smsc;
    RunningLink run(settings_for(smsc));
    ASSERT_TRUE(run.wait_up());
    ports::OutMessage message = a_message(1, long_text());
    message.reference = reference;
    const std::size_t parts = reference == 7 ? 3 : 4;  // 67 or 66 characters each
    run.link.send({message});
    ASSERT_TRUE(run.wait_ends(parts));
    message.parts = {2};
    run.link.send({message});
    ASSERT_TRUE(run.wait_ends(parts + 1));
    const auto submitted = smsc.submitted();
    ASSERT_EQ(submitted.size(), parts + 1);
    EXPECT_EQ(submitted.back().header, submitted[1].header);
    EXPECT_EQ(submitted.back().text, submitted[1].text);
    EXPECT_EQ(submitted[0].header.size(), reference == 7 ? 6U : 7U);
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

}  // namespace
}  // namespace tocsin
