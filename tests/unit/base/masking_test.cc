#include "gateway/base/masking.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "gateway/base/random.h"

namespace tocsin::base {
namespace {

using testing::Not;

const std::string kGone = "[number removed]";

MATCHER(IsKept, "") {
  const Masked masked = mask_numbers(arg);
  *result_listener << "became \"" << masked.text << "\"";
  return masked.text == arg && masked.removed == 0;
}

MATCHER(IsRemovedWhole, "") {
  const Masked masked = mask_numbers(arg);
  *result_listener << "became \"" << masked.text << "\"";
  return masked.text == kGone && masked.removed == 1;
}

// A resident identity number of nobody: region that does not exist, wrong check digit.
std::string identity(const std::string& separator = "", const std::string& last = "1") {
  return std::string("199") + "999" + separator + "1990" + "0101" + separator + "000" + last;
}

TEST(MaskNumbersTest, MobilesAreRemovedHoweverTheyAreWritten) {
  for (const std::string number : {"14400000017", "144 0000 0017", "144-0000-0017", "1440000 0017", "144 00000017",
                                   "1440 000 0017", "14400 000017", "144 00 00 00 17", "1 4 4 0 0 0 0 0 0 1 7",
                                   "144.0000.0017", "144  0000  0017", "144 - 0000 - 0017"}) {
    EXPECT_THAT(number, IsRemovedWhole()) << number;
  }
}

TEST(MaskNumbersTest, TheCountryCodeGoesWithTheNumber) {
  for (const std::string number : {"+8614400000017", "+86 14400000017", "+86-144-0000-0017", "+86 144 0000 0017",
                                   "008614400000017", "0086 14400000017", "0086-144-0000-0017", "86 14400000017",
                                   "86-144-0000-0017", "8614400000017", "(+86)14400000017", "(+86) 144 0000 0017"}) {
    EXPECT_THAT(number, IsRemovedWhole()) << number;
  }
}

TEST(MaskNumbersTest, FullWidthDigitsAreTreatedLikeAsciiOnes) {
  EXPECT_THAT(std::string("１４４０００００００１７"), Not(IsKept()));
  EXPECT_THAT(std::string("１４４００００００１７"), IsRemovedWhole());
  EXPECT_THAT(std::string("１４４　００００　００１７"), IsRemovedWhole());
  EXPECT_THAT(std::string("＋８６　１４４－００００－００１７"), IsRemovedWhole());
  EXPECT_THAT(std::string("（０５３９）０１２３４５６"), IsRemovedWhole());
  EXPECT_THAT(std::string("伤２人，被困１人"), IsKept());
}

TEST(MaskNumbersTest, InvisibleCharactersDoNotHideANumber) {
  EXPECT_THAT(std::string("144\u200B0000\u200B0017"), IsRemovedWhole());
  EXPECT_THAT(std::string("144\u00A00000\u00A00017"), IsRemovedWhole());
}

TEST(MaskNumbersTest, LandlinesWithAreaCodeAreRemovedWithTheirExtension) {
  for (const std::string number :
       {"0539-0123456", "0539 0123456", "(0539)0123456", "(0539) 0123456", "05390123456", "0539-012-3456",
        "0539 012 3456", "010-01234567", "010-0123 4567", "021 01234567", "+86 539 0123456", "+86-0539-0123456",
        "+86 (0539) 0123456", "+86 10 0123 4567", "0539-0123456-8001", "0539-0123456转8001", "05390123456-12"}) {
    EXPECT_THAT(number, IsRemovedWhole()) << number;
  }
}

TEST(MaskNumbersTest, ServiceNumbersAndForeignNumbersAreRemoved) {
  for (const std::string number : {"400-012-3456", "4000123456", "800 012 3456", "+44 20 7946 0000", "+442079460000"}) {
    EXPECT_THAT(number, IsRemovedWhole()) << number;
  }
}

TEST(MaskNumbersTest, IdentityNumbersAreRemovedWhole) {
  EXPECT_THAT(identity(), IsRemovedWhole());
  EXPECT_THAT(identity("", "X"), IsRemovedWhole());
  EXPECT_THAT(identity("", "x"), IsRemovedWhole());
  EXPECT_THAT(identity("", "Ｘ"), IsRemovedWhole());
  EXPECT_THAT(identity(" "), IsRemovedWhole());
  EXPECT_THAT(identity("-", "X"), IsRemovedWhole());
  const std::string old_form = std::string("199") + "999" + "900101" + "001";
  EXPECT_THAT(old_form, IsRemovedWhole());
  EXPECT_THAT(old_form.substr(0, 6) + " " + old_form.substr(6, 6) + " " + old_form.substr(12), IsRemovedWhole());
  EXPECT_EQ(mask_numbers("身份证" + identity("", "X") + "的老人").text, "身份证" + kGone + "的老人");
}

TEST(MaskNumbersTest, EveryLongRunOfDigitsIsRemoved) {
  for (std::size_t length = 10; length <= 40; ++length) {
    EXPECT_THAT(std::string(length, '5'), IsRemovedWhole()) << length;
  }
  EXPECT_THAT(std::string(9, '5'), IsKept());
}

TEST(MaskNumbersTest, WhatARescueNeedsSurvives) {
  for (const std::string text : {"K123+456",
                                 "G15 K1234+567 处",
                                 "k12+300",
                                 "高速K123+456 3车相撞 伤2人",
                                 "UN1203",
                                 "UN 1203 泄漏约3000升",
                                 "伤2人",
                                 "死1伤12困3",
                                 "2 injured, 1 trapped",
                                 "14:30",
                                 "14:30:05",
                                 "2026-11-22 14:30",
                                 "2026/11/22",
                                 "2026.11.22 04:05",
                                 "11月22日14时30分",
                                 "20261122",
                                 "水深0.5米",
                                 "水位 144.50 米",
                                 "杆号012-0345",
                                 "110kV 东城线 123号杆",
                                 "3号楼2单元1502室",
                                 "已告119 120",
                                 "119、120、12345",
                                 "事件101",
                                 "伤1 2026-11-22 04:05",
                                 "120 2026-11-22 04:05",
                                 "144 2026-11-22",
                                 "东经117.123456 北纬35.123456",
                                 "1,200 人",
                                 "",
                                 "无数字"}) {
    EXPECT_THAT(text, IsKept()) << text;
  }
}

TEST(MaskNumbersTest, TheClientKeyOfAPreFilledMessageSurvives) {
  for (const std::string text :
       {"火灾 伤2 #01HZX3KQ7M2AB", "#01hzx3kq7m2ab", "#0123456789012", "＃01HZX3KQ7M2AB 火灾", "#7ZZZZZZZZZZZZ"}) {
    EXPECT_THAT(text, IsKept()) << text;
  }
}

TEST(MaskNumbersTest, SomethingElseAfterAHashIsNoKey) {
  for (const auto* text : {"着火 #k:ABCD1234", "#K:1440000001A", "＃ｋ：ABCD12345678", "#k:ABCDE12345678"}) {
    EXPECT_EQ(mask_numbers(text).text, text);
  }
  EXPECT_EQ(mask_numbers("#k:14400000017").text, "#k:" + kGone);  // a number that would pass for a key
  EXPECT_EQ(mask_numbers("#k:A 14400000017").text, "#k:A " + kGone);
  EXPECT_EQ(mask_numbers("#14400000017").text, "#" + kGone);     // too short for a key
  EXPECT_EQ(mask_numbers("#8614400000017").text, "#" + kGone);   // as long as one, but 86 and a mobile
  EXPECT_EQ(mask_numbers("#01234567890123").text, "#" + kGone);  // too long
  EXPECT_EQ(mask_numbers("#01HZX3KQ7M2AB 14400000017").text, "#01HZX3KQ7M2AB " + kGone);
}

TEST(MaskNumbersTest, WordsAroundANumberStay) {
  EXPECT_EQ(mask_numbers("K123+456追尾，伤2人，请打14400000017找我").text,
            "K123+456追尾，伤2人，请打" + kGone + "找我");
  EXPECT_EQ(mask_numbers("K123+456 14400000017").text, "K123+456 " + kGone);
  EXPECT_EQ(mask_numbers("tel14400000017").text, "tel" + kGone);
  EXPECT_EQ(mask_numbers("14400000017 2人被困").text, kGone + " 2人被困");
  EXPECT_EQ(mask_numbers("伤2 144 0000 0017").text, "伤2 " + kGone);
  EXPECT_EQ(mask_numbers("(14400000017)").text, "(" + kGone + ")");
}

TEST(MaskNumbersTest, EachNumberIsCounted) {
  const Masked masked = mask_numbers("14400000017、0539-0123456，" + identity());
  EXPECT_EQ(masked.removed, 3);
  EXPECT_EQ(masked.text, kGone + "、" + kGone + "，" + kGone);
}

TEST(MaskNumbersTest, BadBytesPassThroughAndDoNotHideANumber) {
  EXPECT_EQ(mask_numbers("\xFF\xC3 14400000017 \x80").text, "\xFF\xC3 " + kGone + " \x80");
}

TEST(MaskNumbersTest, MaskedTextIsNotMaskedAgainAndHoldsNoLongNumber) {
  Random random(20261122);
  const std::vector<std::string> pieces{"1", "4", "4", "0", "17", "0000", "-",  " ",  "+", "+86",
                                        "(", ")", "#", "K", "X",  "伤",   "０", "　", "/", "."};
  for (int round = 0; round < 20'000; ++round) {
    std::string text;
    for (std::uint64_t i = random.below(30); i > 0; --i) text += pieces[random.below(pieces.size())];
    const Masked once = mask_numbers(text);
    std::size_t run = 0, longest = 0;
    for (const char c : once.text) {
      run = c >= '0' && c <= '9' ? run + 1 : 0;
      longest = std::max(longest, run);
    }
    if (once.text.find('#') == std::string::npos) {
      EXPECT_LT(longest, 10U) << text;
      EXPECT_EQ(mask_numbers(once.text).text, once.text) << text;
    }
  }
}

}  // namespace
}  // namespace tocsin::base
