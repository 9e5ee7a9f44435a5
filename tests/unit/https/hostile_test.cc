// What is sent by those who do not mean well, or whose network does not.
#include <chrono>
#include <future>
#include <list>
#include <thread>

#include "tests/unit/https/a_server.h"

namespace tocsin::testing {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

using HostileTest = ServerTest;

std::string post_head(const std::string& headers) {
  return "POST /api/v1/reports HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + kReporter +
         "\r\nContent-Type: application/json\r\n" + headers + "\r\n";
}
const std::string kSmuggled = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n";

struct Trick {
  std::string name, bytes;
  int status;
};

std::vector<Trick> tricks() {
  return {
      {"length and chunks", post_head("Content-Length: 4\r\nTransfer-Encoding: chunked\r\n") + "0\r\n\r\n" + kSmuggled,
       400},
      {"two lengths", post_head("Content-Length: 2\r\nContent-Length: 2\r\n") + "{}" + kSmuggled, 400},
      {"two lengths in one", post_head("Content-Length: 2, 2\r\n") + "{}" + kSmuggled, 400},
      {"length with a sign", post_head("Content-Length: +2\r\n") + "{}" + kSmuggled, 400},
      {"length with a letter", post_head("Content-Length: 5x\r\n") + "{}" + kSmuggled, 400},
      {"a body on GET", "GET /healthz HTTP/1.1\r\nHost: localhost\r\nContent-Length: 44\r\n\r\n" + kSmuggled, 400},
      {"chunks on GET", "GET /healthz HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n" + kSmuggled,
       400},
      {"two codings", post_head("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n") + kSmuggled, 400},
      {"a strange coding", post_head("Transfer-Encoding: xchunked\r\n") + kSmuggled, 400},
      {"a compressed body", post_head("Content-Encoding: gzip\r\nContent-Length: 4\r\n") + "abcd", 415},
      {"a negative chunk", post_head("Transfer-Encoding: chunked\r\n") + "-5\r\nhello\r\n0\r\n\r\n" + kSmuggled, 400},
      {"a huge chunk", post_head("Transfer-Encoding: chunked\r\n") + "fffffffffffffffff\r\n", 400},
      {"a chunk longer than it says", post_head("Transfer-Encoding: chunked\r\n") + "2\r\n{}xx\r\n0\r\n\r\n", 400},
      {"bare LF", "GET /healthz HTTP/1.1\nHost: localhost\n\n", 400},
      {"a folded header", "GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-A: b\r\n c\r\n\r\n", 400},
      {"a space before the colon", "GET /healthz HTTP/1.1\r\nHost : localhost\r\n\r\n", 400},
      {"no host", "GET /healthz HTTP/1.1\r\n\r\n", 400},
      {"two hosts", "GET /healthz HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400},
      {"absolute form", "GET http://evil.example/healthz HTTP/1.1\r\nHost: localhost\r\n\r\n", 421},
      {"another protocol", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400},
      {"a NUL in a header", std::string("GET /healthz HTTP/1.1\r\nHost: localhost\r\nX: a\0b\r\n\r\n", 51), 400},
      {"TRACE", "TRACE /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n", 405},
      {"CONNECT", "CONNECT /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n", 405},
      {"a body over the limit", post_head("Content-Length: 65537\r\n"), 413},
      {"a length beyond all numbers", post_head("Content-Length: 99999999999999999999999999\r\n"), 413},
      {"an encoded path", "GET /api/v1/incidents/%2e%2e/x%0d%0aX: HTTP/1.1\r\nHost: localhost\r\n\r\n", 404},
  };
}

TEST_F(HostileTest, WhatTwoReadersCouldReadDifferentlyIsRefusedAndTheConnectionClosed) {
  start();
  for (const auto& trick : tricks()) {
    const std::string got = say(trick.bytes);
    EXPECT_THAT(got, StartsWith("HTTP/1.1 " + std::to_string(trick.status))) << trick.name << ": " << got;
    EXPECT_THAT(got, HasSubstr("Connection: close")) << trick.name;
    EXPECT_THAT(got, Not(HasSubstr("HTTP/1.1 200"))) << trick.name << ": the smuggled request was answered";
    EXPECT_THAT(got, HasSubstr("X-Content-Type-Options: nosniff")) << trick.name;
  }
  EXPECT_TRUE(door_.commands().empty());
}

TEST_F(HostileTest, AnErrorLeavesNothingOfTheConnectionForTheNextRequest) {
  start();
  const std::string got = say("GET /nothing HTTP/1.1\r\nHost: localhost\r\n\r\n" + kSmuggled);
  EXPECT_THAT(got, HasSubstr("404"));
  EXPECT_THAT(got, Not(HasSubstr("HTTP/1.1 200")));
}

TEST_F(HostileTest, AChunkedBodyOverTheLimitIsRefused) {
  start();
  std::string body;
  for (int i = 0; i < 80; ++i) body += "400\r\n" + std::string(0x400, 'x') + "\r\n";
  EXPECT_THAT(say(post_head("Transfer-Encoding: chunked\r\n") + body + "0\r\n\r\n"), StartsWith("HTTP/1.1 413"));
}

TEST_F(HostileTest, EndlessLinesAndEndlessHeadersAreCut) {
  start();
  EXPECT_THAT(say("GET /" + std::string(1 << 20, 'a')), StartsWith("HTTP/1.1 414"));
  EXPECT_THAT(say("GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-Long: " + std::string(1 << 20, 'a')),
              StartsWith("HTTP/1.1 431"));
  std::string many = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n";
  for (int i = 0; i < 100; ++i) many += "X-" + std::to_string(i) + ": y\r\n";
  EXPECT_THAT(say(many + "\r\n"), StartsWith("HTTP/1.1 431"));
}

TEST_F(HostileTest, ClientsThatSayNothingMoreDoNotStopOthers) {
  start([](https::HttpsSettings& s) { s.workers = 2; });
  std::list<RawConnection> slow;
  for (int i = 0; i < 20; ++i) slow.emplace_back(port(), 0, i % 4 != 0);  // every fourth does not even shake hands
  int n = 0;
  for (auto& one : slow) {
    if (++n % 4 != 1) one.send("POST /api/v1/reports HTTP/1.1\r\nHost: loc");
  }
  const auto before = std::chrono::steady_clock::now();
  EXPECT_EQ(client().get("/healthz").status, 200);
  EXPECT_LT(std::chrono::steady_clock::now() - before, 4s) << "waited for the slow ones' deadline";
}

TEST_F(HostileTest, ARequestThatTricklesInIsCutAtOneAbsoluteDeadline) {
  start([](https::HttpsSettings& s) { s.request_within = 300ms; });
  RawConnection raw(port());
  const auto begin = std::chrono::steady_clock::now();
  int sent = 0;
  raw.send("GET /");
  // Each byte would push a per-read timeout back; the server's own deadline does not move.
  while (sent < 200 && std::chrono::steady_clock::now() - begin < 10s && raw.send("a")) {
    ++sent;
    std::this_thread::sleep_for(20ms);  // the trickle itself, not a wait for the server
  }
  const std::string got = raw.read_to_end();
  EXPECT_TRUE(raw.closed());
  EXPECT_LT(std::chrono::steady_clock::now() - begin, 8s);
}

TEST_F(HostileTest, AnIncompleteRequestIsToldThatItWasTooSlow) {
  start([](https::HttpsSettings& s) { s.request_within = 200ms; });
  EXPECT_THAT(say(post_head("Content-Length: 100\r\n") + "{"), StartsWith("HTTP/1.1 408"));
}

TEST_F(HostileTest, AnIdleConnectionIsClosedWithoutAWord) {
  start([](https::HttpsSettings& s) { s.idle_at_most = 200ms; });
  EXPECT_EQ(say(""), "");
}

TEST_F(HostileTest, OneAddressGetsNoMoreThanItsShareOfConnections) {
  start([](https::HttpsSettings& s) { s.connections_per_address = 4; });
  std::list<RawConnection> held;
  for (int i = 0; i < 4; ++i) {
    held.emplace_back(port());
    EXPECT_TRUE(held.back().connected());
  }
  EXPECT_FALSE(RawConnection(port()).connected());
}

TEST_F(HostileTest, WhenAllConnectionsAreTakenTheOneIdleLongestMakesRoom) {
  start([](https::HttpsSettings& s) { s.connections = 3; });
  std::list<RawConnection> idle;
  for (int i = 0; i < 3; ++i) {
    idle.emplace_back(port());
    idle.back().send("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n");
    idle.back().read_until("ok\n");
  }
  // The server may still be about to mark the last one idle; the first surely is.
  EXPECT_EQ(client().get("/healthz").status, 200);
  idle.front().read_to_end();
  EXPECT_TRUE(idle.front().closed());
}

TEST_F(HostileTest, WhoFindsNoFreeWorkerInTimeIsAskedToComeBack) {
  start([](https::HttpsSettings& s) {
    s.workers = 1;
    s.worker_within = 50ms;
  });
  std::promise<void> entered, go_on;
  door_.reply_instead = [&](const model::Command&) {
    entered.set_value();
    go_on.get_future().wait();
    return std::optional<model::CommandResult>();
  };
  std::thread busy(
      [&] { EXPECT_EQ(client().post("/api/v1/reports", R"({"key":"key-00001"})", kReporter).status, 201); });
  entered.get_future().wait();
  const Got refused = client().get("/healthz");
  go_on.set_value();
  busy.join();
  EXPECT_EQ(refused.status, 503);
  EXPECT_EQ(refused.header("Retry-After"), "5");
  EXPECT_THAT(refused.body, HasSubstr("urn:tocsin:problem:overloaded"));
}

TEST_F(HostileTest, ManyClientsAtOnceAreAllAnsweredEachWithItsOwn) {
  start([](https::HttpsSettings& s) {
    s.workers = 3;
    s.reports_per_second = 0;
  });
  std::vector<std::thread> clients;
  for (int c = 0; c < 8; ++c) {
    clients.emplace_back([this, c] {
      for (int i = 0; i < 5; ++i) {
        const std::string key = "key-" + std::to_string(c) + "-" + std::to_string(1000 + i);
        EXPECT_EQ(client().post("/api/v1/reports", R"({"key":")" + key + "\"}", kReporter).status, 201);
      }
    });
  }
  for (auto& one : clients) one.join();
  EXPECT_EQ(door_.commands().size(), 40U);
}

TEST_F(HostileTest, BadJsonIsRefusedOverTheWireAndReachesNobody) {
  start();
  const std::vector<std::pair<std::string, int>> bodies{
      {std::string(40, '[') + std::string(40, ']'), 400},
      {R"({"key":"key-00001","key":"key-00002"})", 400},
      {"{\"key\":\"key-00001\",\"text\":\"\xff\xfe\"}", 400},
      {R"({"key":"key-00001","facts":{"serious":"two"}})", 422},
      {R"({"key":"key-00001","facs":{}})", 422},
      {R"({"hazard":"fire"})", 422},
      {"[]", 400},
      {"{", 400},
  };
  for (const auto& [body, status] : bodies) {
    const Got got = client().post("/api/v1/reports", body, kReporter);
    EXPECT_EQ(got.status, status) << body;
    EXPECT_EQ(got.header("Content-Type"), "application/problem+json");
  }
  EXPECT_EQ(client().post("/api/v1/reports", "key=1", kReporter, "application/x-www-form-urlencoded").status, 415);
  EXPECT_TRUE(door_.commands().empty());
}

TEST_F(HostileTest, HeadersThatTheLibraryWouldTrustAreNotPassedOn) {
  start();
  const std::string got =
      say("GET /healthz HTTP/1.1\r\nHost: localhost\r\nREMOTE_ADDR: 6.6.6.6\r\nX-A: %0d%0aSet-Cookie:%20a\r\n"
          "Range: bytes=0-0,0-0,0-0\r\nConnection: close\r\n\r\n");
  EXPECT_THAT(got, StartsWith("HTTP/1.1 200"));
  EXPECT_THAT(got, Not(HasSubstr("Set-Cookie")));
  EXPECT_THAT(got, Not(HasSubstr("Content-Range")));
}

}  // namespace
}  // namespace tocsin::testing
