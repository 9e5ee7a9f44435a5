#include "gateway/base/digest.h"

#include <gtest/gtest.h>

#include <string>

namespace tocsin::base {
namespace {

TEST(DigestTest, IsBlake2bOf256Bits) {
  // RFC 7693 describes BLAKE2b; this is the well-known digest of the empty input at 32 bytes.
  EXPECT_EQ(to_hex(digest("")), "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8");
}

TEST(DigestTest, DependsOnEveryByteAndOnTheKey) {
  const std::string key(32, 'k');
  EXPECT_NE(digest("abc"), digest("abd"));
  EXPECT_NE(digest("abc"), digest("abc", key));
  EXPECT_EQ(digest("abc", key), digest("abc", key));
  EXPECT_NE(digest("abc", key), digest("abc", std::string(32, 'l')));
  EXPECT_NE(digest(std::string("a\0b", 3)), digest(std::string("a\0c", 3)));
}

TEST(DigestTest, BytesAreThoseOfTheDigest) {
  const Digest d = digest("abc");
  EXPECT_EQ(as_bytes(d).size(), 32U);
  EXPECT_EQ(static_cast<unsigned char>(as_bytes(d)[31]), d[31]);
}

}  // namespace
}  // namespace tocsin::base
