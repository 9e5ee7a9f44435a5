#include "gateway/base/phone_number.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "gateway/base/phone_fault.h"

namespace tocsin::base {
namespace {

using testing::HasSubstr;

const DialingRules kOffice{"CN", "539"};

PhoneNumber parsed(const std::string& typed, const DialingRules& rules = kOffice) {
  auto number = parse_phone_number(typed, rules);
  if (number.ok()) return *number;
  ADD_FAILURE() << typed << ": " << number.error().message;
  return {};
}

std::string refusal(const std::string& typed, const DialingRules& rules = kOffice) {
  const auto number = parse_phone_number(typed, rules);
  if (!number.ok()) {
    EXPECT_EQ(number.error().code, ErrorCode::kInvalid);
    const auto why = why_no_phone_number(typed, rules);
    EXPECT_EQ(why.en, number.error().message);
    EXPECT_NE(why.zh, "");
    EXPECT_NE(why.zh, why.en);
    return number.error().message;
  }
  ADD_FAILURE() << typed << " was read as " << number->e164;
  return {};
}

TEST(ParsePhoneNumberTest, OneMobileHasOneFormHoweverItIsTyped) {
  for (const std::string typed :
       {"14400000017", " 144 0000 0017 ", "144-0000-0017", "+86 14400000017", "+86-144-0000-0017", "0086 14400000017",
        "86-14400000017", "８６１４４００００００１７", "１４４００００００１７", "(+86)14400000017",
        "tel:+8614400000017", "144\u200B00000017", "144.0000.0017"}) {
    const PhoneNumber number = parsed(typed);
    EXPECT_EQ(number.e164, "+8614400000017") << typed;
    EXPECT_EQ(number.kind, PhoneKind::kMobile) << typed;
    EXPECT_EQ(number.extension, "") << typed;
  }
}

TEST(ParsePhoneNumberTest, RangesTheLibraryDoesNotKnowAreAcceptedAsUncertainMobiles) {
  for (const std::string typed : {"14400000017", "14100000017", "14600000017", "14800000017", "15400000017"}) {
    const PhoneNumber number = parsed(typed);
    EXPECT_EQ(number.kind, PhoneKind::kMobile) << typed;
    EXPECT_FALSE(number.certain) << typed;
  }
}

TEST(ParsePhoneNumberTest, KnownRangesAreCertain) {
  // Assembled here, so that the tree holds no number that could be somebody's.
  const PhoneNumber number = parsed(std::string("13") + std::string(9, '0'));
  EXPECT_EQ(number.kind, PhoneKind::kMobile);
  EXPECT_TRUE(number.certain);
}

TEST(ParsePhoneNumberTest, LandlinesAreReadWithAndWithoutTheirAreaCode) {
  for (const std::string typed :
       {"0539-1123456", "(0539)1123456", "05391123456", "+86 539 1123456", "+86 (0539) 1123456", "0086-539-1123456",
        "1123456", "112 3456", "０５３９－１１２３４５６"}) {
    const PhoneNumber number = parsed(typed);
    EXPECT_EQ(number.e164, "+865391123456") << typed;
    EXPECT_EQ(number.kind, PhoneKind::kLandline) << typed;
  }
  EXPECT_EQ(parsed("010-01234567").e164, "+861001234567");
}

TEST(ParsePhoneNumberTest, ALocalNumberNeedsAnAreaCodeFromTheSettings) {
  EXPECT_THAT(refusal("1123456", {"CN", ""}), HasSubstr("no area code is set"));
  EXPECT_EQ(parsed("1123456", {"CN", "633"}).e164, "+866331123456");
}

TEST(ParsePhoneNumberTest, ExtensionsAreKeptApart) {
  for (const std::string typed :
       {"0539-0123456-8001", "0539-0123456转8001", "0539-0123456 转 8001", "0539-0123456 ext 8001", "05390123456#8001",
        "0539-0123456;ext=8001", "0539-0123456分机8001"}) {
    const PhoneNumber number = parsed(typed);
    EXPECT_EQ(number.e164, "+865390123456") << typed;
    EXPECT_EQ(number.extension, "8001") << typed;
  }
}

TEST(ParsePhoneNumberTest, AMobileOfTheWrongLengthSaysByHowMuch) {
  EXPECT_EQ(refusal("1440000001"), "10 digits, a mobile has 11: 1 missing");
  EXPECT_EQ(refusal("144000000"), "9 digits, a mobile has 11: 2 missing");
  EXPECT_EQ(refusal("14400000"), "8 digits, a mobile has 11: 3 missing");
  EXPECT_EQ(refusal("144000000171"), "12 digits, a mobile has 11: 1 too many");
  EXPECT_EQ(refusal("+86 1440000001"), "10 digits, a mobile has 11: 1 missing");
}

TEST(ParsePhoneNumberTest, ALandlineOfTheWrongLengthSaysByHowMuch) {
  EXPECT_THAT(refusal("0539-012345"), HasSubstr("1 missing"));
  EXPECT_THAT(refusal("010-0123456"), HasSubstr("needs 8 digits after it: 1 missing"));
  EXPECT_THAT(refusal("0539-012345678"), HasSubstr("1 too many"));
}

TEST(ParsePhoneNumberTest, ShortServiceNumbersAreNoContactPoints) {
  for (const std::string typed : {"110", "119", "120", "122", "12345", "12379", "95598"}) {
    EXPECT_THAT(refusal(typed), HasSubstr("short service number, not a personal contact point")) << typed;
  }
}

TEST(ParsePhoneNumberTest, SeveralNumbersInOneFieldAreRefused) {
  for (const std::string typed : {"14400000017、14400000025", "14400000017/14400000025", "14400000017,0539-0123456",
                                  "14400000017；14400000025", "14400000017，14400000025"}) {
    EXPECT_THAT(refusal(typed), HasSubstr("more than one number")) << typed;
  }
}

TEST(ParsePhoneNumberTest, ANumberThatASpreadsheetRoundedIsRefused) {
  EXPECT_THAT(refusal("1.44E+10"), HasSubstr("spreadsheet"));
  EXPECT_THAT(refusal("1.44e10"), HasSubstr("spreadsheet"));
}

TEST(ParsePhoneNumberTest, StrayCharactersAreNamed) {
  EXPECT_THAT(refusal("1440000O017"), HasSubstr("\"O\" does not belong"));
  EXPECT_THAT(refusal("手机14400000017"), HasSubstr("\"手\""));
  EXPECT_THAT(refusal("++8614400000017"), HasSubstr("\"+\""));
  EXPECT_THAT(refusal(""), HasSubstr("no phone number"));
  EXPECT_THAT(refusal("  　"), HasSubstr("no phone number"));
  EXPECT_THAT(refusal("---"), HasSubstr("no digits"));
  EXPECT_THAT(refusal(std::string(200, '1')), HasSubstr("too long"));
  EXPECT_FALSE(parse_phone_number("\xFF\xFE", kOffice).ok());
}

TEST(ParsePhoneNumberTest, ServiceLinesWithoutAnAreaAreNeitherMobileNorLandline) {
  EXPECT_EQ(parsed("400-012-3456").kind, PhoneKind::kOther);
}

TEST(ParsePhoneNumberTest, ForeignNumbersNeedTheirPlus) {
  EXPECT_EQ(parsed("+44 20 7946 0000").e164, "+442079460000");
  EXPECT_THAT(refusal("+999 1234567"), HasSubstr("country code"));
  EXPECT_FALSE(parse_phone_number("+44 20", kOffice).ok());
}

TEST(MaskedPhoneTest, OnlyCountryCodeAndLastFourDigitsShow) {
  EXPECT_EQ(masked("+8614400000017"), "+86*******0017");
  EXPECT_EQ(masked("+865390123456"), "+86******3456");
  EXPECT_EQ(masked("+442079460000"), "+44******0000");
  EXPECT_EQ(masked("14400000017"), "*******0017");
}

TEST(MaskedPhoneTest, ShortAndOddStringsShowNothing) {
  for (const std::string odd : {"", "119", "+861234", "TOCSIN", "ops@example.org", "+86 144 0000 0017", "1234567"}) {
    EXPECT_EQ(masked(odd), "****") << odd;
  }
}

TEST(PhoneNumber, IsShownAsPeopleDialIt) {
  EXPECT_EQ(dialled("+8614400000017", {"CN", "539"}), "144 0000 0017");
  EXPECT_EQ(dialled("+865390123456", {"CN", "539"}), "0539 012 3456");
  EXPECT_EQ(dialled("+442079460000", {"CN", "539"}), "00 44 20 7946 0000");
  EXPECT_EQ(dialled("desk", {"CN", "539"}), "desk");
}

TEST(PhoneNumber, IsTypedSoThatItReadsBack) {
  const DialingRules rules{"CN", "539"};
  EXPECT_EQ(typed_form("+8614400000017", rules), "14400000017");
  EXPECT_EQ(typed_form("+865390123456", rules), "0539-0123456");
  for (const char* number : {"+8614400000017", "+865390123456", "+861001234567", "+8601234567", "+442079460000",
                             "+8640012345678", "+864001234567", "desk"}) {
    for (const DialingRules& one : {rules, DialingRules{"CN", ""}, DialingRules{"GB", ""}}) {
      const auto back = parse_phone_number(typed_form(number, one), one);
      EXPECT_EQ(back.ok() ? back->e164 : number, number) << typed_form(number, one);
    }
  }
}

}  // namespace
}  // namespace tocsin::base
