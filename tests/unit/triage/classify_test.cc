#include "gateway/triage/classify.h"

#include <gmock/gmock.h>

#include "tests/support/a_plan.h"

namespace tocsin::triage {
namespace {

using model::HazardKind;
using model::Quantity;
using namespace support;
using testing::ElementsAre;
using testing::IsEmpty;

model::Facts facts(std::string_view text) {
  return model::parse_facts(text).value();
}

std::vector<std::string> asked(const model::Assessment& a) {
  std::vector<std::string> names;
  for (const auto& q : a.questions) names.push_back(q.attribute + ">" + q.could_reach_id);
  return names;
}

TEST(ClassifyTest, TheHighestTrueClauseDecides) {
  const auto plan = a_plan().build();

  const auto a = classify(plan, HazardKind::kFire, facts("dead=3 serious=1 trapped=1"), "en");

  EXPECT_EQ(a.level, level_I);
  EXPECT_EQ(a.level_id, "I");
  EXPECT_EQ(a.clause, "fire/I/1");
  EXPECT_EQ(a.clause_text, "dead = 3 is in 3..");
  EXPECT_THAT(a.questions, IsEmpty());
}

TEST(ClassifyTest, WithoutATrueClauseTheDefaultLevelHolds) {
  const auto plan = a_plan().build();

  const auto a = classify(plan, HazardKind::kFire, facts("dead=0 serious=0 trapped=0 spreading=no"), "en");

  EXPECT_EQ(a.level_id, "IV");
  EXPECT_EQ(a.clause, "fire/default");
  EXPECT_EQ(a.clause_text, "no clause is true");
  EXPECT_THAT(a.questions, IsEmpty());
}

TEST(ClassifyTest, ARangeIncludesItsLowerEndAndNotItsUpper) {
  const auto plan = a_plan().build();
  const auto level = [&](std::string_view said) {
    return classify(plan, HazardKind::kFire, facts(said), "en").level_id;
  };

  EXPECT_EQ(level("dead=0 trapped=0 serious=0"), "IV");
  EXPECT_EQ(level("dead=0 trapped=0 serious=1"), "III");
  EXPECT_EQ(level("dead=0 trapped=0 serious=2"), "III");
  EXPECT_EQ(level("dead=0 trapped=0 serious=3"), "II");
}

TEST(ClassifyTest, AMeasureJustBelowTheEdgeDoesNotCount) {
  const auto plan = a_plan().build();

  EXPECT_EQ(classify(plan, HazardKind::kFlood, facts("water_depth=0.499"), "en").level_id, "IV");
  EXPECT_EQ(classify(plan, HazardKind::kFlood, facts("water_depth=0.5"), "en").level_id, "III");
}

TEST(ClassifyTest, UnknownIsNotZeroAndIsAskedHighestLevelFirst) {
  const auto plan = a_plan().build();

  const auto a = classify(plan, HazardKind::kFire, {}, "en");

  EXPECT_EQ(a.level_id, "IV");
  EXPECT_THAT(asked(a), ElementsAre("dead>I", "serious>II", "trapped>III", "spreading>III", "place_kind>III"));
  EXPECT_EQ(a.questions[0].text, "dead?");
  EXPECT_EQ(a.questions[0].could_reach, level_I);
}

TEST(ClassifyTest, AClauseWithAFalseConditionAsksNothing) {
  const auto plan = a_plan().build();

  const auto a = classify(plan, HazardKind::kFire, facts("dead=0 serious=0 trapped=0 place_kind=home"), "en");

  EXPECT_THAT(asked(a), IsEmpty()) << "at home it does not matter whether it spreads";
}

TEST(ClassifyTest, OnlyHigherLevelsAreAskedAbout) {
  const auto plan = a_plan().build();

  const auto a = classify(plan, HazardKind::kFire, facts("serious=2"), "en");

  EXPECT_EQ(a.level_id, "III");
  EXPECT_EQ(a.clause, "fire/III/1");
  EXPECT_THAT(asked(a), ElementsAre("dead>I")) << "trapped could only reach III again";
}

TEST(ClassifyTest, AClauseBelowTheDefaultLevelIsNotAskedAbout) {
  const auto plan = a_plan().default_level(HazardKind::kFire, level_II).build();

  EXPECT_THAT(asked(classify(plan, HazardKind::kFire, {}, "en")), ElementsAre("dead>I"));
}

TEST(ClassifyTest, TheClauseIsToldInWords) {
  const auto plan = a_plan().build();

  const auto a = classify(plan, HazardKind::kFire, facts("spreading=yes place_kind=school"), "zh");

  EXPECT_EQ(a.clause, "fire/III/3");
  EXPECT_EQ(a.clause_text, "spreading = yes and place_kind = school is one of school, shop");
}

TEST(ClassifyTest, QuestionsSpeakTheAskedPersonsLanguageOrTheFirstOfThePlan) {
  const auto plan = a_plan().build();

  EXPECT_EQ(classify(plan, HazardKind::kFire, {}, "zh").questions[0].text, "死亡？");
  EXPECT_EQ(classify(plan, HazardKind::kFire, {}, "en").questions[0].text, "dead?");
  EXPECT_EQ(classify(plan, HazardKind::kFire, {}, "fr").questions[0].text, "死亡？");
}

TEST(ClassifyTest, AnUnclassifiedReportHasNoLevelAndNoQuestions) {
  const auto a = classify(a_plan().build(), HazardKind::kUnclassified, facts("dead=30"), "en");

  EXPECT_EQ(a.level, model::kNoLevel);
  EXPECT_EQ(a.level_id, "");
  EXPECT_EQ(a.clause, "");
  EXPECT_THAT(a.questions, IsEmpty());
}

TEST(ClassifyTest, AFactOfAnotherTypeIsUnknown) {
  const auto a = classify(a_plan().build(), HazardKind::kFire, facts("dead=yes"), "en");

  EXPECT_EQ(a.level_id, "IV");
  EXPECT_THAT(asked(a), testing::Contains("dead>I"));
}

}  // namespace
}  // namespace tocsin::triage
