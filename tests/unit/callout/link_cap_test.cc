#include "gateway/callout/link_cap.h"

#include <gtest/gtest.h>

#include "tests/support/moments.h"

namespace tocsin::callout {
namespace {

using namespace support;  // NOLINT(google-build-using-namespace)

TEST(LinkCap, WithoutACapThereIsNoEnd) {
  LinkCap cap;
  cap.count(noon, 1000000);
  EXPECT_EQ(cap.left(noon), LinkCap::kNoLimit);
  EXPECT_FALSE(cap.frees_at(noon));
}

TEST(LinkCap, AnHourHoldsSoManyAndFreesThemAsTheyAge) {
  LinkCap cap(10, 0);
  cap.count(noon, 4);
  cap.count(noon + 30min, 6);
  EXPECT_EQ(cap.left(noon + 30min), 0);
  EXPECT_EQ(cap.frees_at(noon + 30min), noon + 60min);
  EXPECT_EQ(cap.left(noon + 59min), 0);
  EXPECT_EQ(cap.left(noon + 60min), 4);
  EXPECT_EQ(cap.left(noon + 90min), 10);
}

TEST(LinkCap, TheDayHoldsBackWhenTheHourDoesNot) {
  LinkCap cap(10, 12);
  cap.count(noon, 10);
  cap.count(noon + 2h, 2);
  EXPECT_EQ(cap.left(noon + 5h), 0);
  EXPECT_EQ(cap.frees_at(noon + 5h), noon + 24h);
  EXPECT_EQ(cap.left(noon + 24h), 10);
}

TEST(LinkCap, WhatDidNotGoIsGivenBack) {
  LinkCap cap(2, 0);
  cap.count(noon, 2);
  cap.give_back(noon, 1);
  EXPECT_EQ(cap.left(noon), 1);
  cap.give_back(noon, 1);
  cap.give_back(noon, 1);
  EXPECT_EQ(cap.left(noon), 2) << "never more than the cap";
}

TEST(LinkCap, WhatIsGivenBackIsOfTheMinuteItWasCountedIn) {
  LinkCap cap(5, 0);
  cap.count(noon, 3);
  cap.count(noon + 5min, 2);
  cap.give_back(noon, 3);
  EXPECT_EQ(cap.left(noon + 60min), 3) << "the two of five past are still in the hour";
}

TEST(LinkCap, AMessageOfSeveralPartsWaitsUntilAllOfThemHaveRoom) {
  LinkCap cap(4, 0);
  cap.count(noon, 1);
  cap.count(noon + 10min, 1);
  cap.count(noon + 20min, 1);
  EXPECT_TRUE(cap.holds(noon + 30min, 1));
  EXPECT_FALSE(cap.holds(noon + 30min, 3));
  EXPECT_EQ(cap.frees_at(noon + 30min, 3), noon + 70min);
  EXPECT_TRUE(cap.holds(noon + 70min, 3));
}

TEST(LinkCap, AMessageLongerThanTheCapGoesWhenNothingElseWent) {
  LinkCap cap(2, 0);
  EXPECT_TRUE(cap.holds(noon, 3));
  cap.count(noon, 3);
  EXPECT_FALSE(cap.holds(noon + 59min, 1));
  EXPECT_EQ(cap.frees_at(noon + 1min, 3), noon + 60min);
}

TEST(LinkCap, NoHourEverHoldsMoreThanTheCapWhateverIsSent) {
  LinkCap cap(7, 0);
  std::vector<base::UtcTime> sent;
  for (auto now = noon; now < noon + 6h; now += 37s) {
    while (cap.left(now) > 0 && (sent.empty() || sent.back() != now || sent.size() % 3 != 0)) {
      cap.count(now, 1);
      sent.push_back(now);
    }
  }
  ASSERT_GT(sent.size(), 30U);
  for (std::size_t i = 7; i < sent.size(); ++i) EXPECT_GT(sent[i] - sent[i - 7], 59min) << i;
}

TEST(LinkCap, WhatCanWaitGetsItsShareOnlyOfWhatNobodyElseUsed) {
  LinkCap cap(20, 100);
  EXPECT_TRUE(cap.spares(noon, 1, 10));
  cap.count(noon, 1);
  EXPECT_TRUE(cap.spares(noon, 1, 10));
  EXPECT_FALSE(cap.spares(noon, 2, 10));
  cap.count(noon, 1);
  EXPECT_FALSE(cap.spares(noon + 59min, 1, 10)) << "two in an hour";
  EXPECT_TRUE(cap.spares(noon + 60min, 1, 10));
  cap.count(noon + 60min, 8);
  EXPECT_FALSE(cap.spares(noon + 10h, 1, 10)) << "ten in a day";
  LinkCap small(3, 0);
  EXPECT_TRUE(small.spares(noon, 1, 10)) << "one at the least";
  small.count(noon, 1);
  EXPECT_FALSE(small.spares(noon, 1, 10));
  EXPECT_TRUE(LinkCap().spares(noon, 1, 10)) << "without a cap there is always some";
}

}  // namespace
}  // namespace tocsin::callout
