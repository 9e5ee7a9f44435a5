#include "directory/intake/header_words.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tocsin::intake {
namespace {

using ::testing::ElementsAre;

Field field_of(std::string_view words) {
  const auto word = header_word(words);
  return word ? word->field : Field::kNone;
}

TEST(HeaderWordsTest, BlanksBracketsAndNumbersDoNotCount) {
  for (const char* words : {"姓名", "姓 名", "姓　　名", "姓名*", "姓名（全称）", "Name", "FULL NAME"}) {
    EXPECT_EQ(field_of(words), Field::kName) << words;
  }
  for (const char* words : {"联系电话", "联系电话2", "电话（二）", "联系方式", "负责人电话", "Tel.", "Phone no."}) {
    EXPECT_EQ(field_of(words), Field::kNumber) << words;
  }
  for (const char* words : {"手机", "手机号码", "负责人手机", "联系方式（手机）", "Mobile phone"}) {
    EXPECT_EQ(field_of(words), Field::kMobile) << words;
  }
  EXPECT_EQ(field_of("办公电话"), Field::kLandline);
  EXPECT_EQ(field_of("单位负责人姓名"), Field::kHead);
  EXPECT_EQ(field_of("社区（村）"), Field::kArea);
}

TEST(HeaderWordsTest, WhatIsNoHeaderIsNone) {
  for (const char* words : {"石青松", "14400000001", "", "青石街道应急指挥部成员单位及工作人员通讯录总表（试行）"}) {
    EXPECT_FALSE(header_word(words)) << words;
  }
  ASSERT_TRUE(header_word("备注"));  // known, and not read
  EXPECT_EQ(field_of("备注"), Field::kNone);
}

TEST(HeaderWordsTest, ATitleOverNamesIsTheTitleOfThemAll) {
  EXPECT_EQ(header_word("网格长")->field, Field::kHead);
  EXPECT_EQ(header_word("网格长")->title, "网格长");
  EXPECT_EQ(header_word("网格员")->field, Field::kWorker);
  EXPECT_EQ(header_word("副组长")->field, Field::kName);
}

TEST(HeaderWordsTest, AHeadIsNamedByAWholeTitle) {
  EXPECT_TRUE(is_head_title("站 长"));
  EXPECT_TRUE(is_head_title("Team leader"));
  EXPECT_FALSE(is_head_title("副站长"));
  EXPECT_FALSE(is_head_title("办公室主任"));
}

TEST(HeaderWordsTest, WordsForOnePostAreOne) {
  EXPECT_EQ(title_key("总 指挥"), title_key("指挥长"));
  EXPECT_EQ(title_key("Duty leader"), title_key("带班领导"));
  EXPECT_NE(title_key("副总指挥"), title_key("总指挥"));
}

TEST(HeaderWordsTest, TitlesOfOneCellAreTakenApart) {
  EXPECT_THAT(titles_in("副指挥长、办公室主任"), ElementsAre("副指挥长", "办公室主任"));
  EXPECT_THAT(titles_in("书记兼主任"), ElementsAre("书记", "主任"));
  EXPECT_THAT(titles_in(""), ElementsAre());
}

}  // namespace
}  // namespace tocsin::intake
