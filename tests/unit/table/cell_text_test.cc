#include "directory/table/cell_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "directory/table/separator.h"

namespace tocsin::table {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(CellTextTest, BlanksOfAnyWidthAreSpacesAndTheEndsAreCut) {
  EXPECT_EQ(plain("\xE3\x80\x80 王\xC2\xA0伟\t"), "王 伟");
  EXPECT_EQ(plain(" a  b "), "a b");
  EXPECT_EQ(plain("王　　伟"), "王 伟");
}

TEST(CellTextTest, WhatAPhoneBookCopiesAlongWithANumberIsLeftOut) {
  EXPECT_EQ(plain("\u202D144 0000 0001\u202C\u200E"), "144 0000 0001");
  EXPECT_EQ(plain("\uFEFF王\u200B伟"), "王伟");
}

TEST(CellTextTest, LinesEndWithOneSignHoweverTheyEnded) {
  EXPECT_EQ(plain("一 \r\n 二\r三\u2028四"), "一\n二\n三\n四");
}

TEST(CellTextTest, ANumberInScientificFormIsDoubted) {
  for (const char* text : {"1.44E+10", "1E+10", "1.44000e+10", "-1.44E+10", "+1.44E+010"}) {
    EXPECT_EQ(doubt_of(text), Doubt::kScientific) << text;
  }
  for (const char* text : {"", "E", "1.44", "14.4E+10", "1.44E10", "1.44E+", "1.44E+1000", "1.44E+10x", "A1E+1"}) {
    EXPECT_EQ(doubt_of(text), Doubt::kNone) << text;
  }
}

TEST(CellTextTest, RunsOfBlanksDivideAndSingleOnesDoNot) {
  EXPECT_THAT(split_at_blanks("  王 伟   组长　　144 0000 0001 "), ElementsAre("王 伟", "组长", "144 0000 0001"));
  EXPECT_THAT(split_at_blanks(" \u3000 "), IsEmpty());
  EXPECT_THAT(split_at_blanks("a"), ElementsAre("a"));
}

TEST(SeparatorTest, TheSignThatDividesMostLinesEvenlyIsFound) {
  EXPECT_EQ(separator_of("姓名,手机\n王伟,14400000001\n"), Separator::kComma);
  EXPECT_EQ(separator_of("姓名\t手机\n王,伟\t14400000001\n"), Separator::kTab);
  EXPECT_EQ(separator_of("name;phone;notes\nAnn;1;a, b\nBob;2;c\n"), Separator::kSemicolon);
  EXPECT_EQ(separator_of("姓名，手机\n王伟，14400000001\n"), Separator::kFullWidthComma);
  EXPECT_EQ(separator_of("code,aliases\na,x;y\nb,z\n"), Separator::kComma);
}

TEST(SeparatorTest, WhatStandsInQuotesDividesNothing) {
  EXPECT_EQ(separator_of("\"王,伟\";1\n\"石,\n青松\";2\n"), Separator::kSemicolon);
}

TEST(SeparatorTest, ATitleAboveTheTableDoesNotHideTheSign) {
  EXPECT_EQ(separator_of("值班表\n\n姓名;手机\n王伟;1\n"), Separator::kSemicolon);
}

TEST(SeparatorTest, PastedTextMayBeDividedByBlanksAlone) {
  EXPECT_EQ(separator_or_blanks_of("姓名   手机\n王 伟  14400000001\n"), Separator::kBlanks);
  EXPECT_EQ(separator_or_blanks_of("姓名\t手机\n王  伟\t14400000001\n"), Separator::kTab);
  EXPECT_EQ(separator_or_blanks_of("姓名,手机\n王 伟,1\n"), Separator::kComma);
  EXPECT_EQ(separator_or_blanks_of("只有一列\n王 伟\n"), Separator::kComma);
}

}  // namespace
}  // namespace tocsin::table
