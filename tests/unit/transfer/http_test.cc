// Requests by libcurl against a server over TLS.
#include <gmock/gmock.h>

#include <cstdlib>
#include <future>

#include "adapters/transfer/loop.h"
#include "tests/support/fake_provider.h"

namespace tocsin::transfer {
namespace {

using namespace std::chrono_literals;
using testing::FakeProvider;
using ::testing::HasSubstr;
using testing::ReceivedRequest;

class HttpTest : public ::testing::Test {
 protected:
  HttpTest() { settings.ca_file = provider.certificate(); }

  Loop& loop() {
    if (loop_ == nullptr) loop_ = std::make_unique<Loop>(settings);
    return *loop_;
  }
  Ended run(Request request) {
    std::promise<Ended> promise;
    loop().post([&] { loop().begin(request, [&](Ended ended) { promise.set_value(std::move(ended)); }); });
    return promise.get_future().get();
  }
  Ended post(const std::string& body = "{}") {
    Request request;
    request.url = provider.url();
    request.body = body;
    return run(request);
  }

  FakeProvider provider;
  Settings settings;
  std::unique_ptr<Loop> loop_;
};

TEST_F(HttpTest, ARequestArrivesWholeAndItsAnswerComesBack) {
  provider.answer_with([](const ReceivedRequest&) { return FakeProvider::response(202, "thanks"); });
  Request request;
  request.url = provider.url("/a?b=c");
  request.headers = {"Content-Type: application/json", "X-One: 1"};
  request.body = std::string("a\0b", 3) + "警";
  const Ended ended = run(request);
  EXPECT_TRUE(ended.sent && ended.whole);
  EXPECT_EQ(ended.status, 202);
  EXPECT_EQ(ended.body, "thanks");
  EXPECT_EQ(ended.error, "");
  ASSERT_EQ(provider.requests().size(), 1U);
  const ReceivedRequest got = provider.requests()[0];
  EXPECT_EQ(got.method, "POST");
  EXPECT_EQ(got.target, "/a?b=c");
  EXPECT_EQ(got.body, request.body);
  EXPECT_EQ(got.headers.at("content-type"), "application/json");
  EXPECT_EQ(got.headers.at("x-one"), "1");
}

TEST_F(HttpTest, OneConnectionServesMany) {
  for (int i = 0; i < 5; ++i) EXPECT_EQ(post().status, 200);
  EXPECT_EQ(provider.peer().connections(), 1);
}

TEST_F(HttpTest, ACertificateOfNobodyKnownIsNotTrusted) {
  settings.ca_file.clear();
  const Ended ended = post();
  EXPECT_EQ(ended.fault, Fault::kNotTrusted);
  EXPECT_FALSE(ended.sent);
  EXPECT_EQ(ended.error, "its certificate does not hold");
  EXPECT_TRUE(provider.requests().empty());
}

TEST_F(HttpTest, ACertificateForAnotherNameIsNotTrusted) {
  Request request;
  request.url = "https://localhost:" + std::to_string(provider.peer().port()) + "/";
  EXPECT_EQ(run(request).fault, Fault::kNotTrusted);
}

TEST_F(HttpTest, NobodyThereIsUnreachableAndNothingWasSent) {
  provider.peer().go_down();
  const Ended ended = post();
  EXPECT_EQ(ended.fault, Fault::kUnreachable);
  EXPECT_FALSE(ended.sent);
}

TEST_F(HttpTest, AServerThatSpeaksNoTlsIsNotSpokenToInPlain) {
  Request request;
  request.url = "http://127.0.0.1:" + std::to_string(provider.peer().port()) + "/";
  const Ended ended = run(request);
  EXPECT_FALSE(ended.sent || ended.whole);
  EXPECT_EQ(provider.peer().connections(), 0);
}

TEST_F(HttpTest, ARedirectionIsAnAnswerAndIsNotFollowed) {
  provider.answer_with([&](const ReceivedRequest&) {
    return FakeProvider::response(302, "", "Location: " + provider.url("/elsewhere") + "\r\n");
  });
  EXPECT_EQ(post().status, 302);
  EXPECT_EQ(provider.requests().size(), 1U);
}

TEST_F(HttpTest, AProxyOfTheEnvironmentIsNotUsed) {
  ::setenv("https_proxy", "http://127.0.0.1:1", 1);  // NOLINT(concurrency-mt-unsafe)
  EXPECT_EQ(post().status, 200);
  ::unsetenv("https_proxy");  // NOLINT(concurrency-mt-unsafe)
}

TEST_F(HttpTest, AnAnswerThatStaysAwayEndsTheRequestInTime) {
  settings.end_within = 1s;  // a handshake on a busy machine takes a while
  provider.be_silent();
  const Ended ended = post();
  EXPECT_TRUE(ended.sent);
  EXPECT_EQ(ended.status, 0);
  EXPECT_EQ(ended.error, "no answer in time");
  EXPECT_EQ(ended.fault, Fault::kNone);
}

TEST_F(HttpTest, AConnectionThatBreaksAfterTheRequestLeavesItSentWithoutAnAnswer) {
  provider.answer_with([](const ReceivedRequest&) { return std::string(); });
  const Ended ended = post();
  EXPECT_TRUE(ended.sent);
  EXPECT_EQ(ended.status, 0);
  EXPECT_NE(ended.error, "");
}

// On a kept connection libcurl would send it once more by itself.
TEST_F(HttpTest, ARequestIsNeverSentTwice) {
  EXPECT_EQ(post().status, 200);
  provider.answer_with([](const ReceivedRequest&) { return std::string(); });
  const Ended ended = post("once");
  EXPECT_TRUE(ended.sent);
  EXPECT_FALSE(ended.whole);
  EXPECT_EQ(provider.requests().size(), 2U);
}

TEST_F(HttpTest, AnAnswerTooLargeIsCutAndNotWhole) {
  settings.answer_bytes = 1000;
  provider.answer_with([](const ReceivedRequest&) { return FakeProvider::response(200, std::string(100000, 'x')); });
  const Ended ended = post();
  EXPECT_EQ(ended.status, 200);
  EXPECT_EQ(ended.body.size(), 1000U);
  EXPECT_FALSE(ended.whole);
}

TEST_F(HttpTest, HeadersWithoutEndAreCutOff) {
  settings.answer_bytes = 4000;
  provider.answer_with([](const ReceivedRequest&) {
    std::string many;
    for (int i = 0; i < 1000; ++i) many += "X-Filler: 12345678901234567890\r\n";
    return FakeProvider::response(200, "", many);
  });
  EXPECT_FALSE(post().whole);
}

TEST_F(HttpTest, AHeaderThatWouldBecomeTwoIsNotSent) {
  Request request;
  request.url = provider.url();
  request.headers = {"X-One: 1\r\nX-Two: 2"};
  const Ended ended = run(request);
  EXPECT_FALSE(ended.sent);
  EXPECT_EQ(provider.peer().connections(), 0);
}

TEST_F(HttpTest, RetryAfterIsReadInSeconds) {
  provider.answer_with([](const ReceivedRequest&) { return FakeProvider::response(503, "", "Retry-After: 17\r\n"); });
  EXPECT_EQ(post().retry_after, 17s);
}

TEST_F(HttpTest, OnlyConnectingSendsNothing) {
  Request request;
  request.url = provider.url();
  request.only_connect = true;
  EXPECT_TRUE(run(request).whole);
  EXPECT_TRUE(provider.requests().empty());
  provider.peer().go_down();
  EXPECT_EQ(run(request).fault, Fault::kUnreachable);
}

TEST_F(HttpTest, WhatHasNotEndedEndsOnDemandOnce) {
  provider.be_silent();
  int ends = 0;
  std::promise<Ended> promise;
  Request request;
  request.url = provider.url();
  loop().post([&] {
    loop().begin(request, [&](Ended ended) {
      if (++ends == 1) promise.set_value(std::move(ended));
    });
  });
  ASSERT_TRUE(provider.wait_requests(1));
  loop().post([&] { loop().end_all(); });
  EXPECT_TRUE(promise.get_future().get().sent);
  loop_.reset();
  EXPECT_EQ(ends, 1);
}

TEST_F(HttpTest, NoErrorNamesTheAddress) {
  provider.peer().go_down();
  Request request;
  request.url = provider.url("/secret-path");
  EXPECT_THAT(run(request).error, ::testing::Not(HasSubstr("127.0.0.1")));
  request.url = "https://nobody.example/secret-path";
  EXPECT_THAT(run(request).error, ::testing::Not(HasSubstr("nobody")));
}

}  // namespace
}  // namespace tocsin::transfer
