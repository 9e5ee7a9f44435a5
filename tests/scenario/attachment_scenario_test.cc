// Photographs behind reports: whose they are, how long they stay, and what a crash leaves behind.
#include "tests/support/world.h"

namespace tocsin::testing {
namespace {

using namespace std::chrono_literals;
using base::ErrorCode;

class AttachmentScenario : public Scenario {
 protected:
  model::SubmittedReport a_report(const std::string& hazard = "fire") {
    return world.report(hazard, "serious=1", "lake-1");
  }
  // Puts a file and names it as the reporter's.
  model::CommandResult attach(model::ReportId report, const std::string& bytes, const std::string& who = "worker") {
    const auto hash = put(bytes);
    return world.submit(naming(report, hash, who));
  }
  std::string put(const std::string& bytes) { return world.put_attachment(bytes); }
  model::AttachFile naming(model::ReportId report, const std::string& hash, const std::string& who) {
    model::AttachFile command;
    command.by.role = model::Role::kReporter;
    command.by.name = who;
    command.by.person = world.id_of(who);
    command.file.report = report;
    command.file.hash = hash;
    command.file.bytes = 3;
    command.file.width = command.file.height = 10;
    return command;
  }
  std::size_t kept(int code) { return world.incident(code).attachments.size(); }
  bool lies_there(const std::string& hash) { return world.office->attachments().has(hash); }
  void stand_down(int code) { ASSERT_TRUE(world.desk(model::StandDown{{}, code, "over", {}}).ok()); }
  void TearDown() override { world.forget_texts(); }
};

TEST_F(AttachmentScenario, IsKeptBehindTheReportersOwnReportAndOnceOnly) {
  const auto report = a_report();
  const auto first = attach(report.report, "one");
  ASSERT_TRUE(first.ok()) << first.error().message;
  EXPECT_FALSE(std::get<model::AttachedFile>(*first).repeated);
  EXPECT_EQ(std::get<model::AttachedFile>(*first).incident_code, report.incident_code);
  EXPECT_TRUE(std::get<model::AttachedFile>(*attach(report.report, "one")).repeated);
  EXPECT_EQ(kept(report.incident_code), 1U);
  EXPECT_EQ(world.count_records(model::RecordKind::kAttached), 1);
}

TEST_F(AttachmentScenario, AnotherReportersReportIsAsIfItWereNotThere) {
  const auto report = a_report();
  const auto refused = attach(report.report, "one", "commander");
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, ErrorCode::kNotFound);
  EXPECT_EQ(attach(model::ReportId{12345}, "one").error().code, ErrorCode::kNotFound);
  auto by_desk = naming(report.report, put("one"), "commander");
  EXPECT_TRUE(world.desk(by_desk).ok()) << "the desk may, for any report";
}

TEST_F(AttachmentScenario, TenAreEnough) {
  const auto report = a_report();
  for (int i = 0; i < 10; ++i) ASSERT_TRUE(attach(report.report, std::to_string(i)).ok());
  EXPECT_EQ(attach(report.report, "ten").error().code, ErrorCode::kRefused);
  EXPECT_TRUE(attach(report.report, "3").ok()) << "one that is there already";
}

TEST_F(AttachmentScenario, AFileThatIsNotThereIsAskedForAgain) {
  const auto report = a_report();
  EXPECT_EQ(world.submit(naming(report.report, std::string(64, 'a'), "worker")).error().code, ErrorCode::kRetryLater);
}

TEST_F(AttachmentScenario, GoesThirtyDaysAfterTheEndOfItsIncidentAndNotBefore) {
  const auto report = a_report();
  ASSERT_TRUE(attach(report.report, "one").ok());
  const auto hash = world.incident(report.incident_code).attachments.at(0).hash;
  world.advance(40 * 24h);
  EXPECT_EQ(kept(report.incident_code), 1U) << "the incident is open";
  stand_down(report.incident_code);
  world.advance(30 * 24h - 1min);
  EXPECT_EQ(kept(report.incident_code), 1U);
  EXPECT_TRUE(lies_there(hash));
  world.advance(1h + 1min);
  EXPECT_EQ(kept(report.incident_code), 0U);
  EXPECT_FALSE(lies_there(hash));
  EXPECT_EQ(world.count_records(model::RecordKind::kPurged), 1);
  EXPECT_EQ(attach(report.report, "late").error().code, ErrorCode::kRefused);
}

TEST_F(AttachmentScenario, AFileTwoIncidentsShareStaysUntilBothHaveEnded) {
  const auto fire = a_report();
  const auto other = world.report("fire", "serious=1", "hill");
  ASSERT_NE(fire.incident_code, other.incident_code);
  ASSERT_TRUE(attach(fire.report, "one").ok());
  ASSERT_TRUE(attach(other.report, "one").ok());
  const auto hash = world.incident(fire.incident_code).attachments.at(0).hash;
  stand_down(fire.incident_code);
  world.advance(31 * 24h);
  EXPECT_EQ(kept(fire.incident_code), 0U);
  EXPECT_EQ(kept(other.incident_code), 1U);
  EXPECT_TRUE(lies_there(hash));
}

TEST_F(AttachmentScenario, FollowsItsReportThroughAMergeAndASplit) {
  const auto older = a_report();
  const auto younger = world.report("fire", "serious=1", "hill");
  ASSERT_TRUE(attach(younger.report, "one").ok());
  ASSERT_TRUE(world.desk(model::MergeIncidents{{}, younger.incident_code, older.incident_code, {}}).ok());
  EXPECT_EQ(kept(older.incident_code), 1U);
  world.advance(31 * 24h);
  EXPECT_EQ(kept(older.incident_code), 1U) << "the merged one ended; the one it is part of has not";
  const auto split = world.desk(model::SplitIncident{{}, older.incident_code, {younger.report}, "", "", {}});
  ASSERT_TRUE(split.ok()) << split.error().message;
  EXPECT_EQ(kept(older.incident_code), 0U);
  EXPECT_EQ(kept(std::get<model::IncidentReply>(*split).code), 1U);
}

TEST_F(AttachmentScenario, ACrashBetweenFileAndRowLeavesNothingBehindForEver) {
  const auto report = a_report();
  ASSERT_TRUE(attach(report.report, "named").ok());
  const auto named = world.incident(report.incident_code).attachments.at(0).hash;
  const auto unnamed = put("unnamed");
  world.crash();
  ASSERT_TRUE(world.try_open());
  EXPECT_TRUE(lies_there(unnamed)) << "it may be on its way still";
  world.crash();
  world.clock.advance(2h);
  ASSERT_TRUE(world.try_open());
  EXPECT_FALSE(lies_there(unnamed));
  EXPECT_TRUE(lies_there(named));
}

TEST_F(AttachmentScenario, WithoutARestartTheSweepComesRoundWithinADay) {
  const auto unnamed = put("unnamed");
  world.advance(24h);
  EXPECT_FALSE(lies_there(unnamed));
}

TEST_F(AttachmentScenario, ACrashBeforeThePurgeIsRepairedByTheNextOne) {
  const auto report = a_report();
  ASSERT_TRUE(attach(report.report, "one").ok());
  const auto hash = world.incident(report.incident_code).attachments.at(0).hash;
  stand_down(report.incident_code);
  world.crash();
  world.clock.advance(31 * 24h);
  ASSERT_TRUE(world.try_open());
  EXPECT_EQ(kept(report.incident_code), 0U);
  EXPECT_FALSE(lies_there(hash));
}

}  // namespace
}  // namespace tocsin::testing
