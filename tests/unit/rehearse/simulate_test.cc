#include "gateway/rehearse/simulate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gateway/rehearse/show.h"
#include "tests/support/a_plan.h"
#include "tests/support/fake_roster.h"

namespace tocsin::rehearse {
namespace {

using namespace support;  // NOLINT(google-build-using-namespace)
using model::AlertState;
using model::Channel;
using model::HazardKind;
using model::Quantity;
using model::Reason;
using model::StepState;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

MATCHER_P2(TriedAt, after, channel, "") {
  return arg.after == base::Duration(after) && arg.channel == channel;
}
MATCHER_P2(LeftOutBecause, code, reason, "") {
  return arg.code == code && arg.reason == reason;
}

// An office with a commander and her deputy, a duty desk, and one community whose heads live there.
class SimulateTest : public testing::Test {
 protected:
  SimulateTest() {
    roster_.add_person("wang", "王敏").add_person("li", "李强").add_person("chen", "陈晨").add_person("zhao", "赵云");
    roster_.add_post("commander", {"wang"}, {"li"}).add_duty("desk", {"chen"});
    roster_.add_area("qingshi", "", "subdistrict")
        .add_area("donghu", "qingshi")
        .add_area_role("donghu", "heads", {"zhao"});
    builder_.template_text("alert", "{{hazard}} {{code}} {{area}} {{facts}}", "{{hazard}} {{code}} {{area}} {{facts}}");
    fire_.hazard = HazardKind::kFire;
  }
  Rehearsal play() const { return rehearse(builder_.build(), roster_, fire_, noon, options_); }
  static const Told& person(const Rehearsal& r, const std::string& code) {
    for (const auto& told : r.people) {
      if (told.code == code) return told;
    }
    static const Told nobody;
    ADD_FAILURE() << code << " was told nothing";
    return nobody;
  }
  void fire_steps(std::vector<plan::PlanStep> steps) {
    builder_.response(HazardKind::kFire, level_IV, std::move(steps));
  }

  PlanBuilder builder_ = a_plan();
  FakeRoster roster_;
  Case fire_;
  Options options_;
};

TEST_F(SimulateTest, ASilentCommanderIsRungOnEveryRungThenTheDeputy) {
  const auto r = play();
  EXPECT_THAT(person(r, "wang").tries,
              ElementsAre(TriedAt(0min, sms), TriedAt(5min, desk_call), TriedAt(10min, deputy)));
  EXPECT_EQ(person(r, "wang").tries.back().deputy, "li");
  EXPECT_EQ(person(r, "wang").end, AlertState::kExhausted);
  EXPECT_EQ(person(r, "wang").ended_after, base::Duration(15min));
  EXPECT_THAT(person(r, "li").tries, ElementsAre(TriedAt(10min, sms), TriedAt(15min, desk_call)));
  EXPECT_EQ(person(r, "li").stands_in_for, "wang");
  EXPECT_TRUE(r.complete);
}

TEST_F(SimulateTest, TheAssessmentIsTheOneTheDaemonWouldMake) {
  fire_.facts = {{"serious", Quantity::whole(2)}, {"trapped", Quantity::whole(1)}};
  options_.language = "en";
  const auto r = play();
  EXPECT_EQ(r.assessment.level_id, "III");
  EXPECT_EQ(r.assessment.clause, "fire/III/1");
  EXPECT_THAT(r.assessment.questions, Not(IsEmpty()));
  EXPECT_THAT(r.facts_text, AllOf(HasSubstr("injured 2"), HasSubstr("trapped 1")));
}

TEST_F(SimulateTest, AReportNothingUnderstandsRingsTheDutyDesk) {
  fire_.hazard = HazardKind::kUnclassified;
  const auto r = play();
  ASSERT_THAT(r.people, SizeIs(1));
  EXPECT_EQ(r.people[0].code, "chen");
  EXPECT_EQ(r.people[0].selector, "duty:desk");
  EXPECT_EQ(r.assessment.level, model::kNoLevel);
}

TEST_F(SimulateTest, AShortStepBeginsTheNext) {
  auto first = a_step("command", {"post:commander"});
  first.then = {1};
  auto second = a_step("heads", {"area:heads"});
  second.start = plan::StepStart::kThen;
  fire_steps({first, second});
  fire_.area = roster_.area_id("donghu");

  const auto r = play();
  EXPECT_EQ(r.steps[0].state, StepState::kShort);
  EXPECT_EQ(r.steps[0].ended_after, base::Duration(5min));
  EXPECT_EQ(r.steps[1].began_after, base::Duration(5min));
  EXPECT_THAT(person(r, "zhao").tries.front(), TriedAt(5min, sms));
}

TEST_F(SimulateTest, AStepOfUnreachablePeopleIsShortAtOnce) {
  roster_.add_person_without_contacts("sun").add_post("hermit", {"sun"});
  auto first = a_step("hermit", {"post:hermit"});
  first.then = {1};
  auto second = a_step("command", {"post:commander"});
  second.start = plan::StepStart::kThen;
  fire_steps({first, second});

  const auto r = play();
  EXPECT_EQ(r.steps[0].ended_after, base::Duration(0min));
  EXPECT_EQ(r.steps[0].reason, Reason::kLadderEnded);
  EXPECT_THAT(person(r, "sun").tries, ElementsAre(TriedAt(0min, desk_call))) << "a ladder always ends at a human";
  EXPECT_THAT(person(r, "wang").tries.front(), TriedAt(0min, sms));
}

TEST_F(SimulateTest, ADeskThatDoesNotOpenTheIncidentIsHelpedAfterItsTime) {
  auto desk = a_step("desk", {"duty:desk"});
  auto leader = a_step("leader", {"post:commander"});
  leader.start = plan::StepStart::kNotOpened;
  builder_.response(HazardKind::kUnclassified, model::kNoLevel, {desk, leader});
  fire_.hazard = HazardKind::kUnclassified;
  EXPECT_EQ(play().steps[1].began_after, base::Duration(3min));
}

TEST_F(SimulateTest, OnePersonIsToldOnceHoweverManyHats) {
  roster_.add_unit("fire-station", {"wang", "zhao"});
  fire_steps({a_step("command", {"post:commander"}), a_step("units", {"unit:fire-station"})});
  const auto r = play();
  EXPECT_THAT(r.people, SizeIs(3)) << "wang, zhao and wang's deputy";
  EXPECT_THAT(person(r, "wang").further_steps, ElementsAre(1));
  EXPECT_THAT(r.steps[1].people, ElementsAre("wang", "zhao"));
}

TEST_F(SimulateTest, WhoWasOnlyInformedClimbsOnWhenAnotherStepNeedsThem) {
  auto inform = a_step("inform", {"post:commander"});
  inform.enough = 0;
  auto command = a_step("command", {"post:commander"});
  fire_steps({inform, command});
  const auto r = play();
  EXPECT_THAT(person(r, "wang").tries, SizeIs(3));
  EXPECT_EQ(person(r, "wang").end, AlertState::kExhausted);
}

TEST_F(SimulateTest, WhoIsOnlyInformedGetsOneMessage) {
  auto inform = a_step("inform", {"post:commander"});
  inform.enough = 0;
  fire_steps({inform});
  const auto r = play();
  EXPECT_THAT(person(r, "wang").tries, SizeIs(1));
  EXPECT_EQ(person(r, "wang").end, AlertState::kTold);
  EXPECT_EQ(r.steps[0].state, StepState::kSatisfied);
}

TEST_F(SimulateTest, LeaveAndEmptyPostsAreSaidWithTheirReason) {
  roster_.on_leave("wang").add_post("vacant", {});
  fire_steps({a_step("command", {"post:commander", "post:vacant"})});
  const auto r = play();
  EXPECT_EQ(person(r, "li").stands_in_for, "wang");
  EXPECT_THAT(r.not_told,
              ElementsAre(LeftOutBecause("wang", Reason::kOnLeave), LeftOutBecause("", Reason::kPostEmpty)));
}

TEST_F(SimulateTest, ADeskTaskHasItsDueTime) {
  plan::PlanStep task;
  task.name = "services";
  task.task = plan::DeskTask{{{"zh", "119、120已通知？"}, {"en", "119, 120 told?"}}, 2min};
  fire_steps({task, a_step("command", {"post:commander"})});
  const auto r = play();
  ASSERT_THAT(r.tasks, SizeIs(1));
  EXPECT_EQ(r.tasks[0].text, "119、120已通知？");
  EXPECT_EQ(r.tasks[0].due_after, base::Duration(2min));
}

TEST_F(SimulateTest, ARungWithoutALinkIsSkipped) {
  options_.links_for = 0;
  EXPECT_THAT(person(play(), "wang").tries.front(), TriedAt(0min, desk_call));
}

TEST_F(SimulateTest, NothingBeyondTheHorizonIsLookedAt) {
  options_.horizon = 6min;
  const auto r = play();
  EXPECT_FALSE(r.complete);
  EXPECT_THAT(person(r, "wang").tries, SizeIs(2));
}

TEST_F(SimulateTest, NumbersAreMaskedUnlessAskedFor) {
  EXPECT_THAT(person(play(), "wang").tries.front().contact, Not(HasSubstr("14400000001")));
  options_.show_numbers = true;
  EXPECT_EQ(person(play(), "wang").tries.front().contact, "+8614400000001");
}

TEST_F(SimulateTest, WordsFillInWhatWasNotGiven) {
  fire_ = {};
  fire_.text = "donghu着火 两人被困";
  const auto r = play();
  EXPECT_EQ(r.hazard, HazardKind::kFire);
  EXPECT_EQ(r.area, "qingshi / donghu");
  EXPECT_EQ(r.facts.count("trapped"), 1U);
}

TEST_F(SimulateTest, TheSameQuestionHasTheSameAnswer) {
  EXPECT_EQ(to_json(play()), to_json(play()));
}

TEST_F(SimulateTest, ACrowdIsRehearsedToTheEnd) {
  FakeRoster::Codes crowd;
  for (int i = 0; i < 300; ++i) {
    crowd.push_back("p" + std::to_string(i));
    roster_.add_person(crowd.back());
  }
  roster_.add_group("all", crowd);
  fire_steps({a_step("all", {"group:all"})});
  const auto r = play();
  EXPECT_TRUE(r.complete);
  EXPECT_THAT(r.people, SizeIs(300));
}

}  // namespace
}  // namespace tocsin::rehearse
