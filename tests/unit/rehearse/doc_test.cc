// The plan on paper: everything a leader signs is there, in words, and nothing in it is markup by accident.
#include "gateway/rehearse/doc.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gateway/plan/clause_words.h"
#include "tests/support/a_plan.h"
#include "tests/support/fake_roster.h"

namespace tocsin::rehearse {
namespace {

using namespace support;  // NOLINT(google-build-using-namespace)
using model::HazardKind;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

std::string page(const plan::Plan& plan, const std::string& language, const ports::Roster* roster = nullptr) {
  DocOptions options;
  options.language = language;
  options.roster = roster;
  options.at = noon;
  return to_html(plan, options);
}

TEST(Doc, SaysClausesAsTheLawCounts) {
  auto builder = a_plan();
  builder.raw().hazards.at(HazardKind::kFire).criteria[0].source = "Decree 493, art. 3";
  const auto plan = builder.build();
  EXPECT_THAT(page(plan, "en"), AllOf(HasSubstr("dead 1 up to, not including, 3"), HasSubstr("dead 3 or more"),
                                      HasSubstr("spreading: yes and place_kind: school or shop"),
                                      HasSubstr("Decree 493, art. 3"), HasSubstr("in every other case")));
  EXPECT_THAT(page(plan, "zh"), AllOf(HasSubstr("死亡1人以上、不足3人"), HasSubstr("死亡3人以上"),
                                      HasSubstr("水深0.5米以上"), HasSubstr("其他情况")));
}

TEST(Doc, SaysGradesApprovalsStandDownAndTasks) {
  auto builder = a_plan();
  auto& plan = builder.raw();
  plan.hazards.at(HazardKind::kFire).grades = {{level_III, {{"fire/grade/III/1", {at_least("dead", 3)}}}}};
  auto& response = plan.responses.front();
  for (auto& one : plan.responses) {
    one.approval = plan::Approval{{*model::parse_selector("post:mayor")}, -1, 10min, true};
    one.stand_down = plan::StandDownRule{{*model::parse_selector("post:commander")},
                                         {{"out", {{"zh", "明火已灭？"}, {"en", "Flames out?"}}}}};
    one.steps[0].task = plan::DeskTask{{{"zh", "119打了吗？"}, {"en", "119 called?"}}, 5min};
    one.steps[0].life_safety = true;
  }
  EXPECT_FALSE(response.steps.empty());
  const auto text = page(builder.build(), "en");
  EXPECT_THAT(text, AllOf(HasSubstr("Grade owed in the written report"), HasSubstr("post mayor"),
                          HasSubstr("after 10 min it begins by itself"), HasSubstr("☐ Flames out?"),
                          HasSubstr("119 called?"), HasSubstr("within 5 min"), HasSubstr("without approval")));
  EXPECT_THAT(text, AllOf(HasSubstr("Signatures"), HasSubstr("Approved by"), HasSubstr("Version")));
}

TEST(Doc, ListsOnceWhoFillsAPostWhenADirectoryIsGiven) {
  FakeRoster roster;
  roster.add_person("wang", "王敏").add_post("commander", {"wang"});
  const auto text = page(a_plan().build(), "zh", &roster);
  EXPECT_THAT(text, HasSubstr("post:commander</span></td><td>岗位 commander</td><td>王敏</td>"));
  EXPECT_EQ(text.find("王敏"), text.rfind("王敏"));
  EXPECT_THAT(page(a_plan().build(), "zh"), Not(HasSubstr("王敏")));
}

std::size_t times(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size())) ++count;
  return count;
}

TEST(Doc, TellsAResponseOnceForAllHazardsAndLevelsItServes) {
  // a_plan() has one response, alike for its three hazards at every level, and one for what nothing understood.
  const auto text = page(a_plan().build(), "en");
  EXPECT_EQ(times(text, "<h3 id=r"), 2U);
  EXPECT_EQ(times(text, "1. command</span>"), 1U);
  EXPECT_GE(times(text, "<a href=\"#r1\">1</a>"), 12U) << "the overview has it at every level of every hazard";
}

std::vector<plan::PlanStep> five_steps() {
  std::vector<plan::PlanStep> steps;
  for (const auto* name : {"first", "second", "third", "fourth", "fifth"})
    steps.push_back(a_step(name, {"post:commander"}));
  return steps;
}

TEST(Doc, TellsWhatALikeResponseHasOtherwiseAndLeavesOut) {
  auto builder = a_plan();
  auto steps = five_steps();
  builder.response(HazardKind::kFlood, level_IV, steps);
  steps.erase(steps.begin() + 2);
  steps[1].enough = 7;
  builder.response(HazardKind::kFire, level_IV, steps);
  const auto text = page(builder.build(), "en");
  EXPECT_THAT(text, HasSubstr("Like response <a href=\"#r1\">1</a>, without: third; otherwise:"));
  EXPECT_EQ(times(text, "1. first</span>"), 1U) << "what is the same stands with the other one";
  EXPECT_EQ(times(text, "2. second</span>"), 2U);
  EXPECT_THAT(text, HasSubstr("received: 7"));
}

TEST(Doc, AResponseInAnotherOrderIsToldWhole) {
  auto builder = a_plan();
  auto steps = five_steps();
  builder.response(HazardKind::kFire, level_IV, steps);
  std::swap(steps[0], steps[1]);  // who is in both is told by another step
  builder.response(HazardKind::kFlood, level_IV, steps);
  EXPECT_THAT(page(builder.build(), "en"), Not(HasSubstr("Like response")));
}

TEST(Doc, CallsStepsAndLaddersByTheirTitlesAndUnitsOfOneStepStandTogether) {
  auto rescue = a_step("rescue@unit:fire", {"unit:fire"});
  rescue.title = {{"zh", "抢险救援"}, {"en", "Rescue"}};
  auto police = rescue;
  police.name = "rescue@unit:police";
  police.to = {*model::parse_selector("unit:police")};
  auto reserve = a_step("reserve@group:team", {"group:team"});
  reserve.title = {{"zh", "增援"}, {"en", "Reserve"}};
  auto builder = a_plan();
  builder.response(HazardKind::kFire, level_IV, {rescue, police, reserve});
  builder.raw().ladders[0].title = {{"zh", "通知单位"}, {"en", "Units by phone"}};
  const auto text = page(builder.build(), "en");
  EXPECT_THAT(text,
              AllOf(HasSubstr("1. Rescue</span>"), HasSubstr("unit fire; unit police</td>"),
                    HasSubstr("2. Reserve</span>"), HasSubstr("received: 1 of each"), HasSubstr("Units by phone")));
  EXPECT_THAT(page(builder.build(), "zh"), AllOf(HasSubstr("1. 抢险救援</span>"), HasSubstr("每项1")));
}

TEST(Doc, SaysLaddersWithTheirHours) {
  auto builder = a_plan();
  auto night = a_ladder({{desk_call, 3min}});
  night.name = "usual@2";
  builder.ladder(night);
  builder.raw().ladders[0].hours = {{plan::Hours{22 * 60, 7 * 60, 1U << 8}, 1}};
  EXPECT_THAT(page(builder.build(), "en"), AllOf(HasSubstr("22:00-07:00, days of rest"),
                                                 HasSubstr("at all other hours"), Not(HasSubstr("usual@2"))));
}

TEST(Doc, NothingOfThePlanIsMarkupAndNothingIsFetched) {
  auto builder = a_plan();
  auto& plan = builder.raw();
  plan.name = "<script>alert('1')</script>";
  plan.version = "\"><img src=x>";
  plan.levels[0].colour = "red;background:url(http://x)";
  plan.levels[0].id = "<b>";
  plan.hazards.at(HazardKind::kFire).name = {{"zh", "<i>火"}, {"en", "<i>fire"}};
  builder.template_text("alert", "<script src=\"http://x\">", "</div><script>");
  for (const auto* language : {"zh", "en"}) {
    const auto text = page(builder.build(), language);
    EXPECT_THAT(text, AllOf(Not(HasSubstr("<script")), Not(HasSubstr("<img")), Not(HasSubstr("<i>")),
                            Not(HasSubstr("url(")), Not(HasSubstr("<link")), Not(HasSubstr("@import"))));
  }
}

TEST(Doc, IsTheSameEachTime) {
  EXPECT_EQ(page(a_plan().build(), "zh"), page(a_plan().build(), "zh"));
}

TEST(ClauseWords, ReadAsPeopleSayThem) {
  const auto plan = a_plan().build();
  const auto words = [&](const plan::Condition& condition) { return plan::in_words(plan, condition); };
  EXPECT_EQ(words(between("dead", 2, 3)).en, "dead exactly 2");
  EXPECT_EQ(words(between("dead", 2, 3)).zh, "死亡2人");
  EXPECT_EQ(words(in_range("dead", std::nullopt, 3)).en, "dead fewer than 3");
  EXPECT_EQ(words(in_range("dead", std::nullopt, 3)).zh, "死亡不足3人");
  EXPECT_EQ(words(between("water_depth", 0.5, 1)).en, "water depth 0.5 m up to, not including, 1 m");
  EXPECT_EQ(words(between("water_depth", 0, 1)).zh, "水深不足1米");
  EXPECT_EQ(words(is("spreading", false)).zh, "蔓延：否");
  EXPECT_EQ(plan::in_words(base::Duration(90min)).en, "1 h 30 min");
  EXPECT_EQ(plan::in_words(base::Duration(90min)).zh, "1小时30分钟");
  EXPECT_EQ(plan::in_words(plan::Hours{480, 1080, 0x1F}).zh, "周一、周二、周三、周四、周五08:00至18:00");
}

}  // namespace
}  // namespace tocsin::rehearse
