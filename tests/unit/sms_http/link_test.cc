#include "adapters/sms/http/link.h"

#include <gmock/gmock.h>

#include "tests/support/fake_provider.h"
#include "tests/support/recorded_events.h"
#include "tests/unit/sms_http/a_provider.h"

namespace tocsin::sms::http {
namespace {

using namespace std::chrono_literals;
using model::SendOutcome;
using testing::FakeProvider;
using ::testing::HasSubstr;
using testing::RecordedEvents;
using Seen = RecordedEvents::Seen;

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
  ~HttpSmsLinkTest() override {
    if (link) link->stop(0ms);
  }
  model::SendEnd sent(std::string text, std::string to = "+8614400000017") {
    if (link == nullptr) {
      link = make_http_sms_link(settings);
      link->start(3, events);
      EXPECT_TRUE(events.wait_until([](const Seen& seen) { return seen.up(); }));
    }
    const auto count = events.seen().ends.size() + 1;
    link->send({{{42}, std::move(to), std::move(text), {}, 0, 5}});
    EXPECT_TRUE(events.wait_until([count](const Seen& seen) { return seen.ends.size() == count; }));
    return events.seen().ends.back();
  }

  FakeProvider server;
  HttpSmsSettings settings;
  RecordedEvents events;
  std::unique_ptr<ports::Sender> link;
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
  link = make_http_sms_link(settings);
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
  link->send({{{43}, "+8614400000017", "着火", {}, 0, 5}});
  link->stop(1s);
  EXPECT_EQ(server.requests().size(), 1U);
  EXPECT_EQ(events.seen().ends.back().outcome, SendOutcome::kRetry);
}

}  // namespace
}  // namespace tocsin::sms::http
