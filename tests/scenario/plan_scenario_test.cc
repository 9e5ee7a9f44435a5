// A plan put in force while the office runs: for what begins from now on, never for what goes on already.
#include <gmock/gmock.h>

#include "tests/support/world.h"

namespace tocsin::testing {
namespace {

using namespace std::chrono_literals;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class PlanScenario : public Scenario {
 protected:
  // From two trapped on it is level II already; the words of the alert begin anew.
  std::string stricter() const {
    auto text = world.plan_text("2");
    for (const auto& [was, is] : {std::pair<std::string, std::string>{"trapped = \"3..\"", "trapped = \"2..\""},
                                  {"trapped = \"1..3\"", "trapped = \"1..2\""}}) {
      text.replace(text.find(was), was.size(), is);
    }
    return text;
  }
  static const model::PlanTaken& taken(const model::CommandResult& result) {
    EXPECT_TRUE(result.ok()) << (result ? "" : result.error().message);
    static const model::PlanTaken none;
    return result ? std::get<model::PlanTaken>(*result) : none;
  }
  std::string level_of(int code) { return world.incident(code).incident.level_id; }
  void another_fire_with_two_trapped(const std::string& area) { world.report("fire", "trapped=2", area); }
};

TEST_F(PlanScenario, AnIncidentKeepsItsPlanOverASwapAndARestartWhileNewOnesTakeTheNew) {
  world.report("fire", "trapped=1", "lake-1");
  world.forget_texts();
  EXPECT_TRUE(taken(world.use_plan(stricter())).changed);

  world.report("fire", "trapped=2", "lake-1");
  EXPECT_EQ(level_of(101), "III") << "under the old plan two are not enough";
  world.report("fire", "trapped=2", "hill");
  EXPECT_EQ(level_of(102), "II");
  world.restart();
  world.report("fire", "trapped=2", "lake-1");
  EXPECT_EQ(level_of(101), "III");
  EXPECT_EQ(world.incident(101).incident.plan_version, 1);
  EXPECT_EQ(world.incident(102).incident.plan_version, 2);
  EXPECT_EQ(world.office->engine().plan()->version, "2") << "the restart goes on with the plan in force";
  const auto versions = world.office->queries().plan_versions(10);
  ASSERT_TRUE(versions.ok());
  ASSERT_EQ(versions->size(), 2U);
  EXPECT_TRUE(versions->front().in_force);
  EXPECT_EQ(versions->front().open_incidents, 1);
  EXPECT_EQ(versions->back().open_incidents, 1);
  EXPECT_EQ(versions->front().last_swap->by, "admin:office");
  world.forget_texts();
}

TEST_F(PlanScenario, ThePlanInForcePutInForceAgainChangesNothingAndSaysSo) {
  const auto seq = world.office->last_seq();
  EXPECT_FALSE(taken(world.use_plan(world.plan_text("1"))).changed);
  EXPECT_EQ(world.office->last_seq(), seq);
}

TEST_F(PlanScenario, AnOldVersionInForceAgainIsTheSameVersion) {
  const auto first = world.plan_text("1");
  EXPECT_EQ(taken(world.use_plan(stricter())).swap.version, 2);
  const auto back = taken(world.use_plan(first));
  EXPECT_EQ(back.swap.version, 1);
  EXPECT_EQ(back.swap.number, 3);
  world.report("fire", "trapped=2", "lake-1");
  EXPECT_EQ(level_of(101), "III");
  world.forget_texts();
}

TEST_F(PlanScenario, APlanWithErrorsIsRefusedAndLeavesAllAsItWas) {
  const auto refused = world.use_plan(world.plan_text("2", "\n[nonsense]\n"));
  ASSERT_FALSE(refused.ok());
  EXPECT_THAT(refused.error().message, HasSubstr("1 error"));
  EXPECT_EQ(world.office->engine().plan()->version, "1");
  EXPECT_THAT(world.office->metrics(), HasSubstr("tocsin_plan_refused_total 1"));
  EXPECT_THAT(world.office->metrics(), HasSubstr("tocsin_plan_version 1\n"));
}

// A ladder nobody climbs.
constexpr const char* kUnused = "\n[ladder.idle]\nrungs = [{ channel = \"desk_call\", wait = \"1m\" }]\n";

TEST_F(PlanScenario, AWarningIsAnsweredForByAPersonAndTheRecordHoldsNoWordsOfIt) {
  const auto text = world.plan_text("2", kUnused);
  ASSERT_FALSE(world.use_plan(text).ok());
  ASSERT_TRUE(taken(world.use_plan(text, {{"ladder-unused", "", "for the exercise in spring"}})).changed);
  const auto versions = world.office->queries().plan_versions(10);
  ASSERT_TRUE(versions.ok());
  ASSERT_EQ(versions->front().overrides.size(), 1U);
  EXPECT_EQ(versions->front().overrides.front().given.reason, "for the exercise in spring");
  EXPECT_EQ(versions->front().overrides.front().by, "admin:office");
  EXPECT_EQ(world.count_records(model::RecordKind::kPlanWarningAccepted), 1);
  for (const auto& entry : world.record()) EXPECT_THAT(entry.detail, Not(HasSubstr("spring")));

  ASSERT_TRUE(taken(world.use_plan(world.plan_text("1"))).changed);
  EXPECT_TRUE(taken(world.use_plan(text)).changed) << "answered for already, for this very plan";
  const auto other = world.use_plan(world.plan_text("3", kUnused));
  EXPECT_FALSE(other.ok()) << "for another plan somebody must answer anew";
}

TEST_F(PlanScenario, OnlyAnAdministratorPutsAPlanInForceAndOnlyOverTheOneTheySaw) {
  ports::PlanOffer offer;
  offer.by.role = model::Role::kDuty;
  offer.by.name = "desk";
  offer.text = stricter();
  auto judged = world.judge(offer);
  ASSERT_TRUE(judged.may_stand);
  const auto by_duty = world.submit(judged.command);
  ASSERT_FALSE(by_duty.ok());
  EXPECT_EQ(by_duty.error().code, base::ErrorCode::kForbidden);

  judged.command.by.role = model::Role::kAdmin;
  judged.command.expected = {model::Version{1, 7}};
  const auto late = world.submit(judged.command);
  ASSERT_FALSE(late.ok());
  EXPECT_EQ(late.error().code, base::ErrorCode::kChanged);
  judged.command.expected = {model::version_of(world.office->engine().plan_swap())};
  EXPECT_TRUE(world.submit(judged.command).ok());
}

}  // namespace
}  // namespace tocsin::testing
