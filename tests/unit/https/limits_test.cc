// Rates, shares and turns.
#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <vector>

#include "adapters/https/client_limits.h"
#include "adapters/https/fair_queue.h"
#include "adapters/https/rate_limiter.h"
#include "adapters/https/request_pool.h"
#include "adapters/https/waiting.h"

namespace tocsin::https {
namespace {

using namespace std::chrono_literals;

const RateLimiter::Time kStart{1000h};

TEST(RateLimiterTest, ABurstPassesAndThenTheRateHolds) {
  RateLimiter limiter({2, 3});
  for (int i = 0; i < 3; ++i) EXPECT_FALSE(limiter.take("a", kStart).has_value()) << i;
  const auto wait = limiter.take("a", kStart);
  ASSERT_TRUE(wait.has_value());
  EXPECT_GT(*wait, 400ms);
  EXPECT_LE(*wait, 501ms);
  EXPECT_TRUE(limiter.take("a", kStart + 400ms).has_value());
  EXPECT_FALSE(limiter.take("a", kStart + 501ms).has_value());
  EXPECT_TRUE(limiter.take("a", kStart + 502ms).has_value());
}

TEST(RateLimiterTest, KeysDoNotCountAgainstEachOther) {
  RateLimiter limiter({1, 1});
  EXPECT_FALSE(limiter.take("a", kStart).has_value());
  EXPECT_TRUE(limiter.take("a", kStart).has_value());
  EXPECT_FALSE(limiter.take("b", kStart).has_value());
}

TEST(RateLimiterTest, AnHourOfSilenceGivesNoMoreThanTheBurst) {
  RateLimiter limiter({100, 2});
  EXPECT_FALSE(limiter.take("a", kStart).has_value());
  for (int i = 0; i < 2; ++i) EXPECT_FALSE(limiter.take("a", kStart + 1h).has_value());
  EXPECT_TRUE(limiter.take("a", kStart + 1h).has_value());
}

TEST(RateLimiterTest, NoLimitIsNoLimitAndCanBeSetLive) {
  RateLimiter limiter({0, 1});
  for (int i = 0; i < 1000; ++i) EXPECT_FALSE(limiter.take("a", kStart).has_value());
  EXPECT_EQ(limiter.size(), 0U);
  limiter.set({1, 1});
  EXPECT_FALSE(limiter.take("a", kStart).has_value());
  EXPECT_TRUE(limiter.take("a", kStart).has_value());
}

TEST(RateLimiterTest, RemembersABoundedNumberOfKeysAndForgetsTheRestedFirst) {
  RateLimiter limiter({1, 1}, 100);
  for (int i = 0; i < 50; ++i) (void)limiter.take("old-" + std::to_string(i), kStart);
  for (int i = 0; i < 40; ++i) (void)limiter.take("new-" + std::to_string(i), kStart + 10s);
  for (int i = 0; i < 40; ++i) (void)limiter.take("more-" + std::to_string(i), kStart + 10s);
  EXPECT_LE(limiter.size(), 100U);
  EXPECT_TRUE(limiter.take("new-7", kStart + 10s).has_value()) << "the flooder is still known";
  for (int i = 0; i < 1000; ++i) (void)limiter.take("many-" + std::to_string(i), kStart + 10s);
  EXPECT_LE(limiter.size(), 100U);
}

TEST(RateLimiterTest, RetryAfterIsWholeSecondsAndNeverZero) {
  EXPECT_EQ(retry_after_seconds(1ms), 1);
  EXPECT_EQ(retry_after_seconds(1001ms), 2);
}

TEST(ClientLimitsTest, AClientHasItsShareOfConnectionsAndNoMore) {
  ClientLimits limits({2, 4, 1});
  EXPECT_TRUE(limits.connect("a"));
  EXPECT_TRUE(limits.connect("a"));
  EXPECT_FALSE(limits.connect("a"));
  EXPECT_TRUE(limits.connect("b"));
  limits.disconnect("a");
  EXPECT_TRUE(limits.connect("a"));
  limits.disconnect("a");
  limits.disconnect("a");
  limits.disconnect("b");
  EXPECT_EQ(limits.clients(), 0U) << "nobody is remembered who has nothing";
}

TEST(ClientLimitsTest, LargeBodiesAreFewInAllAndFewerOfOneClient) {
  ClientLimits limits({8, 2, 1});
  EXPECT_TRUE(limits.begin_large_body("a"));
  EXPECT_FALSE(limits.begin_large_body("a"));
  EXPECT_TRUE(limits.begin_large_body("b"));
  EXPECT_FALSE(limits.begin_large_body("c"));
  limits.end_large_body("a");
  EXPECT_TRUE(limits.begin_large_body("c"));
  limits.end_large_body("b");
  limits.end_large_body("c");
  EXPECT_EQ(limits.clients(), 0U);
}

TEST(FairQueueTest, ClientsTakeTurnsAndEachIsServedInItsOrder) {
  FairQueue<int> queue;
  for (const int value : {1, 2, 3}) queue.push("loud", value);
  queue.push("quiet", 9);
  EXPECT_EQ(queue.size_of("loud"), 3U);
  std::vector<int> order;
  while (const auto value = queue.pop()) order.push_back(*value);
  EXPECT_EQ(order, (std::vector<int>{1, 9, 2, 3}));
  EXPECT_TRUE(queue.empty());
}

TEST(FairQueueTest, WhatIsTakenBackIsGoneAndTheTurnsGoOn) {
  FairQueue<int> queue;
  queue.push("a", 1);
  queue.push("b", 2);
  queue.push("b", 3);
  EXPECT_TRUE(queue.remove("a", 1));
  EXPECT_FALSE(queue.remove("a", 1));
  EXPECT_TRUE(queue.remove("b", 2));
  EXPECT_EQ(queue.size(), 1U);
  EXPECT_EQ(queue.pop(), 3);
  EXPECT_EQ(queue.pop(), std::nullopt);
}

// A pool whose workers are held until let go.
class RequestPoolTest : public ::testing::Test {
 protected:
  void start(RequestPool::Size size) {
    pool_ = std::make_unique<RequestPool>(size);
    ASSERT_TRUE(pool_->start().ok());
  }
  // A job that holds its worker; returns once it runs.
  void hold(Lane lane, const std::string& client) {
    std::promise<void> entered;
    ASSERT_EQ(pool_->submit(lane, client, job([&] {
                              entered.set_value();
                              const Waiting waiting;
                              go_on_.wait();
                            })),
              RequestPool::Entered::kYes);
    entered.get_future().wait();
  }
  static RequestPool::Job job(RequestPool::Work work) { return std::make_shared<RequestPool::Work>(std::move(work)); }
  void let_go() { let_go_.set_value(); }

  std::promise<void> let_go_;
  std::shared_future<void> go_on_ = let_go_.get_future().share();
  std::unique_ptr<RequestPool> pool_;
};

TEST_F(RequestPoolTest, AFloodOfOneLaneLeavesTheOtherItsShareOfTheWorkers) {
  start({4, 25, 100, 100});
  for (int i = 0; i < 3; ++i) hold(Lane::kNormal, "flood");
  std::atomic<bool> normal_ran{false};
  ASSERT_EQ(pool_->submit(Lane::kNormal, "flood", job([&] { normal_ran = true; })), RequestPool::Entered::kYes);
  std::promise<void> answered;
  ASSERT_EQ(pool_->submit(Lane::kUrgent, "desk", job([&] { answered.set_value(); })), RequestPool::Entered::kYes);
  answered.get_future().wait();
  EXPECT_FALSE(normal_ran) << "the last worker is kept for what is urgent";
  let_go();
  pool_->stop();
}

TEST_F(RequestPoolTest, UrgentRequestsDoNotTakeAllWorkersEither) {
  start({4, 25, 100, 100});
  for (int i = 0; i < 3; ++i) hold(Lane::kUrgent, "sign-in");
  std::promise<void> answered;
  ASSERT_EQ(pool_->submit(Lane::kNormal, "phone", job([&] { answered.set_value(); })), RequestPool::Entered::kYes);
  answered.get_future().wait();
  let_go();
}

TEST_F(RequestPoolTest, RequestsThatKeepTheProcessorBusyDoNotKeepUrgentOnesOut) {
  start({64, 25, 100, 100});
  std::atomic<int> begun{0};
  const auto busy = [&] {
    ++begun;
    go_on_.wait();  // without saying that it waits
  };
  for (int i = 0; i < 60; ++i) ASSERT_EQ(pool_->submit(Lane::kNormal, "a", job(busy)), RequestPool::Entered::kYes);
  std::promise<void> answered;
  ASSERT_EQ(pool_->submit(Lane::kUrgent, "desk", job([&] { answered.set_value(); })), RequestPool::Entered::kYes);
  answered.get_future().wait();
  EXPECT_LT(begun, 60) << "more of them would only take the processor from each other";
  let_go();
  pool_->stop();
}

TEST_F(RequestPoolTest, WhatDoesNotFitIsSaidAtOnce) {
  start({1, 25, 3, 2});
  hold(Lane::kNormal, "a");
  const auto nothing = [] {};
  EXPECT_EQ(pool_->submit(Lane::kNormal, "a", job(nothing)), RequestPool::Entered::kYes);
  EXPECT_EQ(pool_->submit(Lane::kNormal, "a", job(nothing)), RequestPool::Entered::kYes);
  EXPECT_EQ(pool_->submit(Lane::kNormal, "a", job(nothing)), RequestPool::Entered::kClientFull);
  EXPECT_EQ(pool_->submit(Lane::kNormal, "b", job(nothing)), RequestPool::Entered::kYes);
  EXPECT_EQ(pool_->submit(Lane::kNormal, "c", job(nothing)), RequestPool::Entered::kFull);
  let_go();
}

TEST_F(RequestPoolTest, WhatIsCancelledInTimeNeverRuns) {
  start({1, 25, 10, 10});
  hold(Lane::kNormal, "a");
  std::atomic<bool> ran{false};
  const auto waiting = job([&] { ran = true; });
  ASSERT_EQ(pool_->submit(Lane::kNormal, "a", waiting), RequestPool::Entered::kYes);
  EXPECT_TRUE(pool_->cancel(Lane::kNormal, "a", waiting));
  EXPECT_FALSE(pool_->cancel(Lane::kNormal, "a", waiting));
  let_go();
  pool_->stop();
  EXPECT_FALSE(ran);
}

TEST_F(RequestPoolTest, WorkersComeAndGoLive) {
  start({1, 0, 10, 10});
  hold(Lane::kNormal, "a");
  ASSERT_TRUE(pool_->resize({3, 0, 10, 10}).ok());
  hold(Lane::kNormal, "b");
  ASSERT_TRUE(pool_->resize({2, 0, 10, 10}).ok());
  let_go();
  std::promise<void> answered;
  ASSERT_EQ(pool_->submit(Lane::kNormal, "c", job([&] { answered.set_value(); })), RequestPool::Entered::kYes);
  answered.get_future().wait();
}

}  // namespace
}  // namespace tocsin::https
