// Whom a proxy in front speaks for: PROXY v2 headers, X-Forwarded-For and Forwarded.
#include <gtest/gtest.h>

#include <string>

#include "adapters/https/forwarded.h"
#include "adapters/https/proxy_protocol.h"

namespace tocsin::https {
namespace {

using State = ProxyHeader::State;

const std::string kSignature("\r\n\r\n\0\r\nQUIT\n", 12);

std::string header(unsigned command, unsigned family, const std::string& rest) {
  std::string bytes = kSignature;
  bytes += static_cast<char>(command);
  bytes += static_cast<char>(family);
  bytes += static_cast<char>(rest.size() >> 8U);
  bytes += static_cast<char>(rest.size() & 0xffU);
  return bytes + rest;
}
const std::string kTcp4Rest("\xc0\x00\x02\x07\x0a\x00\x00\x01\x30\x39\x20\xfb", 12);  // 192.0.2.7 to 10.0.0.1

TEST(ProxyProtocolTest, NamesTheClientOfBothFamilies) {
  const auto v4 = read_proxy_header(header(0x21, 0x11, kTcp4Rest) + "rest");
  ASSERT_EQ(v4.state, State::kComplete);
  EXPECT_EQ(v4.size, 28U) << "what follows belongs to TLS";
  EXPECT_EQ(v4.source->text(), "192.0.2.7");
  std::string rest("\x20\x01\x0d\xb8", 4);
  rest += std::string(11, '\0') + "\x01" + std::string(20, '\0');
  const auto v6 = read_proxy_header(header(0x21, 0x21, rest));
  ASSERT_EQ(v6.state, State::kComplete);
  EXPECT_EQ(v6.source->text(), "2001:db8::1");
}

TEST(ProxyProtocolTest, AProxyThatSpeaksForItselfNamesNobody) {
  EXPECT_EQ(read_proxy_header(header(0x20, 0x00, "")).state, State::kComplete);
  EXPECT_FALSE(read_proxy_header(header(0x20, 0x11, kTcp4Rest)).source.has_value());
  EXPECT_FALSE(read_proxy_header(header(0x21, 0x00, "")).source.has_value());
}

TEST(ProxyProtocolTest, TellsHowManyBytesItNeedsAtEachCut) {
  const std::string whole = header(0x21, 0x11, kTcp4Rest + "tlvs");
  for (std::size_t cut = 0; cut < whole.size(); ++cut) {
    const auto read = read_proxy_header(std::string_view(whole).substr(0, cut));
    ASSERT_EQ(read.state, State::kNeedMore) << cut;
    EXPECT_EQ(read.size, cut < 16 ? 16U : whole.size()) << cut;
  }
  EXPECT_EQ(read_proxy_header(whole).state, State::kComplete);
}

TEST(ProxyProtocolTest, AnythingElseIsRefusedAtItsFirstWrongByte) {
  EXPECT_EQ(read_proxy_header("G").state, State::kRefused);
  EXPECT_EQ(read_proxy_header("PROXY TCP4 192.0.2.7").state, State::kRefused) << "version 1";
  EXPECT_EQ(read_proxy_header("\x16\x03\x01").state, State::kRefused) << "TLS without a header";
  EXPECT_EQ(read_proxy_header(header(0x11, 0x11, kTcp4Rest)).state, State::kRefused) << "version";
  EXPECT_EQ(read_proxy_header(header(0x22, 0x11, kTcp4Rest)).state, State::kRefused) << "command";
  EXPECT_EQ(read_proxy_header(header(0x21, 0x12, kTcp4Rest)).state, State::kRefused) << "UDP";
  EXPECT_EQ(read_proxy_header(header(0x21, 0x31, kTcp4Rest)).state, State::kRefused) << "a unix socket";
  EXPECT_EQ(read_proxy_header(header(0x21, 0x11, "short")).state, State::kRefused);
  EXPECT_EQ(read_proxy_header(header(0x21, 0x11, std::string(1025, 'x'))).state, State::kRefused) << "too long";
}

std::string behind(ForwardedBy by, const std::string& value, const char* peer = "10.0.0.1") {
  const auto trusted = Networks::parse("10.0.0.0/8");
  return client_behind(*parse_address(peer), by, value, *trusted).text();
}

TEST(ForwardedTest, TheFirstFromTheRightThatIsNoTrustedProxyIsTheClient) {
  constexpr auto kBy = ForwardedBy::kXForwardedFor;
  EXPECT_EQ(behind(kBy, "192.0.2.7"), "192.0.2.7");
  EXPECT_EQ(behind(kBy, "6.6.6.6, 192.0.2.7, 10.0.0.9"), "192.0.2.7") << "what the client wrote itself means nothing";
  EXPECT_EQ(behind(kBy, "2001:db8::1"), "2001:db8::1");
  EXPECT_EQ(behind(kBy, "192.0.2.7:1234"), "192.0.2.7");
  EXPECT_EQ(behind(kBy, "[2001:db8::1]:1234"), "2001:db8::1");
  EXPECT_EQ(behind(kBy, "192.0.2.7", "203.0.113.5"), "203.0.113.5") << "a peer that is not trusted is not asked";
}

TEST(ForwardedTest, WhatIsNoAddressLeavesTheLastTrustedSpeaker) {
  constexpr auto kBy = ForwardedBy::kXForwardedFor;
  for (const char* value : {"", "unknown", "192.0.2.7, unknown", "192.0.2.7,", "localhost", "192.0.2.7:port"}) {
    EXPECT_EQ(behind(kBy, value), "10.0.0.1") << value;
  }
  EXPECT_EQ(behind(kBy, "192.0.2.7, unknown, 10.0.0.9"), "10.0.0.9");
}

TEST(ForwardedTest, TheStandardHeaderIsReadToo) {
  constexpr auto kBy = ForwardedBy::kForwarded;
  EXPECT_EQ(behind(kBy, "for=192.0.2.7"), "192.0.2.7");
  EXPECT_EQ(behind(kBy, "by=10.0.0.1; For=\"192.0.2.7:80\";proto=https"), "192.0.2.7");
  EXPECT_EQ(behind(kBy, "for=\"[2001:db8::1]:80\""), "2001:db8::1");
  EXPECT_EQ(behind(kBy, "for=6.6.6.6, for=192.0.2.7, for=10.0.0.9"), "192.0.2.7");
  for (const char* value : {"for=_hidden", "for=unknown", "proto=https", "192.0.2.7", "for=\"2001:db8::1", "for="}) {
    EXPECT_EQ(behind(kBy, value), "10.0.0.1") << value;
  }
}

TEST(ForwardedTest, AnEndlessListOfTrustedSpeakersEnds) {
  std::string value = "192.0.2.7";
  for (int i = 0; i < 10000; ++i) value += ", 10.0.0.9";
  EXPECT_EQ(behind(ForwardedBy::kXForwardedFor, value), "10.0.0.9");
}

}  // namespace
}  // namespace tocsin::https
