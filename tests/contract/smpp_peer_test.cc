// The SMPP link against a centre that we did not write: tests/e2e/peers/smsc.js on the npm package `smpp`, run by node.
#include <gmock/gmock.h>

#include <cstdlib>
#include <filesystem>
#include <memory>

#include "adapters/sms/smpp/link.h"
#include "tests/support/line_peer.h"
#include "tests/support/recorded_events.h"
#include "tests/support/temp_folder.h"

namespace tocsin {
namespace {

using namespace std::chrono_literals;
using model::SendOutcome;
using ::testing::HasSubstr;
using testing::RecordedEvents;
using Seen = RecordedEvents::Seen;

constexpr const char* kPhone = "+8614400000017";
constexpr const char* kSource = "10690000";

std::vector<std::string> npm_peer(std::vector<std::string> more) {
  const std::string folder = TOCSIN_SOURCE_DIR "/tests/e2e/peers";
  EXPECT_TRUE(std::filesystem::exists(folder + "/node_modules/smpp"))
      << "run `npm ci --ignore-scripts` in tests/e2e/peers (./dev setup does)";
  more.insert(more.begin(), {"node", folder + "/smsc.js"});
  return more;
}

class SmppPeerTest : public ::testing::Test {
 protected:
  void run(std::vector<std::string> peer_options = {}) {
    peer = std::make_unique<testing::LinePeer>(npm_peer(std::move(peer_options)));
    ASSERT_NE(peer->port(), 0);
    settings.name = "peer";
    settings.host = "127.0.0.1";
    settings.port = peer->port();
    settings.system_id = "tocsin";
    settings.password = "secret";
    settings.system_type = "alarm";
    settings.source_addr = kSource;
    settings.reconnect_min = settings.reconnect_max = 20ms;
    ASSERT_TRUE(sms::check(settings).ok());
    link = std::make_unique<sms::SmppLink>(settings);
    link->start(0, events);
  }
  void run_bound(std::vector<std::string> peer_options = {}) {
    run(std::move(peer_options));
    ASSERT_TRUE(events.wait_until([](const Seen& seen) { return seen.up(); }));
  }
  void TearDown() override {
    if (link) link->stop(1s);
  }
  void send(std::int64_t id, std::string text, int reference = 77) {
    link->send({{{id}, kPhone, std::move(text), {}, reference, model::kMostUrgent}});
  }
  bool wait_ends(std::size_t count) {
    return events.wait_until([count](const Seen& seen) { return seen.ends.size() >= count; });
  }
  // What the peer read, of a text that fits one message.
  std::string line_of(std::int64_t id, const std::string& text) {
    send(id, text);
    return peer->wait_for("\"submit\"").value_or("nothing came");
  }

  std::unique_ptr<testing::LinePeer> peer;
  sms::SmppSettings settings;
  RecordedEvents events;
  std::unique_ptr<sms::SmppLink> link;
};

TEST_F(SmppPeerTest, ItBindsAndUnbindsInGoodOrder) {
  run_bound();
  const auto bound = peer->wait_for("\"bound\"");
  ASSERT_TRUE(bound);
  EXPECT_THAT(*bound, HasSubstr("\"system_id\":\"tocsin\",\"system_type\":\"alarm\",\"interface_version\":52"));
  link->stop(5s);
  EXPECT_TRUE(peer->wait_for("\"unbind\""));
  EXPECT_FALSE(events.seen().up());
}

TEST_F(SmppPeerTest, AWrongPasswordIsRefused) {
  run({"--password", "other"});
  ASSERT_TRUE(events.wait_until([](const Seen& seen) { return !seen.changes.empty(); }));
  EXPECT_EQ(events.seen().changes[0].reason, "bind refused: ESME_RINVPASWD");
}

TEST_F(SmppPeerTest, EachSideMayAskWhetherTheOtherIsThere) {
  settings.enquire_link = 30ms;
  run_bound();
  EXPECT_TRUE(peer->wait_for("\"enquire_link\""));
  EXPECT_TRUE(peer->wait_for("\"enquire_link\""));
  peer->tell(R"({"do":"enquire"})");
  EXPECT_TRUE(peer->wait_for("\"enquire_resp\""));
  EXPECT_EQ(events.seen().changes.size(), 1U);
}

TEST_F(SmppPeerTest, TextsOfEitherAlphabetAreReadAsTheyWereWritten) {
  run_bound();
  const std::string plain = line_of(1, "FIRE at bridge 12 [2 injured] 5€ @home");
  EXPECT_THAT(plain, HasSubstr(R"("text":"FIRE at bridge 12 [2 injured] 5€ @home")"));
  EXPECT_THAT(plain, HasSubstr(R"("data_coding":0,"esm_class":0,"registered_delivery":1)"));
  EXPECT_THAT(plain, HasSubstr(R"("from":"10690000","to":"+8614400000017")"));
  EXPECT_THAT(line_of(2, "Feuer in Zürich, à côté ñ Ω"), HasSubstr(R"("text":"Feuer in Zürich, à côté ñ Ω")"));
  EXPECT_THAT(line_of(3, "水库危险，立即转移"), HasSubstr(R"("text":"水库危险，立即转移","udh":"","data_coding":8)"));
  EXPECT_THAT(line_of(4, "fire \U0001F525 now"), HasSubstr("\"text\":\"fire \U0001F525 now\""));
  ASSERT_TRUE(wait_ends(4));
  EXPECT_EQ(events.seen().count(SendOutcome::kAccepted), 4);
}

TEST_F(SmppPeerTest, ALongChineseTextIsJoinedByThePeer) {
  run_bound();
  std::string text;
  for (int i = 0; i < 50; ++i) text += "东湖";
  send(1, text, 0x4D);
  const auto first = peer->wait_for("\"submit\""), second = peer->wait_for("\"submit\"");
  ASSERT_TRUE(first && second);
  EXPECT_THAT(*first, HasSubstr(R"("udh":"00034d0201","data_coding":8,"esm_class":64)"));
  EXPECT_THAT(*second, HasSubstr(R"("udh":"00034d0202","data_coding":8,"esm_class":64)"));
  const auto joined = peer->wait_for("\"joined\"");
  ASSERT_TRUE(joined);
  EXPECT_THAT(*joined, HasSubstr(R"("reference":77,"wide":false,"parts":2)"));
  EXPECT_THAT(*joined, HasSubstr("\"" + text + "\""));

  const std::string latin = std::string(152, 'a') + "€" + std::string(20, 'b');
  send(3, latin, 5);
  EXPECT_THAT(peer->wait_for("\"joined\"").value_or(""), HasSubstr("\"" + latin + "\""));
  ASSERT_TRUE(wait_ends(4));
}

TEST_F(SmppPeerTest, AWideReferenceOrSarParametersAreJoinedByThePeerAsWell) {
  for (const char* way : {"udh16", "sar"}) {
    settings.long_messages = way;
    run_bound();
    // An emoji across the cut.
    std::string emoji = std::string(65, 'x') + "\u706B";
    for (int i = 0; i < 10; ++i) emoji += "\U0001F525";
    send(2, emoji, 0xABCD);
    const auto wide = peer->wait_for("\"joined\"");
    ASSERT_TRUE(wide) << way;
    EXPECT_THAT(*wide, HasSubstr(R"("reference":43981,"wide":true,"parts":2)"));
    EXPECT_THAT(*wide, HasSubstr("\"" + emoji + "\""));
    link->stop(1s);
  }
}

TEST_F(SmppPeerTest, APayloadIsReadWholeByThePeer) {
  settings.long_messages = "payload";
  run_bound();
  std::string text;
  for (int i = 0; i < 300; ++i) text += "东湖";
  EXPECT_THAT(line_of(1, text), ::testing::AllOf(HasSubstr("\"" + text + "\""), HasSubstr("\"payload\":true")));
  send(2, std::string(2000, 'f'));
  EXPECT_THAT(peer->wait_for("\"submit\"").value_or(""), HasSubstr("\"" + std::string(2000, 'f') + "\""));
  ASSERT_TRUE(wait_ends(2));
}

TEST_F(SmppPeerTest, LatinOneAndPriorityAndValidityAreReadByThePeer) {
  settings.alphabets = "gsm7, latin1, ucs2";
  settings.urgent_validity = 2h;
  run_bound();
  const std::string line = line_of(1, "leçon n° 3");
  EXPECT_THAT(line, HasSubstr(R"("text":"leçon n° 3","udh":"","data_coding":3)"));
  EXPECT_THAT(line, HasSubstr(R"("priority":3,"minutes_valid":120)"));
}

TEST_F(SmppPeerTest, ReceiptsNameTheMessageAndAreAcknowledgedOnceStored) {
  run_bound();
  events.answer_with(RecordedEvents::Answer::kLater);
  send(1, "fire");
  ASSERT_TRUE(events.wait_until([](const Seen& seen) { return seen.receipts.size() == 1; }));
  EXPECT_EQ(events.seen().receipts[0].carrier_id, events.seen().ends[0].carrier_id);
  EXPECT_EQ(events.seen().receipts[0].state, model::ReceiptState::kDelivered);
  peer->tell(R"({"do":"enquire"})");
  ASSERT_TRUE(peer->wait_for("\"enquire_resp\""));
  EXPECT_FALSE(peer->said("receipt_resp"));
  events.answer_waiting(true);
  EXPECT_THAT(peer->wait_for("\"receipt_resp\"").value_or(""), HasSubstr("\"status\":0"));
}

TEST_F(SmppPeerTest, WhatPhonesTextComesInAndIsAcknowledgedOnceStored) {
  run_bound();
  events.answer_with(RecordedEvents::Answer::kLater);
  peer->tell(R"({"do":"mo","from":"+8614400000017","to":"10690000","text":"2 é [马上到]","tag":"a"})");
  ASSERT_TRUE(events.wait_until([](const Seen& seen) { return seen.inbound.size() == 1; }));
  EXPECT_EQ(events.seen().inbound[0].text, "2 é [马上到]");
  EXPECT_EQ(events.seen().inbound[0].from, kPhone);
  EXPECT_EQ(events.seen().inbound[0].to, kSource);
  peer->tell(R"({"do":"enquire"})");
  ASSERT_TRUE(peer->wait_for("\"enquire_resp\""));
  EXPECT_FALSE(peer->said("mo_resp"));
  events.answer_waiting(true);
  EXPECT_THAT(peer->wait_for("\"mo_resp\"").value_or(""), HasSubstr(R"("tag":"a","status":0)"));

  peer->tell(R"({"do":"mo","from":"+8614400000017","to":"10690000","text":"1","tag":"b"})");
  ASSERT_TRUE(events.wait_until([](const Seen& seen) { return seen.inbound.size() == 2; }));
  events.answer_waiting(false);
  EXPECT_THAT(peer->wait_for("\"mo_resp\"").value_or(""), HasSubstr(R"("tag":"b","status":100)"));  // ESME_RX_T_APPN
}

TEST_F(SmppPeerTest, ALongTextOfAPhoneIsJoinedInAnyOrder) {
  run_bound();
  peer->tell(R"({"do":"mo","from":"+8614400000017","to":"10690000","text":"水库","udh":"050003070302","tag":"2"})");
  peer->tell(R"({"do":"mo","from":"+8614400000017","to":"10690000","text":"决口","udh":"050003070303","tag":"3"})");
  EXPECT_FALSE(peer->said("mo_resp"));
  peer->tell(R"({"do":"mo","from":"+8614400000017","to":"10690000","text":"东湖","udh":"050003070301","tag":"1"})");
  ASSERT_TRUE(events.wait_until([](const Seen& seen) { return seen.inbound.size() == 1; }));
  EXPECT_EQ(events.seen().inbound[0].text, "东湖水库决口");
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(peer->wait_for("\"mo_resp\"", "\"status\":0"));
}

TEST_F(SmppPeerTest, ThrottledMessagesAreRetries) {
  settings.throttle_pause = 10ms;
  run_bound();
  peer->tell(R"({"do":"throttle","count":1})");
  send(1, "fire");
  ASSERT_TRUE(wait_ends(1));
  EXPECT_EQ(events.seen().ends[0].outcome, SendOutcome::kRetry);
  EXPECT_EQ(events.seen().ends[0].error, "ESME_RTHROTTLED");
  EXPECT_EQ(events.seen().ends[0].retry_after, 10ms);
  send(1, "fire");
  ASSERT_TRUE(wait_ends(2));
  EXPECT_EQ(events.seen().ends[1].outcome, SendOutcome::kAccepted);
}

TEST_F(SmppPeerTest, ALostConnectionMakesWhatWasHandedOverUnknownAndIsMadeAgain) {
  run_bound();
  peer->tell(R"({"do":"silent"})");
  send(1, "fire");
  ASSERT_TRUE(peer->wait_for("\"unanswered\""));
  peer->tell(R"({"do":"drop"})");
  ASSERT_TRUE(wait_ends(1));
  EXPECT_EQ(events.seen().ends[0].outcome, SendOutcome::kUnknown);
  peer->tell(R"({"do":"speak"})");
  ASSERT_TRUE(events.wait_until([](const Seen& seen) { return seen.changes.size() >= 3 && seen.up(); }));
  send(2, "fire");
  ASSERT_TRUE(wait_ends(2));
  EXPECT_EQ(events.seen().ends[1].outcome, SendOutcome::kAccepted);
}

TEST_F(SmppPeerTest, AnUnbindOfTheCentreIsAnsweredAndFollowedByANewBind) {
  run_bound();
  peer->tell(R"({"do":"unbind"})");
  ASSERT_TRUE(events.wait_until([](const Seen& seen) { return seen.changes.size() >= 3 && seen.up(); }));
  EXPECT_EQ(events.seen().changes[1].reason, "unbound by the centre");
  EXPECT_TRUE(peer->wait_for("\"unbind_resp\""));
}

TEST_F(SmppPeerTest, AnUnbindInMidTrafficLosesNoAnswer) {
  settings.window = 5;
  run_bound({"--answer-after", "150"});
  for (std::int64_t id = 1; id <= 8; ++id) send(id, "fire");
  for (int i = 0; i < 5; ++i) ASSERT_TRUE(peer->wait_for("\"submit\""));
  peer->tell(R"({"do":"unbind"})");
  ASSERT_TRUE(wait_ends(8));
  EXPECT_TRUE(peer->wait_for("\"unbind_resp\""));
  for (const auto& end : events.seen().ends) {
    EXPECT_EQ(end.outcome, end.delivery.value <= 5 ? SendOutcome::kAccepted : SendOutcome::kRetry);
  }
  ASSERT_TRUE(events.wait_until([](const Seen& seen) { return seen.changes.size() >= 3 && seen.up(); }));
}

TEST_F(SmppPeerTest, ACentreThatUnbindsAndAnswersNoMoreIsLeftAfterAWhile) {
  settings.response_timeout = 100ms;
  run_bound();
  peer->tell(R"({"do":"silent"})");
  send(1, "fire");
  ASSERT_TRUE(peer->wait_for("\"unanswered\""));
  peer->tell(R"({"do":"unbind"})");
  ASSERT_TRUE(wait_ends(1));
  EXPECT_EQ(events.seen().ends[0].outcome, SendOutcome::kUnknown);
  EXPECT_TRUE(peer->wait_for("\"unbind_resp\""));
}

TEST_F(SmppPeerTest, TransmittersAndReceiversAreBoundAsWhatTheyAre) {
  settings.bind = "transmitter+receiver";
  settings.binds = 2;
  run_bound();
  for (const char* role : {"bind_transmitter", "bind_receiver"}) {
    EXPECT_TRUE(peer->wait_for("\"bound\"", role));
    EXPECT_TRUE(peer->wait_for("\"bound\"", role));
  }
  send(1, "fire");
  ASSERT_TRUE(events.wait_until([](const Seen& seen) { return seen.receipts.size() == 1; }));
  EXPECT_EQ(events.seen().receipts[0].carrier_id, events.seen().ends.at(0).carrier_id);
  EXPECT_THAT(peer->wait_for("\"receipt_resp\"").value_or(""), HasSubstr("\"status\":0"));
}

// A certificate of its own signing for `name` ("IP:127.0.0.1", "DNS:smsc.carrier.example").
std::vector<std::string> secured(const testing::TempFolder& folder, const std::string& name) {
  const std::string key = folder.file("key.pem"), certificate = folder.file("cert.pem");
  const std::string command =
      "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=centre "
      "-addext 'subjectAltName=" +
      name + "' -keyout '" + key + "' -out '" + certificate + "' 2>/dev/null";
  EXPECT_EQ(std::system(command.c_str()), 0);  // NOLINT(cert-env33-c,concurrency-mt-unsafe)
  return {"--tls-key", key, "--tls-cert", certificate};
}

TEST_F(SmppPeerTest, OverTlsEverythingGoesAsWithout) {
  const testing::TempFolder folder;
  settings.tls = true;
  settings.ca_file = folder.file("cert.pem");
  run_bound(secured(folder, "IP:127.0.0.1"));
  EXPECT_THAT(line_of(1, "水库危险"), HasSubstr("\"text\":\"水库危险\""));
  ASSERT_TRUE(events.wait_until([](const Seen& seen) { return seen.receipts.size() == 1; }));
  peer->tell(R"({"do":"unbind"})");
  ASSERT_TRUE(events.wait_until([](const Seen& seen) { return seen.changes.size() >= 3 && seen.up(); }));
  link->stop(5s);
  EXPECT_TRUE(peer->wait_for("\"unbind\""));
}

TEST_F(SmppPeerTest, ACentreThatCannotProveItsNameGetsNoPassword) {
  const testing::TempFolder folder;
  settings.tls = true;
  settings.ca_file = folder.file("cert.pem");
  run(secured(folder, "DNS:smsc.carrier.example"));  // but we know it as 127.0.0.1
  ASSERT_TRUE(events.wait_until([](const Seen& seen) { return !seen.changes.empty(); }));
  EXPECT_THAT(events.seen().changes[0].reason, HasSubstr("certificate verify failed"));
  EXPECT_FALSE(events.seen().up());
  EXPECT_FALSE(peer->said("\"bound\""));
}

TEST_F(SmppPeerTest, ACertificateThatNobodyKnownHasSignedIsRefused) {
  const testing::TempFolder folder;
  settings.tls = true;
  run(secured(folder, "IP:127.0.0.1"));
  ASSERT_TRUE(events.wait_until([](const Seen& seen) { return !seen.changes.empty(); }));
  EXPECT_THAT(events.seen().changes[0].reason, HasSubstr("certificate verify failed"));
}

TEST_F(SmppPeerTest, ACentreThatSpeaksNoTlsIsNotSpokenToInPlain) {
  settings.tls = true;
  settings.connect_timeout = 300ms;
  run();
  ASSERT_TRUE(events.wait_until([](const Seen& seen) { return !seen.changes.empty(); }));
  EXPECT_FALSE(events.seen().up());
  EXPECT_FALSE(peer->said("\"bound\""));
}

}  // namespace
}  // namespace tocsin
