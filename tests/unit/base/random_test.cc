#include "gateway/base/random.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <set>
#include <string>

namespace tocsin::base {
namespace {

TEST(RandomTest, OneSeedIsOneSequenceOnEveryPlatform) {
  Random random(1);
  EXPECT_EQ(random.below(1'000'000), 2469588189546311528ULL % 1'000'000);  // mt19937_64 is fixed by the standard
}

TEST(RandomTest, StaysBelowItsBound) {
  Random random(2);
  for (int i = 0; i < 1000; ++i) EXPECT_LT(random.below(3), 3U);
  EXPECT_TRUE(random.one_in(1));
}

TEST(SecretsTest, TokensAreFortyThreeUrlSafeCharactersAndNeverTheSame) {
  std::set<std::string> seen;
  for (int i = 0; i < 100; ++i) {
    const std::string token = new_token();
    EXPECT_EQ(token.size(), 43U);
    EXPECT_TRUE(std::all_of(token.begin(), token.end(),
                            [](unsigned char c) { return std::isalnum(c) || c == '-' || c == '_'; }));
    EXPECT_TRUE(seen.insert(token).second);
  }
}

TEST(SecretsTest, BytesComeInTheLengthAsked) {
  EXPECT_EQ(secret_bytes(0).size(), 0U);
  EXPECT_EQ(secret_bytes(16).size(), 16U);
  EXPECT_NE(secret_bytes(16), secret_bytes(16));
}

}  // namespace
}  // namespace tocsin::base
