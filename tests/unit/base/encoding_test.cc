#include "gateway/base/encoding.h"

#include <gtest/gtest.h>

namespace tocsin::base {
namespace {

TEST(EncodingTest, Base64UrlIsReadBackAndHoldsWhatUrlsTake) {
  EXPECT_EQ(to_base64url("\xfb\xff"), "-_8");
  for (const auto* text : {"", "f", "fo", "foo", "foob"}) EXPECT_EQ(from_base64url(to_base64url(text)), text);
}

TEST(EncodingTest, WhatIsNotExactlyBase64UrlIsRefused) {
  for (const auto* text : {"Zg==", "Zm+v", "Zm/v", "Z", "Zm9v ", "Zh"}) EXPECT_FALSE(from_base64url(text)) << text;
}

TEST(EncodingTest, Base64IsThatOfRfc4648WithPaddingAndIsReadBack) {
  EXPECT_EQ(to_base64("\xfb\xff"), "+/8=");
  for (const auto* text : {"", "f", "fo", "foo", "foob"}) EXPECT_EQ(from_base64(to_base64(text)), text);
  for (const auto* text : {"Zg", "Zm-v", "Zm_v", "Z", "Zm9v "}) EXPECT_FALSE(from_base64(text)) << text;
}

TEST(EncodingTest, Base32IsThatOfRfc4648WithoutPadding) {
  EXPECT_EQ(to_rfc_base32("foobar"), "MZXW6YTBOI");
  EXPECT_EQ(to_rfc_base32("f"), "MY");
  EXPECT_EQ(to_rfc_base32(""), "");
}

TEST(EncodingTest, PercentEncodingLeavesTheUnreservedAlone) {
  EXPECT_EQ(percent_encoded("a-B_1.~ /:值"), "a-B_1.~%20%2F%3A%E5%80%BC");
}

}  // namespace
}  // namespace tocsin::base
