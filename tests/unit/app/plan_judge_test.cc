// The judge's thread: one plan at a time, nobody waits in a queue.
#include "gateway/app/plan_judge.h"

#include <gmock/gmock.h>

#include <chrono>
#include <stdexcept>

namespace tocsin::app {
namespace {

using namespace std::chrono_literals;

ports::PlanJudged named(const std::string& name) {
  ports::PlanJudged judged;
  judged.name = name;
  return judged;
}

TEST(PlanJudgeTest, WorksOnAThreadOfItsOwn) {
  PlanJudge judge;
  std::thread::id where;
  auto coming = judge.judge([&] {
    where = std::this_thread::get_id();
    return named("first");
  });
  EXPECT_EQ(coming.get()->name, "first");
  EXPECT_NE(where, std::this_thread::get_id());
}

TEST(PlanJudgeTest, WhoComesMeanwhileIsSentAwayAtOnceAndWhoComesAfterIsServed) {
  PlanJudge judge;
  std::promise<void> go_on;
  auto first = judge.judge([held = go_on.get_future().share()] {
    held.wait();
    return named("first");
  });
  auto second = judge.judge([] { return named("second"); });
  ASSERT_EQ(second.wait_for(0s), std::future_status::ready);
  const auto sent_away = second.get();
  ASSERT_FALSE(sent_away.ok());
  EXPECT_EQ(sent_away.error().code, base::ErrorCode::kRetryLater);
  EXPECT_THAT(sent_away.error().message, ::testing::HasSubstr("another plan is being judged"));

  go_on.set_value();
  EXPECT_EQ(first.get()->name, "first");
  for (int i = 0; i < 100; ++i) {
    const auto next = judge.judge([] { return named("next"); }).get();
    ASSERT_TRUE(next.ok()) << "whoever has an answer may offer the next: " << next.error().message;
  }
}

TEST(PlanJudgeTest, WhatItThrowsReachesWhoAskedAndTheNextIsJudged) {
  PlanJudge judge;
  auto failed = judge.judge([]() -> ports::PlanJudged { throw std::runtime_error("no memory"); });
  EXPECT_THROW((void)failed.get(), std::runtime_error);
  EXPECT_TRUE(judge.judge([] { return named("next"); }).get().ok());
}

TEST(PlanJudgeTest, ItsEndWaitsForWhatIsBeingJudged) {
  std::promise<void> begun;
  std::future<base::Result<ports::PlanJudged>> coming;
  {
    PlanJudge judge;
    coming = judge.judge([&] {
      begun.set_value();
      return named("last");
    });
    begun.get_future().wait();
  }
  EXPECT_EQ(coming.wait_for(0s), std::future_status::ready);
}

}  // namespace
}  // namespace tocsin::app
