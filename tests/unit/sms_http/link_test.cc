#include "adapters/sms/http/link.h"

#include <gmock/gmock.h>

#include <future>
#include <utility>

#include "tests/support/fake_provider.h"
#include "tests/support/started_sender.h"
#include "tests/unit/sms_http/a_provider.h"

namespace tocsin::sms::http {
namespace {

using namespace std::chrono_literals;
using model::SendOutcome;
using testing::FakeProvider;
using ::testing::HasSubstr;
using testing::RecordedEvents;
using testing::StartedSender;

class HttpSmsLinkTest : public ::testing::Test {
 protected:
  HttpSmsLinkTest() {
    settings.link.name = "cloud";
    settings.link.transfers.ca_file = server.certificate();
    settings.provider = testing::a_provider("twilio-like");
    settings.provider.url = server.url("/{{account}}/send");
    settings.account = "key-id";
    settings.secret = "key-secret";
    settings.signature = "【青石应急】";
    server.answer_with([](const auto&) { return FakeProvider::response(201, R"({"sid":"SM1"})"); });
  }
  model::SendEnd sent(std::string text, std::string to = "+8614400000017") {
    if (run.sender == nullptr) run.start_up(make_http_sms_link(settings));
    return run.sent({{42}, std::move(to), std::move(text), {}, 0, 5});
  }

  FakeProvider server;
  HttpSmsSettings settings;
  StartedSender run;
};

TEST_F(HttpSmsLinkTest, AMessageIsOneSignedRequestAndItsIdComesBack) {
  const auto end = sent("着火");
  EXPECT_EQ(end.outcome, SendOutcome::kAccepted);
  EXPECT_EQ(end.carrier_id, "SM1");
  const auto got = server.requests().at(0);
  EXPECT_EQ(got.target, "/key-id/send");
  EXPECT_THAT(got.body, HasSubstr("%E3%80%90%E9%9D%92"));
  EXPECT_THAT(got.headers.at("authorization"), HasSubstr("Basic "));
}

TEST_F(HttpSmsLinkTest, ItIsOneWayAndSaysWhetherItsTextsMayHoldLinks) {
  settings.provider.links = false;
  const auto link = make_http_sms_link(settings);
  EXPECT_FALSE(link->can().answers);
  EXPECT_FALSE(link->can().receipts);
  EXPECT_FALSE(link->can().web_links);
  EXPECT_EQ(link->channel(), model::Channel::kSms);
}

TEST_F(HttpSmsLinkTest, WhatTheProviderWouldNotTakeIsRefusedHere) {
  settings.provider.longest = 10;
  EXPECT_EQ(sent("12345").error, "longer than the provider takes");  // with the signature before it
  EXPECT_EQ(sent("1234").outcome, SendOutcome::kAccepted);
  EXPECT_EQ(sent("\xFF").error, "the text is not UTF-8");
  EXPECT_EQ(sent("1", "14400000017").error, "not a number");
  EXPECT_EQ(sent("1", "+86144x").error, "not a number");
  EXPECT_EQ(server.requests().size(), 1U);
}

TEST_F(HttpSmsLinkTest, AProviderThatGivesNoIdIsGivenOurs) {
  settings.provider.answer = {};
  EXPECT_EQ(sent("着火").carrier_id, "000000000001A");
}

TEST_F(HttpSmsLinkTest, AProviderThatIsShortOfTimeIsNotPressed) {
  server.answer_with(
      [](const auto&) { return FakeProvider::response(429, R"({"code":20429})", "Retry-After: 30\r\n"); });
  const auto end = sent("着火");
  EXPECT_EQ(end.outcome, SendOutcome::kRetry);
  EXPECT_EQ(end.retry_after, 30s);
  run.sender->send({{{43}, "+8614400000017", "着火", {}, 0, 5}});
  run.sender->stop(1s);
  EXPECT_EQ(server.requests().size(), 1U);
  EXPECT_EQ(run.events.seen().ends.back().outcome, SendOutcome::kRetry);
}

class TwoWayLinkTest : public HttpSmsLinkTest {
 protected:
  static constexpr const char* kToken = "a-token-of-22-letters--";
  TwoWayLinkTest() {
    settings.callback_token = kToken;
    both = std::make_unique<HttpSmsLink>(settings);
  }
  ~TwoWayLinkTest() override { both->stop(0ms); }
  ports::CallbackAnswer post(const std::string& body) {
    auto answer = both->called_back(kToken, body);
    EXPECT_TRUE(answer.has_value());
    return answer ? answer->get() : ports::CallbackAnswer{0, {}, {}};
  }
  std::unique_ptr<HttpSmsLink> both;
};

TEST_F(TwoWayLinkTest, WhatTheFileDescribesItCanDoOnceThereIsAToken) {
  EXPECT_TRUE(both->can().answers);
  EXPECT_TRUE(both->can().receipts);
  settings.callback_token.clear();
  EXPECT_FALSE(can(settings).answers);
  EXPECT_FALSE(can(settings).receipts);
  settings.callback_token = kToken;
  settings.provider.callbacks.messages = false;
  EXPECT_FALSE(can(settings).answers);
}

TEST_F(TwoWayLinkTest, APostIsAnsweredInTheProvidersWordsOnceItIsStored) {
  both->start(3, run.events);
  const auto answer = post("MessageSid=SM1&MessageStatus=delivered");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, "<Response/>");
  EXPECT_EQ(run.events.seen().receipts.at(0).carrier_id, "SM1");
  run.events.answer_with(RecordedEvents::Answer::kLater);
  auto waits = both->called_back(kToken, "MessageSid=SM2&From=%2B8614400000017&Body=2");
  EXPECT_EQ(waits->wait_for(0s), std::future_status::timeout) << "nothing is said before the commit";
  run.events.answer_waiting(true);
  EXPECT_EQ(waits->get().status, 200);
  EXPECT_EQ(run.events.seen().inbound.at(0).link, 3);
}

TEST_F(TwoWayLinkTest, WhatIsNotStoredIsToBePostedAgain) {
  EXPECT_EQ(post("MessageSid=SM1&MessageStatus=delivered").status, 503) << "before start";
  both->start(3, run.events);
  run.events.answer_with(RecordedEvents::Answer::kNotStored);
  EXPECT_EQ(post("MessageSid=SM1&MessageStatus=delivered").status, 503);
  both->stop(1s);
  EXPECT_EQ(post("MessageSid=SM1&MessageStatus=delivered").status, 503) << "after stop";
  EXPECT_EQ(run.events.seen().receipts.size(), 1U);
}

// The tests below hold a request open, as a provider does that posts before it answers.
class OvertakenLinkTest : public TwoWayLinkTest {
 protected:
  ~OvertakenLinkTest() override { answer(); }
  void hold_answers() {
    server.answer_with([this](const auto&) {
      asked_.set_value();
      may_answer_.get_future().wait();
      return FakeProvider::response(201, R"({"sid":"SM7"})");
    });
  }
  void send_and_wait() {
    both->start(3, run.events);
    ASSERT_TRUE(run.events.wait_until([](const RecordedEvents::Seen& seen) { return seen.up(); }));
    both->send({{{42}, "+8614400000017", "着火", {}, 0, 5}});
    ASSERT_EQ(asked_.get_future().wait_for(10s), std::future_status::ready);
  }
  void answer() {
    if (!std::exchange(answered_, true)) may_answer_.set_value();
  }
  std::promise<void> asked_, may_answer_;
  bool answered_ = false;
};

TEST_F(OvertakenLinkTest, AReceiptThatOvertakesTheAnswerToItsRequestIsToldAfterIt) {
  hold_answers();
  send_and_wait();
  auto waits = both->called_back(kToken, "MessageSid=SM7&MessageStatus=delivered");
  EXPECT_EQ(waits->wait_for(0s), std::future_status::timeout);
  EXPECT_TRUE(run.events.seen().receipts.empty()) << "the core does not know the id yet";
  answer();
  EXPECT_EQ(waits->get().status, 200);
  EXPECT_EQ(run.events.seen().ends.at(0).carrier_id, "SM7");
  EXPECT_EQ(run.events.seen().receipts.at(0).carrier_id, "SM7");
}

TEST_F(OvertakenLinkTest, ManyThatWaitAreToBePostedAgainAndMessagesWaitForNothing) {
  hold_answers();
  send_and_wait();
  std::vector<std::future<ports::CallbackAnswer>> waiting;
  for (int i = 0; i < 16; ++i)
    waiting.push_back(*both->called_back(kToken, "MessageSid=X" + std::to_string(i) + "&MessageStatus=delivered"));
  EXPECT_EQ(post("MessageSid=SM7&MessageStatus=delivered").status, 503);
  EXPECT_EQ(post("MessageSid=SM9&From=%2B8614400000017&Body=2").status, 200);
  answer();
  for (auto& one : waiting) EXPECT_EQ(one.get().status, 200);
  EXPECT_EQ(run.events.seen().receipts.size(), 16U);
}

TEST_F(TwoWayLinkTest, WithoutTheTokenNobodyIsHeard) {
  both->start(3, run.events);
  for (const auto* token : {"", "a-token-of-22-letters-", "a-token-of-22-letters-+"}) {
    EXPECT_FALSE(both->called_back(token, "MessageSid=SM1&MessageStatus=delivered").has_value()) << token;
  }
  EXPECT_TRUE(run.events.seen().receipts.empty());
}

TEST_F(TwoWayLinkTest, APostWithNothingForUsIsAnsweredAndOneThatCannotBeReadIsNot) {
  settings.provider.callbacks.form = false;
  HttpSmsLink json(settings);
  json.start(4, run.events);
  EXPECT_EQ(json.called_back(kToken, "[]")->get().status, 200) << "providers try an address before they use it";
  EXPECT_EQ(json.called_back(kToken, "{")->get().status, 400);
  json.stop(0ms);
}

}  // namespace
}  // namespace tocsin::sms::http
