#include "gateway/rehearse/check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/a_plan.h"
#include "tests/support/fake_roster.h"

namespace tocsin::rehearse {
namespace {

using namespace support;  // NOLINT(google-build-using-namespace)
using base::Severity;
using model::HazardKind;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

MATCHER_P3(Finds, severity, code, words, "") {
  return arg.severity == severity && arg.code == code && arg.message.find(words) != std::string::npos &&
         arg.file == "plan.toml" && arg.line == 0;
}

// A directory that keeps what the plan promises; each test breaks one thing.
class CheckTest : public testing::Test {
 protected:
  CheckTest() {
    roster_.add_person("wang").add_person("li").add_person("chen").add_person("zhao");
    roster_.add_post("commander", {"wang"}, {"li"}).add_duty("desk", {"chen"});
    roster_.add_area("qingshi", "", "subdistrict").add_area("donghu", "qingshi").add_area("xihu", "qingshi");
    roster_.add_area_role("donghu", "heads", {"zhao"}).add_area_role("xihu", "heads", {"zhao"});
  }
  base::Diagnostics findings() const { return check(builder_.build(), roster_, "plan.toml", noon); }
  void fire_step(plan::PlanStep step) { builder_.response(HazardKind::kFire, level_IV, {std::move(step)}); }

  PlanBuilder builder_ = a_plan();
  FakeRoster roster_;
};

TEST_F(CheckTest, ADirectoryThatKeepsThePlanHasNoFindings) {
  EXPECT_THAT(findings(), IsEmpty());
}

TEST_F(CheckTest, ANameTheDirectoryDoesNotHaveIsAnError) {
  for (const char* selector : {"post:comander", "unit:fire-station", "group:flood-team", "area:wardens"}) {
    fire_step(a_step("command", {selector, "post:commander"}));
    EXPECT_THAT(findings(),
                ElementsAre(AllOf(Finds(Severity::kError, "selector-resolves-to-nobody", "fire/IV, step command"),
                                  testing::Field(&base::Diagnostic::message, HasSubstr(selector)))))
        << selector;
  }
}

TEST_F(CheckTest, APostThatIsOnlyEmptyAtThisMomentIsAWarning) {
  roster_.add_post("vacant", {});
  fire_step(a_step("command", {"post:vacant", "post:commander"}));
  EXPECT_THAT(findings(), ElementsAre(Finds(Severity::kWarning, "selector-resolves-to-nobody", "post:vacant")));
}

TEST_F(CheckTest, AHolderOnLeaveWithADeputyPresentIsNoFinding) {
  roster_.on_leave("wang");
  EXPECT_THAT(findings(), IsEmpty());
}

TEST_F(CheckTest, APlaceWithoutItsHeadsIsNamed) {
  roster_.add_area("nanhu", "qingshi");
  fire_step(a_step("heads", {"area:heads"}));
  EXPECT_THAT(findings(), ElementsAre(Finds(Severity::kWarning, "selector-resolves-to-nobody", "at nanhu")));
}

TEST_F(CheckTest, WhoGoesAndKnocksMustExistToo) {
  auto ladder = a_ladder({{sms, 5min}, {knock, 5min}});
  ladder.rungs[1].who = model::parse_selector("unit:no-such");
  builder_.ladder(ladder);
  auto step = a_step("command", {"post:commander"});
  step.ladder = 1;
  fire_step(step);
  EXPECT_THAT(findings(), ElementsAre(Finds(Severity::kError, "selector-resolves-to-nobody", "unit:no-such")));
}

TEST_F(CheckTest, SomebodyWithoutAnAgreedContactPointIsNamedOnce) {
  roster_.add_person_without_contacts("sun")
      .with_contact("sun", model::ContactKind::kMobile, "+8614400000099", false)
      .add_unit("team", {"sun"})
      .add_group("crowd", {"sun"});
  fire_step(a_step("units", {"unit:team", "group:crowd"}));
  EXPECT_THAT(findings(), ElementsAre(Finds(Severity::kWarning, "person-unreachable", "sun (sun)")));
}

TEST_F(CheckTest, SomebodyTheDeskCannotPhoneIsNamed) {
  builder_.ladder(a_ladder({{email, 5min}, {desk_call, 5min}}));
  roster_.add_person_without_contacts("sun")
      .with_contact("sun", model::ContactKind::kEmail, "sun@example.org")
      .add_unit("team", {"sun"});
  auto step = a_step("units", {"unit:team"});
  step.ladder = 1;
  fire_step(step);
  EXPECT_THAT(findings(), ElementsAre(Finds(Severity::kWarning, "nobody-can-phone", "ends without a human")));
}

TEST_F(CheckTest, AStepThatAsksForMoreAnswersThanItHasPeopleIsNamed) {
  auto step = a_step("command", {"post:commander"});
  step.enough = 3;
  fire_step(step);
  EXPECT_THAT(findings(),
              ElementsAre(Finds(Severity::kWarning, "enough-above-recipients", "asks for 3 answers of 1 recipient")));
}

TEST_F(CheckTest, ATaskOfTheDeskNeedsNoLadderButARealName) {
  plan::PlanStep task;
  task.name = "services";
  task.task = plan::DeskTask{{{"zh", "119已通知？"}}, 2min};
  task.to = {model::parse_selector("duty:dsk").value()};
  fire_step(task);
  EXPECT_THAT(findings(), ElementsAre(Finds(Severity::kError, "selector-resolves-to-nobody", "duty:dsk")));
}

}  // namespace
}  // namespace tocsin::rehearse
