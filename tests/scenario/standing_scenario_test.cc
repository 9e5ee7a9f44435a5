// What became of a report, as its sender's phone shows it: received, read, handled, ended; and what is still asked.
#include <gmock/gmock.h>

#include "gateway/ports/scenes.h"
#include "tests/support/world.h"

namespace tocsin::testing {
namespace {

using namespace std::chrono_literals;
using ports::ReportStage;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class StandingScenario : public Scenario {
 protected:
  void TearDown() override { world.forget_texts(); }  // who is told is not what this is about

  ports::ReportStanding standing(int code = 101, const std::string& language = "en") {
    const auto id = world.incident(code).incident.id;
    const auto found = world.office->scenes()->standings({&id, 1}, language);
    if (!found.ok() || found->count(id) == 0) {
      ADD_FAILURE() << "nothing is known of " << code;
      return {};
    }
    return found->at(id);
  }
  void answer(const std::string& person, model::AnswerKind kind) {
    model::AnswerAlert command;
    command.by = {model::Role::kCommander, "phone", world.id_of(person)};
    command.alert = world.alert_of(world.incident(101), person).alert.id;
    command.kind = kind;
    ASSERT_TRUE(world.submit(command).ok());
  }
  std::vector<std::string> asked(const std::string& language = "en") {
    std::vector<std::string> texts;
    for (const auto& question : standing(101, language).questions) texts.push_back(question.text);
    return texts;
  }
};

TEST_F(StandingScenario, AReportIsReceivedReadHandledAndEnded) {
  world.report("fire", "trapped=1", "lake-1");
  EXPECT_EQ(standing().stage, ReportStage::kReceived);
  EXPECT_FALSE(standing().read_at.has_value());

  world.advance(30s);
  ASSERT_TRUE(world.desk(model::OpenIncident{{}, 101}).ok());
  EXPECT_EQ(standing().stage, ReportStage::kRead);
  EXPECT_EQ(standing().read_at, world.incident(101).incident.seen_at);
  EXPECT_FALSE(standing().read_by.has_value());

  answer("commander", model::AnswerKind::kReceived);
  EXPECT_EQ(standing().stage, ReportStage::kRead) << "who only has it does not come";
  answer("commander", model::AnswerKind::kComing);
  EXPECT_EQ(standing().stage, ReportStage::kHandled);
  EXPECT_EQ(standing().coming, 1);
  answer("commander", model::AnswerKind::kArrived);
  answer("town-head", model::AnswerKind::kComing);
  EXPECT_EQ(standing().coming, 2);

  ASSERT_TRUE(world.desk(model::StandDown{{}, 101, "out"}).ok());
  EXPECT_EQ(standing().stage, ReportStage::kEnded);
  EXPECT_TRUE(standing().ended_at.has_value());
  EXPECT_EQ(standing().coming, 2) << "that somebody came stays true";
  EXPECT_THAT(standing().questions, IsEmpty());
}

TEST_F(StandingScenario, UntilWhenTheDeskShouldHaveReadItStaysSaidWhenThatTimeIsOver) {
  world.report("fire", "trapped=1", "lake-1");
  const auto until = world.incident(101).incident.opened_at + 2min;
  EXPECT_EQ(standing().read_by, until);
  world.advance(5min);
  EXPECT_EQ(standing().stage, ReportStage::kReceived);
  EXPECT_EQ(standing().read_by, until) << "the phone says: phone the desk";
}

TEST_F(StandingScenario, WhatIsUnknownAndCouldRaiseItIsAskedInTheReadersLanguageUntilItIsKnown) {
  world.report("fire", "spreading=yes", "lake-1");
  EXPECT_THAT(asked(), ::testing::UnorderedElementsAre("How many are injured?", "How many are trapped?"));
  EXPECT_THAT(asked("zh"), ::testing::UnorderedElementsAre("几人受伤？", "几人被困？"));
  world.report("fire", "serious=0 trapped=0", "lake-1");
  EXPECT_THAT(asked(), IsEmpty());
}

TEST_F(StandingScenario, WhatOnlyTheDeskCanFindOutIsNotAskedOfWhoReports) {
  WorldOptions options;
  options.plan = std::string(TOCSIN_SOURCE_DIR) + "/tests/support/town/plan-approval.toml";
  World town(options);
  town.report("fire", "spreading=yes", "lake-1");
  const auto id = town.incident(101).incident.id;
  const auto found = town.office->scenes()->standings({&id, 1}, "en");
  ASSERT_TRUE(found.ok());
  for (const auto& question : found->at(id).questions) EXPECT_NE(question.attribute, "roof");
  EXPECT_THAT(found->at(id).questions, SizeIs(2));
  town.forget_texts();
}

TEST_F(StandingScenario, WhatNobodyUnderstoodAsksNothingAndWhatIsNotThereIsLeftOut) {
  auto report = model::SubmitReport{};
  report.by = {model::Role::kReporter, "worker", world.id_of("worker")};
  report.key = "unclear-0001";
  report.hazard = "unsure";
  ASSERT_TRUE(world.submit(report).ok());
  EXPECT_EQ(standing().stage, ReportStage::kReceived);
  EXPECT_THAT(standing().questions, IsEmpty());
  const model::IncidentId nobody{1};
  EXPECT_THAT(*world.office->scenes()->standings({&nobody, 1}, "en"), IsEmpty());
}

TEST_F(StandingScenario, AnIncidentOfAnOlderPlanAsksByThatPlan) {
  world.report("fire", "spreading=yes", "lake-1");
  auto text = world.plan_text("2");
  const auto at = text.find("How many are injured?");
  ASSERT_NE(at, std::string::npos);
  text.replace(at, 21, "How many hurt?");
  ASSERT_TRUE(world.use_plan(text).ok());
  EXPECT_THAT(asked(), ::testing::Contains("How many are injured?"));
}

}  // namespace
}  // namespace tocsin::testing
