// A report that follows an earlier one of the same reporter: the answer to a question, a word more.
#include <gmock/gmock.h>

#include "tests/support/world.h"

namespace tocsin::testing {
namespace {

using namespace std::chrono_literals;

class FollowScenario : public Scenario {
 protected:
  static constexpr auto kFacts = "trapped=1";

  model::SubmitReport a_report(const std::string& key, const std::string& facts = "") {
    model::SubmitReport report;
    report.by = {model::Role::kReporter, "worker", world.id_of("worker")};
    report.key = key;
    if (!facts.empty()) report.facts = *model::parse_facts(facts);
    return report;
  }
  model::SubmittedReport send(const model::SubmitReport& report) {
    const auto reply = world.submit(report);
    EXPECT_TRUE(reply.ok()) << (reply.ok() ? "" : reply.error().message);
    return reply.ok() ? std::get<model::SubmittedReport>(*reply) : model::SubmittedReport{};
  }
  // A fire at the lake with one trapped: level III, incident 101.
  model::SubmittedReport first() {
    auto report = a_report("first-0001", kFacts);
    report.hazard = "fire";
    report.area = "lake-1";
    auto sent = send(report);
    world.forget_texts();
    return sent;
  }
  void TearDown() override { world.forget_texts(); }  // who is told is not what this is about
};

TEST_F(FollowScenario, WhatIsAnsweredJoinsTheIncidentThoughHazardAndPlaceAreLeftOut) {
  const auto before = first();
  auto answer = a_report("answer-0001", "spreading=yes");
  answer.follows = before.report;
  const auto reply = send(answer);
  EXPECT_FALSE(reply.opened);
  EXPECT_EQ(reply.incident_code, before.incident_code);
  const auto view = world.incident(before.incident_code);
  ASSERT_EQ(view.reports.size(), 2U);
  EXPECT_EQ(view.reports[1].kind, model::HazardKind::kFire);
  EXPECT_EQ(view.reports[1].area, view.reports[0].area);
  EXPECT_EQ(view.facts.at("spreading"), model::FactValue(true));
}

TEST_F(FollowScenario, ItJoinsWhateverItsHazardAndPlaceSay) {
  const auto before = first();
  world.advance(3h);  // longer than reports of fires are put together
  auto answer = a_report("answer-0002", "serious=2");
  answer.follows = before.report;
  answer.hazard = "food_poisoning";
  answer.area = "hill";
  EXPECT_EQ(send(answer).incident_code, before.incident_code);
  EXPECT_EQ(world.incident(before.incident_code).incident.kind, model::HazardKind::kFire);
}

TEST_F(FollowScenario, ItRaisesTheLevelAndAsksWhatIsStillUnknown) {
  const auto before = first();
  ASSERT_EQ(world.incident(101).incident.level_id, "III");
  auto answer = a_report("answer-0003", "serious=12");
  answer.follows = before.report;
  const auto reply = send(answer);
  EXPECT_EQ(reply.assessment.level_id, "II");
  EXPECT_EQ(world.incident(101).incident.level_id, "II");
  world.gets("rescue-1", "101");
}

TEST_F(FollowScenario, SomebodyElsesReportIsAsIfItWereNotThere) {
  const auto before = first();
  auto answer = a_report("answer-0004", "spreading=yes");
  answer.follows = before.report;
  answer.by = {model::Role::kReporter, "another", world.id_of("lake-head")};
  const auto refused = world.refused_report(answer);
  EXPECT_EQ(refused.code, base::ErrorCode::kNotFound);
  EXPECT_EQ(refused.field, "follows");
  answer.by = a_report("").by;
  answer.follows = {before.report.value + 1};
  EXPECT_EQ(world.refused_report(answer).code, base::ErrorCode::kNotFound);
  EXPECT_EQ(world.incident(101).reports.size(), 1U);
}

TEST_F(FollowScenario, AfterTheEndItGoesTheOrdinaryRoadAsTheSameHazardAtTheSamePlace) {
  const auto before = first();
  ASSERT_TRUE(world.desk(model::StandDown{{}, 101, "out"}).ok());
  auto answer = a_report("answer-0005", "trapped=2");
  answer.follows = before.report;
  const auto reply = send(answer);
  EXPECT_TRUE(reply.opened);
  EXPECT_NE(reply.incident_code, 101);
  const auto view = world.incident(reply.incident_code);
  EXPECT_EQ(view.incident.kind, model::HazardKind::kFire);
  EXPECT_EQ(view.incident.area, world.incident(101).incident.area);
  EXPECT_EQ(world.incident(101).reports.size(), 1U);
}

TEST_F(FollowScenario, TheSameKeyAgainIsTheSameReportAndAnotherBodyIsRefused) {
  const auto before = first();
  auto answer = a_report("answer-0006", "spreading=yes");
  answer.follows = before.report;
  const auto once = send(answer), twice = send(answer);
  EXPECT_TRUE(twice.repeated);
  EXPECT_EQ(twice.report, once.report);
  EXPECT_EQ(world.incident(101).reports.size(), 2U);
  answer.follows = once.report;
  EXPECT_EQ(world.refused_report(answer).code, base::ErrorCode::kConflict) << "it follows another now";
}

TEST_F(FollowScenario, ItFollowsItsIncidentIntoTheOneThatWasMerged) {
  const auto before = first();
  auto other = a_report("other-0001", kFacts);
  other.hazard = "fire";
  other.area = "hill";
  const auto second = send(other);
  ASSERT_NE(second.incident_code, before.incident_code);
  ASSERT_TRUE(world.desk(model::MergeIncidents{{}, second.incident_code, before.incident_code}).ok());
  auto answer = a_report("answer-0007", "spreading=yes");
  answer.follows = second.report;
  EXPECT_EQ(send(answer).incident_code, before.incident_code);
}

TEST_F(FollowScenario, ADrillStaysADrill) {
  auto drill = a_report("drill-0001", kFacts);
  drill.hazard = "fire";
  drill.area = "lake-1";
  drill.drill = true;
  const auto before = send(drill);
  ASSERT_TRUE(world.desk(model::StandDown{{}, before.incident_code, "over"}).ok());
  auto answer = a_report("answer-0008", "spreading=yes");
  answer.follows = before.report;
  EXPECT_TRUE(world.incident(send(answer).incident_code).incident.drill);
}

TEST_F(FollowScenario, AFactThatTheIncidentsHazardDoesNotHaveIsRefusedByItsName) {
  const auto before = first();
  auto answer = a_report("answer-0009", "ill=3");
  answer.follows = before.report;
  answer.hazard = "food_poisoning";
  EXPECT_EQ(world.refused_report(answer).field, "facts.ill");
}

TEST_F(FollowScenario, WhoeverNamesWhatNobodyCouldNameOpensWhatMustBeOpened) {
  auto unclear = a_report("unclear-0001");
  unclear.hazard = "unsure";
  unclear.area = "lake-1";
  const auto before = send(unclear);
  auto named = a_report("answer-0010", kFacts);
  named.follows = before.report;
  named.hazard = "fire";
  const auto reply = send(named);
  EXPECT_TRUE(reply.opened);
  EXPECT_EQ(world.incident(reply.incident_code).incident.level_id, "III");
  auto more = a_report("answer-0011");
  more.follows = before.report;
  more.text = "看不清";
  EXPECT_EQ(send(more).incident_code, before.incident_code);
}

}  // namespace
}  // namespace tocsin::testing
