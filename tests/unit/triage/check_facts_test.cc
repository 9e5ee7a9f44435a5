#include <gtest/gtest.h>

#include "gateway/triage/classify.h"
#include "tests/support/a_plan.h"

namespace tocsin::triage {
namespace {

using model::HazardKind;
using model::Quantity;
using namespace support;

base::Status check(HazardKind kind, const model::Facts& facts) {
  return check_facts(a_plan().build(), kind, facts);
}

TEST(CheckFactsTest, FactsOfTheHazardWithTheRightTypesPass) {
  const model::Facts facts{
      {"serious", Quantity::whole(2)}, {"spreading", true}, {"place_kind", model::Choice{"school"}}};

  EXPECT_TRUE(check(HazardKind::kFire, facts).ok());
  EXPECT_TRUE(check(HazardKind::kFlood, {{"water_depth", Quantity{500}}}).ok());
}

TEST(CheckFactsTest, AnUnknownAttributeIsNamedWithTheNearestKnownOne) {
  const auto status = check(HazardKind::kFire, {{"seriuos", Quantity::whole(2)}});

  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.error().code, base::ErrorCode::kInvalid);
  EXPECT_EQ(status.error().field, "facts.seriuos");
  EXPECT_EQ(status.error().message, "seriuos is no attribute of fire; did you mean serious?");
}

TEST(CheckFactsTest, AnAttributeOfAnotherHazardIsRefusedButAnUnclassifiedReportMaySayAnything) {
  const model::Facts facts{{"water_depth", Quantity{500}}};

  ASSERT_FALSE(check(HazardKind::kFire, facts).ok());
  EXPECT_EQ(check(HazardKind::kFire, facts).error().field, "facts.water_depth");
  EXPECT_TRUE(check(HazardKind::kUnclassified, facts).ok());
  EXPECT_FALSE(check(HazardKind::kUnclassified, {{"noise", true}}).ok());
}

TEST(CheckFactsTest, EachTypeIsChecked) {
  EXPECT_FALSE(check(HazardKind::kFire, {{"serious", true}}).ok());
  EXPECT_FALSE(check(HazardKind::kFire, {{"serious", Quantity{1500}}}).ok()) << "one and a half persons";
  EXPECT_FALSE(check(HazardKind::kFire, {{"serious", Quantity::whole(-1)}}).ok());
  EXPECT_FALSE(check(HazardKind::kFire, {{"serious", Quantity::whole(1'000'000'001)}}).ok());
  EXPECT_FALSE(check(HazardKind::kFire, {{"spreading", Quantity::whole(1)}}).ok());
  EXPECT_FALSE(check(HazardKind::kFire, {{"place_kind", true}}).ok());
}

TEST(CheckFactsTest, AnUnknownChoiceIsNamedWithTheNearest) {
  const auto status = check(HazardKind::kFire, {{"place_kind", model::Choice{"shcool"}}});

  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.error().message, "place_kind has no choice \"shcool\"; did you mean school?");
}

TEST(CheckFactsTest, AKindThatThePlanDoesNotUseIsRefused) {
  const auto status = check(HazardKind::kEarthquake, {});

  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.error().field, "hazard");
}

}  // namespace
}  // namespace tocsin::triage
