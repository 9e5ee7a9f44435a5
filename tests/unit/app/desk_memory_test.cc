// What all desks ask for is counted once a second, and never kept from them for longer.
#include <gtest/gtest.h>

#include "gateway/app/desk_memory.h"
#include "tests/support/fake_front_door.h"
#include "tests/support/manual_clock.h"

namespace tocsin::app {
namespace {

using namespace std::chrono_literals;

class DeskMemoryTest : public ::testing::Test {
 protected:
  DeskMemoryTest() {
    queries_.views.emplace_back();
    queries_.views.back().incident.id = kFire;
    queries_.entries.push_back({1, {}, model::RecordKind::kIncidentOpened, kFire, 0, 0, 0, ""});
  }
  // Somebody more is told.
  void happens() {
    queries_.views.back().alerts.emplace_back();
    queries_.entries.push_back({queries_.entries.back().seq + 1, {}, model::RecordKind::kAnswered, kFire, 0, 0, 0, ""});
  }
  model::Summaries asked() {
    auto summaries = memory_.summaries({&kFire, 1}, queries_.entries.back().seq);
    EXPECT_TRUE(summaries.ok());
    return std::move(summaries).value();
  }

  static constexpr model::IncidentId kFire{7};
  tocsin::testing::FakeQueries queries_;
  tocsin::testing::ManualClock clock_{*base::parse_rfc3339("2026-11-22T02:00:00Z")};
  DeskMemory memory_{queries_, clock_};
};

TEST_F(DeskMemoryTest, WithinASecondItIsNotCountedAgainAndSaysHowFarItIs) {
  EXPECT_EQ(asked().of.at(kFire).people, 0);
  happens();
  clock_.advance(999ms);
  const auto old = asked();
  EXPECT_EQ(old.of.at(kFire).people, 0);
  EXPECT_EQ(old.seq, 1);
  clock_.advance(1ms);
  const auto anew = asked();
  EXPECT_EQ(anew.of.at(kFire).people, 1);
  EXPECT_EQ(anew.seq, 2);
}

TEST_F(DeskMemoryTest, WhileNothingHappensItHoldsHoweverOldItIs) {
  (void)asked();
  queries_.views.back().alerts.emplace_back();  // behind the record's back: only counting again would see it
  clock_.advance(1h);
  EXPECT_EQ(asked().of.at(kFire).people, 0);
  EXPECT_EQ(asked().seq, 1);
}

TEST_F(DeskMemoryTest, WhatEndedHasNoSummaryOnceItIsCountedAgain) {
  EXPECT_EQ(asked().of.size(), 1U);
  happens();
  queries_.views.clear();
  clock_.advance(2s);
  EXPECT_TRUE(asked().of.empty());
}

}  // namespace
}  // namespace tocsin::app
