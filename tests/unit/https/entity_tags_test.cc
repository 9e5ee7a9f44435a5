#include "adapters/https/entity_tags.h"

#include <gtest/gtest.h>

namespace tocsin::https {
namespace {

const model::Version kSeen{7, 3};
const std::string kTag = '"' + model::to_text(kSeen) + '"';

TEST(EntityTagsTest, NoHeaderAndAStarAskForNoVersion) {
  EXPECT_TRUE(expected_versions("").empty());
  EXPECT_TRUE(expected_versions(" * ").empty());
}

TEST(EntityTagsTest, OneOfSeveralTagsIsEnough) {
  const auto expected = expected_versions("\"other\", " + kTag);
  EXPECT_TRUE(model::check(expected, kSeen).ok());
  const auto refused = model::check(expected, {7, 4});
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, base::ErrorCode::kChanged);
}

TEST(EntityTagsTest, WhatIsNoStrongTagOfOursNeverMatches) {
  for (const std::string& header : {"W/" + kTag, model::to_text(kSeen), std::string("\"\""), std::string("\""),
                                    std::string("x"), std::string("\"-3\""), std::string("\"0000000000007--3\"")}) {
    EXPECT_FALSE(model::check(expected_versions(header), kSeen).ok()) << header;
  }
}

TEST(EntityTagsTest, APollIsUnchangedWhenItsTagIsNamedWeaklyOrNot) {
  EXPECT_TRUE(none_match_fails("\"41\"", "41"));
  EXPECT_TRUE(none_match_fails("W/\"41\"", "41"));
  EXPECT_TRUE(none_match_fails("\"1\" , \"41\"", "41"));
  EXPECT_TRUE(none_match_fails("*", "41"));
  EXPECT_FALSE(none_match_fails("", "41"));
  EXPECT_FALSE(none_match_fails("41", "41"));
  EXPECT_FALSE(none_match_fails("\"4\", \"1\"", "41"));
}

TEST(EntityTagsTest, AListOfThousandsIsNotReadToItsEnd) {
  std::string header;
  for (int i = 0; i < 5000; ++i) header += "\"" + std::to_string(i) + "\",";
  EXPECT_EQ(read_entity_tags(header).size(), 32U);
}

}  // namespace
}  // namespace tocsin::https
