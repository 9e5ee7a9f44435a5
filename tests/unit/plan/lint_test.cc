#include "gateway/plan/lint.h"

#include <gtest/gtest.h>

#include "tests/unit/plan/small_plan.h"

namespace tocsin::plan {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;

std::vector<std::string> lint_codes(const SmallPlan& small) {
  const auto plan = small.plan();
  return plan == nullptr ? std::vector<std::string>{"unreadable"} : codes(lint(*plan));
}

std::string criteria(const std::string& level, const std::string& any) {
  return "[[hazard.fire.criteria]]\nlevel = \"" + level + "\"\nany = [" + any + "]\n";
}

TEST(LintTest, ASmallSoundPlanHasNoFindings) {
  EXPECT_THAT(lint_codes({}), IsEmpty());
}

TEST(LintTest, FindingsAreWarnings) {
  SmallPlan small;
  small.hazard = "[hazard.fire]\nattributes = [\"serious\"]\n";
  const auto plan = small.plan();
  ASSERT_NE(plan, nullptr);
  const auto findings = lint(*plan);

  EXPECT_FALSE(findings.empty());
  EXPECT_FALSE(base::has_errors(findings));
}

TEST(LintTest, AClauseThatAHigherOneAlwaysCoversIsFound) {
  SmallPlan small;
  small.criteria = criteria("III", "{ serious = \"3..5\", spreading = true }, { serious = \"1..2\" }") +
                   criteria("II", "{ serious = \"2..\" }");

  EXPECT_THAT(lint_codes(small), Contains("clause-hidden").Times(1));
}

TEST(LintTest, AClauseThatAsksForLessIsNotHidden) {
  SmallPlan small;
  small.criteria = criteria("III", "{ serious = \"1..\" }") + criteria("II", "{ serious = \"1..\", spreading = true }");

  EXPECT_THAT(lint_codes(small), Not(Contains("clause-hidden")));
}

TEST(LintTest, AGapBetweenRangesIsFoundAndANeighbourIsNone) {
  SmallPlan small;
  small.criteria = criteria("III", "{ serious = \"1..3\" }") + criteria("II", "{ serious = \"5..\" }");
  EXPECT_THAT(lint_codes(small), Contains("range-gap").Times(1));

  small.criteria = criteria("III", "{ serious = \"1..3\" }") + criteria("II", "{ serious = \"3..\" }");
  EXPECT_THAT(lint_codes(small), Not(Contains("range-gap")));
}

TEST(LintTest, LevelsAndResponsesThatDoNotMeetAreFound) {
  SmallPlan small;
  small.criteria = criteria("II", "{ serious = \"3..\" }");
  small.response +=
      "[[response]]\nhazard = \"fire\"\nlevel = \"III\"\n"
      "step = [{ name = \"a\", to = [\"area:heads\"], ladder = \"person\" }]\n";

  EXPECT_THAT(lint_codes(small), ElementsAre("response-by-hand-only", "level-without-own-response"));
}

TEST(LintTest, ALadderForAnswersMustEndAtAHuman) {
  SmallPlan small;
  small.ladders = "[ladder.person]\nrungs = [{ channel = \"sms\", wait = \"3m\" }]\n";
  EXPECT_THAT(lint_codes(small), Contains("ladder-ends-without-human"));
}

TEST(LintTest, ALadderThatOnlyInformsMayEndAnywhere) {
  SmallPlan small;
  small.ladders += "[ladder.inform]\nrungs = [{ channel = \"sms\", wait = \"3m\" }]\n";
  small.response =
      "[[response]]\nhazard = \"fire\"\nlevel = \"IV\"\n"
      "step = [{ name = \"a\", to = [\"area:workers\"], ladder = \"inform\", enough = 0 }]\n";

  EXPECT_THAT(lint_codes(small), IsEmpty());
}

TEST(LintTest, OddLaddersAreFound) {
  SmallPlan small;
  small.ladders +=
      "[ladder.odd]\nrungs = [{ channel = \"sms\", wait = \"0s\" }, { channel = \"desk_call\", wait = \"3m\" }]\n"
      "repeat_after = \"5m\"\n";

  EXPECT_THAT(lint_codes(small), ElementsAre("no-time-to-answer", "repeat-without-cycles", "ladder-unused"));
}

TEST(LintTest, WordsForTwoThingsAndThingsWithoutUseAreFound) {
  SmallPlan small;
  small.attributes +=
      "[attribute.dead]\ntype = \"count\"\nkeywords = { zh = [\"死\"] }\n"
      "[attribute.missing]\ntype = \"count\"\nkeywords = { zh = [\"死\"] }\n";
  small.templates += "[template.extra]\nzh.default = \"a\"\nen.default = \"a\"\n";

  EXPECT_THAT(lint_codes(small),
              ElementsAre("attribute-unused", "attribute-unused", "template-unused", "keyword-shared"));
}

TEST(LintTest, AThenThatCannotComeIsFound) {
  SmallPlan small;
  small.response =
      "[[response]]\nhazard = \"fire\"\nlevel = \"IV\"\nstep = [\n"
      "{ name = \"a\", to = [\"area:heads\"], ladder = \"person\", enough = 0, then = [\"b\"] },\n"
      "{ name = \"b\", to = [\"area:heads\"], ladder = \"person\" }]\n";

  EXPECT_THAT(lint_codes(small), ElementsAre("then-never"));
}

TEST(LintTest, CriteriaThatRaiseNothingAreFound) {
  SmallPlan small;
  small.hazard += "default_level = \"III\"\n";
  small.criteria = criteria("IV", "{ serious = 1 }");

  EXPECT_THAT(lint_codes(small), Contains("criteria-not-above-default"));
}

}  // namespace
}  // namespace tocsin::plan
