#include "adapters/mail/mail.h"

#include <gmock/gmock.h>

#include "gateway/base/encoding.h"
#include "tests/support/fake_mail_server.h"
#include "tests/support/recorded_events.h"

namespace tocsin::mail {
namespace {

using namespace std::chrono_literals;
using model::SendOutcome;
using testing::FakeMailServer;
using ::testing::HasSubstr;
using testing::RecordedEvents;
using Seen = RecordedEvents::Seen;

constexpr const char* kPassword = "pa55word";

class MailTest : public ::testing::Test {
 protected:
  MailTest() {
    settings.link.name = "mail";
    settings.link.again_min = settings.link.again_max = 5ms;
    settings.link.transfers.ca_file = server.certificate();
    settings.host = "127.0.0.1";
    settings.port = server.port();
    settings.tls = "from the first byte";
    settings.user = "tocsin";
    settings.password = kPassword;
    settings.from = "alarm@tocsin.example";
    server.ask_for(base::to_base64(std::string("\0tocsin\0pa55word", 16)));
  }
  ~MailTest() override {
    if (link) link->stop(0ms);
  }
  void start() {
    ASSERT_TRUE(check(settings).ok());
    link = make_mail_link(settings);
    link->start(3, events);
  }
  void start_up() {
    start();
    ASSERT_TRUE(events.wait_until([](const Seen& seen) { return seen.up(); }));
  }
  model::SendEnd sent(const std::string& to, const std::string& text = "着火\n2人被困") {
    const auto count = events.seen().ends.size() + 1;
    link->send({{{42}, to, text, {}, 0, 5}});
    EXPECT_TRUE(events.wait_until([count](const Seen& seen) { return seen.ends.size() == count; }));
    return events.seen().ends.back();
  }

  FakeMailServer server;
  MailSettings settings;
  RecordedEvents events;
  std::unique_ptr<ports::Sender> link;
};

TEST_F(MailTest, AMessageIsOneMailToOneRecipient) {
  start_up();
  const auto end = sent("ops@office.example");
  EXPECT_EQ(end.outcome, SendOutcome::kAccepted);
  EXPECT_EQ(end.carrier_id, "000000000001A");
  EXPECT_EQ(end.parts, 1);
  ASSERT_EQ(server.mails().size(), 1U);
  EXPECT_EQ(server.mails()[0].from, "alarm@tocsin.example");
  EXPECT_EQ(server.mails()[0].to, "ops@office.example");
  EXPECT_THAT(server.mails()[0].text, HasSubstr("Message-ID: <000000000001A@tocsin.example>"));
}

TEST_F(MailTest, ARecipientThatIsRefusedIsRefusedAndOneForLaterIsForLater) {
  start_up();
  const auto refused = sent("nobody@refused.example");
  EXPECT_EQ(refused.outcome, SendOutcome::kRefused);
  EXPECT_EQ(refused.error, "SMTP 550");
  const auto later = sent("ops@later.example");
  EXPECT_EQ(later.outcome, SendOutcome::kRetry);
  EXPECT_EQ(later.retry_after, transfer::kGreylisted);
  // Neither is the others' business.
  EXPECT_EQ(sent("ops@office.example").outcome, SendOutcome::kAccepted);
  EXPECT_TRUE(events.seen().up());
}

TEST_F(MailTest, AMailThatWasHandedOverWithoutAReplyIsUnknown) {
  settings.link.transfers.end_within = 1s;
  start_up();
  server.be_silent();
  EXPECT_EQ(sent("ops@office.example").outcome, SendOutcome::kUnknown);
  EXPECT_EQ(server.mails().size(), 1U);
}

// libcurl says QUIT to a connection it kept and waits two minutes for the answer.
TEST_F(MailTest, AServerThatHasGoneSilentDoesNotHoldUpTheEnd) {
  settings.link.transfers.end_within = 1s;
  start_up();
  server.be_silent();
  (void)sent("ops@office.example");
  const auto began = std::chrono::steady_clock::now();
  link->stop(1s);
  link.reset();
  EXPECT_LT(std::chrono::steady_clock::now() - began, 30s);
}

TEST_F(MailTest, AWrongPasswordIsSeenBeforeAnythingIsSent) {
  settings.password = "another";
  start();
  ASSERT_TRUE(events.wait_until([](const Seen& seen) { return seen.changes.size() == 1; }));
  EXPECT_FALSE(events.seen().up());
  EXPECT_EQ(events.seen().changes[0].reason, "user and password are refused");
  EXPECT_EQ(link->free_window(), 0);
}

TEST_F(MailTest, WhatIsNoAddressOrNoTextIsRefused) {
  start_up();
  EXPECT_EQ(sent("+8614400000017").error, "not a mail address");
  EXPECT_EQ(sent("a@b\r\nRCPT TO:<c@d>").outcome, SendOutcome::kRefused);
  EXPECT_EQ(sent("ops@office.example", "\xFF").error, "the text is not UTF-8");
  EXPECT_TRUE(server.mails().empty());
}

TEST_F(MailTest, SettingsThatCannotWorkAreNamed) {
  const auto field = [&](auto change) {
    MailSettings wrong = settings;
    change(wrong);
    const auto checked = check(wrong);
    return checked.ok() ? std::string("ok") : checked.error().field;
  };
  EXPECT_EQ(field([](MailSettings&) {}), "ok");
  EXPECT_EQ(field([](MailSettings& s) { s.host.clear(); }), "host");
  EXPECT_EQ(field([](MailSettings& s) { s.host = "mail.example/x"; }), "host");
  EXPECT_EQ(field([](MailSettings& s) { s.tls = "maybe"; }), "tls");
  EXPECT_EQ(field([](MailSettings& s) { s.from = "tocsin"; }), "from");
  EXPECT_EQ(field([](MailSettings& s) { s.from_name = "a\nb"; }), "from_name");
  EXPECT_EQ(field([](MailSettings& s) { s.tls = "none"; }), "user");
}

}  // namespace
}  // namespace tocsin::mail
