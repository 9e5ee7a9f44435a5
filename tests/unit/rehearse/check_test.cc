#include "gateway/rehearse/check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/support/a_plan.h"
#include "tests/support/fake_roster.h"

namespace tocsin::rehearse {
namespace {

using namespace support;  // NOLINT(google-build-using-namespace)
using base::Severity;
using model::HazardKind;
using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

MATCHER_P3(Finds, severity, code, words, "") {
  return arg.severity == severity && arg.code == code && arg.message.find(words) != std::string::npos &&
         !arg.message_zh.empty() && !arg.where.empty();
}
testing::Matcher<base::Diagnostic> at_place(const std::string& where) {
  return testing::Field(&base::Diagnostic::where, where);
}

// A directory that keeps what the plan promises; each test breaks one thing.
class CheckTest : public testing::Test {
 protected:
  CheckTest() {
    roster_.add_person("wang").add_person("li").add_person("chen").add_person("zhao");
    roster_.add_post("commander", {"wang"}, {"li", "zhao"}).add_duty("desk", {"chen"});
    roster_.add_area("qingshi", "", "subdistrict").add_area("donghu", "qingshi").add_area("xihu", "qingshi");
    roster_.add_area_role("donghu", "heads", {"zhao"}).add_area_role("xihu", "heads", {"zhao"});
  }
  base::Diagnostics findings() const { return checked().findings; }
  Checked checked() const {
    CheckOptions options;
    options.at = noon;
    return check(builder_.build(), &roster_, options);
  }
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
    EXPECT_THAT(
        findings(),
        ElementsAre(AllOf(Finds(Severity::kError, "selector-resolves-to-nobody", "step command of response fire/IV"),
                          testing::Field(&base::Diagnostic::message, HasSubstr(selector)))))
        << selector;
  }
}

TEST_F(CheckTest, APostThatNobodyFillsIsAWarning) {
  roster_.add_post("vacant", {});
  fire_step(a_step("command", {"post:vacant", "post:commander"}));
  EXPECT_THAT(findings(), ElementsAre(AllOf(Finds(Severity::kWarning, "selector-resolves-to-nobody",
                                                  "post:vacant names nobody at any time looked at"),
                                            at_place("response/fire/IV/command/to/1"))));
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

// ---- over the coming days ----

TEST_F(CheckTest, AnHourAtWhichNobodyIsFoundIsNamedWithItsBeginningAndLength) {
  roster_.add_post("engineer", {"chen"})
      .on_leave("chen", noon + 48h, noon + 57h)
      .on_leave("chen", noon + 96h, noon + 97h);
  fire_step(a_step("expert", {"post:engineer", "post:commander"}));
  EXPECT_THAT(findings(),
              Contains(Finds(Severity::kWarning, "selector-resolves-to-nobody",
                             "post:engineer names nobody from 2026-11-24 20:00 for 9h (2 such times in all)")));
}

TEST_F(CheckTest, WhatHappensAfterTheTimeLookedAtIsNoFinding) {
  roster_.add_post("engineer", {"chen"}).on_leave("chen", noon + 31 * 24h, noon + 32 * 24h);
  fire_step(a_step("expert", {"post:engineer"}));
  EXPECT_THAT(findings(), IsEmpty());
}

TEST_F(CheckTest, AStepIsShortOnlyWhileTooFewArePresent) {
  roster_.add_unit("team", {"chen", "zhao"}).on_leave("zhao", noon + 24h, noon + 48h);
  auto step = a_step("team", {"unit:team"});
  step.enough = 2;
  fire_step(step);
  EXPECT_THAT(findings(), ElementsAre(AllOf(Finds(Severity::kWarning, "enough-above-recipients",
                                                  "asks for 2 answers of 1 recipient from 2026-11-23 20:00 for 1d"),
                                            at_place("response/fire/IV/team"))));
}

TEST_F(CheckTest, ALargeListThatChangesTooOftenIsLookedAtLessOftenAndSaysSo) {
  FakeRoster::Codes crowd;
  for (int i = 0; i < 460; ++i) {
    crowd.push_back("p" + std::to_string(i));
    roster_.add_person(crowd.back()).on_leave(crowd.back(), noon + i * 1h, noon + i * 1h + 30min);
  }
  roster_.add_group("crowd", crowd);
  fire_step(a_step("crowd", {"group:crowd"}));
  const auto all = checked();
  EXPECT_THAT(all.findings, IsEmpty());
  ASSERT_EQ(all.not_checked.size(), 1U);
  EXPECT_THAT(all.not_checked[0].en, HasSubstr("group:crowd"));
}

// ---- hours of ladders ----

TEST_F(CheckTest, EachLadderOfTheHoursMustReachEverybodyToo) {
  roster_.add_person_without_contacts("sun")
      .with_contact("sun", model::ContactKind::kMobile, "+8614400000098")
      .add_unit("team", {"sun"});
  fire_step(a_step("units", {"unit:team"}));
  EXPECT_THAT(findings(), IsEmpty());
  builder_.ladder(a_ladder({{email, 5min}, {knock, 5min}}));
  builder_.raw().ladders[1].name = "usual@2";
  builder_.raw().ladders[1].rungs[1].who = model::parse_selector("area:heads");
  builder_.raw().ladders[0].hours = {{{22 * 60, 7 * 60, 0x7F}, 1}};
  EXPECT_THAT(findings(), Contains(AllOf(Finds(Severity::kWarning, "person-unreachable", "sun (sun)"),
                                         Finds(Severity::kWarning, "person-unreachable", "ladder usual@2"))));
}

// ---- authority, deputies, cases ----

class CheckAuthorityTest : public CheckTest {
 protected:
  plan::Response& response() {
    return *std::find_if(builder_.raw().responses.begin(), builder_.raw().responses.end(),
                         [](const auto& r) { return r.kind == HazardKind::kFire; });
  }
};

TEST_F(CheckAuthorityTest, ATimeAtWhichNobodyMayApproveIsFound) {
  roster_.add_post("mayor", {"chen"}).on_leave("chen", noon + 24h, noon + 26h);
  response().steps.push_back(a_step("approval", {"post:mayor"}));
  response().approval = plan::Approval{{model::parse_selector("post:mayor").value()}, 1, 10min, true};
  EXPECT_THAT(findings(), Contains(AllOf(Finds(Severity::kWarning, "approval-by-nobody",
                                               "nobody may approve response fire/IV from 2026-11-23 20:00 for 2h"),
                                         at_place("response/fire/IV/approval"))));
  response().approval->by.push_back(model::parse_selector("post:commander").value());
  EXPECT_THAT(findings(), Not(Contains(Finds(Severity::kWarning, "approval-by-nobody", ""))));
}

TEST_F(CheckAuthorityTest, ATimeAtWhichNobodyMayEndItIsFound) {
  roster_.add_post("mayor", {});
  response().stand_down = plan::StandDownRule{{model::parse_selector("post:mayor").value()}, {}};
  EXPECT_THAT(findings(), Contains(AllOf(Finds(Severity::kWarning, "stand-down-by-nobody", "nobody may end"),
                                         at_place("response/fire/IV/stand_down"))));
}

TEST_F(CheckTest, PeopleWhoAreEachOthersOnlyDeputiesAreFoundOnce) {
  roster_.add_post("commander", {"wang"}, {"li"}).add_post("second", {"li"}, {"wang"});
  fire_step(a_step("command", {"post:commander", "post:second"}));
  EXPECT_THAT(findings(), ElementsAre(Finds(Severity::kWarning, "deputies-in-a-circle",
                                            "wang (wang), li (li) have only each other")));

  roster_.add_post("second", {"li"}, {"wang", "zhao"});
  EXPECT_THAT(findings(), IsEmpty());
}

TEST_F(CheckTest, ACaseAtAPlaceTheDirectoryDoesNotHaveIsAnError) {
  plan::Case one;
  one.name = "smoke";
  one.events.push_back({0s, plan::CaseReport{HazardKind::kFire, {}, "donghv", "", ""}});
  builder_.raw().cases = {one};
  EXPECT_THAT(findings(),
              ElementsAre(AllOf(Finds(Severity::kError, "case-area-unknown", "\"donghv\""), at_place("case/smoke"))));
}

// ---- links ----

class CheckLinksTest : public CheckTest {
 protected:
  CheckLinksTest() {
    LinkFacts modem;
    modem.name = "modem";
    options_.at = noon;
    modem.parts_of = [](std::string_view text) {
      return Parts{static_cast<int>(text.size() / 70) + 1, text.find("\xE5") != std::string_view::npos};
    };
    options_.links = std::vector<LinkFacts>{modem};
  }
  LinkFacts& link() { return options_.links->front(); }
  base::Diagnostics findings() const { return check(builder_.build(), &roster_, options_).findings; }
  // Texts of one short message.
  void short_texts() { builder_.template_text("alert", "{{code}}", "{{code}}"); }

  CheckOptions options_;
};

TEST_F(CheckLinksTest, ALinkThatCanDoItAllIsNoFinding) {
  short_texts();
  EXPECT_THAT(findings(), IsEmpty());
}

TEST_F(CheckLinksTest, AChannelNoLinkServesIsNamedOncePerLadder) {
  short_texts();
  builder_.ladder(a_ladder({{email, 1min}, {sms, 1min}, {email, 1min}, {desk_call, 1min}}));
  builder_.raw().ladders[1].name = "loud";
  EXPECT_THAT(findings(), ElementsAre(AllOf(Finds(Severity::kWarning, "no-link-for-channel", "ladder loud uses email"),
                                            at_place("ladder/loud/1"))));
}

TEST_F(CheckLinksTest, ATextOfTooManyShortMessagesIsNamedWithLanguageAndCount) {
  builder_.template_text("alert", "{{code}}", "{{area}} {{place}} {{facts}} " + std::string(280, 'x'));
  const auto all = findings();
  ASSERT_THAT(all, ElementsAre(Finds(Severity::kWarning, "text-too-long", "template alert in en makes up to ")));
  EXPECT_THAT(all[0].message, HasSubstr("flood")) << "of all hazards the one with most to say";
  EXPECT_EQ(all[0].where, "template/alert/en/sms");
}

TEST_F(CheckLinksTest, WhatRingsSomebodyMayBeTwoShortMessagesAndTheRestThreeOverTheWorstLink) {
  LinkFacts other = link();
  other.name = "stick";
  other.parts_of = [](std::string_view text) { return Parts{text.find("long") == text.npos ? 1 : 3, false}; };
  options_.links->push_back(other);
  builder_.template_text("alert", "long", "short");
  builder_.template_text("stand_down", "long", "short");
  ASSERT_THAT(findings(),
              ElementsAre(AllOf(Finds(Severity::kWarning, "text-too-long", "3 short messages over link stick"),
                                at_place("template/alert/zh/sms"))));
}

TEST_F(CheckLinksTest, ATextALinkCannotCarryIsFound) {
  builder_.template_text("alert", "警报 {{code}} 请回复 去", "{{code}}");
  const auto parts_of = link().parts_of;
  link().parts_of = [&](std::string_view text) { return parts_of(text).unicode ? Parts{0, true} : parts_of(text); };
  EXPECT_THAT(findings(),
              ElementsAre(Finds(Severity::kWarning, "text-beyond-link", "template alert in zh has letters")));
  short_texts();
  builder_.template_text("alert", "{{code}}", std::string(150, 'x'));
  link().max_parts = 2;
  EXPECT_THAT(findings(), ElementsAre(Finds(Severity::kWarning, "text-beyond-link", "takes 2")));
}

TEST_F(CheckLinksTest, AnswersThatNoLinkBringsBackAreFound) {
  short_texts();
  builder_.raw().ladders = {a_ladder({{sms, 5min}})};
  link().one_way = true;
  EXPECT_THAT(findings(), Contains(AllOf(Finds(Severity::kWarning, "answers-cannot-return", "step command"),
                                         at_place("response/fire/IV/command"))));
  builder_.raw().ladders = {a_ladder({{sms, 5min}, {desk_call, 1min}})};
  EXPECT_THAT(findings(), IsEmpty());
}

TEST_F(CheckLinksTest, AModemThatCannotTellEverybodyInTimeIsFound) {
  short_texts();
  FakeRoster::Codes crowd;
  for (int i = 0; i < 301; ++i) {
    crowd.push_back("p" + std::to_string(i));
    roster_.add_person(crowd.back());
  }
  roster_.add_group("crowd", crowd);
  link().messages_per_second = 1;
  auto after = a_step("command", {"post:commander"});
  fire_step(a_step("crowd", {"group:crowd"}));
  EXPECT_THAT(findings(),
              ElementsAre(AllOf(Finds(Severity::kWarning, "drain-too-slow", "waits 5m, but its messages take"),
                                Finds(Severity::kWarning, "drain-too-slow", "up to 5m1s at 1 a second"),
                                at_place("response/fire/IV/crowd"))));
  builder_.response(HazardKind::kFire, level_IV, {a_step("crowd", {"group:crowd"}), after});
  EXPECT_THAT(findings(), SizeIs(2)) << "whoever is told behind them waits as well";
  link().messages_per_second = 2;
  EXPECT_THAT(findings(), IsEmpty());
  link().messages_per_second = 0;
  EXPECT_THAT(findings(), IsEmpty());
}

TEST_F(CheckLinksTest, WithoutADirectoryWhatWasLeftOutIsNamed) {
  short_texts();
  const auto all = check(builder_.build(), nullptr, options_);
  EXPECT_THAT(all.findings, IsEmpty());
  ASSERT_EQ(all.not_checked.size(), 1U);
  EXPECT_THAT(all.not_checked[0].en, HasSubstr("fast enough"));
}

}  // namespace
}  // namespace tocsin::rehearse
