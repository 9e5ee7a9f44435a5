// Findings of lint about plans that are made as values: each breaks one thing.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>

#include "gateway/plan/lint.h"
#include "tests/support/a_plan.h"

namespace tocsin::plan {
namespace {

using namespace support;  // NOLINT(google-build-using-namespace)
using model::HazardKind;
using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::Field;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr auto kFire = HazardKind::kFire;

testing::Matcher<base::Diagnostic> finds(const std::string& code, const std::string& where) {
  return AllOf(Field(&base::Diagnostic::code, code), Field(&base::Diagnostic::where, where),
               Field(&base::Diagnostic::message, Not(IsEmpty())), Field(&base::Diagnostic::message_zh, Not(IsEmpty())));
}
testing::Matcher<base::Diagnostic> says(const std::string& words) {
  return Field(&base::Diagnostic::message, HasSubstr(words));
}

// A plan without any finding; only fires have criteria, which each test writes.
class LintProofsTest : public testing::Test {
 protected:
  LintProofsTest() {
    builder_.no_hazards().no_attributes();
    builder_.attribute(a_count("dead", {"死亡"}, {"dead"})).attribute(a_count("serious", {"重伤"}, {"injured"}));
    builder_.attribute(a_measure("temperature", {{"zh", "度"}, {"en", "C"}}, {"气温"}, {"temperature"}));
    builder_.attribute(a_flag("spreading", {"蔓延"}, {"spreading"}));
    builder_.attribute(a_choice("place_kind", {{"home", {}}, {"shop", {}}, {"school", {}}}));
    builder_.hazard(a_hazard(kFire, {"着火"}, {"fire"}, {"dead", "serious", "temperature", "spreading", "place_kind"}));
    for (const auto level : {level_IV, level_III, level_II, level_I}) {
      builder_.response(kFire, level, {a_step("command", {"post:commander"})});
    }
    builder_.raw().responses.erase(
        std::remove_if(builder_.raw().responses.begin(), builder_.raw().responses.end(),
                       [](const auto& r) { return r.kind != kFire && r.kind != HazardKind::kUnclassified; }),
        builder_.raw().responses.end());
    builder_.raw().ladders = {a_ladder({{sms, 5min}, {deputy, 5min}, {desk_call, 5min}})};
  }

  PlanBuilder& fire(model::LevelIndex level, Conditions all) { return builder_.clause(kFire, level, std::move(all)); }
  // Whatever a test is not about.
  base::Diagnostics findings() const {
    auto all = lint(builder_.build());
    std::erase_if(all, [](const auto& f) { return f.code == "response-by-hand-only"; });
    return all;
  }
  Response& response(model::LevelIndex level) {
    return *std::find_if(builder_.raw().responses.begin(), builder_.raw().responses.end(),
                         [&](const auto& r) { return r.kind == kFire && r.level == level; });
  }

  PlanBuilder builder_ = a_plan();
};

// ---- criteria ----

TEST_F(LintProofsTest, ASoundPlanHasNoFinding) {
  fire(level_I, {at_least("dead", 3)});
  fire(level_II, {between("dead", 1, 3)});
  fire(level_III, {is("spreading", true), is_one_of("place_kind", {"school"})});
  EXPECT_THAT(lint(builder_.build()), IsEmpty());
}

TEST_F(LintProofsTest, AClauseCoveredOnlyByHigherOnesTogetherIsHidden) {
  fire(level_II, {at_least("serious", 3)}).clause(kFire, level_II, {in_range("serious", {}, 3)});
  fire(level_III, {at_least("serious", 1), is("spreading", true)});
  EXPECT_THAT(findings(), ElementsAre(AllOf(finds("clause-hidden", "fire/III/1"), says("fire/II/1, fire/II/2")),
                                      AllOf(finds("level-hidden", "fire/III"), says("level III of fire"))));
}

TEST_F(LintProofsTest, ARuleCannotReachALevelThatIsHidden) {
  fire(level_II, {at_least("serious", 1)});
  fire(level_III, {at_least("serious", 1)});
  EXPECT_THAT(lint(builder_.build()), Contains(finds("response-by-hand-only", "response/fire/III")).Times(1));
}

TEST_F(LintProofsTest, BothAnswersTogetherDoNotHideAClauseWhoseQuestionIsStillOpen) {
  fire(level_II, {is("spreading", true)}).clause(kFire, level_II, {is("spreading", false)});
  fire(level_III, {at_least("serious", 1)});
  EXPECT_THAT(findings(), IsEmpty());
}

TEST_F(LintProofsTest, AllChoicesTogetherHideAClauseOverThatChoice) {
  fire(level_II, {is_one_of("place_kind", {"home", "shop"})});
  fire(level_II, {is_one_of("place_kind", {"school"})});
  fire(level_III, {is_one_of("place_kind", {"shop", "school"}), is("spreading", true)});
  EXPECT_THAT(findings(), Contains(finds("clause-hidden", "fire/III/1")));
}

TEST_F(LintProofsTest, AConditionNoValueMeetsIsNeverTrue) {
  fire(level_III, {is_one_of("place_kind", {"castle"})});
  EXPECT_THAT(findings(), Contains(finds("clause-never", "fire/III/1")));
}

TEST_F(LintProofsTest, AGapSaysWhatHoldsInIt) {
  fire(level_II, {at_least("serious", 5)});
  fire(level_III, {between("serious", 1, 3)});
  const auto all = findings();
  ASSERT_THAT(all, ElementsAre(AllOf(finds("range-gap", "fire/II/1"), says("serious from 3 up to 5"))));
  EXPECT_THAT(all[0].hint, HasSubstr("level IV"));
}

TEST_F(LintProofsTest, AClauseThatEndsInsideAHigherOneOverlapsIt) {
  fire(level_II, {at_least("serious", 3)});
  fire(level_III, {between("serious", 1, 5)});
  EXPECT_THAT(findings(), ElementsAre(AllOf(finds("range-overlap", "fire/III/1"), says("serious from 3 up to 5"))));
}

TEST_F(LintProofsTest, AClauseWithoutAnEndBelowAHigherOneIsNoOverlap) {
  fire(level_II, {at_least("serious", 3)});
  fire(level_III, {at_least("serious", 1)});
  EXPECT_THAT(findings(), IsEmpty());
}

TEST_F(LintProofsTest, ANumberThatSkipsALevelIsFound) {
  fire(level_I, {at_least("serious", 10)});
  fire(level_III, {between("serious", 1, 10)});
  EXPECT_THAT(findings(), ElementsAre(AllOf(finds("level-jump", "fire/I/1"), says("at 10 from level III to level I"))));
}

TEST_F(LintProofsTest, WhereLowerIsWorseRangesAreReadDownward) {
  builder_.worse("temperature", Worse::kLower);
  fire(level_II, {in_range("temperature", {}, 3)});
  fire(level_III, {between("temperature", 3, 8)});
  EXPECT_THAT(findings(), IsEmpty());

  fire(level_I, {in_range("temperature", 1, 2)});
  EXPECT_THAT(findings(), Contains(AllOf(finds("harm-lowers-level", "fire/I/1"), says("temperature = 0.999"))));
}

TEST_F(LintProofsTest, ARangeWithoutAnythingAboveLowersTheLevelWhenHarmGrows) {
  fire(level_III, {between("serious", 1, 3)});
  EXPECT_THAT(findings(), ElementsAre(AllOf(finds("harm-lowers-level", "fire/III/1"), says("serious = 3"))));
}

TEST_F(LintProofsTest, AFallInTwoAttributesIsFoundWithAReportThatShowsIt) {
  fire(level_II, {at_least("serious", 3)});
  fire(level_II, {between("dead", 1, 3), is("spreading", true)});
  fire(level_III, {at_least("dead", 1)});
  EXPECT_THAT(findings(),
              ElementsAre(AllOf(finds("harm-lowers-level", "fire/II/2"), says("dead = 3, spreading = yes"))));
}

TEST_F(LintProofsTest, GradesAreLookedAtLikeCriteria) {
  auto& grades = builder_.raw().hazards.at(kFire).grades;
  grades.push_back({level_III, {{"fire/grade/III/1", {at_least("dead", 5)}}}});
  grades.push_back({level_IV, {{"fire/grade/IV/1", {between("dead", 1, 3)}}}});
  const auto all = findings();
  ASSERT_THAT(all, ElementsAre(finds("range-gap", "fire/grade/III/1")));
  EXPECT_THAT(all[0].hint, HasSubstr("no grade"));
}

TEST_F(LintProofsTest, CriteriaTooTangledToProveAreNamedAndEndInTime) {
  // Each clause of three numbers cuts one corner off a cube of forty; whether a corner is left is as hard as any
  // puzzle.
  Conditions all;
  auto hazard = a_hazard(kFire, {"着火"}, {"fire"}, {});
  for (int i = 0; i < 40; ++i) {
    const auto name = "number_" + std::to_string(i);
    builder_.attribute(a_measure(name, {{"zh", "米"}, {"en", "m"}}, {"量" + name}, {name}));
    hazard.attributes.push_back(name);
    all.push_back(at_least(name, 0));
  }
  builder_.hazard(hazard);
  std::mt19937 random(7);
  for (int i = 0; i < 180; ++i) {
    std::map<std::string, bool> three;
    while (three.size() < 3) three["number_" + std::to_string(random() % 40)] = random() % 2 == 0;
    Conditions some;
    for (const auto& [name, up] : three) some.push_back(up ? at_least(name, 5) : in_range(name, {}, 5));
    fire(level_II, some);
  }
  fire(level_III, all);
  const auto found = findings();
  EXPECT_TRUE(std::any_of(found.begin(), found.end(),
                          [](const auto& f) { return f.code == "criteria-too-tangled" && f.where == "fire/III/1"; }));
}

// ---- responses ----

TEST_F(LintProofsTest, ATaskDueBeforeTheAnswersOfTheStepsListedBeforeItIsFound) {
  PlanStep task;
  task.name = "report-up";
  task.task = DeskTask{{{"zh", "上报了吗？"}, {"en", "Reported?"}}, 2min};
  auto& steps = response(level_III).steps;
  steps.push_back(task);
  EXPECT_THAT(findings(), ElementsAre(AllOf(finds("clock-before-steps", "response/fire/III/report-up"),
                                            says("due after 2m, but step command listed before it waits 5m"))));
  std::swap(steps[0], steps[1]);
  EXPECT_THAT(findings(), IsEmpty());
  std::swap(steps[0], steps[1]);
  steps[1].start = StepStart::kNotOpened;
  EXPECT_THAT(findings(), IsEmpty()) << "they do not begin together";
}

class LintApprovalTest : public LintProofsTest {
 protected:
  LintApprovalTest() {
    auto step = a_step("approval", {"post:commander"});
    step.text = "approval";
    step.ladder = 0;
    auto& first = response(level_III);
    first.steps.push_back(step);
    first.approval = Approval{{model::parse_selector("post:commander").value()}, 1, 10min, true};
    builder_.template_text("approval", "请批准", "Approve?");
  }
};

TEST_F(LintApprovalTest, AnApprovalThatReachesADeputyInTimeIsNoFinding) {
  EXPECT_THAT(findings(), IsEmpty());
}

TEST_F(LintApprovalTest, AnApprovalOverBeforeItsFirstDeputyIsAskedIsFound) {
  response(level_III).approval->at_most = 5min;
  EXPECT_THAT(findings(),
              ElementsAre(AllOf(finds("approval-too-short", "response/fire/III/approval"),
                                says("waits 5m, but ladder usual comes to the first deputy only after 5m"))));
}

TEST_F(LintApprovalTest, TheLaddersOfItsHoursCountToo) {
  builder_.ladder(a_ladder({{desk_call, 7min}, {sms, 5min}, {deputy, 5min}, {desk_call, 1min}}));
  builder_.raw().ladders[1].name = "usual@2";
  builder_.raw().ladders[0].hours = {{{22 * 60, 7 * 60, 0x7F}, 1}};
  EXPECT_THAT(findings(), ElementsAre(AllOf(finds("approval-too-short", "response/fire/III/approval"),
                                            says("ladder usual@2 comes to the first deputy only after 12m"))));
}

TEST_F(LintApprovalTest, AnApprovalOfOnePostWithoutADeputyIsFound) {
  builder_.raw().ladders = {a_ladder({{sms, 5min}, {desk_call, 5min}})};
  EXPECT_THAT(findings(), ElementsAre(AllOf(finds("approval-too-short", "response/fire/III/approval"),
                                            says("asks post:commander alone"))));
  response(level_III).approval->by.push_back(model::parse_selector("duty:leader").value());
  EXPECT_THAT(findings(), IsEmpty());
}

TEST_F(LintProofsTest, AnEndThatOnlyPeopleNeverToldMayDeclareIsFound) {
  response(level_III).stand_down = StandDownRule{{model::parse_selector("duty:leader").value()}, {}};
  EXPECT_THAT(findings(), ElementsAre(AllOf(finds("stand-down-by-nobody", "response/fire/III/stand_down"),
                                            says("by duty:leader only"))));
  response(level_III).stand_down->by.push_back(model::parse_selector("post:commander").value());
  EXPECT_THAT(findings(), IsEmpty());
}

// ---- ladders ----

TEST_F(LintProofsTest, DeputiesAreAHumanEndOnlyWhereTheLadderPhonesThem) {
  builder_.raw().ladders = {a_ladder({{sms, 5min}, {deputy, 5min}})};
  EXPECT_THAT(findings(), ElementsAre(finds("ladder-ends-without-human", "ladder/usual")));
  builder_.raw().ladders = {a_ladder({{sms, 5min}, {desk_call, 5min}, {deputy, 5min}})};
  EXPECT_THAT(findings(), IsEmpty());
}

class LintHoursTest : public LintProofsTest {
 protected:
  // Ladder 0 climbs `instead` in those hours.
  void hours(std::initializer_list<Hours> all, const Ladder& instead) {
    auto& ladders = builder_.raw().ladders;
    for (const auto& one : all) {
      ladders[0].hours.push_back({one, static_cast<int>(ladders.size())});
      ladders.push_back(instead);
      ladders.back().name = "usual@" + std::to_string(ladders.size());
    }
  }
  Ladder phone_first_ = a_ladder({{desk_call, 5min}, {sms, 5min}, {deputy, 5min}, {desk_call, 5min}});
};

TEST_F(LintHoursTest, HoursThatHoldSometimeAreNoFinding) {
  hours({{22 * 60, 7 * 60, 0x7F}, {7 * 60, 12 * 60, 0x60}, {0, 0, 0x40}}, phone_first_);
  EXPECT_THAT(findings(), IsEmpty());
}

TEST_F(LintHoursTest, HoursHiddenByEarlierOnesAreFound) {
  hours({{22 * 60, 7 * 60, 0x7F}, {23 * 60, 6 * 60, 0x01}}, phone_first_);
  EXPECT_THAT(findings(), ElementsAre(finds("hours-never-hold", "ladder/usual@3")));
}

TEST_F(LintHoursTest, HoursHiddenByTwoEarlierOnesTogetherAreFound) {
  hours({{0, 12 * 60, 0x7F}, {12 * 60, 0, 0x7F}, {11 * 60, 13 * 60, 0x7F}}, phone_first_);
  EXPECT_THAT(findings(), ElementsAre(finds("hours-never-hold", "ladder/usual@4")));
}

TEST_F(LintHoursTest, TheCalendarDecidesWhetherThereAreSuchDays) {
  constexpr unsigned rest = 1U << 8, weekend = 0x60;
  hours({{8 * 60, 18 * 60, weekend}, {8 * 60, 18 * 60, rest}}, phone_first_);
  EXPECT_THAT(findings(), ElementsAre(finds("hours-never-hold", "ladder/usual@3"))) << "without holidays";

  builder_.raw().calendar.rest = {20'727};  // 2026-10-01, a Thursday
  EXPECT_THAT(findings(), IsEmpty());
}

TEST_F(LintHoursTest, AChannelLeftOutAtSomeHoursIsFound) {
  hours({{22 * 60, 7 * 60, 0x7F}}, a_ladder({{desk_call, 5min}, {deputy, 5min}}));
  EXPECT_THAT(findings(), ElementsAre(AllOf(finds("hours-leave-channel", "ladder/usual@2"), says("leave out sms"))));
}

TEST_F(LintHoursTest, TheRungsOfHoursEndAtAHumanToo) {
  hours({{22 * 60, 7 * 60, 0x7F}}, a_ladder({{desk_call, 5min}, {deputy, 5min}, {sms, 5min}}));
  EXPECT_THAT(findings(), ElementsAre(finds("ladder-ends-without-human", "ladder/usual@2")));
}

}  // namespace
}  // namespace tocsin::plan
