#include "gateway/callout/link_health.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/moments.h"

namespace tocsin::callout {
namespace {

using namespace support;  // NOLINT(google-build-using-namespace)
using model::LinkDoubt;

class LinkHealthTest : public testing::Test {
 protected:
  void send() {
    health_.handed_over(1, now_);
    health_.accepted(now_);
  }
  // So many messages, one a second; of them so many confirmed after `age`.
  void carry(int messages, int confirmed, base::Duration age = 2s) {
    for (int i = 0; i < messages; ++i) {
      send();
      if (i % messages < confirmed) owed_.push_back({now_, now_ + age});
      pass(1s);
    }
    pass(age);
  }
  void pass(base::Duration by) {
    const auto end = now_ + by;
    while (now_ < end) {
      now_ += 1s;
      for (const auto& [then, at] : owed_) {
        if (at <= now_ && at > now_ - 1s) health_.confirmed(then, now_);
      }
      if (health_.look(now_)) changes_.push_back(health_.doubted());
    }
  }
  // Becomes silent in mid-traffic; how long until it is doubted, from its first silent message.
  base::Duration until_doubted(base::Duration limit) {
    const auto begin = now_;
    while (!health_.doubted() && now_ - begin < limit) {
      send();
      pass(1s);
    }
    return now_ - begin;
  }

  base::UtcTime now_ = noon;
  LinkHealth health_;
  std::vector<std::pair<base::UtcTime, base::UtcTime>> owed_;
  std::vector<bool> changes_;
};

TEST_F(LinkHealthTest, ALinkThatConfirmsIsTrustedWhateverItsAge) {
  carry(300, 300, 4s);
  EXPECT_FALSE(health_.doubted());
  EXPECT_EQ(health_.allowance(now_), LinkHealth::kNoLimit);
  EXPECT_LT(health_.normal_missing(), 0.01);
}

TEST_F(LinkHealthTest, ALinkThatFallsSilentIsDoubtedWithinHalfAMinute) {
  carry(100, 100);
  EXPECT_LE(until_doubted(5min), 35s);
  EXPECT_EQ(health_.why(), LinkDoubt::kReceipts);
}

TEST_F(LinkHealthTest, AFreshLinkThatNeverConfirmedIsDoubtedWithinAMinute) {
  EXPECT_LE(until_doubted(5min), 60s);
}

TEST_F(LinkHealthTest, AFewPhonesThatAreSwitchedOffProveNothing) {
  carry(100, 100);
  for (int i = 0; i < 4; ++i) send();
  pass(10min);
  EXPECT_FALSE(health_.doubted());
}

TEST_F(LinkHealthTest, ItsOwnNormalIsNoSilence) {
  // A third of this carrier's receipts never come.
  for (int i = 0; i < 60; ++i) {
    carry(3, 2);
    health_.given_up();
  }
  const bool doubted_while_learning = !changes_.empty();
  for (int i = 0; i < 60; ++i) {
    carry(3, 2);
    if (!health_.doubted()) health_.given_up();
  }
  EXPECT_FALSE(health_.doubted());
  EXPECT_FALSE(doubted_while_learning) << "a third is within the margin of what is presumed";
  EXPECT_NEAR(health_.normal_missing(), 0.33, 0.1);
}

TEST_F(LinkHealthTest, ASlowCarrierIsWaitedForLonger) {
  carry(200, 200, 2s);
  EXPECT_EQ(health_.wait(), LinkHealth::kShortestWait);
  LinkHealth slow;
  std::swap(health_, slow);
  carry(200, 200, 40s);
  EXPECT_GE(health_.wait(), 40s);
  EXPECT_FALSE(health_.doubted());
}

TEST_F(LinkHealthTest, SilenceIsNotLearntAsNormal) {
  carry(100, 100);
  until_doubted(5min);
  const auto before = health_.normal_missing();
  for (int i = 0; i < 500; ++i) health_.given_up();
  EXPECT_EQ(health_.normal_missing(), before);
}

TEST_F(LinkHealthTest, ItComesBackByOneThenTwoThenFour) {
  carry(100, 100);
  until_doubted(5min);
  EXPECT_EQ(health_.allowance(now_), 0) << "first a pause";
  pass(LinkHealth::kFirstPause);
  int round = 1;
  while (health_.doubted()) {
    ASSERT_EQ(health_.allowance(now_), round);
    std::vector<base::UtcTime> sent;
    for (int i = 0; i < round; ++i) {
      send();
      sent.push_back(now_);
    }
    EXPECT_EQ(health_.allowance(now_), 0) << "no more before these are confirmed";
    now_ += 2s;
    for (const auto then : sent) health_.confirmed(then, now_);
    (void)health_.look(now_);
    round *= 2;
  }
  EXPECT_EQ(round, 2 * LinkHealth::kTrustedAfter);
  EXPECT_EQ(health_.allowance(now_), LinkHealth::kNoLimit);
}

TEST_F(LinkHealthTest, ATrialInVainMakesTheNextOneWaitLonger) {
  carry(100, 100);
  until_doubted(5min);
  base::Duration last{};
  for (int i = 0; i < 4; ++i) {
    const auto begin = now_;
    while (health_.allowance(now_) == 0) pass(1s);
    EXPECT_EQ(health_.allowance(now_), 1);
    EXPECT_GT(now_ - begin, last);
    last = now_ - begin;
    send();
    pass(health_.wait());
  }
  for (int i = 0; i < 20; ++i) {
    while (health_.allowance(now_) == 0) pass(1s);
    const auto begin = now_;
    send();
    while (health_.allowance(now_) == 0) pass(1s);
    EXPECT_LE(now_ - begin, LinkHealth::kLongestPause + 1min);
  }
}

TEST_F(LinkHealthTest, AReturnThatBreaksOffBeginsAnew) {
  carry(100, 100);
  until_doubted(5min);
  pass(LinkHealth::kFirstPause);
  for (int round = 1; round <= 8; round *= 2) {
    const auto then = now_;
    for (int i = 0; i < round; ++i) send();
    now_ += 2s;
    for (int i = 0; i < round; ++i) health_.confirmed(then, now_);
    (void)health_.look(now_);
  }
  ASSERT_EQ(health_.allowance(now_), 16);
  for (int i = 0; i < 16; ++i) send();
  pass(health_.wait() + 1s);
  EXPECT_EQ(health_.allowance(now_), 0);
  pass(LinkHealth::kLongestPause);
  EXPECT_EQ(health_.allowance(now_), 1);
}

TEST_F(LinkHealthTest, ReceiptsThatComeLateInBulkBringItBack) {
  carry(100, 100);
  const auto silent_from = now_;
  for (int i = 0; i < 120; ++i) send();
  pass(1min);
  ASSERT_TRUE(health_.doubted());
  for (int i = 0; i < 120; ++i) health_.confirmed(silent_from, now_);
  EXPECT_TRUE(health_.look(now_));
  EXPECT_FALSE(health_.doubted());
}

TEST_F(LinkHealthTest, AProbeLostCastsDoubtThatReceiptsDoNotLift) {
  carry(100, 100);
  health_.probe_lost(now_);
  EXPECT_TRUE(health_.doubted());
  EXPECT_EQ(health_.why(), LinkDoubt::kProbe);
  carry(200, 200);
  EXPECT_TRUE(health_.doubted()) << "a carrier may confirm what never arrives";
  EXPECT_EQ(health_.allowance(now_), 0);
  health_.probe_returned(now_, true);
  EXPECT_GE(health_.allowance(now_), 1) << "gently";
  EXPECT_TRUE(health_.doubted());
}

TEST_F(LinkHealthTest, ALinkWithoutReceiptsIsTrustedAgainByItsProbeAlone) {
  health_.probe_lost(now_);
  pass(1min);
  health_.probe_returned(now_, false);
  for (int i = 0; i < 40 && health_.doubted(); ++i) {
    health_.probe_returned(now_, false);
    pass(1s);
  }
  EXPECT_FALSE(health_.doubted());
}

TEST_F(LinkHealthTest, WhatIsRememberedOverARestartIsTheNormalAndTheDoubt) {
  carry(200, 200, 40s);
  until_doubted(10min);
  LinkHealth after;
  after.remember(health_.memory(), now_);
  EXPECT_NEAR(after.normal_missing(), health_.normal_missing(), 1e-5);
  EXPECT_EQ(after.doubted_since(), health_.doubted_since());
  EXPECT_EQ(after.allowance(now_), 0);
  EXPECT_EQ(after.allowance(now_ + LinkHealth::kFirstPause), 1);
}

TEST_F(LinkHealthTest, ATrialThatIsNotTakenIsATrialInVain) {
  carry(100, 100);
  until_doubted(5min);
  pass(LinkHealth::kFirstPause);
  health_.handed_over(1, now_);
  EXPECT_EQ(health_.allowance(now_), 0) << "it is on its way";
  health_.came_back();
  EXPECT_EQ(health_.allowance(now_), 1);
  pass(health_.wait());
  EXPECT_EQ(health_.allowance(now_), 0);
}

TEST_F(LinkHealthTest, AClockThatJumpsMakesNobodySilent) {
  carry(100, 100);
  for (int i = 0; i < 30; ++i) send();
  now_ += 1h;
  health_.clock_stepped();
  EXPECT_FALSE(health_.look(now_));
}

TEST_F(LinkHealthTest, ItSaysWhenToLookAgainAndOnlyThen) {
  EXPECT_FALSE(health_.next_look(now_));
  for (int i = 0; i < 5; ++i) send();
  const auto at = health_.next_look(now_);
  ASSERT_TRUE(at);
  EXPECT_FALSE(health_.look(*at - 1us));
  EXPECT_TRUE(health_.look(*at));
}

TEST(LinkHealth, FourFallsWithinTenMinutesPutItInDoubtAndARoundOfWhatIsTakenEndsIt) {
  LinkHealth health;
  EXPECT_FALSE(health.fell(noon));
  EXPECT_FALSE(health.fell(noon + 1min));
  EXPECT_FALSE(health.fell(noon + 2min));
  EXPECT_FALSE(health.fell(noon + 10min)) << "the first is too long ago";
  EXPECT_TRUE(health.fell(noon + 10min + 30s));
  EXPECT_EQ(health.why(), model::LinkDoubt::kFalls);
  EXPECT_FALSE(health.fell(noon + 10min + 40s)) << "known already";
  health.returned(noon + 11min);
  auto now = noon + 15min;
  for (int sent = 0; health.doubted() && sent < 1000; ++sent) {
    ASSERT_GT(health.allowance(now), 0);
    health.handed_over(1, now);
    health.taken();
    (void)health.look(now);
  }
  EXPECT_FALSE(health.doubted());
}

TEST(LinkHealth, HalfAnHourWithoutAFallEndsThatDoubtToo) {
  LinkHealth health;
  for (int i = 0; i < 4; ++i) {
    (void)health.fell(noon + i * 1min);
    health.returned(noon + i * 1min + 30s);
  }
  ASSERT_TRUE(health.doubted());
  EXPECT_EQ(health.next_look(noon + 5min), noon + 33min + 30s);
  EXPECT_FALSE(health.look(noon + 33min));
  EXPECT_TRUE(health.look(noon + 33min + 30s));
  EXPECT_FALSE(health.doubted());
}

TEST(LinkHealth, ButNotHalfAnHourInWhichItWasDown) {
  LinkHealth health;
  for (int i = 0; i < 4; ++i) (void)health.fell(noon + i * 1min);
  EXPECT_EQ(health.next_look(noon + 5min), std::nullopt);
  EXPECT_FALSE(health.look(noon + 40min));
  health.returned(noon + 41min);
  EXPECT_EQ(health.next_look(noon + 41min), noon + 71min);
  EXPECT_FALSE(health.look(noon + 70min));
  EXPECT_TRUE(health.look(noon + 71min));
}

TEST(LinkHealth, NorTheTimeOfARestart) {
  LinkHealth before;
  for (int i = 0; i < 4; ++i) (void)before.fell(noon + i * 1min);
  LinkHealth after;
  after.remember(before.memory(), noon + 40min);
  EXPECT_FALSE(after.look(noon + 40min));
  after.returned(noon + 41min);
  EXPECT_FALSE(after.look(noon + 70min));
  EXPECT_TRUE(after.look(noon + 71min));
}

}  // namespace
}  // namespace tocsin::callout
