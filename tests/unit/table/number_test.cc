#include "directory/table/number.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tocsin::table {
namespace {

TEST(NumberTest, WholeNumbersAreDigitsHoweverTheyAreStored) {
  for (const char* stored :
       {"14400000001", "14400000001.0", "1.4400000001E10", "1.4400000001E+10", "1.4400000001e10"}) {
    EXPECT_EQ(digits_of(stored).text, "14400000001") << stored;
    EXPECT_EQ(digits_of(stored).doubt, Doubt::kNone) << stored;
  }
  EXPECT_EQ(digits_of("0").text, "0");
  EXPECT_EQ(digits_of("-0").text, "0");
  EXPECT_EQ(digits_of("-12").text, "-12");
}

TEST(NumberTest, WhatIsNoNumberIsNone) {
  for (const char* stored : {"", "x", "1x", "nan", "inf", "1E400", "0x10", " 1", "1,5"}) {
    EXPECT_EQ(digits_of(stored).text, "") << stored;
  }
}

TEST(NumberTest, DigitsThatCannotBeKnownAreDoubted) {
  EXPECT_EQ(digits_of("14400000000").doubt, Doubt::kRounded);
  EXPECT_EQ(digits_of("14401000000").doubt, Doubt::kRounded);
  EXPECT_EQ(digits_of("14400100000").doubt, Doubt::kNone);
  EXPECT_EQ(digits_of("1000000").doubt, Doubt::kNone);
  EXPECT_EQ(digits_of("1234567890123456").doubt, Doubt::kTooLong);
  EXPECT_EQ(digits_of("4.40301199001011E17").doubt, Doubt::kTooLong);
}

TEST(NumberTest, FractionsAreShownWithFifteenDigits) {
  EXPECT_EQ(digits_of("0.30000000000000004").text, "0.3");
  EXPECT_EQ(digits_of("118.61500000000001").text, "118.615");
  EXPECT_EQ(digits_of("1E-5").text, "0.00001");
}

TEST(NumberTest, AFormatOfDatePartsMakesADate) {
  EXPECT_EQ(form_of_code("yyyy/m/d;@").kind, FormKind::kDate);
  EXPECT_EQ(form_of_code("[$-804]yyyy\"年\"m\"月\"d\"日\"").kind, FormKind::kDate);
  EXPECT_EQ(form_of_code("m\"月\"").kind, FormKind::kDate);
  EXPECT_EQ(form_of_code("yyyy-mm-dd hh:mm").kind, FormKind::kDateAndTime);
  EXPECT_EQ(form_of_code("h:mm AM/PM").kind, FormKind::kTime);
  EXPECT_EQ(form_of_code("[h]:mm").kind, FormKind::kElapsed);
  for (const char* code :
       {"General", "0.00", "#,##0\" days\"", "\\d0", "[Red]0", "@", "0.00E+00", "_d0", "0;yyyy", ""}) {
    EXPECT_EQ(form_of_code(code).kind, FormKind::kPlain) << code;
  }
}

TEST(NumberTest, AFormatOfZerosKeepsTheZerosInFront) {
  EXPECT_EQ(shown("5390000001", form_of_code("00000000000"), false).text, "05390000001");
  EXPECT_EQ(shown("123", form_of_code("00"), false).text, "123");
}

TEST(NumberTest, TimesAreRoundedToTheSecondThatWasMeant) {
  EXPECT_EQ(shown("46348.3333333333", form_of_id(22), false).text, "2026-11-22 08:00");
  EXPECT_EQ(shown("46347.9999999999", form_of_id(22), false).text, "2026-11-22");
  EXPECT_EQ(shown("0.0006944444", form_of_id(20), false).text, "00:01");
  EXPECT_EQ(shown("-1", form_of_id(14), false).text, "-1");
}

}  // namespace
}  // namespace tocsin::table
