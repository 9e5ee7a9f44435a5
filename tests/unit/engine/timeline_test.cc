#include "gateway/engine/timeline.h"

#include <gtest/gtest.h>

#include "tests/support/manual_clock.h"

namespace tocsin::engine {
namespace {

using namespace std::chrono_literals;

class TimelineTest : public ::testing::Test {
 protected:
  base::UtcTime noon = *base::parse_rfc3339("2026-11-22T12:00:00Z");
  testing::ManualClock clock{noon};
  Timeline timeline{clock, 2s};

  void SetUp() override {
    clock.step_utc(-base::Duration{1'000'000});
  }  // the manual clock has run for a second already
};

TEST_F(TimelineTest, NoStampIsEverRepeated) {
  timeline.start(std::nullopt);
  const auto first = timeline.stamp();
  EXPECT_EQ(timeline.stamp(), first + 1us);
  clock.advance(1s);
  EXPECT_EQ(timeline.stamp(), first + 1s);
}

TEST_F(TimelineTest, AStartBeforeTheLastRecordedTimeBeginsJustAfterItAndRunsOn) {
  timeline.start(noon + 1h);
  EXPECT_EQ(timeline.stamp(), noon + 1h + 1us);
  clock.advance(3min);
  EXPECT_EQ(timeline.stamp(), noon + 1h + 3min + 1us);
  EXPECT_FALSE(timeline.step()) << "known from the start";
}

TEST_F(TimelineTest, AForwardStepIsFollowedAndToldOnce) {
  timeline.start(std::nullopt);
  clock.step_utc(1h);
  EXPECT_EQ(timeline.step(), base::Duration(1h));
  EXPECT_GE(timeline.stamp(), noon + 1h);
  EXPECT_FALSE(timeline.step());
}

TEST_F(TimelineTest, ABackwardStepIsToldOnceAndTimeGoesOn) {
  timeline.start(std::nullopt);
  const auto before = timeline.stamp();
  clock.step_utc(-1h);
  EXPECT_EQ(timeline.step(), base::Duration(-1h));
  clock.advance(1min);
  EXPECT_EQ(timeline.stamp(), before + 1min);
  EXPECT_FALSE(timeline.step());
}

TEST_F(TimelineTest, DriftWithinTheToleranceIsNoStep) {
  timeline.start(std::nullopt);
  clock.step_utc(2s);
  EXPECT_FALSE(timeline.step());
  clock.step_utc(1us);
  EXPECT_TRUE(timeline.step());
}

}  // namespace
}  // namespace tocsin::engine
