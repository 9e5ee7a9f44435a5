#include "adapters/webhook/webhook.h"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "gateway/base/encoding.h"
#include "tests/support/fake_provider.h"
#include "tests/support/recorded_events.h"

namespace tocsin::webhook {
namespace {

using namespace std::chrono_literals;
using testing::FakeProvider;
using testing::RecordedEvents;

constexpr const char* kSecret = "0123456789abcdef0123456789abcdef";
constexpr base::UtcTime kNow{std::chrono::seconds(1'800'000'000)};

class WebhookTest : public ::testing::Test {
 protected:
  static ports::OutMessage a_message(std::string to = "https://ops.example/alarm", std::string text = "着火") {
    return {{42}, std::move(to), std::move(text), {}, 0, 5};
  }
  static WebhookSettings settings() {
    WebhookSettings made;
    made.link.name = "hooks";
    made.secret = kSecret;
    return made;
  }
  static transfer::Request request_for(const ports::OutMessage& message, WebhookSettings with = settings()) {
    WebhookCourier courier(std::move(with));
    const auto wrapped = courier.wrap(message, kNow);
    EXPECT_TRUE(wrapped.ok());
    return std::get<transfer::Request>(*wrapped);
  }
};

TEST_F(WebhookTest, TheBodySaysIdTextAndUrgency) {
  const auto request = request_for(a_message());
  EXPECT_EQ(request.method, "POST");
  EXPECT_EQ(request.url, "https://ops.example/alarm");
  EXPECT_EQ(request.body, R"({"type":"message","timestamp":"2027-01-15T08:00:00.000Z",)"
                          R"("data":{"id":"000000000001A","text":"着火","urgency":5}})");
}

// The digest was made with openssl: printf '%s' "$id.$timestamp.$body" | openssl dgst -sha256 -hmac $secret -binary |
// base64
TEST_F(WebhookTest, TheSignatureIsOverIdTimestampAndBody) {
  EXPECT_THAT(request_for(a_message()).headers,
              ::testing::ElementsAre("Content-Type: application/json", "webhook-id: 000000000001A",
                                     "webhook-timestamp: 1800000000",
                                     "webhook-signature: v1,5pncXWWJe54BB9K4IKLpNaQmq81oh61+2CwMtjxOST0="));
}

TEST_F(WebhookTest, TheSignatureOfTheOfficeComesBeforeTheText) {
  auto with = settings();
  with.signature = "【青石应急】";
  const auto body = nlohmann::json::parse(request_for(a_message(), with).body);
  EXPECT_EQ(body["data"]["text"], "【青石应急】着火");
}

TEST_F(WebhookTest, WhatIsNoHttpsAddressIsRefused) {
  WebhookCourier courier(settings());
  for (const auto* to : {"http://ops.example/", "https://", "https:///x", "https://user:word@ops.example/",
                         "https://ops.example/a b", "https://ops.example/\n", "ops.example", "https://ops.example/#x",
                         "+8614400000017", "file:///etc/passwd", "https://ops.example\\@other.example/"}) {
    EXPECT_FALSE(courier.wrap(a_message(to), kNow).ok()) << to;
  }
  EXPECT_FALSE(courier.wrap(a_message("https://ops.example/" + std::string(3000, 'x')), kNow).ok());
  EXPECT_FALSE(courier.wrap(a_message("https://ops.example/", "\xFF"), kNow).ok());
}

TEST_F(WebhookTest, ASecretIsOctetsOrBase64OfThem) {
  EXPECT_EQ(*secret_of(kSecret), kSecret);
  EXPECT_EQ(*secret_of("whsec_" + base::to_base64(kSecret)), kSecret);
  for (const auto* text :
       {"", "short", "whsec_", "whsec_c2hvcnQ=", "whsec_not base64 at all, but long enough for one"}) {
    EXPECT_FALSE(secret_of(text).ok()) << text;
  }
  EXPECT_FALSE(secret_of(std::string(65, 'x')).ok());
}

TEST_F(WebhookTest, AMessageIsPostedAndItsEndIsByTheAnswer) {
  FakeProvider receiver;
  receiver.answer_with([](const testing::ReceivedRequest& request) {
    return FakeProvider::response(request.target == "/gone" ? 410 : 204);
  });
  auto with = settings();
  with.link.transfers.ca_file = receiver.certificate();
  const auto link = make_webhook_link(with);
  RecordedEvents events;
  link->start(3, events);
  ASSERT_TRUE(events.wait_until([](const auto& seen) { return seen.up(); }));
  link->send({a_message(receiver.url("/hook"))});
  ASSERT_TRUE(events.wait_until([](const auto& seen) { return seen.ends.size() == 1; }));
  link->send({a_message(receiver.url("/gone"))});
  ASSERT_TRUE(events.wait_until([](const auto& seen) { return seen.ends.size() == 2; }));
  link->stop(1s);
  EXPECT_EQ(events.seen().ends[0].outcome, model::SendOutcome::kAccepted);
  EXPECT_EQ(events.seen().ends[0].carrier_id, "000000000001A");
  EXPECT_EQ(events.seen().ends[1].outcome, model::SendOutcome::kRefused);
  EXPECT_EQ(receiver.requests()[0].headers.at("webhook-id"), "000000000001A");
}

}  // namespace
}  // namespace tocsin::webhook
