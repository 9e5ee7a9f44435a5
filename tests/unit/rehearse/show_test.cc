#include "gateway/rehearse/show.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "gateway/rehearse/words.h"
#include "tests/support/a_plan.h"
#include "tests/support/fake_roster.h"

namespace tocsin::rehearse {
namespace {

using namespace support;  // NOLINT(google-build-using-namespace)
using testing::HasSubstr;
using testing::Not;

Rehearsal a_fire_nobody_answers() {
  FakeRoster roster;
  roster.add_person("wang", "王敏").add_person("li", "李强").add_post("commander", {"wang"}, {"li"});
  roster.add_area("donghu");
  Case fire;
  fire.hazard = model::HazardKind::kFire;
  fire.area = roster.area_id("donghu");
  fire.facts = {{"trapped", model::Quantity::whole(1)}};
  return rehearse(a_plan().build(), roster, fire, noon);
}

TEST(ShowTextTest, TheLeaderReadsWhoIsToldOverWhatAndWhen) {
  const auto text = to_text(a_fire_nobody_answers(), "zh");
  EXPECT_THAT(text, HasSubstr("三级 (III)"));
  EXPECT_THAT(text, HasSubstr("fire/III/2"));
  EXPECT_THAT(text, HasSubstr("步骤 1 command"));
  EXPECT_THAT(text, HasSubstr("王敏 wang"));
  EXPECT_THAT(text, HasSubstr("+5m       值班员打电话"));
  EXPECT_THAT(text, HasSubstr("共通知 2 人"));
}

TEST(ShowTextTest, TheSamePageInEnglish) {
  const auto text = to_text(a_fire_nobody_answers(), "en");
  EXPECT_THAT(text, HasSubstr("step 1 command"));
  EXPECT_THAT(text, HasSubstr("deputy told       li"));
  EXPECT_THAT(text, Not(HasSubstr("步骤")));
}

TEST(ShowTextTest, StepsAreCalledByTheirTitlesAndAUnitByItsName) {
  FakeRoster roster;
  roster.add_person("wang").add_unit("police", {"wang"});
  auto step = a_step("rescue@unit:police", {"unit:police"});
  step.title = {{"zh", "抢险救援"}, {"en", "Rescue"}};
  auto builder = a_plan();
  builder.response(model::HazardKind::kFire, level_IV, {step});
  Case fire;
  fire.hazard = model::HazardKind::kFire;
  Options options;
  options.language = "en";
  const auto rehearsal = rehearse(builder.build(), roster, fire, noon, options);
  EXPECT_THAT(to_text(rehearsal, "en"), HasSubstr("step 1 Rescue: police (rescue@unit:police)"));
  EXPECT_THAT(to_svg(rehearsal, "en"), HasSubstr(">Rescue: police  20:00"));
  EXPECT_EQ(nlohmann::json::parse(to_json(rehearsal))["steps"][0]["title"], "Rescue: police");
}

TEST(ShowTextTest, AFurtherHatPointsToTheStepThatTellsThePerson) {
  FakeRoster roster;
  roster.add_person("wang").add_post("commander", {"wang"}).add_unit("team", {"wang"});
  auto builder = a_plan();
  builder.response(model::HazardKind::kFire, level_IV,
                   {a_step("command", {"post:commander"}), a_step("units", {"unit:team"})});
  Case fire;
  fire.hazard = model::HazardKind::kFire;
  EXPECT_THAT(to_text(rehearse(builder.build(), roster, fire, noon), "en"), HasSubstr("listed at step 1"));
}

TEST(ShowTextTest, ChineseTakesTwoColumns) {
  EXPECT_EQ(padded("短信", 6), "短信  ");
  EXPECT_EQ(columns("a短（"), 5U);
}

TEST(ShowTextTest, LongLinesBreakWhereWordsOrPartsOfASentenceEnd) {
  EXPECT_EQ(wrapped("one two three", 8, "  "), "one two\n  three");
  EXPECT_EQ(wrapped("短信3分钟→值班员打电话", 12, "  "), "短信3分钟→\n  值班员打电话");
  EXPECT_EQ(wrapped("short", 2, "  "), "short") << "a word stays whole";
  EXPECT_EQ(wrapped("a b\nc d", 3, ""), "a b\nc d") << "each line by itself";
}

TEST(ShowJsonTest, TheKeysAreTheDocumentedOnes) {
  const auto json = nlohmann::json::parse(to_json(a_fire_nobody_answers()));
  for (const char* key : {"at", "hazard", "hazard_name", "level", "level_name", "area", "clause", "clause_text",
                          "facts", "message", "complete", "questions", "recipients", "steps", "tasks", "not_told"}) {
    EXPECT_TRUE(json.contains(key)) << key;
  }
  EXPECT_EQ(json["level"], "III");
  EXPECT_EQ(json["clause"], "fire/III/2");
  ASSERT_EQ(json["recipients"].size(), 2U);
  const auto& wang = json["recipients"][0];
  EXPECT_EQ(wang["person"], "wang");
  EXPECT_EQ(wang["selector"], "post:commander");
  EXPECT_EQ(wang["channel"], "sms");
  EXPECT_EQ(wang["first_after_s"], 0.0);
  EXPECT_EQ(wang["timeline"][1]["channel"], "desk_call");
  EXPECT_EQ(wang["timeline"][1]["after_s"], 300.0);
  EXPECT_EQ(wang["timeline"][1]["reason"], "no_answer");
  EXPECT_EQ(json["steps"][0]["people"][0], "wang");
}

TEST(ShowJsonTest, NoLevelIsNull) {
  FakeRoster roster;
  roster.add_person("chen").add_duty("desk", {"chen"});
  const auto json = nlohmann::json::parse(to_json(rehearse(a_plan().build(), roster, {}, noon)));
  EXPECT_TRUE(json["level"].is_null());
  EXPECT_EQ(json["hazard"], "unclassified");
  EXPECT_TRUE(json["questions"].empty());
}

}  // namespace
}  // namespace tocsin::rehearse
