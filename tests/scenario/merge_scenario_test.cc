// Two incidents that are one, and one that is two.
#include <gmock/gmock.h>

#include "tests/support/world.h"

namespace tocsin::testing {
namespace {

using namespace std::chrono_literals;

TEST_F(Scenario, TheOlderIncidentStaysTheOtherCodeIsAnAliasAndOnlyTheYoungersOwnPeopleAreUpdated) {
  world.report("fire", "trapped=1", "lake-1");  // 101: commander, lake and town heads
  world.report("fire", "trapped=1", "hill");    // 102: commander and town head
  world.forget_texts();

  EXPECT_TRUE(world.desk(model::MergeIncidents{{}, 101, 102}).ok());

  EXPECT_EQ(world.incident(102).incident.code, 101);
  EXPECT_THAT(world.incident(101).aliases, ::testing::Contains(102));
  EXPECT_THAT(world.incident(101).reports, ::testing::SizeIs(2));
  // Everybody told of 102 was told of 101 as well: no update is due.
}

TEST_F(Scenario, AnswersCarryOverInAMerge) {
  world.report("fire", "trapped=1", "lake-1");
  world.report("fire", "trapped=1", "hill");
  world.forget_texts();
  world.texts("commander", "2 102");

  EXPECT_TRUE(world.desk(model::MergeIncidents{{}, 102, 101}).ok());

  EXPECT_EQ(world.alert_of(world.incident(101), "commander").alert.answer, model::AnswerKind::kComing);
  world.texts("lake-head", "1");
  world.advance(3h);
  EXPECT_FALSE(world.on_call_sheet("commander"));
}

TEST_F(Scenario, PeopleToldByTheYoungerAloneGetOneUpdate) {
  world.report("fire", "", "hill");             // 101, IV: leader
  world.report("fire", "trapped=1", "lake-1");  // 102, III: commander, heads
  world.forget_texts();

  EXPECT_TRUE(world.desk(model::MergeIncidents{{}, 102, 101}).ok());

  EXPECT_EQ(world.incident(101).incident.level_id, "III");
  world.gets("commander", "更新101");
  world.gets("lake-head", "更新101");
  world.gets("town-head", "更新101");
  world.gets("leader", "更新101");
}

TEST_F(Scenario, ASplitMakesANewCodeAndTheParentsLevelStays) {
  world.report("fire", "trapped=1", "lake-1");
  const auto second = world.report("fire", "trapped=4", "lake");
  world.forget_texts();

  model::SplitIncident split;
  split.code = 101;
  split.reports = {second.report};
  const auto done = world.desk(split);
  ASSERT_TRUE(done.ok()) << done.error().message;

  EXPECT_EQ(std::get<model::IncidentReply>(*done).code, 102);
  EXPECT_EQ(world.incident(101).incident.level_id, "II") << "until the desk lowers it";
  EXPECT_EQ(world.incident(102).incident.level_id, "II");
  EXPECT_EQ(model::to_text(world.incident(101).facts), "trapped=1");
  EXPECT_EQ(model::to_text(world.incident(102).facts), "trapped=4");
  for (const auto* person : {"commander", "director", "rescue-1", "rescue-2", "rescue-3"}) world.gets(person, "102");
}

TEST_F(Scenario, DifferentKindsAndDrillsDoNotMerge) {
  world.report("fire", "", "lake-1");
  world.report("food_poisoning", "ill=1", "lake");
  world.report("fire", "", "lake-1", "", true);
  world.forget_texts();
  EXPECT_FALSE(world.desk(model::MergeIncidents{{}, 101, 102}).ok());
  EXPECT_FALSE(world.desk(model::MergeIncidents{{}, 101, 103}).ok());
  EXPECT_FALSE(world.desk(model::MergeIncidents{{}, 101, 101}).ok());
  EXPECT_FALSE(world.desk(model::MergeIncidents{{}, 101, 999}).ok());
}

// One transaction sees its own changes: what opens, ends or joins in it counts for the command behind.
TEST_F(Scenario, ReportsOfOneBatchJoinWhatTheSameBatchOpenedAndNotWhatItEnded) {
  const auto fire = [&](const char* key) {
    model::SubmitReport report;
    report.by = {model::Role::kReporter, "worker", world.id_of("worker")};
    report.key = key;
    report.hazard = "fire";
    report.facts = *model::parse_facts("trapped=1");
    report.area = "lake-1";
    return report;
  };
  const model::Principal desk{model::Role::kDuty, "desk", {}};
  auto opens = world.office->submit(fire("batch-key-1"));
  auto joins = world.office->submit(fire("batch-key-2"));
  auto ends = world.office->submit(model::StandDown{desk, 101, "under control"});
  auto anew = world.office->submit(fire("batch-key-3"));
  auto again = world.office->submit(fire("batch-key-4"));
  world.settle();
  world.forget_texts();

  const auto of = [](std::future<model::CommandResult>& done) {
    const auto result = done.get();
    EXPECT_TRUE(result.ok());
    return std::get<model::SubmittedReport>(*result);
  };
  EXPECT_EQ(of(opens).incident_code, 101);
  EXPECT_EQ(of(joins).incident_code, 101);
  EXPECT_TRUE(ends.get().ok());
  const auto second = of(anew);
  EXPECT_EQ(second.incident_code, 102);
  EXPECT_TRUE(second.opened);
  EXPECT_EQ(of(again).incident_code, 102);
}

}  // namespace
}  // namespace tocsin::testing
