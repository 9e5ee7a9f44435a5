// Two people edit at once: a change decided on what no longer stands is refused, and nothing is done.
#include "tests/support/world.h"

namespace tocsin::testing {
namespace {

using base::ErrorCode;

class VersionScenario : public Scenario {
 protected:
  int an_incident() { return world.report("fire", "serious=1", "lake-1").incident_code; }
  model::Version version(int code) { return model::version_of(world.incident(code).incident); }
  void expect_refused(model::Command command) {
    const auto before = world.record().size();
    const auto result = world.desk(std::move(command));
    ASSERT_FALSE(result.ok());
    EXPECT_EQ(result.error().code, ErrorCode::kChanged) << result.error().message;
    EXPECT_EQ(world.record().size(), before);
  }
  void TearDown() override { world.forget_texts(); }  // who is told is not what this is about
};

TEST_F(VersionScenario, ASecondOfficerCannotChangeWhatTheFirstJustChanged) {
  const int code = an_incident();
  const auto seen = version(code);
  const auto levels = world.office->plan_form("en").levels;
  const std::string top = levels.back().id, lowest = levels.front().id;
  ASSERT_TRUE(world.desk(model::SetLevel{{}, code, top, "wind", {seen}}).ok());
  expect_refused(model::SetLevel{{}, code, lowest, "calm", {seen}});
  expect_refused(model::StandDown{{}, code, "over", {seen}});
  expect_refused(model::OpenIncident{{}, code, {seen}});
  expect_refused(model::MergeIncidents{{}, code, code + 1, {seen}});
  expect_refused(model::SplitIncident{{}, code, {}, "", "", {seen}});
  expect_refused(model::ClassifyIncident{{}, code, "fire", {}, "", {seen}});
  EXPECT_TRUE(world.desk(model::StandDown{{}, code, "over", {seen, version(code)}}).ok()) << "one of several is enough";
}

TEST_F(VersionScenario, AReportThatJoinsLeavesTheDecisionOfTheDeskStanding) {
  const int code = an_incident();
  const auto seen = version(code);
  ASSERT_EQ(an_incident(), code);
  EXPECT_TRUE(world.desk(model::StandDown{{}, code, "over", {seen}}).ok());
}

TEST_F(VersionScenario, ASplitChangesWhatTheDeskSaw) {
  const int code = an_incident();
  ASSERT_EQ(an_incident(), code);
  const auto seen = version(code);
  const auto reports = world.incident(code).reports;
  ASSERT_EQ(reports.size(), 2U);
  ASSERT_TRUE(world.desk(model::SplitIncident{{}, code, {reports[1].id}, "", "", {seen}}).ok());
  expect_refused(model::StandDown{{}, code, "over", {seen}});
}

TEST_F(VersionScenario, AnAnswerOnThePhoneAndOneByTheDeskDoNotCrossUnseen) {
  const int code = an_incident();
  const auto alert = world.incident(code).alerts.at(0).alert;
  const auto seen = model::version_of(alert);
  model::AnswerAlert answer;
  answer.alert = alert.id;
  answer.kind = model::AnswerKind::kReceived;
  answer.expected = {seen};
  ASSERT_TRUE(world.desk(answer).ok());
  expect_refused(answer);
}

TEST_F(VersionScenario, APollSeesEachCommitAtOnce) {
  const auto before = world.office->last_seq();
  EXPECT_EQ(before, world.record().back().seq);
  (void)an_incident();
  EXPECT_GT(world.office->last_seq(), before);
  EXPECT_EQ(world.office->last_seq(), world.record().back().seq);
  const auto last = world.office->last_seq();
  world.restart();
  EXPECT_GE(world.office->last_seq(), last);
  EXPECT_EQ(world.office->last_seq(), world.record().back().seq);
}

}  // namespace
}  // namespace tocsin::testing
