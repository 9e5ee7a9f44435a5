#include "gateway/model/facts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <string>

namespace tocsin::model {
namespace {

using testing::HasSubstr;

TEST(QuantityTest, IsReadExactlyToAThousandth) {
  EXPECT_EQ(parse_quantity("2"), Quantity::whole(2));
  EXPECT_EQ(parse_quantity("0.5"), Quantity{500});
  EXPECT_EQ(parse_quantity("12.345"), Quantity{12345});
  EXPECT_EQ(parse_quantity("0"), Quantity{0});
  EXPECT_EQ(parse_quantity("007"), Quantity::whole(7));
  EXPECT_EQ(parse_quantity("1000000000"), Quantity::whole(1'000'000'000));
  EXPECT_EQ(parse_quantity("1000000000.000"), Quantity::whole(1'000'000'000));
}

TEST(QuantityTest, EverythingElseIsRefused) {
  for (const std::string text : {"", "-1", "+1", "1.", ".5", "1.2345", "1e3", " 1", "1 ", "1,5", "1000000000.001",
                                 "1000000001", "99999999999", "0x1", "１", "1.2.3", "nan"}) {
    EXPECT_FALSE(parse_quantity(text).has_value()) << text;
  }
}

TEST(QuantityTest, IsWrittenShortAndWithoutExponent) {
  EXPECT_EQ(to_string(Quantity::whole(2)), "2");
  EXPECT_EQ(to_string(Quantity{500}), "0.5");
  EXPECT_EQ(to_string(Quantity{12345}), "12.345");
  EXPECT_EQ(to_string(Quantity{1010}), "1.01");
  EXPECT_EQ(to_string(Quantity{5}), "0.005");
  EXPECT_EQ(to_string(Quantity{-1500}), "-1.5");
  EXPECT_EQ(to_string(Quantity{std::numeric_limits<std::int64_t>::min()}), "-9223372036854775.808");
}

TEST(FactValueTest, WordsAreFlagsNumbersOrChoices) {
  EXPECT_EQ(parse_fact_value("yes"), FactValue{true});
  EXPECT_EQ(parse_fact_value("true"), FactValue{true});
  EXPECT_EQ(parse_fact_value("no"), FactValue{false});
  EXPECT_EQ(parse_fact_value("false"), FactValue{false});
  EXPECT_EQ(parse_fact_value("2.5"), FactValue{Quantity{2500}});
  EXPECT_EQ(parse_fact_value("old_school2"), (FactValue{Choice{"old_school2"}}));
  for (const std::string text : {"", "School", "2x", "_x", "a-b", "学校", "a b", "a=b"}) {
    EXPECT_FALSE(parse_fact_value(text).has_value()) << text;
  }
  EXPECT_FALSE(parse_fact_value(std::string(65, 'a')).has_value());
}

TEST(FactsTextTest, IsAlphabeticalAndReadsBack) {
  const Facts facts{{"water_depth", Quantity{500}},
                    {"spreading", true},
                    {"serious", Quantity::whole(2)},
                    {"place_kind", Choice{"school"}}};
  const std::string text = "place_kind=school serious=2 spreading=yes water_depth=0.5";
  EXPECT_EQ(to_text(facts), text);
  const auto read = parse_facts(text);
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(*read, facts);
  EXPECT_TRUE(parse_facts("").value().empty());
  EXPECT_EQ(to_text(Facts{}), "");
}

TEST(FactsTextTest, UnknownIsNotZero) {
  const auto read = parse_facts("serious=0");
  ASSERT_TRUE(read.ok());
  EXPECT_TRUE(read->contains("serious"));
  EXPECT_FALSE(read->contains("trapped"));
}

TEST(FactsTextTest, TheWrongWordIsNamed) {
  const auto refusal = [](std::string_view text) {
    const auto read = parse_facts(text);
    EXPECT_FALSE(read.ok()) << text;
    return read.ok() ? std::string{} : read.error().message;
  };
  EXPECT_THAT(refusal("serious=2 trapped"), HasSubstr("\"trapped\": expected attribute=value"));
  EXPECT_THAT(refusal("serious=-1"), HasSubstr("\"serious=-1\""));
  EXPECT_THAT(refusal("Serious=1"), HasSubstr("\"Serious=1\""));
  EXPECT_THAT(refusal("=1"), HasSubstr("\"=1\""));
  EXPECT_THAT(refusal("serious=1 serious=2"), HasSubstr("said twice"));
  EXPECT_LT(refusal(std::string(100'000, 'a')).size(), 300U);
  EXPECT_EQ(parse_facts("serious=x!").error().field, "serious");
}

}  // namespace
}  // namespace tocsin::model
