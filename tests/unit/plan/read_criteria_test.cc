#include <gtest/gtest.h>

#include "tests/unit/plan/small_plan.h"

namespace tocsin::plan {
namespace {

using model::Quantity;
using testing::ElementsAre;

std::string criteria(const std::string& level, const std::string& any) {
  return "[[hazard.fire.criteria]]\nlevel = \"" + level + "\"\nany = [" + any + "]\n";
}

Condition only_condition(const std::string& clause) {
  SmallPlan small;
  small.criteria = criteria("III", clause);
  const auto plan = small.plan();
  if (plan == nullptr) return {};
  return plan->hazard(model::HazardKind::kFire)->criteria.at(0).any.at(0).all.at(0);
}

std::vector<std::string> findings_of(const std::string& clause) {
  SmallPlan small;
  small.criteria = criteria("III", clause);
  return codes(small.read().findings);
}

TEST(ReadCriteriaTest, RangesAreHalfOpen) {
  const auto range = std::get<Range>(only_condition("{ serious = \"3..10\" }").wanted);

  EXPECT_FALSE(range.contains(Quantity::whole(2)));
  EXPECT_TRUE(range.contains(Quantity::whole(3)));
  EXPECT_TRUE(range.contains(Quantity{9999}));
  EXPECT_FALSE(range.contains(Quantity::whole(10)));
}

TEST(ReadCriteriaTest, RangesMayBeOpenAtOneEnd) {
  EXPECT_FALSE(std::get<Range>(only_condition("{ serious = \"3..\" }").wanted).to.has_value());
  EXPECT_FALSE(std::get<Range>(only_condition("{ depth = \"..0.5\" }").wanted).from.has_value());
}

TEST(ReadCriteriaTest, AWholeNumberIsThatNumberAlone) {
  const auto condition = only_condition("{ serious = 3 }");

  EXPECT_EQ(std::get<Range>(condition.wanted).from, Quantity::whole(3));
  EXPECT_EQ(std::get<Range>(condition.wanted).to, Quantity::whole(4));
  EXPECT_EQ(condition.text, "serious = 3");
}

TEST(ReadCriteriaTest, ConditionsKeepTheWordsOfThePlan) {
  EXPECT_EQ(only_condition("{ serious = \"1..3\" }").text, "serious = 1..3");
  EXPECT_EQ(only_condition("{ spreading = true }").text, "spreading = yes");
  EXPECT_EQ(only_condition("{ where = [\"open\", \"school\"] }").text, "where = open|school");
  EXPECT_EQ(only_condition("{ where = \"school\" }").text, "where = school");
}

TEST(ReadCriteriaTest, ClausesAreNumberedWithinTheirLevelAndTheHighestLevelComesFirst) {
  SmallPlan small;
  small.criteria = criteria("III", "{ serious = 1 }, { spreading = true }") + criteria("I", "{ serious = \"9..\" }");
  const auto plan = small.plan();

  ASSERT_NE(plan, nullptr);
  const auto& read = plan->hazard(model::HazardKind::kFire)->criteria;
  ASSERT_EQ(read.size(), 2U);
  EXPECT_EQ(read[0].level, 3);
  EXPECT_EQ(read[0].any[0].name, "fire/I/1");
  EXPECT_EQ(read[1].any[1].name, "fire/III/2");
}

TEST(ReadCriteriaTest, MistakesInConditionsAreFound) {
  EXPECT_THAT(findings_of("{ serious = \"10..3\" }"), ElementsAre("range-upside-down"));
  EXPECT_THAT(findings_of("{ serious = \"3..3\" }"), ElementsAre("range-upside-down"));
  EXPECT_THAT(findings_of("{ serious = \"..0\" }"), ElementsAre("range-never"));
  EXPECT_THAT(findings_of("{ serious = \"0.5..3\" }"), ElementsAre("not-whole"));
  EXPECT_THAT(findings_of("{ depth = 3 }"), ElementsAre("bad-range"));
  EXPECT_THAT(findings_of("{ serious = -1 }"), ElementsAre("bad-range"));
  EXPECT_THAT(findings_of("{ serious = \"..\" }"), ElementsAre("bad-range"));
  EXPECT_THAT(findings_of("{ serious = \"1...3\" }"), ElementsAre("bad-range"));
  EXPECT_THAT(findings_of("{ spreading = \"yes\" }"), ElementsAre("wrong-type"));
  EXPECT_THAT(findings_of("{ where = \"shcool\" }"), ElementsAre("unknown-choice"));
  EXPECT_THAT(findings_of("{ where = 7 }"), ElementsAre("unknown-choice"));
  EXPECT_THAT(findings_of("{ wher = \"open\" }"), ElementsAre("unknown-attribute"));
  EXPECT_THAT(findings_of("{ }"), ElementsAre("empty-clause"));
  EXPECT_THAT(findings_of(""), ElementsAre("empty-list"));
}

TEST(ReadCriteriaTest, GradesAreASecondTableThatCallsNobody) {
  SmallPlan small;
  small.criteria = criteria("III", "{ spreading = true }") +
                   "[[hazard.fire.grade]]\nlevel = \"IV\"\nsource = \"Decree 493\"\nany = [{ serious = \"1..10\" }]\n"
                   "[[hazard.fire.grade]]\nlevel = \"I\"\nany = [{ serious = \"100..\" }]\n";
  const auto read = small.read();

  ASSERT_NE(read.plan, nullptr);
  const auto* fire = read.plan->hazard(model::HazardKind::kFire);
  ASSERT_EQ(fire->grades.size(), 2U);
  EXPECT_EQ(fire->grades[0].level, 3);
  EXPECT_EQ(fire->grades[1].any[0].name, "fire/grade/IV/1");
  EXPECT_EQ(fire->criteria.size(), 1U);
  for (const char* place :
       {"fire", "fire/III", "fire/III/1", "fire/grade/IV", "fire/grade/IV/1", "attribute/serious", "plan",
        "ladder/person/2", "response/fire/IV/heads/to/1", "response/unclassified/desk", "template/alert/zh/default"}) {
    EXPECT_EQ(read.places.count(place), 1U) << place;
  }
}

TEST(ReadCriteriaTest, AnAttributeOfTheDeskIsNotForReporters) {
  SmallPlan small;
  small.attributes += "ask_whom = \"desk\"\n";
  const auto plan = small.plan();

  ASSERT_NE(plan, nullptr);
  EXPECT_EQ(plan->attribute("where")->ask_whom, AskWhom::kDesk);
  EXPECT_EQ(plan->attribute("serious")->ask_whom, AskWhom::kReporter);
}

TEST(ReadCriteriaTest, ABrokenAttributeIsReportedOnceAndNotAgainInEachCondition) {
  SmallPlan small;
  small.attributes += "[attribute.crowd]\ntype = \"head-count\"\n";
  small.hazard = "[hazard.fire]\nattributes = [\"serious\", \"crowd\"]\n";
  small.criteria = criteria("III", "{ crowd = \"3..\" }");

  EXPECT_THAT(codes(small.read().findings), ElementsAre("unknown-word"));
}

}  // namespace
}  // namespace tocsin::plan
