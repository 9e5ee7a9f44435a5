#include "directory/values.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tocsin::directory {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

TEST(NameInCellTest, BlanksThatOnlyFillAColumnAreTakenOut) {
  for (const char* written : {"王 伟", "王　伟", "王  伟 ", "王\n伟"}) {
    EXPECT_EQ(name_in_cell(written).text, "王伟") << written;
    EXPECT_TRUE(name_in_cell(written).joined) << written;
  }
  EXPECT_EQ(name_in_cell("石 青 松").text, "石青松");
  EXPECT_EQ(name_in_cell("柳 溪桥").text, "柳溪桥");
  EXPECT_EQ(name_in_cell("欧阳 雪").text, "欧阳雪");
  EXPECT_EQ(name_in_cell("欧阳 青松").text, "欧阳青松");
}

TEST(NameInCellTest, WhatMayBeTwoNamesStaysAndSaysSo) {
  for (const char* written : {"石青松 柳溪桥", "石青 柳溪", "王伟 李强 谷雨"}) {
    EXPECT_EQ(name_in_cell(written).text, written);
    EXPECT_FALSE(name_in_cell(written).joined) << written;
    EXPECT_TRUE(name_in_cell(written).several) << written;
  }
}

TEST(NameInCellTest, NamesInOtherScriptsKeepOneBlank) {
  EXPECT_EQ(name_in_cell("Ann  Reed ").text, "Ann Reed");
  EXPECT_EQ(name_in_cell("阿依·古丽").text, "阿依·古丽");
  EXPECT_EQ(name_in_cell("王伟 (兼)").text, "王伟 (兼)");
  EXPECT_FALSE(name_in_cell("Ann Reed").several);
  EXPECT_EQ(name_in_cell(" 　").text, "");
}

// "+8614400000001", "+865390000001 x8001", "code 660001", or "? reason"; then its label.
std::vector<std::string> read(std::string_view cell) {
  std::vector<std::string> out;
  for (const NumberInCell& one : numbers_in_cell(cell, {"CN", "539"})) {
    std::string line;
    switch (one.kind) {
      case NumberKind::kNumber:
        line = one.number.e164 + (one.number.extension.empty() ? "" : " x" + one.number.extension);
        break;
      case NumberKind::kShortCode: line = "code " + one.code; break;
      case NumberKind::kUnreadable: line = "? " + one.reason; break;
    }
    out.push_back(line + (one.label.empty() ? "" : " (" + one.label + ")"));
  }
  return out;
}

TEST(NumbersInCellTest, OneNumberIsOneHoweverItIsWritten) {
  for (const char* cell : {"14400000001", "144 0000 0001", "144-0000-0001", "+86 144 0000 0001"}) {
    EXPECT_THAT(read(cell), SizeIs(1)) << cell;
  }
  EXPECT_THAT(read("１４４　００００　０００１"), ElementsAre("+8614400000001"));
  EXPECT_THAT(read("(0539)0000001"), ElementsAre("+865390000001"));
  EXPECT_THAT(read("(+86)14400000001"), ElementsAre("+8614400000001"));
  EXPECT_THAT(read("0539 0000001"), ElementsAre("+865390000001"));
}

TEST(NumbersInCellTest, SignsAndLinesDivideNumbers) {
  for (const char* cell : {"14400000001、0539-0000001", "14400000001/0539-0000001", "14400000001；0539-0000001",
                           "14400000001，0539-0000001", "14400000001\n0539-0000001", "14400000001 或 0539-0000001",
                           "14400000001 0539-0000001", "144 0000 0001 / 0539 0000001"}) {
    EXPECT_THAT(read(cell), ElementsAre("+8614400000001", "+865390000001")) << cell;
  }
}

TEST(NumbersInCellTest, LocalLandlinesGetTheOfficesAreaCode) {
  EXPECT_THAT(read("1000001、1000002"), ElementsAre("+865391000001", "+865391000002"));
  EXPECT_THAT(read("1000001 1000002"), ElementsAre("+865391000001", "+865391000002"));
}

TEST(NumbersInCellTest, ExtensionsStayWithTheirNumber) {
  EXPECT_THAT(read("0539-0000001转8001、14400000001"), ElementsAre("+865390000001 x8001", "+8614400000001"));
  EXPECT_THAT(read("0539-0000001-8001"), ElementsAre("+865390000001 x8001"));
  EXPECT_THAT(read("0539-0000001 分机 8001"), ElementsAre("+865390000001 x8001"));
  EXPECT_THAT(read("0539-0000001;ext=8001"), ElementsAre("+865390000001 x8001"));
}

TEST(NumbersInCellTest, WordsBesideANumberAreItsLabel) {
  EXPECT_THAT(read("办：0539-0000001 手机：14400000001"), ElementsAre("+865390000001 (办)", "+8614400000001 (手机)"));
  EXPECT_THAT(read("14400000001（微信同号）"), ElementsAre("+8614400000001 (微信同号)"));
}

TEST(NumbersInCellTest, ShortCodesAreKnownAsSuch) {
  EXPECT_THAT(read("14400000001（短号660001）"), ElementsAre("+8614400000001", "code 660001 (短号)"));
  EXPECT_THAT(read("14400000001/660001"), ElementsAre("+8614400000001", "code 660001"));
  EXPECT_THAT(read("14400000001 660001"), ElementsAre("+8614400000001", "code 660001"));
  EXPECT_THAT(read("8001"), ElementsAre("code 8001"));
}

TEST(NumbersInCellTest, WhatIsNoNumberSaysWhy) {
  EXPECT_THAT(read("1440000001"), ElementsAre("? 10 digits, a mobile has 11: 1 missing"));
  EXPECT_THAT(read("14400000001、1440000001"),
              ElementsAre("+8614400000001", "? 10 digits, a mobile has 11: 1 missing"));
  EXPECT_THAT(read("14400000001 1440000001"), ElementsAre("+8614400000001", "? 10 digits, a mobile has 11: 1 missing"));
  EXPECT_THAT(read("1.44E+10"), ElementsAre(HasSubstr("spreadsheet has rounded")));
  EXPECT_THAT(read("05 ++x"), ElementsAre(HasSubstr("? 2 digits, too few")));
  EXPECT_THAT(read("见附件"), ElementsAre("? no digits in it"));
}

TEST(NumbersInCellTest, ACellThatSaysThereIsNoneHasNone) {
  for (const char* cell : {"", " ", "无", "暂无", "-", "——", "/", "　"}) EXPECT_THAT(read(cell), IsEmpty()) << cell;
}

TEST(NumbersInCellTest, ACellOfEndlessPiecesIsCut) {
  std::string cell;
  for (int i = 0; i < 1'000; ++i) cell += "14400000001、";
  EXPECT_THAT(read(cell), SizeIs(32));
}

}  // namespace
}  // namespace tocsin::directory
