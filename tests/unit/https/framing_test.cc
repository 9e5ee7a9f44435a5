#include "adapters/https/framing.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tocsin::https {
namespace {

using State = Framer::State;

const std::string kPost =
    "POST /x?y=1 HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer t\r\nContent-Type: application/json\r\n"
    "Content-Length: 4\r\n\r\n{ }\n";

TEST(FramerTest, AWholeRequestComesApartIntoItsParts) {
  Framer framer;
  framer.feed(kPost);
  ASSERT_EQ(framer.advance(), State::kComplete);
  EXPECT_TRUE(framer.keep_alive());
  const HttpRequest request = framer.take();
  EXPECT_EQ(request.method, "POST");
  EXPECT_EQ(request.target, "/x?y=1");
  EXPECT_EQ(request.authorization, "Bearer t");
  EXPECT_EQ(request.content_type, "application/json");
  EXPECT_EQ(request.body, "{ }\n");
  EXPECT_TRUE(framer.idle());
}

TEST(FramerTest, HoweverTheBytesAreCutTheRequestIsTheSame) {
  const std::string chunked =
      "POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3;ext=1\r\nabc\r\nA\r\n0123456789\r\n0\r\nT: "
      "v\r\n\r\n";
  for (const auto& [bytes, body] : {std::pair{kPost, std::string("{ }\n")}, {chunked, std::string("abc0123456789")}}) {
    for (std::size_t cut = 1; cut < bytes.size(); ++cut) {
      Framer framer;
      framer.feed(std::string_view(bytes).substr(0, cut));
      ASSERT_EQ(framer.advance(), State::kNeedMore) << cut;
      framer.feed(std::string_view(bytes).substr(cut));
      ASSERT_EQ(framer.advance(), State::kComplete) << cut;
      EXPECT_EQ(framer.take().body, body) << cut;
      EXPECT_TRUE(framer.idle());
    }
  }
}

TEST(FramerTest, PipelinedRequestsComeOneAfterTheOther) {
  Framer framer;
  framer.feed(kPost + "GET /second HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
  ASSERT_EQ(framer.advance(), State::kComplete);
  EXPECT_EQ(framer.take().target, "/x?y=1");
  EXPECT_FALSE(framer.idle());
  ASSERT_EQ(framer.advance(), State::kComplete);
  EXPECT_FALSE(framer.keep_alive());
  EXPECT_EQ(framer.take().target, "/second");
}

TEST(FramerTest, Http10ClosesAndNeedsNoHost) {
  Framer framer;
  framer.feed("GET / HTTP/1.0\r\n\r\n");
  ASSERT_EQ(framer.advance(), State::kComplete);
  EXPECT_FALSE(framer.keep_alive());
}

// Found by fuzz_framing: piece by piece, any number of empty lines was forgiven; all at once, one.
TEST(FramerTest, OneEmptyLineBeforeARequestIsForgivenAndNoMore) {
  for (const std::size_t step : {1U, 2U, 100U}) {
    for (const int lines : {1, 2}) {
      std::string bytes = (lines == 2 ? "\r\n\r\n" : "\r\n") + std::string("GET / HTTP/1.0\r\n\r\n");
      Framer framer;
      auto state = State::kNeedMore;
      for (std::size_t at = 0; at < bytes.size() && state == State::kNeedMore; at += step) {
        framer.feed(std::string_view(bytes).substr(at, step));
        state = framer.advance();
      }
      EXPECT_EQ(state, lines == 1 ? State::kComplete : State::kRefused) << step;
    }
  }
}

TEST(FramerTest, ARefusalStays) {
  Framer framer;
  framer.feed("nonsense\r\n\r\n");
  EXPECT_EQ(framer.advance(), State::kRefused);
  framer.feed(kPost);
  EXPECT_EQ(framer.advance(), State::kRefused);
  EXPECT_EQ(framer.problem(), Problem::kInvalidRequest);
}

TEST(FramerTest, LimitsAreExact) {
  FramingLimits limits;
  limits.body = 8;
  for (const int size : {8, 9}) {
    Framer framer(limits);
    framer.feed("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + std::to_string(size) + "\r\n\r\n123456789");
    EXPECT_EQ(framer.advance(), size == 8 ? State::kComplete : State::kRefused) << size;
    Framer chunked(limits);
    chunked.feed("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n1234\r\n" +
                 std::to_string(size - 4) + "\r\n" + std::string(static_cast<std::size_t>(size - 4), 'x') +
                 "\r\n0\r\n\r\n");
    EXPECT_EQ(chunked.advance(), size == 8 ? State::kComplete : State::kRefused) << size;
  }
}

TEST(FramerTest, KeepsTheHeadersThatRoutesNeedAndRefusesDoublesOfThoseThatStandOnce) {
  const std::string head = "GET / HTTP/1.1\r\nHost: desk.example:8443\r\n";
  Framer framer;
  framer.feed(head +
              "Cookie: a=1; b=2\r\nOrigin: https://desk.example\r\nSec-Fetch-Site: same-origin\r\nX-Tocsin: 1\r\n"
              "If-Match: \"1\"\r\nIf-None-Match: \"2\"\r\nIf-None-Match: \"3\"\r\n\r\n");
  ASSERT_EQ(framer.advance(), State::kComplete);
  const HttpRequest request = framer.take();
  EXPECT_EQ(request.host, "desk.example:8443");
  EXPECT_EQ(request.cookie, "a=1; b=2");
  EXPECT_EQ(request.origin, "https://desk.example");
  EXPECT_EQ(request.sec_fetch_site, "same-origin");
  EXPECT_EQ(request.x_tocsin, "1");
  EXPECT_EQ(request.if_match, "\"1\"");
  EXPECT_EQ(request.if_none_match, "\"2\", \"3\"");
  for (const std::string name : {"Authorization", "Cookie", "Origin", "Sec-Fetch-Site", "X-Tocsin", "Content-Type"}) {
    Framer doubled;
    doubled.feed(head + name + ":\r\n" + name + ": b\r\n\r\n");
    EXPECT_EQ(doubled.advance(), State::kRefused) << name;
  }
}

TEST(FramerTest, OnlyABodyThatMayBeLargeIsAskedAboutAndThenMayBeAsLargeAsAllowed) {
  FramingLimits limits;
  limits.body = 8;
  const std::string head = "POST /photo HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer t\r\n";
  int asked = 0;
  const BodyLimit allow = [&](const HttpRequest& request) {
    ++asked;
    EXPECT_EQ(request.target, "/photo");
    EXPECT_EQ(request.authorization, "Bearer t");
    return BodyRule{16, {}};
  };
  Framer small(limits, allow);
  small.feed(head + "Content-Length: 8\r\n\r\n12345678");
  EXPECT_EQ(small.advance(), State::kComplete);
  EXPECT_EQ(asked, 0);
  for (const int size : {16, 17}) {
    Framer framer(limits, allow);
    framer.feed(head + "Content-Length: " + std::to_string(size) + "\r\n\r\n" + std::string(17, 'x'));
    EXPECT_EQ(framer.advance(), size == 16 ? State::kComplete : State::kRefused) << size;
  }
  EXPECT_EQ(asked, 2);
  Framer chunked(limits, allow);
  chunked.feed(head + "Transfer-Encoding: chunked\r\n\r\n10\r\n" + std::string(16, 'x') + "\r\n0\r\n\r\n");
  EXPECT_EQ(chunked.advance(), State::kComplete);
  Framer refused(limits, [](const HttpRequest&) { return BodyRule{0, Problem::kUnauthorized}; });
  refused.feed(head + "Content-Length: 9\r\n\r\n");
  EXPECT_EQ(refused.advance(), State::kRefused);
  EXPECT_EQ(refused.problem(), Problem::kUnauthorized);
}

TEST(FramerTest, AbsoluteFormWithAnAuthorityOfOursIsCutToThePathAndHostIsIgnored) {
  const std::vector<std::string> ours{"desk.example:443", "localhost:8443", "[::1]:8443"};
  const std::vector<std::pair<std::string, std::string>> good{{"https://desk.example/a?b=1", "/a?b=1"},
                                                              {"https://Desk.Example:443", "/"},
                                                              {"HTTPS://localhost:8443?x", "/?x"},
                                                              {"https://[::1]:8443/", "/"}};
  for (const auto& [target, path] : good) {
    Framer framer({}, {}, &ours);
    framer.feed("GET " + target + " HTTP/1.1\r\nHost: other.example\r\n\r\n");
    ASSERT_EQ(framer.advance(), State::kComplete) << target;
    const HttpRequest request = framer.take();
    EXPECT_EQ(request.target, path);
    EXPECT_NE(request.host, "other.example") << "RFC 9112 section 3.2.2";
  }
  for (const std::string target : {"https://other.example/", "https://desk.example:8443/", "http://desk.example/",
                                   "https://a@desk.example/", "https:///", "ftp://desk.example/"}) {
    Framer framer({}, {}, &ours);
    framer.feed("GET " + target + " HTTP/1.1\r\nHost: desk.example\r\n\r\n");
    EXPECT_EQ(framer.advance(), State::kRefused) << target;
    EXPECT_EQ(framer.problem(), Problem::kMisdirected) << target;
  }
  Framer next({}, {}, &ours);
  next.feed("GET https://desk.example/ HTTP/1.1\r\nHost: a\r\n\r\nGET /b HTTP/1.1\r\nHost: a\r\n\r\n");
  ASSERT_EQ(next.advance(), State::kComplete);
  (void)next.take();
  ASSERT_EQ(next.advance(), State::kComplete);
  EXPECT_EQ(next.take().host, "a") << "of the request before nothing is left";
}

TEST(FramerTest, TheExpectationOfAClientIsReportedOnce) {
  Framer framer;
  framer.feed("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_EQ(framer.advance(), State::kWantsContinue);
  EXPECT_EQ(framer.advance(), State::kNeedMore);
  framer.feed("{}");
  EXPECT_EQ(framer.advance(), State::kComplete);
}

}  // namespace
}  // namespace tocsin::https
