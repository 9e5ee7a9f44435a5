// Two plans compared: each planted change is found and named, and rewriting alone finds nothing.
#include "gateway/rehearse/diff.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <nlohmann/json.hpp>
#include <random>

#include "gateway/base/text.h"
#include "gateway/plan/plan.h"
#include "gateway/rehearse/words.h"
#include "tests/support/a_plan.h"
#include "tests/support/fake_roster.h"

namespace tocsin::rehearse {
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
using testing::SizeIs;

// A Saturday night at an office whose commander is woken otherwise than by day.
PlanBuilder an_office() {
  auto builder = a_plan();
  auto& plan = builder.raw();
  plan.name = "office";
  auto night = a_ladder({{desk_call, 3min}, {sms, 5min}});
  night.name = "night";
  auto person = a_ladder({{sms, 3min}, {desk_call, 5min}, {deputy, 5min}});
  person.name = "person";
  plan.ladders = {person, night};
  plan.ladders[0].hours = {{plan::Hours{22 * 60, 7 * 60, 0x7F}, 1}};
  auto command = a_step("command", {"post:commander", "duty:leader"});
  command.needs = model::AnswerKind::kComing;
  command.then = {1};
  auto deputies = a_step("deputies", {"post:deputy-commander"});
  deputies.start = plan::StepStart::kThen;
  auto call = a_step("call-119", {"duty:desk"});
  call.ladder = -1;
  call.task = plan::DeskTask{{{"zh", "119打了吗？"}, {"en", "119 called?"}}, 5min};
  auto inform = a_step("inform", {"group:workers"});
  inform.enough = 0;
  builder.response(HazardKind::kFire, level_IV, {command, deputies, call, inform});
  return builder;
}

auto Is(const std::string& what) {
  return Field("what", &Change::what, what);
}
auto About(const std::string& name) {
  return Field("about", &Change::about, Contains(name));
}
auto Subject(const std::string& text) {
  return Field("subject", &Change::subject, Field("en", &base::Said::en, HasSubstr(text)));
}
auto Was(const std::string& text) {
  return Field("before", &Change::before, Field("en", &base::Said::en, HasSubstr(text)));
}
auto Now(const std::string& text) {
  return Field("after", &Change::after, Field("en", &base::Said::en, HasSubstr(text)));
}

class DiffTest : public testing::Test {
 protected:
  PlanDiff compare() const {
    DiffOptions options;
    options.at = noon;
    return diff(before_.build(), after_.build(), options);
  }
  plan::Plan& after() { return after_.raw(); }
  plan::Hazard& fire() { return after().hazards.at(HazardKind::kFire); }
  plan::Response& response() {
    for (auto& one : after().responses) {
      if (one.kind == HazardKind::kFire) return one;
    }
    throw std::logic_error("no response");
  }

  PlanBuilder before_ = an_office(), after_ = an_office();
};

TEST_F(DiffTest, PlansThatDoTheSameHaveNoDifference) {
  const auto found = compare();
  EXPECT_TRUE(found.same()) << to_text(found, "en");
  EXPECT_THAT(to_text(found, "en"), HasSubstr("No difference in effect"));
}

TEST_F(DiffTest, AThresholdMovedByOneIsOneRegion) {
  fire().criteria.clear();
  after_.clause(HazardKind::kFire, level_I, {at_least("dead", 3)});
  after_.clause(HazardKind::kFire, level_II, {between("dead", 1, 3)});
  after_.clause(HazardKind::kFire, level_II, {at_least("serious", 4)});  // was 3
  after_.clause(HazardKind::kFire, level_III, {between("serious", 1, 3)});
  after_.clause(HazardKind::kFire, level_III, {at_least("trapped", 1)});
  after_.clause(HazardKind::kFire, level_III, {is("spreading", true), is_one_of("place_kind", {"school", "shop"})});
  const auto found = compare();
  ASSERT_THAT(found.changes, SizeIs(1)) << to_text(found, "en");
  EXPECT_THAT(found.changes[0], AllOf(Is("level"), About("fire"), Subject("seriously injured exactly 3"),
                                      Was("by fire/II/2"), Now("by fire/default")))
      << to_text(found, "en");
  EXPECT_EQ(found.changes[0].was, "II");
  EXPECT_EQ(found.changes[0].now, "IV");
}

TEST_F(DiffTest, AClauseOfTwoConditionsIsOneRegionOfBoth) {
  fire().criteria[2].any.pop_back();
  const auto found = compare();
  EXPECT_THAT(found.changes, Contains(AllOf(Is("level"), Subject("spreading: yes"), Was("III"), Now("IV"))))
      << to_text(found, "en");
}

TEST_F(DiffTest, RewritingFindsNothing) {
  auto& plan = after();
  // Clauses in another order, a range with both ends written, ladders renamed and moved, texts with notes.
  std::reverse(fire().criteria[1].any.begin(), fire().criteria[1].any.end());
  for (auto& condition : fire().criteria[2].any.back().all) {
    if (auto* any = std::get_if<plan::AnyChoice>(&condition.wanted)) std::reverse(any->begin(), any->end());
    condition.text = "otherwise";
  }
  std::swap(plan.ladders[0], plan.ladders[1]);
  plan.ladders[1].hours[0].ladder = 0;
  plan.ladders[1].name = "renamed";
  for (auto& one : plan.responses) {
    for (auto& step : one.steps) step.ladder = step.ladder < 0 ? -1 : 1 - step.ladder;
  }
  std::reverse(plan.responses.begin(), plan.responses.end());
  plan.templates["alert"].text["zh"]["default"] += "{{! a note }}";
  plan.version = "another";
  plan.digest = "another";
  plan.cases.push_back({});
  const auto found = compare();
  EXPECT_TRUE(found.same()) << to_text(found, "en");
}

// ---- planted changes: each is found, whatever else stands in the plan ----

struct Planted {
  const char* name;
  std::function<void(plan::Plan&)> change;
  const char* what;  // of a Change that must be there
};

plan::Response& fire_response(plan::Plan& plan) {
  for (auto& one : plan.responses) {
    if (one.kind == HazardKind::kFire) return one;
  }
  throw std::logic_error("no response");
}
plan::Hazard& fire_of(plan::Plan& plan) {
  return plan.hazards.at(HazardKind::kFire);
}

// As read_plan does: who decides is told by a last step of its own.
void ask_approval(plan::Plan& plan) {
  auto& response = fire_response(plan);
  auto step = a_step("approval", {"post:mayor"});
  step.life_safety = true;
  response.steps.push_back(step);
  response.approval =
      plan::Approval{{*model::parse_selector("post:mayor")}, static_cast<int>(response.steps.size()) - 1, 10min, true};
}

const std::vector<Planted>& planted() {
  static const std::vector<Planted> all{
      {"office renamed", [](auto& p) { p.name = "other"; }, "office"},
      {"stale_after", [](auto& p) { p.stale_after += 1min; }, "office"},
      {"open_within", [](auto& p) { p.open_within += 1min; }, "office"},
      {"time zone", [](auto& p) { p.time_zone = "Europe/Dublin"; }, "office"},
      {"level renamed", [](auto& p) { p.levels[1].name["en"] = "serious"; }, "levels"},
      {"level colour", [](auto& p) { p.levels[1].colour = "red"; }, "levels"},
      {"hazard removed", [](auto& p) { p.hazards.erase(HazardKind::kFlood); }, "hazard"},
      {"hazard renamed", [](auto& p) { fire_of(p).name["en"] = "blaze"; }, "hazard"},
      {"hazard attribute dropped", [](auto& p) { fire_of(p).attributes.pop_back(); }, "hazard"},
      {"combine", [](auto& p) { p.attributes.at("serious").combine = plan::Combine::kSumByPlace; }, "attribute"},
      {"worse", [](auto& p) { p.attributes.at("water_depth").worse = plan::Worse::kLower; }, "attribute"},
      {"ask", [](auto& p) { p.attributes.at("serious").ask["zh"] = "几人伤？"; }, "attribute"},
      {"ask whom", [](auto& p) { p.attributes.at("serious").ask_whom = plan::AskWhom::kDesk; }, "question"},
      {"threshold",
       [](auto& p) {
         std::get<plan::Range>(fire_of(p).criteria[0].any[0].all[0].wanted).from = model::Quantity::whole(4);
       },
       "level"},
      {"upper end",
       [](auto& p) {
         std::get<plan::Range>(fire_of(p).criteria[2].any[0].all[0].wanted).to = model::Quantity::whole(2);
       },
       "level"},
      {"flag turned", [](auto& p) { fire_of(p).criteria[2].any[2].all[0].wanted = false; }, "level"},
      {"choice dropped",
       [](auto& p) { std::get<plan::AnyChoice>(fire_of(p).criteria[2].any[2].all[1].wanted).pop_back(); }, "level"},
      {"clause removed", [](auto& p) { fire_of(p).criteria[1].any.pop_back(); }, "level"},
      {"criteria moved to another level", [](auto& p) { fire_of(p).criteria[2].level = level_II; }, "level"},
      {"default level", [](auto& p) { fire_of(p).default_level = level_III; }, "level"},
      {"grade added",
       [](auto& p) {
         fire_of(p).grades = {{level_III, {{"fire/grade/III/1", {at_least("dead", 3)}}}}};
       },
       "grade"},
      {"keyword removed", [](auto& p) { fire_of(p).keywords["zh"].erase(fire_of(p).keywords["zh"].begin()); },
       "understood"},
      {"keyword added", [](auto& p) { fire_of(p).keywords["en"].push_back("inferno"); }, "understood"},
      {"attribute keyword removed", [](auto& p) { p.attributes.at("trapped").keywords["en"].pop_back(); },
       "understood"},
      {"choice keyword", [](auto& p) { p.attributes.at("place_kind").choice_keywords["school"]["zh"].pop_back(); },
       "understood"},
      {"merge window", [](auto& p) { fire_of(p).merge_window += 1min; }, "merge"},
      {"merge distance", [](auto& p) { fire_of(p).merge_distance_m = 500; }, "merge"},
      {"step removed", [](auto& p) { fire_response(p).steps.pop_back(); }, "fewer"},
      {"step added",
       [](auto& p) {
         auto step = a_step("more", {"unit:fire-station"});
         fire_response(p).steps.push_back(step);
       },
       "more"},
      {"selector added", [](auto& p) { fire_response(p).steps[0].to.push_back(*model::parse_selector("post:mayor")); },
       "more"},
      {"selector dropped", [](auto& p) { fire_response(p).steps[0].to.pop_back(); }, "fewer"},
      {"wait lengthened", [](auto& p) { fire_response(p).steps[0].wait += 1min; }, "later"},
      {"at_most", [](auto& p) { fire_response(p).steps[0].at_most += 1min; }, "step"},
      {"needs", [](auto& p) { fire_response(p).steps[0].needs = model::AnswerKind::kArrived; }, "answer"},
      {"enough", [](auto& p) { fire_response(p).steps[0].enough = 2; }, "answer"},
      {"then dropped", [](auto& p) { fire_response(p).steps[0].then.clear(); }, "fewer"},
      {"start", [](auto& p) { fire_response(p).steps[3].start = plan::StepStart::kNotOpened; }, "later"},
      {"life safety", [](auto& p) { fire_response(p).steps[0].life_safety = true; }, "step"},
      {"template of a step", [](auto& p) { fire_response(p).steps[0].text = "update"; }, "text"},
      {"task text", [](auto& p) { fire_response(p).steps[2].task->text["zh"] = "打了吗？"; }, "task"},
      {"task clock", [](auto& p) { fire_response(p).steps[2].task->clock += 1min; }, "task"},
      {"deputy rung dropped", [](auto& p) { p.ladders[0].rungs.pop_back(); }, "channel"},
      {"rung wait", [](auto& p) { p.ladders[0].rungs[0].wait += 1min; }, "course"},
      {"rung channel", [](auto& p) { p.ladders[0].rungs[0].channel = voice; }, "channel"},
      {"ladder repeats", [](auto& p) { p.ladders[0].cycles = 2; }, "step"},
      {"an hour shifted", [](auto& p) { p.ladders[0].hours[0].hours.from_minute = 23 * 60; }, "channel"},
      {"a minute shifted", [](auto& p) { p.ladders[0].hours[0].hours.to_minute += 1; }, "channel"},
      {"days of hours", [](auto& p) { p.ladders[0].hours[0].hours.days = 0x1F; }, "channel"},
      {"night ladder", [](auto& p) { p.ladders[1].rungs[0].wait += 1min; }, "course"},
      {"approval asked", ask_approval, "approval"},
      {"stand-down by",
       [](auto& p) {
         fire_response(p).stand_down = plan::StandDownRule{{*model::parse_selector("post:mayor")}, {}};
       },
       "stand_down"},
      {"stand-down condition",
       [](auto& p) {
         fire_response(p).stand_down = plan::StandDownRule{{}, {{"out", {{"zh", "灭了？"}, {"en", "Out?"}}}}};
       },
       "stand_down"},
      {"template", [](auto& p) { p.templates["alert"].text["zh"]["default"] += "!"; }, "text"},
      {"template of one channel", [](auto& p) { p.templates["alert"].text["en"]["sms"] = "short"; }, "text"},
      {"only inside a section",
       [](auto& p) { p.templates["alert"].text["zh"]["default"] += "{{#one_way}}!{{/one_way}}"; }, "text"},
  };
  return all;
}

TEST_F(DiffTest, EveryPlantedChangeIsFound) {
  for (const auto& one : planted()) {
    auto changed = an_office();
    one.change(changed.raw());
    DiffOptions options;
    options.at = noon;
    const auto found = diff(before_.build(), changed.build(), options);
    EXPECT_THAT(found.changes, Contains(Is(one.what))) << one.name << "\n" << to_text(found, "en");
    // And the other way round there is as much to say.
    EXPECT_FALSE(diff(changed.build(), before_.build(), options).same()) << one.name;
  }
}

TEST_F(DiffTest, PlantedChangesAreFoundAmongOthers) {
  std::mt19937 random(7);
  for (int round = 0; round < 60; ++round) {
    auto changed = an_office();
    const auto& one = planted()[random() % planted().size()];
    const auto& other = planted()[random() % planted().size()];
    if (one.name == other.name || std::string(one.name).find("removed") != std::string::npos ||
        std::string(other.name).find("removed") != std::string::npos) {
      continue;
    }
    one.change(changed.raw());
    other.change(changed.raw());
    DiffOptions options;
    options.at = noon;
    EXPECT_FALSE(diff(before_.build(), changed.build(), options).same()) << one.name << " and " << other.name;
  }
}

TEST_F(DiffTest, AnHourShiftedIsToldWithItsHour) {
  after().ladders[0].hours[0].hours.from_minute = 23 * 60;
  const auto found = compare();
  EXPECT_THAT(found.changes,
              Contains(AllOf(Is("channel"), Subject("post:commander"),
                             Field("when", &Change::when, Field("en", &base::Said::en, "every day 22:00-23:00")))))
      << to_text(found, "en");
}

TEST_F(DiffTest, AHolidayAddedIsToldWithItsDate) {
  for (auto* plan : {&before_.raw(), &after_.raw()}) plan->ladders[0].hours[0].hours.days = 1U << 8;  // days of rest
  after().calendar.rest = {20783};  // 2026-11-26, a Thursday
  const auto found = compare();
  EXPECT_THAT(found.changes,
              Contains(AllOf(Is("channel"),
                             Field("when", &Change::when, Field("en", &base::Said::en, HasSubstr("2026-11-26"))))))
      << to_text(found, "en");
}

TEST_F(DiffTest, WithADirectoryPeopleAreNamedAndCountedBySelector) {
  FakeRoster roster;
  roster.add_person("wang", "王敏").add_person("li", "李强").add_person("chen", "陈晨");
  roster.add_post("commander", {"wang"}, {"li"}).add_duty("desk", {"chen"}).add_duty("leader", {"li"});
  FakeRoster::Codes workers;
  for (int i = 0; i < 5; ++i) {
    workers.push_back("w" + std::to_string(i));
    roster.add_person(workers.back());
  }
  roster.add_group("workers", workers).add_area("donghu");
  response().steps.pop_back();
  DiffOptions options;
  options.at = noon;
  options.roster = &roster;
  const auto found = diff(before_.build(), after_.build(), options);
  EXPECT_THAT(found.changes, Contains(AllOf(Is("fewer"), Subject("group:workers: 5 people"),
                                            Field("people", &Change::people, SizeIs(5)), About("fire/III"))))
      << to_text(found, "en");
}

TEST_F(DiffTest, WhatIsTooMuchToTryIsNamed) {
  auto& criteria = fire().criteria;
  for (auto& clause : criteria[2].any) clause.all.push_back(is("spreading", true));
  DiffOptions options;
  options.at = noon;
  options.most_reports = 20;
  const auto found = diff(before_.build(), after_.build(), options);
  EXPECT_THAT(found.left_out, Not(IsEmpty()));
  EXPECT_THAT(found.changes, Contains(Is("level")));
}

TEST_F(DiffTest, ManyResponsesAreCountedAndNoLineIsLongerThanAPage) {
  PlanDiff many;
  Change change;
  change.what = "step";
  for (int kind = 0; kind < 26; ++kind) {
    for (const auto* level : {"IV", "III"}) change.about.push_back("kind_" + std::to_string(kind) + "/" + level);
  }
  change.subject = {"step command: reached by", "步骤 command：通知方式"};
  for (int i = 0; i < 30; ++i) {
    change.before += {"desk phones 5 min > ", "值班员打电话5分钟→"};
    change.after += {"SMS 3 min > ", "短信3分钟→"};
  }
  many.changes = {change};
  const auto english = to_text(many, "en"), chinese = to_text(many, "zh");
  EXPECT_THAT(english, HasSubstr("[26 kinds, 52 responses: kind_0, kind_1, kind_2, kind_3, kind_4 and others]"));
  EXPECT_THAT(chinese, HasSubstr("26个灾种、52个响应"));
  for (const auto& text : {english, chinese}) {
    for (const auto& line : base::split(text, '\n')) EXPECT_LE(columns(line), 150U) << line;
  }
  EXPECT_EQ(nlohmann::json::parse(to_json(many))["changes"][0]["about"].size(), 52U);
}

TEST_F(DiffTest, IsTheSameEachTime) {
  fire().default_level = level_III;
  response().steps[0].wait += 1min;
  EXPECT_EQ(to_json(compare()), to_json(compare()));
}

TEST_F(DiffTest, JsonHasItsKeys) {
  fire().default_level = level_III;
  const auto json = nlohmann::json::parse(to_json(compare()));
  EXPECT_FALSE(json.at("same").get<bool>());
  const auto& change = json.at("changes").at(0);
  for (const auto* key : {"what", "about", "subject", "subject_zh", "before", "before_zh", "after", "after_zh", "was",
                          "now", "when", "when_zh", "people"}) {
    EXPECT_TRUE(change.contains(key)) << key;
  }
  EXPECT_EQ(change.at("now"), "III");
}

}  // namespace
}  // namespace tocsin::rehearse
