// A disk that is full or fails: intake says "later", what is owed goes on, and all recovers by itself.
#include <gmock/gmock.h>

#include "gateway/db/fault_vfs.h"
#include "tests/support/world.h"

namespace tocsin::testing {
namespace {

using namespace std::chrono_literals;

class DiskScenario : public ::testing::Test {
 protected:
  static WorldOptions on(const db::FaultVfs& disk) {
    WorldOptions options;
    options.vfs = disk.name();
    return options;
  }
  static model::SubmitReport a_report(World& world, const std::string& key) {
    model::SubmitReport report;
    report.by.role = model::Role::kReporter;
    report.by.name = "worker";
    report.by.person = world.id_of("worker");
    report.key = key;
    report.hazard = "fire";
    report.facts = *model::parse_facts("trapped=1");
    report.area = "lake-1";
    return report;
  }

  db::FaultVfs disk{1};
};

TEST_F(DiskScenario, AFullDiskRefusesReportsWithRetryLaterTellsNobodyAndRecoversByItself) {
  World world(on(disk));
  disk.set_disk_full(true);
  // Enough reports that the WAL must grow.
  base::Error refused;
  for (int i = 0; i < 200 && refused.message.empty(); ++i) {
    const auto result = world.submit(a_report(world, "full-disk-" + std::to_string(i)));
    if (!result) refused = result.error();
  }
  ASSERT_EQ(refused.code, base::ErrorCode::kRetryLater);
  EXPECT_FALSE(world.office->readiness().ready);
  EXPECT_THAT(world.office->readiness().problems,
              ::testing::Contains(::testing::Field(&base::Said::en, ::testing::HasSubstr("disk is full"))));

  disk.heal();
  world.advance(11s);

  EXPECT_TRUE(world.office->readiness().ready);
  EXPECT_TRUE(world.submit(a_report(world, "after-the-flood")).ok());
}

TEST_F(DiskScenario, ACommitThatFailsTellsNobodyAndTheSameReportIsTakenAgainLater) {
  World world(on(disk));
  disk.fail_randomly(1, db::Fault::kIoError);
  const auto refused = world.submit(a_report(world, "io-error-1"));
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, base::ErrorCode::kRetryLater);
  EXPECT_TRUE(world.sms.log.empty()) << "no effect escapes before the commit";

  disk.heal();
  world.advance(11s);
  const auto taken = world.submit(a_report(world, "io-error-1"));

  ASSERT_TRUE(taken.ok()) << taken.error().message;
  EXPECT_FALSE(std::get<model::SubmittedReport>(*taken).repeated);
  EXPECT_EQ(world.sms.log.size(), 3U);
}

TEST_F(DiskScenario, WhatALinkSaidDuringAFailureIsNotForgotten) {
  World world(on(disk));
  world.sms.mood = CarrierMood::kHolds;
  ASSERT_TRUE(world.submit(a_report(world, "link-word-1")).ok());
  disk.fail_randomly(1, db::Fault::kIoError);

  world.sms.release();  // the ends of three sends, told once and never again
  world.settle();
  disk.heal();
  world.advance(11s);

  for (const auto& told : world.incident(101).alerts) {
    ASSERT_FALSE(told.deliveries.empty());
    EXPECT_EQ(told.deliveries.front().state, model::DeliveryState::kAccepted);
  }
}

TEST_F(DiskScenario, APlanThatTheDiskDoesNotTakeIsNotInForceAndMayBeOfferedAgain) {
  World world(on(disk));
  const auto text = world.plan_text("2");
  disk.fail_randomly(1, db::Fault::kIoError);
  const auto refused = world.use_plan(text);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, base::ErrorCode::kRetryLater);

  disk.heal();
  world.advance(11s);
  EXPECT_EQ(world.office->engine().plan()->version, "1");
  ASSERT_TRUE(world.submit(a_report(world, "old-plan-01")).ok());
  EXPECT_EQ(world.incident(101).incident.plan_version, 1) << "a version that never was is nobody's";

  ASSERT_TRUE(world.use_plan(text).ok());
  EXPECT_EQ(world.office->engine().plan()->version, "2");
  EXPECT_EQ(world.count_records(model::RecordKind::kPlanInForce), 2);
}

TEST_F(DiskScenario, AReadThatFailsCancelsNoAlert) {
  // More words than one page of the database holds, so that some are read at the claim alone.
  constexpr int kReplies = 12;
  std::size_t all = 0;
  for (std::uint64_t nth = 0; nth <= 40; ++nth) {  // the first time none fails
    World world(on(disk));
    world.sms.set_window(0);
    ASSERT_TRUE(world.submit(a_report(world, "read-error-1")).ok());
    for (int i = 0; i < kReplies; ++i) {
      world.texts("worker", "着火了" + std::to_string(i));
      world.advance(1s);
    }
    world.restart();  // nothing is at hand: what goes out is read
    disk.fail_read(nth);
    world.sms.set_window(100);
    world.advance(1s);
    disk.heal();
    world.advance(11s);
    if (nth == 0) all = world.sms.log.size();
    ASSERT_GT(all, 3U);
    EXPECT_EQ(world.sms.log.size(), all) << "read " << nth;
    EXPECT_EQ(world.count_records(model::RecordKind::kDeliveryCancelled), 0) << "read " << nth;
  }
}

TEST_F(DiskScenario, PowerLostAfterTheReplyLosesNothing) {
  World world(on(disk));
  world.sms.set_window(0);
  ASSERT_TRUE(world.submit(a_report(world, "power-cut-1")).ok());

  disk.crash(db::Survives::kNothing);
  world.crash();
  disk.heal();
  world.sms.set_window(100);
  ASSERT_TRUE(world.try_open()) << world.open_error.message;

  EXPECT_EQ(world.incident(101).reports.size(), 1U);
  EXPECT_EQ(world.sms.log.size(), 3U);
  const auto again = world.submit(a_report(world, "power-cut-1"));
  ASSERT_TRUE(again.ok());
  EXPECT_TRUE(std::get<model::SubmittedReport>(*again).repeated);
}

}  // namespace
}  // namespace tocsin::testing
