// The call list: whom to call, in which order, by which number, and where nobody is.
#include "gateway/rehearse/call_list.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/a_plan.h"
#include "tests/support/fake_roster.h"

namespace tocsin::rehearse {
namespace {

using namespace support;  // NOLINT(google-build-using-namespace)
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

CallListOptions options_for(const ports::Roster& roster, const std::string& language = "en") {
  CallListOptions options;
  options.language = language;
  options.roster = &roster;
  options.at = noon;
  options.dialing = {"CN", "539"};
  return options;
}

// One response for every hazard and level.
plan::Plan a_plan_of(std::vector<plan::PlanStep> steps) {
  auto builder = a_plan();
  for (auto& response : builder.raw().responses) response.steps = steps;
  return builder.build();
}

std::size_t times(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size())) ++count;
  return count;
}

TEST(CallList, HasEachPersonWithWholeNumbersAsTheyAreDialledAndRoomForTheOutcome) {
  FakeRoster roster;
  roster.add_person("wang", "王敏").with_contact("wang", model::ContactKind::kLandline, "+865390000001");
  roster.with_contact("wang", model::ContactKind::kMobile, "+8614400009999", false);
  roster.add_post("commander", {"wang"});
  const auto page = call_list(a_plan_of({a_step("command", {"post:commander"})}), options_for(roster));
  EXPECT_THAT(page, AllOf(HasSubstr("<span class=tel>144 0000 0001</span> &ensp;<span class=tel>0539 000 0001</span>"),
                          HasSubstr("王敏"), HasSubstr("</td><td></td><td></td></tr>")));
  EXPECT_THAT(page, Not(HasSubstr("144 0000 9999"))) << "nobody agreed to be called there";
  EXPECT_THAT(page, AllOf(HasSubstr("keep under lock"), Not(HasSubstr("<script")), Not(HasSubstr("http"))));
}

TEST(CallList, ListsDeputiesBelowTheHolderAndShowsARepeatedPersonOnce) {
  FakeRoster roster;
  roster.add_person("wang", "王敏").add_person("chen", "陈刚");
  roster.add_post("commander", {"wang"}, {"chen"}).add_unit("team", {"chen"});
  const auto page =
      call_list(a_plan_of({a_step("command", {"post:commander"}), a_step("help", {"unit:team"})}), options_for(roster));
  EXPECT_THAT(page, HasSubstr("<tr class=deputy><td>deputy 1</td><td><span class=name>陈刚</span>"));
  EXPECT_THAT(page, HasSubstr("陈刚 <span class=small>(step 1)</span>"));
}

TEST(CallList, ADeputyOfSomebodyWhoStandsAboveSaysOfWhichPost) {
  FakeRoster roster;
  roster.add_person("wang", "王敏").add_person("chen", "陈刚").add_person("liu", "刘洋");
  roster.add_post("commander", {"wang"}, {"chen"}).add_post("second", {"chen"}, {"liu"});
  const auto page = call_list(a_plan_of({a_step("command", {"post:commander", "post:second"})}), options_for(roster));
  EXPECT_THAT(page, HasSubstr("<tr class=deputy><td>second deputy 1</td><td><span class=name>刘洋</span>"));
}

TEST(CallList, NamesAPostThatNobodyFills) {
  FakeRoster roster;
  roster.add_post("commander", {});
  const auto plan = a_plan_of({a_step("command", {"post:commander"})});
  EXPECT_THAT(call_list(plan, options_for(roster)),
              HasSubstr("<span class=gap>post commander: nobody fills this post"));
  EXPECT_THAT(call_list(plan, options_for(roster, "zh")), HasSubstr("该岗位空缺"));
}

TEST(CallList, APersonWithoutANumberIsAGap) {
  FakeRoster roster;
  roster.add_person_without_contacts("wang").add_post("commander", {"wang"});
  EXPECT_THAT(call_list(a_plan_of({a_step("command", {"post:commander"})}), options_for(roster)),
              HasSubstr("<span class=gap>no number</span>"));
}

TEST(CallList, AreasStandOnceAtTheEnd) {
  FakeRoster roster;
  roster.add_person("wang", "王敏").add_area("donghu");
  const auto step = a_step("local", {"area:heads"});
  const auto page = call_list(a_plan_of({step}), options_for(roster));
  EXPECT_THAT(page, HasSubstr("heads of the area where it happens: see &quot;Areas&quot; at the end"));
  EXPECT_THAT(call_list(a_plan_of({step}), options_for(roster, "zh")), HasSubstr("事发地的负责人：见末页“区域”"));
  EXPECT_EQ(times(page, "<h2 id=areas>Areas</h2>"), 1U);
  EXPECT_THAT(page, HasSubstr("<span class=gap>head: nobody</span>"));
}

TEST(CallList, LargeUnitsGoOnAtTheEnd) {
  FakeRoster roster;
  FakeRoster::Codes members;
  CallListBody team{"Team", "", {}};
  for (int i = 0; i < 7; ++i) {
    members.push_back("m" + std::to_string(i));
    roster.add_person(members.back());
    team.people.push_back(roster.person_coded(members.back())->id);
  }
  roster.add_unit("team", members);
  auto options = options_for(roster);
  options.units = {team};
  const auto page = call_list(a_plan_of({a_step("help", {"unit:team"})}), options);
  EXPECT_THAT(page, HasSubstr("and 3 more: see &quot;Units and groups&quot; at the end"));
  EXPECT_EQ(times(page, ">m6</span>"), 1U);
}

TEST(CallList, EachResponseBeginsAPageUnderItsNumber) {
  FakeRoster roster;
  const auto page = call_list(a_plan().build(), options_for(roster));
  EXPECT_GE(times(page, "<section class=page>"), 2U);
  EXPECT_THAT(page, AllOf(HasSubstr("<h2 id=r1><span class=number>1</span>"), HasSubstr("<h2 id=r2>")));
}

}  // namespace
}  // namespace tocsin::rehearse
