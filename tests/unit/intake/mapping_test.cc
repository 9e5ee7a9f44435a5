#include "directory/intake/mapping.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "directory/table/read.h"

namespace tocsin::intake {
namespace {

using ::testing::HasSubstr;

std::string guessed(const std::string& csv) {
  return mapping_text(guess_mapping(table::read_tables(csv, "a.csv").book));
}

TEST(MappingTest, AHeaderIsFoundBelowATitle) {
  EXPECT_EQ(guessed("应急通讯录,,\n,,\n姓名,职务,手机\n石青松,队长,14400000001\n"), "1@3: A=name B=title C=mobile\n");
}

TEST(MappingTest, RecordsSideBySideAreCounted) {
  EXPECT_EQ(guessed("姓名,职务,联系方式,姓名,职务,联系方式\n"),
            "1@1: A=name:1 B=title:1 C=number:1 D=name:2 E=title:2 F=number:2\n");
  EXPECT_EQ(guessed("职务,姓名,电话,职务,姓名,电话\n"),
            "1@1: A=title:1 B=name:1 C=number:1 D=title:2 E=name:2 F=number:2\n");
  EXPECT_EQ(guessed("单位,姓名,电话,姓名,电话\n"), "1@1: A=unit B=name:1 C=number:1 D=name:2 E=number:2\n");
  EXPECT_EQ(guessed("单位,负责人,手机,单位,负责人,手机\n"),
            "1@1: A=unit:1 B=head:1 C=mobile:1 D=unit:2 E=head:2 F=mobile:2\n");
  EXPECT_EQ(guessed("网格,网格长,电话,网格员,电话\n"),
            "1@1: A=area B=head(网格长):1 C=number:1 D=worker(网格员):2 E=number:2\n");
}

TEST(MappingTest, AnOfficeStandsForTheSectionsBelowIt) {
  EXPECT_EQ(guessed("上级单位,科室,值班电话\n"), "1@1: A=unit+ B=section C=landline\n");
}

TEST(MappingTest, ASheetWithoutAHeaderIsSkipped) {
  EXPECT_EQ(guessed("石青松,队长,14400000001\n柳溪桥,副队长,14400000002\n"), "1: skip\n");
}

TEST(MappingTest, ItsTextGivesItBack) {
  for (const char* text : {"1@3: A=unit+ B=name:1 C=title:1 D=number:1 E=name(网格长):2\n2: skip\n",
                           "1@2-3: A=area B=worker C=mobile D=landline E=email\n", "2@0: A=name AB=number\n"}) {
    const auto mapping = parse_mapping(text);
    ASSERT_TRUE(mapping) << mapping.error().message;
    EXPECT_EQ(mapping_text(*mapping), text);
  }
  EXPECT_TRUE(parse_mapping("1@0: A=name ; 2: skip"));
}

TEST(MappingTest, WhatIsNotUnderstoodIsNamed) {
  for (const char* text :
       {"1@0", "A=name", "1@0: A=nam", "1@0: A", "1@0: A=name:0", "1@0: A=name B=name:x", "0@1: A=name",
        "1@3-2: A=name", "1@0-3: A=name", "1@0:", "1: skip A=name", "1@0: B=name A=title", "1@0: A1=name",
        "2: skip\n1: skip", "1@0: A=number(x)", "1@0: A=name(x", "1@0: IW=name", "1@0: A=name\xFF"}) {
    const auto mapping = parse_mapping(text);
    ASSERT_FALSE(mapping) << text;
    EXPECT_THAT(mapping.error().message, HasSubstr("mapping: "));
  }
}

TEST(MappingTest, TheWordsOverItsColumnsTellWhetherARememberedOneFits) {
  const auto book = [](const char* csv) { return table::read_tables(csv, "list.csv").book; };
  const auto first = book("通讯录,,\n姓名,职务,手机\n石青松,指挥长,14400000001\n");
  const auto mapping = guess_mapping(first);
  EXPECT_EQ(header_of(first, mapping), "1!A=姓名\n1!B=职务\n1!C=手机\n");
  EXPECT_EQ(header_of(book("通讯录,,\n姓 名,职务：,手机\n柳溪桥,,14400000002\n"), mapping), header_of(first, mapping));
  EXPECT_NE(header_of(book("通讯录,,\n手机,职务,姓名\n14400000002,,柳溪桥\n"), mapping), header_of(first, mapping));
  EXPECT_NE(header_of({}, mapping), header_of(first, mapping));
}

}  // namespace
}  // namespace tocsin::intake
