// The plan's own tests: what a case expects is held against what came, with the reason; what no case plays is named.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "gateway/rehearse/run_cases.h"
#include "tests/support/a_plan.h"
#include "tests/support/fake_roster.h"

namespace tocsin::rehearse {
namespace {

using namespace support;  // NOLINT(google-build-using-namespace)
using model::HazardKind;
using model::Quantity;
using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::Field;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

plan::CaseEvent report_of(model::Facts facts, base::Duration after = {}) {
  plan::CaseReport report;
  report.kind = HazardKind::kFire;
  report.facts = std::move(facts);
  report.area = "donghu";
  return {after, report};
}

plan::Case a_case(const std::string& name, std::vector<plan::CaseEvent> events) {
  plan::Case one;
  one.name = name;
  one.at = "2026-01-12 10:00";
  one.until = 1h;
  one.events = std::move(events);
  return one;
}

plan::CaseWhom whom(const std::string& selector) {
  return {model::parse_selector(selector), ""};
}

auto Message(const std::string& text) {
  return Field("message", &base::Diagnostic::message, HasSubstr(text));
}
auto Hint(const std::string& text) {
  return Field("hint", &base::Diagnostic::hint, HasSubstr(text));
}

class CasesTest : public testing::Test {
 protected:
  CasesTest() {
    roster_.add_person("wang").add_person("li").add_person("chen");
    roster_.add_post("commander", {"wang"}, {"li"}).add_duty("desk", {"chen"}).add_area("donghu");
  }
  CaseRun run(const plan::Case& one, bool directory = true) {
    builder_.raw().cases = {one};
    all_ = run_cases(builder_.build(), directory ? &roster_ : nullptr);
    return all_.cases.at(0);
  }

  PlanBuilder builder_ = a_plan();
  FakeRoster roster_;
  CasesRun all_;
};

TEST_F(CasesTest, ACaseThatComesAsExpectedPasses) {
  auto one = a_case("two hurt", {report_of({{"serious", Quantity::whole(2)}})});
  one.expect.level = "III";
  one.expect.clause = "fire/III/1";
  one.expect.grade = "none";
  one.expect.told = {{whom("post:commander"), 1min, sms}, {{std::nullopt, "wang"}, std::nullopt, std::nullopt}};
  one.expect.not_told = {whom("duty:desk")};
  one.expect.steps = {"command"};
  one.expect.not_steps = {"deputies"};
  EXPECT_THAT(run(one).failures, IsEmpty());
  EXPECT_THAT(all_.cases[0].skipped, IsEmpty());
}

TEST_F(CasesTest, EachFailureSaysWhatCameAndWhy) {
  auto one = a_case("two hurt", {report_of({{"serious", Quantity::whole(2)}})});
  one.expect.level = "II";
  one.expect.clause = "fire/II/2";
  one.expect.questions = std::vector<std::string>{"serious"};
  one.expect.told = {{whom("post:commander"), std::nullopt, voice}, {whom("duty:desk"), std::nullopt, std::nullopt}};
  one.expect.not_told = {whom("post:commander")};
  one.expect.steps = {"deputies"};
  one.expect.not_steps = {"command"};
  const auto failed = run(one);
  EXPECT_THAT(failed.failures, SizeIs(8));
  EXPECT_THAT(failed.failures,
              Contains(AllOf(Message("expected level II, came III"), Hint("by fire/III/1: serious = 2 is in 1..3"),
                             Field("code", &base::Diagnostic::code, "case-fails"),
                             Field("where", &base::Diagnostic::where, "case/two hurt"),
                             Field("zh", &base::Diagnostic::message_zh, HasSubstr("应为II级，实为III")))));
  EXPECT_THAT(failed.failures, Contains(Message("expected clause fire/II/2, came fire/III/1")));
  EXPECT_THAT(failed.failures,
              Contains(AllOf(Message("post:commander told over voice call"), Hint("wang"), Hint("SMS +"))));
  EXPECT_THAT(failed.failures, Contains(AllOf(Message("duty:desk told; nobody was"), Hint("no step that began"))));
  EXPECT_THAT(failed.failures, Contains(Message("post:commander not to be told")));
  EXPECT_THAT(failed.failures, Contains(AllOf(Message("step deputies to begin"), Hint("command"))));
  EXPECT_THAT(failed.failures, Contains(Message("step command not to begin")));
}

TEST_F(CasesTest, WithoutADirectoryPeopleAreSkippedAndNamed) {
  auto one = a_case("two hurt", {report_of({{"serious", Quantity::whole(2)}})});
  one.expect.level = "III";
  one.expect.told = {{whom("post:nobody"), std::nullopt, std::nullopt}};
  one.expect.steps = {"never"};
  const auto came = run(one, false);
  EXPECT_TRUE(came.passed());
  EXPECT_THAT(came.skipped, ElementsAre("told", "steps"));
  EXPECT_THAT(to_text(all_, {}, "en"), HasSubstr("two hurt"));
}

TEST_F(CasesTest, ReportsOfOneCaseRaiseTheLevel) {
  auto one = a_case("it grows",
                    {report_of({{"serious", Quantity::whole(1)}}), report_of({{"dead", Quantity::whole(3)}}, 5min)});
  one.expect.level = "I";
  one.expect.clause = "fire/I/1";
  EXPECT_THAT(run(one).failures, IsEmpty());
  // Both clauses are played.
  for (const auto& clause : all_.coverage.clauses) {
    const bool played = clause.name == "fire/I/1" || clause.name == "fire/III/1";
    EXPECT_EQ(clause.times, played ? 1 : 0) << clause.name;
  }
}

TEST_F(CasesTest, WhatNoCasePlaysIsNamed) {
  auto night = a_ladder({{desk_call, 3min}});
  builder_.ladder(night);
  builder_.raw().ladders[0].hours = {{plan::Hours{22 * 60, 7 * 60, 0x7F}, 1}};
  builder_.raw().hazards.at(HazardKind::kFire).grades = {{level_III, {{"fire/grade/III/1", {at_least("dead", 3)}}}}};
  run(a_case("by day", {report_of({{"serious", Quantity::whole(2)}})}));
  const auto text = to_text(all_, {{"by day", "plan.toml", 7}}, "en");
  EXPECT_THAT(text,
              AllOf(HasSubstr("    fire/I/1\n"), Not(HasSubstr("    fire/III/1\n")), HasSubstr("    fire/default\n"),
                    HasSubstr("    fire/grade/III/1\n"), HasSubstr("    response/flood/IV\n"),
                    Not(HasSubstr("    response/fire/IV\n")), HasSubstr("    ladder/usual/hours/1\n")));
  auto at_night = a_case("by night", {report_of({{"serious", Quantity::whole(2)}})});
  at_night.at = "2026-01-12 23:00";
  run(at_night);
  EXPECT_THAT(to_text(all_, {}, "en"), Not(HasSubstr("    ladder/usual/hours/1\n")));
}

TEST_F(CasesTest, AFailureStandsWithItsFileAndLine) {
  auto one = a_case("two hurt", {report_of({{"serious", Quantity::whole(2)}})});
  one.expect.level = "I";
  run(one);
  EXPECT_THAT(to_text(all_, {{"two hurt", "plan.toml", 7}}, "en"),
              HasSubstr("plan.toml:7: case \"two hurt\": expected"));
  EXPECT_THAT(to_text(all_, {{"two hurt", "plan.toml", 7}}, "zh"), HasSubstr("plan.toml:7: 案例“two hurt”：应为"));
  const auto json = nlohmann::json::parse(to_json(all_, {{"two hurt", "plan.toml", 7}}));
  EXPECT_FALSE(json.at("ok").get<bool>());
  EXPECT_EQ(json.at("cases").at(0).at("line"), 7);
  EXPECT_EQ(json.at("failed"), 1);
  EXPECT_TRUE(json.at("coverage").at("clauses").at("never").is_array());
}

TEST_F(CasesTest, OneCaseCanBeRunAlone) {
  builder_.raw().cases = {a_case("a", {report_of({})}), a_case("b", {report_of({})})};
  EXPECT_THAT(run_cases(builder_.build(), &roster_, kEveryLink, "b").cases, SizeIs(1));
}

}  // namespace
}  // namespace tocsin::rehearse
