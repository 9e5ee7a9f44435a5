#include "gateway/base/diagnostic.h"

#include <gtest/gtest.h>

#include <string>

namespace tocsin::base {
namespace {

const std::string kPlan = "a = 1\nb = 2\r\n名称 = 3\n\tx = 4\n";

Diagnostic finding(int line, int column) {
  return {Severity::kError, "unknown-key", "plan.toml", line, column, "no such key", "did you mean \"level\"?"};
}

TEST(RenderTest, ShowsWhereWhatAndTheMend) {
  EXPECT_EQ(render(finding(2, 5), kPlan),
            "plan.toml:2:5: error: no such key [unknown-key]\n"
            "  2 | b = 2\n"
            "    |     ^\n"
            "    = hint: did you mean \"level\"?\n");
}

TEST(RenderTest, TheCaretStandsUnderWideCharactersToo) {
  EXPECT_EQ(render(finding(3, 6), kPlan),
            "plan.toml:3:6: error: no such key [unknown-key]\n"
            "  3 | 名称 = 3\n"
            "    |        ^\n"
            "    = hint: did you mean \"level\"?\n");
}

TEST(RenderTest, ATabAboveTheCaretIsATabBelow) {
  Diagnostic tabbed = finding(4, 2);
  tabbed.hint.clear();
  EXPECT_EQ(render(tabbed, kPlan), "plan.toml:4:2: error: no such key [unknown-key]\n  4 | \tx = 4\n    | \t^\n");
}

TEST(RenderTest, WithoutASourceALineOrAColumnLessIsShown) {
  EXPECT_EQ(render({Severity::kWarning, "", "plan.toml", 0, 0, "no level", ""}, kPlan),
            "plan.toml: warning: no level\n");
  EXPECT_EQ(render({Severity::kNote, "n", "", 0, 0, "words", ""}, ""), "note: words [n]\n");
  EXPECT_EQ(render({Severity::kError, "e", "f", 7, 1, "words", ""}, ""), "f:7:1: error: words [e]\n");
  EXPECT_EQ(render({Severity::kError, "e", "f", 99, 1, "words", ""}, kPlan), "f:99:1: error: words [e]\n");
  EXPECT_EQ(render({Severity::kError, "e", "f", 1, 0, "words", ""}, kPlan), "f:1: error: words [e]\n  1 | a = 1\n");
}

TEST(RenderTest, ControlCharactersDoNotReachTheTerminal) {
  EXPECT_EQ(render(finding(1, 1), "\x1B[31mred").find('\x1B'), std::string::npos);
}

TEST(RenderTest, AVeryLongLineIsShownAroundItsFault) {
  const std::string line = std::string(5000, 'a') + "!" + std::string(5000, 'b');
  const std::string shown = render(finding(1, 5001), line);
  EXPECT_LT(shown.size(), 600U);
  const std::size_t first = shown.find("  1 | "), second = shown.find("    | ");
  ASSERT_NE(first, std::string::npos);
  ASSERT_NE(second, std::string::npos);
  EXPECT_EQ(shown.find('!') - first, shown.find('^') - second);
}

TEST(RenderTest, AColumnBehindTheEndPointsBehindTheLastCharacter) {
  const std::string shown = render(finding(1, 999), kPlan);
  EXPECT_NE(shown.find("    |      ^\n"), std::string::npos) << shown;
}

TEST(HasErrorsTest, WarningsAloneAreNone) {
  EXPECT_FALSE(has_errors({}));
  EXPECT_FALSE(has_errors({{Severity::kWarning, "", "", 0, 0, "", ""}, {Severity::kNote, "", "", 0, 0, "", ""}}));
  EXPECT_TRUE(has_errors({{Severity::kWarning, "", "", 0, 0, "", ""}, {Severity::kError, "", "", 0, 0, "", ""}}));
}

TEST(NearestNameTest, FindsASlipOfThePen) {
  const std::vector<std::string> names{"selectors", "ladder", "answer", "at_most"};
  EXPECT_EQ(nearest_name("selector", names), "selectors");
  EXPECT_EQ(nearest_name("laddre", names), "ladder");  // neighbours swapped count one
  EXPECT_EQ(nearest_name("anwser", names), "answer");
  EXPECT_EQ(nearest_name("at-most", names), "at_most");
}

TEST(NearestNameTest, DoesNotGuessWildly) {
  const std::vector<std::string> names{"sms", "answer", "火灾"};
  EXPECT_EQ(nearest_name("fax", names), "");
  EXPECT_EQ(nearest_name("weather", names), "");
  EXPECT_EQ(nearest_name("", names), "");
  EXPECT_EQ(nearest_name("x", names), "");
  EXPECT_EQ(nearest_name(std::string(1'000'000, 'a'), names), "");
}

}  // namespace
}  // namespace tocsin::base
