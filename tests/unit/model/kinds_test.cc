#include "gateway/model/kinds.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace tocsin::model {
namespace {

TEST(KindsTest, TheListIsClosedAndNamesEachKindOnce) {
  EXPECT_EQ(all_kinds().size(), 38U);
  std::set<std::string_view> names;
  std::set<HazardKind> numbers;
  for (const KindInfo& kind : all_kinds()) {
    EXPECT_TRUE(names.insert(kind.name).second) << kind.name;
    EXPECT_TRUE(numbers.insert(kind.kind).second) << kind.name;
    EXPECT_EQ(kind_named(kind.name), kind.kind);
    EXPECT_EQ(name_of(kind.kind), kind.name);
    EXPECT_EQ(kind_info(kind.kind), &kind);
    EXPECT_FALSE(kind.zh.empty());
    EXPECT_FALSE(kind.en.empty());
    EXPECT_FALSE(kind.source.empty()) << kind.name;
  }
}

TEST(KindsTest, EachKindIsInTheClassOfItsBlock) {
  for (const KindInfo& kind : all_kinds()) {
    EXPECT_EQ(static_cast<int>(kind.kind) / 100, static_cast<int>(kind.hazard_class)) << kind.name;
  }
}

TEST(KindsTest, CategoriesAreThoseOfCapWithoutSecurityAndOther) {
  const std::set<std::string_view> allowed{"Geo",    "Met", "Safety",    "Rescue", "Fire",
                                           "Health", "Env", "Transport", "Infra",  "CBRNE"};
  for (const KindInfo& kind : all_kinds()) EXPECT_TRUE(allowed.contains(kind.cap_category)) << kind.name;
}

TEST(KindsTest, NumbersInTheStoreStayWhatTheyAre) {
  EXPECT_EQ(static_cast<int>(HazardKind::kDamDanger), 116);
  EXPECT_EQ(static_cast<int>(HazardKind::kFire), 201);
  EXPECT_EQ(static_cast<int>(HazardKind::kPollution), 217);
  EXPECT_EQ(static_cast<int>(HazardKind::kAnimalDisease), 305);
}

TEST(KindsTest, UnclassifiedIsNoKindThatAPlanMayName) {
  EXPECT_EQ(kind_info(HazardKind::kUnclassified), nullptr);
  EXPECT_FALSE(kind_named("unclassified").has_value());
  EXPECT_EQ(name_of(HazardKind::kUnclassified), "unclassified");
  EXPECT_FALSE(kind_named("assembly").has_value());
  EXPECT_EQ(kind_info(static_cast<HazardKind>(999)), nullptr);
}

TEST(KindsTest, ClassesHaveNames) {
  EXPECT_EQ(name_of(HazardClass::kNaturalDisaster), "natural_disaster");
  EXPECT_EQ(name_of(HazardClass::kAccident), "accident");
  EXPECT_EQ(name_of(HazardClass::kPublicHealth), "public_health");
}

TEST(CountsTest, OnlyHarmIsCounted) {
  std::set<std::string_view> names;
  for (const CountInfo& count : all_counts()) names.insert(count.name);
  EXPECT_EQ(names, (std::set<std::string_view>{"dead", "missing", "serious", "light", "ill", "poisoned", "trapped",
                                               "cut_off", "threatened", "evacuated"}));
  EXPECT_NE(count_named("serious"), nullptr);
  EXPECT_EQ(count_named("present"), nullptr);
}

}  // namespace
}  // namespace tocsin::model
