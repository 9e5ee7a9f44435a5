#include "gateway/base/token_bucket.h"

#include <gtest/gtest.h>

namespace tocsin::base {
namespace {

using namespace std::chrono_literals;

constexpr SteadyTime kNow{std::chrono::hours(1)};

TEST(TokenBucketTest, NoSecondSeesMoreThanATenthAboveTheLimit) {
  TokenBucket bucket(100);
  SteadyTime now = kNow;
  int sent = 0;
  while (now < kNow + 1s) {
    while (bucket.take(now)) ++sent;
    now += bucket.wait();
  }
  EXPECT_GE(sent, 100);
  EXPECT_LE(sent, 110);
}

TEST(TokenBucketTest, WithoutALimitEverythingMayGo) {
  TokenBucket bucket(0);
  for (int i = 0; i < 1000; ++i) EXPECT_TRUE(bucket.take(kNow));
}

TEST(TokenBucketTest, ALowRateStillLetsOneOut) {
  TokenBucket bucket(1);
  EXPECT_TRUE(bucket.take(kNow));
  EXPECT_FALSE(bucket.take(kNow + 500ms));
  EXPECT_TRUE(bucket.take(kNow + 1s));
}

}  // namespace
}  // namespace tocsin::base
