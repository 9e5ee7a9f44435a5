#include "gateway/base/text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace tocsin::base {
namespace {

using testing::ElementsAre;

TEST(Utf8Test, GoodTextIsAccepted) {
  for (const std::string text : {"", "a", "火灾", "é", "𠀀", "\U0010FFFF", "\uFFFD"})
    EXPECT_TRUE(is_utf8(text)) << text;
  EXPECT_TRUE(is_utf8(std::string("a\0b", 3)));
}

TEST(Utf8Test, OverlongFormsSurrogatesAndFragmentsAreRefused) {
  for (const std::string text : {"\xC0\x80", "\xC1\xBF", "\xE0\x80\x80", "\xE0\x9F\xBF", "\xF0\x80\x80\x80",
                                 "\xF0\x8F\xBF\xBF", "\xED\xA0\x80", "\xED\xBF\xBF", "\xF4\x90\x80\x80",
                                 "\xF5\x80\x80\x80", "\xFF", "\x80", "\xE7\x81", "\xC3", "\xE7\x81x", "ok\xBF"}) {
    EXPECT_FALSE(is_utf8(text));
    EXPECT_TRUE(is_utf8(to_valid_utf8(text)));
  }
}

TEST(Utf8Test, EachBadByteBecomesOneReplacement) {
  EXPECT_EQ(to_valid_utf8("a\xFF\xFE火"), "a\uFFFD\uFFFD火");
  EXPECT_EQ(to_valid_utf8("\xE7\x81"), "\uFFFD\uFFFD");
  EXPECT_EQ(count_characters("a\xFF火"), 3U);
}

TEST(Utf8Test, CuttingNeverSplitsACharacter) {
  EXPECT_EQ(cut("火灾abc", 0), "");
  EXPECT_EQ(cut("火灾abc", 1), "火");
  EXPECT_EQ(cut("火灾abc", 3), "火灾a");
  EXPECT_EQ(cut("火灾abc", 99), "火灾abc");
  EXPECT_EQ(cut("𠀀𠀀", 1), "𠀀");
}

TEST(Utf8Test, Utf32IsThereAndBack) {
  EXPECT_EQ(to_utf8(to_utf32("a火𠀀é")), "a火𠀀é");
  EXPECT_EQ(to_utf32("火𠀀"), U"火𠀀");
  EXPECT_EQ(to_utf8(std::u32string{0xD800, 0x110000}), "\uFFFD\uFFFD");
}

TEST(ControlsTest, ControlsAndBidiMarksGoWordsAndLinesStay) {
  EXPECT_EQ(without_controls("a\x01"
                             "b\x1B[31mc\x7F"
                             "d\u0085e"),
            "ab[31mcde");
  EXPECT_EQ(without_controls("行1\n行2\t\r"), "行1\n行2\t");
  EXPECT_EQ(without_controls("\uFEFFa\u202Eb\u2066c\u2069"), "abc");
}

TEST(TrimTest, AsciiAndIdeographicSpaceGoAtBothEnds) {
  EXPECT_EQ(trim(" \t\r\n　火 灾　 \n"), "火 灾");
  EXPECT_EQ(trim("　"), "");
  EXPECT_EQ(trim(""), "");
}

TEST(PrefixTest, ATextIsBegunWithItOnce) {
  EXPECT_EQ(begun_with("【青石】", "fire"), "【青石】fire");
  EXPECT_EQ(begun_with("【青石】", "【青石】fire"), "【青石】fire");
  EXPECT_EQ(begun_with("", "fire"), "fire");
}

TEST(SplitTest, KeepsEmptyParts) {
  EXPECT_THAT(split("a,,b,", ','), ElementsAre("a", "", "b", ""));
  EXPECT_THAT(split("", ','), ElementsAre(""));
}

TEST(SecretsTest, AreEqualOnlyWhenEveryByteIs) {
  EXPECT_TRUE(equal_secrets("abc", "abc"));
  EXPECT_TRUE(equal_secrets("", ""));
  EXPECT_FALSE(equal_secrets("abc", "abd"));
  EXPECT_FALSE(equal_secrets("abc", "ab"));
  EXPECT_FALSE(equal_secrets("", "a"));
}

}  // namespace
}  // namespace tocsin::base
