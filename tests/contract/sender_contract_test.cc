// The contract of gateway/ports/sender.h, run against every sender.
#include <gmock/gmock.h>

#include <algorithm>
#include <atomic>
#include <map>
#include <memory>

#include "adapters/console/console.h"
#include "adapters/mail/mail.h"
#include "adapters/sms/http/link.h"
#include "adapters/sms/modem/link.h"
#include "adapters/webhook/webhook.h"
#include "gateway/base/encoding.h"
#include "tests/support/fake_mail_server.h"
#include "tests/support/fake_provider.h"
#include "tests/support/fake_smsd.h"
#include "tests/support/running_link.h"

namespace tocsin {
namespace {

using namespace std::chrono_literals;
using model::SendOutcome;
using testing::kLink;
using testing::kPhone;
using testing::long_text;
using testing::RecordedEvents;
using Seen = RecordedEvents::Seen;

constexpr const char* kDigits = "14400000017";
constexpr const char* kSecret = "pa55word";

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
  // Whom its messages go to.
  [[nodiscard]] virtual std::string address() const { return kPhone; }
  // False: each message has a peer of its own, so that the link itself is always up.
  [[nodiscard]] virtual bool goes_down() const { return true; }
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
  explicit SmppRig(const char* bind = "transceiver", int binds = 1) : smsc_(with_secret()) {
    sms::SmppSettings settings;
    settings.name = "main";
    settings.host = "127.0.0.1";
    settings.port = smsc_.port();
    settings.system_id = "tocsin";
    settings.password = kSecret;
    settings.source_addr = "10690000";
    settings.window = 4;
    settings.bind = bind;
    settings.binds = binds;
    settings.reconnect_min = settings.reconnect_max = 5ms;
    EXPECT_TRUE(sms::check(settings).ok());
    sessions_ = binds * static_cast<int>(sms::smpp::roles_of(bind).size());
    link_ = std::make_unique<sms::SmppLink>(settings);
  }
  ports::Sender& sender() override { return *link_; }
  void go_down() override {
    // A bind that is half made would take the link up once more.
    EXPECT_TRUE(smsc_.wait_until_read_by(sessions_));
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
  int sessions_ = 1;
};

class ModemRig final : public Rig {
 public:
  ModemRig() {
    sms::ModemSettings settings;
    settings.device = smsd_.device();
    settings.folder = smsd_.folder();
    settings.supervisor = "child";
    settings.poll = 2ms;
    EXPECT_TRUE(sms::check(settings).ok());
    link_ = std::make_unique<sms::ModemLink>(settings, smsd_.maker());
  }
  ports::Sender& sender() override { return *link_; }
  void go_down() override { smsd_.unplug(); }
  void come_back() override { smsd_.replug(); }
  void phone_texts(const std::string& text) override { smsd_.receive(testing::received(kPhone, text)); }
  void hold_back() override { smsd_.hold(true); }

 private:
  testing::FakeSmsd smsd_;
  std::unique_ptr<sms::ModemLink> link_;
};

class WebhookRig final : public Rig {
 public:
  WebhookRig() {
    webhook::WebhookSettings settings;
    settings.link.name = "hooks";
    settings.link.window = 4;
    settings.link.transfers.ca_file = receiver_.certificate();
    settings.secret = kSecret + std::string(24, 'x');
    link_ = webhook::make_webhook_link(settings);
  }
  ports::Sender& sender() override { return *link_; }
  void go_down() override { receiver_.peer().go_down(); }
  void come_back() override { receiver_.peer().come_back(); }
  void phone_texts(const std::string&) override {}
  void hold_back() override { receiver_.be_silent(); }
  [[nodiscard]] std::string address() const override { return receiver_.url("/" + std::string(kDigits)); }
  [[nodiscard]] bool goes_down() const override { return false; }

 private:
  testing::FakeProvider receiver_;
  std::unique_ptr<ports::Sender> link_;
};

class MailRig final : public Rig {
 public:
  MailRig() {
    mail::MailSettings settings;
    settings.link.name = "mail";
    settings.link.window = 4;
    settings.link.again_min = settings.link.again_max = settings.link.probe_every = 5ms;
    settings.link.transfers.ca_file = server_.certificate();
    settings.host = "127.0.0.1";
    settings.port = server_.port();
    settings.tls = "from the first byte";
    settings.user = "tocsin";
    settings.password = kSecret;
    settings.from = "alarm@tocsin.example";
    server_.ask_for(base::to_base64(std::string("\0tocsin\0", 8) + kSecret));
    link_ = mail::make_mail_link(settings);
  }
  ports::Sender& sender() override { return *link_; }
  void go_down() override { server_.peer().go_down(); }
  void come_back() override { server_.peer().come_back(); }
  void phone_texts(const std::string&) override {}
  void hold_back() override { server_.be_silent(); }
  [[nodiscard]] std::string address() const override { return std::string(kDigits) + "@office.example"; }

 private:
  testing::FakeMailServer server_;
  std::unique_ptr<ports::Sender> link_;
};

class HttpSmsRig final : public Rig {
 public:
  // `two_way`: it posts a receipt for each message, and what phones write.
  explicit HttpSmsRig(bool two_way = false) {
    server_.answer_with([this](const auto&) {
      const auto id = "a-" + std::to_string(++sent_);
      posts(R"([{"id":")" + id + R"(","status":"DELIVRD"}])");
      return testing::FakeProvider::response(200, R"({"id":")" + id + "\"}");
    });
    sms::http::HttpSmsSettings settings;
    settings.link.name = "cloud";
    settings.link.window = 4;
    settings.link.again_min = settings.link.again_max = settings.link.probe_every = 5ms;
    settings.link.transfers.ca_file = server_.certificate();
    settings.provider.url = server_.url("/send");
    settings.provider.parameters = {{"to", "{{to}}"}, {"text", "{{text}}"}};
    settings.provider.sign.how = sms::http::Sign::kBearer;
    settings.provider.answer.id = "/id";
    settings.secret = kSecret;
    if (two_way) {
      auto& callbacks = settings.provider.callbacks;
      callbacks.receipts = callbacks.messages = true;
      callbacks.receipt.id = "/id";
      callbacks.receipt.status = "/status";
      callbacks.receipt.delivered = {"DELIVRD"};
      callbacks.message.from = "/from";
      callbacks.message.text = "/text";
      settings.callback_token = kToken;
    }
    link_ = std::make_unique<sms::http::HttpSmsLink>(settings);
  }
  ports::Sender& sender() override { return *link_; }
  void go_down() override { server_.peer().go_down(); }
  void come_back() override { server_.peer().come_back(); }
  void phone_texts(const std::string& text) override {
    posts(std::string(R"({"from":")") + kPhone + R"(","text":")" + text + "\"}");
  }
  void hold_back() override { server_.be_silent(); }

 private:
  static constexpr const char* kToken = "a-token-of-22-letters--";
  void posts(const std::string& body) { (void)link_->called_back(kToken, body); }

  testing::FakeProvider server_;
  std::atomic<int> sent_{0};
  std::unique_ptr<sms::http::HttpSmsLink> link_;
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
  ports::OutMessage a_message(std::int64_t id, std::string text = "fire, 2 injured") {
    ports::OutMessage message = testing::a_message(id, std::move(text));
    message.to = rig_->address();
    return message;
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
  if (!sender().can().receipts) GTEST_SKIP() << "gives no receipts";
  start();
  sender().send({a_message(1), a_message(2)});
  ASSERT_TRUE(events_.wait_until([](const Seen& seen) { return seen.receipts.size() == 2 && seen.ends.size() == 2; }));
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
  if (!rig_->goes_down()) GTEST_SKIP() << "is always up";
  start();
  rig_->go_down();
  ASSERT_TRUE(events_.wait_until([](const Seen& seen) { return !seen.up(); }));
  EXPECT_EQ(sender().free_window(), 0);
  sender().send({a_message(1), a_message(2)});
  wait_for_ends(2);
  EXPECT_EQ(events_.seen().count(SendOutcome::kRetry), 2);
}

TEST_P(SenderContractTest, EachChangeOfTheLinkIsSaidOnce) {
  if (!rig_->goes_down()) GTEST_SKIP() << "is always up";
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
  if (!sender().can().answers) GTEST_SKIP() << "is one way";
  start();
  rig_->phone_texts("2 到");
  ASSERT_TRUE(events_.wait_until([](const Seen& seen) { return seen.inbound.size() == 1; }));
  const model::InboundMessage message = events_.seen().inbound[0];
  EXPECT_EQ(message.link, kLink);
  EXPECT_EQ(message.from, kPhone);
  EXPECT_EQ(message.text, "2 到");
}

TEST_P(SenderContractTest, AnAnswerMayBeAcknowledgedAfterStop) {
  if (!sender().can().answers) GTEST_SKIP() << "is one way";
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
  bad_number.to += std::string("x ") + kPhone;
  sender().send({a_message(1), bad_number, bad_text});
  rig_->go_down();
  if (rig_->goes_down()) {
    ASSERT_TRUE(events_.wait_until([](const Seen& seen) { return !seen.up(); }));
  }
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

TEST_P(SenderContractTest, TheWindowHasRoomForSeveralAndShrinksByWhatIsHeld) {
  EXPECT_EQ(sender().free_window(), 0);
  start();
  EXPECT_GE(sender().free_window(), 8) << "a modem's, the smallest";
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

INSTANTIATE_TEST_SUITE_P(
    Senders, SenderContractTest,
    ::testing::Values(Kind{"Console", [] { return std::unique_ptr<Rig>(new ConsoleRig); }},
                      Kind{"Smpp", [] { return std::unique_ptr<Rig>(new SmppRig); }},
                      Kind{"SmppOfThreeBinds", [] { return std::unique_ptr<Rig>(new SmppRig("transceiver", 3)); }},
                      Kind{"Modem", [] { return std::unique_ptr<Rig>(new ModemRig); }},
                      Kind{"SmppOfPairs", [] { return std::unique_ptr<Rig>(new SmppRig("transmitter+receiver", 2)); }},
                      Kind{"Webhook", [] { return std::unique_ptr<Rig>(new WebhookRig); }},
                      Kind{"HttpSms", [] { return std::unique_ptr<Rig>(new HttpSmsRig); }},
                      Kind{"HttpSmsOfTwoWays", [] { return std::unique_ptr<Rig>(new HttpSmsRig(true)); }},
                      Kind{"Mail", [] { return std::unique_ptr<Rig>(new MailRig); }}),
    [](const auto& kind) { return std::string(kind.param.name); });

}  // namespace
}  // namespace tocsin
