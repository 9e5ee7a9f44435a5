#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gateway/rehearse/show.h"
#include "gateway/rehearse/simulate.h"
#include "tests/support/a_plan.h"
#include "tests/support/fake_roster.h"

namespace tocsin::rehearse {
namespace {

using namespace support;  // NOLINT(google-build-using-namespace)
using model::AlertState;
using model::AnswerKind;
using model::HazardKind;
using model::MatterKind;
using model::StepState;
using testing::Contains;
using testing::ElementsAre;
using testing::Field;
using testing::HasSubstr;
using testing::Not;
using testing::SizeIs;

plan::CaseWhom who(const std::string& words) {
  plan::CaseWhom whom;
  if (words.compare(0, 7, "person:") == 0) {
    whom.person = words.substr(7);
  } else {
    whom.selector = model::parse_selector(words).value();
  }
  return whom;
}

class CourseTest : public testing::Test {
 protected:
  CourseTest() {
    roster_.add_person("wang").add_person("li").add_person("chen").add_person("zhao");
    roster_.add_post("commander", {"wang"}, {"li"}).add_duty("desk", {"chen"}).add_unit("rescue", {"zhao"});
    roster_.add_area("donghu").add_area("xihu");
    report(0min, {});
  }
  void report(base::Duration after, model::Facts facts, const std::string& area = "donghu") {
    plan::CaseReport fire;
    fire.kind = HazardKind::kFire;
    fire.facts = std::move(facts);
    fire.area = area;
    course_.push_back({after, fire});
  }
  void answer(base::Duration after, const std::string& whom, AnswerKind kind) {
    course_.push_back({after, plan::CaseAnswer{who(whom), kind}});
  }
  void steps(model::LevelIndex level, std::vector<plan::PlanStep> all) {
    builder_.response(HazardKind::kFire, level, std::move(all));
  }
  // The commander decides within ten minutes whether the rescue unit goes; the desk is told at once.
  void with_approval(bool starts_by_default) {
    auto desk = a_step("desk", {"duty:desk"});
    desk.life_safety = true;
    auto approval = a_step("approval", {"post:commander"});
    approval.life_safety = true;
    approval.at_most = 10min;
    steps(level_IV, {desk, a_step("rescue", {"unit:rescue"}), approval});
    for (auto& response : builder_.raw().responses) {
      if (response.kind != HazardKind::kFire) continue;
      response.approval =
          plan::Approval{{model::parse_selector("post:commander").value()}, 2, 10min, starts_by_default};
    }
  }
  Rehearsal play() const { return rehearse_course(builder_.build(), roster_, course_, noon, options_); }
  static std::vector<const Told*> told(const Rehearsal& r, const std::string& code) {
    std::vector<const Told*> all;
    for (const auto& one : r.people) {
      if (one.code == code) all.push_back(&one);
    }
    return all;
  }

  PlanBuilder builder_ = a_plan();
  FakeRoster roster_;
  std::vector<plan::CaseEvent> course_;
  Options options_;
};

TEST_F(CourseTest, WhoAnsweredEnoughIsCalledNoFurther) {
  answer(2min, "post:commander", AnswerKind::kComing);
  const auto r = play();
  ASSERT_THAT(told(r, "wang"), SizeIs(1));
  EXPECT_THAT(told(r, "wang")[0]->tries, SizeIs(1));
  EXPECT_EQ(told(r, "wang")[0]->end, AlertState::kAnswered);
  EXPECT_EQ(r.steps[0].state, StepState::kSatisfied);
  EXPECT_EQ(r.steps[0].ended_after, base::Duration(2min));
  EXPECT_TRUE(r.complete);
}

TEST_F(CourseTest, WhoCannotComeIsRepresentedAtOnce) {
  answer(2min, "person:wang", AnswerKind::kCannot);
  const auto r = play();
  ASSERT_THAT(told(r, "li"), SizeIs(1));
  EXPECT_EQ(told(r, "li")[0]->began_after, base::Duration(2min));
  EXPECT_EQ(told(r, "li")[0]->stands_in_for, "wang");
}

TEST_F(CourseTest, AnAnswerOfSomebodyWhoWasNotToldChangesNothing) {
  answer(1min, "person:zhao", AnswerKind::kComing);
  const auto r = play();
  EXPECT_THAT(r.course, Contains(Field(&Happened::what, HappenedWhat::kNobody)));
  EXPECT_THAT(told(r, "wang")[0]->tries, SizeIs(3));
}

TEST_F(CourseTest, ARaiseTellsNewPeopleAndUpdatesThoseToldBefore) {
  steps(level_III, {a_step("command", {"post:commander"}), a_step("rescue", {"unit:rescue"})});
  answer(1min, "post:commander", AnswerKind::kReceived);
  report(2min, {{"trapped", model::Quantity::whole(1)}});
  const auto r = play();
  EXPECT_EQ(r.assessment.level_id, "III");
  ASSERT_THAT(r.callouts, SizeIs(2));
  EXPECT_EQ(r.callouts[0].ended_after, base::Duration(2min));
  ASSERT_THAT(told(r, "wang"), SizeIs(2));
  EXPECT_EQ(told(r, "wang")[0]->end, AlertState::kAnswered) << "received is what the step asks for";
  EXPECT_EQ(told(r, "wang")[1]->matter, MatterKind::kUpdate);
  EXPECT_THAT(told(r, "wang")[1]->tries, SizeIs(1)) << "nothing more is asked of her";
  EXPECT_EQ(told(r, "zhao")[0]->matter, MatterKind::kAlert);
  EXPECT_EQ(r.steps[1].callout, 1);
}

TEST_F(CourseTest, AReportOfAnotherPlaceIsNamedAndNotFollowed) {
  report(2min, {{"dead", model::Quantity::whole(5)}}, "xihu");
  const auto r = play();
  EXPECT_EQ(r.assessment.level_id, "IV");
  EXPECT_THAT(r.course, Contains(Field(&Happened::what, HappenedWhat::kElsewhere)));
}

TEST_F(CourseTest, WhatSavesLivesBeginsBeforeTheApprovalAndTheRestWithIt) {
  with_approval(false);
  course_.push_back({4min, plan::CaseDecision{who("post:commander"), true}});
  const auto r = play();
  EXPECT_EQ(r.steps[0].began_after, base::Duration(0min));
  EXPECT_EQ(r.steps[1].began_after, base::Duration(4min));
  ASSERT_TRUE(r.callouts[0].approval);
  EXPECT_EQ(r.callouts[0].approval->state, model::ApprovalState::kApproved);
  EXPECT_EQ(r.callouts[0].approval->decided_by, "wang");
  EXPECT_THAT(r.callouts[0].approval->by_names, ElementsAre("commander")) << "the directory's name of the post";
  EXPECT_THAT(to_svg(r, "en"), HasSubstr(">commander  approved"));
  EXPECT_EQ(told(r, "wang")[0]->matter, MatterKind::kApproval);
}

TEST_F(CourseTest, WhatIsDeclinedNeverBegins) {
  with_approval(true);
  course_.push_back({4min, plan::CaseDecision{who("person:wang"), false}});
  const auto r = play();
  EXPECT_FALSE(r.steps[1].began_after);
  EXPECT_EQ(r.steps[1].state, StepState::kClosed);
  EXPECT_EQ(r.callouts[0].approval->state, model::ApprovalState::kDeclined);
}

TEST_F(CourseTest, NobodysWordIsThePlansDefault) {
  with_approval(true);
  EXPECT_EQ(play().steps[1].began_after, base::Duration(10min));
  with_approval(false);
  EXPECT_FALSE(play().steps[1].began_after);
}

TEST_F(CourseTest, AnIncidentOpenedLateIsNotTakenForUnopenedWhenTheWordComes) {
  with_approval(false);
  for (auto& response : builder_.raw().responses) {
    if (response.kind == HazardKind::kFire) response.steps[1].start = plan::StepStart::kNotOpened;
  }
  course_.push_back({6min, plan::CaseDecision{who("post:commander"), true}});
  EXPECT_EQ(play().steps[1].began_after, base::Duration(6min)) << "the three minutes to open it are over";
  course_.insert(course_.begin() + 1, {5min, plan::CaseOpened{}});
  EXPECT_FALSE(play().steps[1].began_after);
}

TEST_F(CourseTest, WhoMayNotDecideDecidesNothing) {
  with_approval(false);
  course_.push_back({4min, plan::CaseDecision{who("person:chen"), true}});
  EXPECT_FALSE(play().steps[1].began_after);
}

TEST_F(CourseTest, ALinkThatStaysDownIsPassedAndItsMessageLeavesWhenItIsUpAgain) {
  options_.links_down = 1U << static_cast<unsigned>(sms);
  course_.push_back({2min, plan::CaseLink{sms, true}});
  const auto r = play();
  const auto& tries = told(r, "wang")[0]->tries;
  ASSERT_GE(tries.size(), 2U);
  EXPECT_EQ(tries[0].handed_over, base::Duration(2min));
  EXPECT_EQ(tries[1].channel, desk_call);
  EXPECT_EQ(tries[1].after, base::Duration(30s)) << "the patience of the daemon";
}

TEST_F(CourseTest, EverybodyButTheSilentAnswersAMinuteAfterTheyAreTold) {
  steps(level_IV, {a_step("command", {"post:commander"}), a_step("rescue", {"unit:rescue"})});
  options_.silent = std::vector<std::string>{"wang"};
  const auto r = play();
  EXPECT_THAT(told(r, "wang")[0]->answers, SizeIs(0));
  ASSERT_THAT(told(r, "zhao")[0]->answers, SizeIs(1));
  EXPECT_EQ(told(r, "zhao")[0]->answers[0].after, base::Duration(1min));
}

TEST_F(CourseTest, AfterTheStandDownNothingNewGoesOutButTheNewsItself) {
  course_.push_back({3min, plan::CaseStandDown{}});
  const auto r = play();
  EXPECT_TRUE(r.stood_down);
  ASSERT_THAT(told(r, "wang"), SizeIs(2));
  EXPECT_THAT(told(r, "wang")[0]->tries, SizeIs(1));
  EXPECT_EQ(told(r, "wang")[0]->end, AlertState::kWithdrawn);
  EXPECT_EQ(told(r, "wang")[1]->matter, MatterKind::kStandDown);
}

TEST_F(CourseTest, TheHourDecidesWhichLadderIsClimbed) {
  builder_.ladder(a_ladder({{desk_call, 5min}, {sms, 5min}}));
  plan::LadderHours night;
  night.hours = {22 * 60, 7 * 60, 0x7F};
  night.ladder = 1;
  builder_.raw().ladders[0].hours.push_back(night);
  const auto first = [&](base::UtcTime at) {
    return rehearse_course(builder_.build(), roster_, course_, at, options_).people.at(0).tries.at(0).channel;
  };
  EXPECT_EQ(first(base::parse_rfc3339("2026-11-22T02:00:00Z").value()), sms) << "10:00 in the office";
  EXPECT_EQ(first(base::parse_rfc3339("2026-11-22T15:00:00Z").value()), desk_call) << "23:00 in the office";
}

TEST_F(CourseTest, WhatTheDirectoryDoesNotHaveIsNamed) {
  answer(1min, "person:wnag", AnswerKind::kComing);
  report(2min, {}, "nowhere");
  options_.unknown_people = {"chne"};
  EXPECT_THAT(play().unknown, ElementsAre("person chne", "person wnag", "area nowhere"));
}

TEST_F(CourseTest, TheDrawingHasEverybodyAndNoTextThatCouldRun) {
  roster_.add_person("x1", "<script>alert(1)</script>").add_unit("rescue", {"x1"});
  steps(level_IV, {a_step("command", {"post:commander"}), a_step("rescue", {"unit:rescue"})});
  for (const auto* language : {"zh", "en"}) {
    const auto svg = to_svg(play(), language);
    EXPECT_THAT(svg, HasSubstr("&lt;script&gt;"));
    EXPECT_THAT(svg, Not(HasSubstr("<script")));
    EXPECT_THAT(svg, HasSubstr("wang"));
    EXPECT_THAT(svg, HasSubstr("test plan"));
    EXPECT_THAT(svg, Not(HasSubstr("href")));
  }
}

}  // namespace
}  // namespace tocsin::rehearse
