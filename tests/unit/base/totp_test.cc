#include "gateway/base/totp.h"

#include <gtest/gtest.h>

namespace tocsin::base {
namespace {

using namespace std::chrono_literals;

const std::string kSecret = "12345678901234567890";  // RFC 6238 appendix B

UtcTime at(std::int64_t seconds) {
  return from_micros(seconds * 1'000'000);
}

TEST(TotpTest, CodesAreThoseOfRfc6238) {
  EXPECT_EQ(totp_code(kSecret, at(59)), "287082");
  EXPECT_EQ(totp_code(kSecret, at(1111111109)), "081804");
  EXPECT_EQ(totp_code(kSecret, at(20000000000)), "353130");
}

TEST(TotpTest, ACodeIsTakenOneStepEarlyOrLateAndSaysItsStep) {
  EXPECT_EQ(totp_step(kSecret, "081804", at(1111111109)), 1111111109 / 30);
  EXPECT_EQ(totp_step(kSecret, "081804", at(1111111109 + 30)), 1111111109 / 30);
  EXPECT_EQ(totp_step(kSecret, "081804", at(1111111109 - 30)), 1111111109 / 30);
  EXPECT_FALSE(totp_step(kSecret, "081804", at(1111111109 + 90)));
  EXPECT_FALSE(totp_step(kSecret, "081804", at(1111111109 - 90)));
}

TEST(TotpTest, OnlySixDigitsAreACode) {
  for (const auto* code : {"", "81804", "0081804", "08180a", " 81804", "+81804"}) {
    EXPECT_FALSE(totp_step(kSecret, code, at(1111111109))) << code;
  }
}

TEST(TotpTest, TheAddressNamesOfficeAccountAndSecret) {
  EXPECT_EQ(otpauth_uri("街道 desk", "a.b", kSecret),
            "otpauth://totp/%E8%A1%97%E9%81%93%20desk:a.b?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
            "&issuer=%E8%A1%97%E9%81%93%20desk&algorithm=SHA1&digits=6&period=30");
}

}  // namespace
}  // namespace tocsin::base
