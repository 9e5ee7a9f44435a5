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
