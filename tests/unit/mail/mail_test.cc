#include "adapters/mail/mail.h"

#include <gmock/gmock.h>

#include "gateway/base/encoding.h"
#include "tests/support/fake_mail_server.h"
#include "tests/support/started_sender.h"

namespace tocsin::mail {
namespace {

using namespace std::chrono_literals;
using model::SendOutcome;
using testing::FakeMailServer;
using ::testing::HasSubstr;
using testing::StartedSender;
using Seen = testing::RecordedEvents::Seen;

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
  void start_up() { run.start_up(make_mail_link(settings)); }
  model::SendEnd sent(const std::string& to, const std::string& text = "着火\n2人被困") {
    return run.sent({{42}, to, text, {}, 0, 5});
  }

  FakeMailServer server;
  MailSettings settings;
  StartedSender run;
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
  EXPECT_TRUE(run.events.seen().up());
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
  run.sender->stop(1s);
  run.sender.reset();
  EXPECT_LT(std::chrono::steady_clock::now() - began, 30s);
}

TEST_F(MailTest, AWrongPasswordIsSeenBeforeAnythingIsSent) {
  settings.password = "another";
  run.start(make_mail_link(settings));
  ASSERT_TRUE(run.events.wait_until([](const Seen& seen) { return seen.changes.size() == 1; }));
  EXPECT_FALSE(run.events.seen().up());
  EXPECT_EQ(run.events.seen().changes[0].reason, "user and password are refused");
  EXPECT_EQ(run.sender->free_window(), 0);
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
