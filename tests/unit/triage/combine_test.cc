#include "gateway/triage/combine.h"

#include <gtest/gtest.h>

#include "gateway/triage/classify.h"
#include "tests/support/a_plan.h"

namespace tocsin::triage {
namespace {

using model::AreaId;
using model::Choice;
using model::FactValue;
using model::Quantity;
using namespace support;

model::PlacedFact said(std::string attribute, FactValue value, base::UtcTime at = noon, AreaId area = AreaId{1}) {
  return {std::move(attribute), area, std::move(value), at};
}

FactValue kept(const plan::Plan& plan, const model::PlacedFact& known, const model::PlacedFact& then) {
  return at_one_place(*plan.attribute(known.attribute), known, then);
}

TEST(AtOnePlaceTest, TheWorseValueStaysWhoeverSaidItFirst) {
  const auto plan = a_plan().build();
  const auto two = said("trapped", Quantity::whole(2)), five = said("trapped", Quantity::whole(5), noon + 1min);

  EXPECT_EQ(kept(plan, two, five), FactValue(Quantity::whole(5)));
  EXPECT_EQ(kept(plan, five, two), FactValue(Quantity::whole(5)));
}

TEST(AtOnePlaceTest, LowerIsWorseWhereThePlanSaysSo) {
  const auto plan = a_plan().worse("water_depth", plan::Worse::kLower).build();

  EXPECT_EQ(kept(plan, said("water_depth", Quantity{500}), said("water_depth", Quantity{300})),
            FactValue(Quantity{300}));
}

TEST(AtOnePlaceTest, OnceYesStaysYes) {
  const auto plan = a_plan().build();

  EXPECT_EQ(kept(plan, said("spreading", true), said("spreading", false, noon + 1h)), FactValue(true));
  EXPECT_EQ(kept(plan, said("spreading", false), said("spreading", true, noon + 1h)), FactValue(true));
}

TEST(AtOnePlaceTest, TheLatestHoldsWhereThePlanSaysSoEvenIfItArrivesFirst) {
  const auto plan = a_plan().combine("trapped", plan::Combine::kLatest).build();
  const auto five = said("trapped", Quantity::whole(5)), two_later = said("trapped", Quantity::whole(2), noon + 1min);

  EXPECT_EQ(kept(plan, five, two_later), FactValue(Quantity::whole(2)));
  EXPECT_EQ(kept(plan, two_later, five), FactValue(Quantity::whole(2)));
}

TEST(AtOnePlaceTest, OfAChoiceTheLatestHolds) {
  const auto plan = a_plan().build();

  EXPECT_EQ(kept(plan, said("place_kind", Choice{"school"}), said("place_kind", Choice{"home"}, noon + 1s)),
            FactValue(Choice{"home"}));
}

TEST(CombineTest, TheWorstPlaceCountsWhenPlacesAreNotSummed) {
  const auto plan = a_plan().build();
  const std::vector known{said("trapped", Quantity::whole(2)), said("trapped", Quantity::whole(3), noon, AreaId{2}),
                          said("spreading", false), said("spreading", true, noon, AreaId{2})};

  const auto combined = combine(plan, known);

  EXPECT_EQ(model::to_text(combined.facts), "spreading=yes trapped=3");
  EXPECT_EQ(combined.facts, combined.with_sums);
}

TEST(CombineTest, ASumIsKeptApartFromTheFacts) {
  const auto plan = a_plan().combine("serious", plan::Combine::kSumByPlace).build();
  const std::vector known{said("serious", Quantity::whole(1)), said("serious", Quantity::whole(2), noon, AreaId{2}),
                          said("serious", Quantity::whole(1), noon, AreaId{})};

  const auto combined = combine(plan, known);

  EXPECT_EQ(model::to_text(combined.facts), "serious=2");
  EXPECT_EQ(model::to_text(combined.with_sums), "serious=4");
  EXPECT_EQ(classify(plan, model::HazardKind::kFire, combined.facts, "en").level_id, "III");
  EXPECT_EQ(classify(plan, model::HazardKind::kFire, combined.with_sums, "en").level_id, "II") << "the desk is asked";
}

TEST(CombineTest, TheLatestOfAllPlacesHolds) {
  const auto plan = a_plan().combine("water_depth", plan::Combine::kLatest).build();
  const std::vector known{
      said("water_depth", Quantity{900}, noon), said("water_depth", Quantity{400}, noon + 1min, AreaId{2}),
      said("place_kind", Choice{"school"}, noon + 2min), said("place_kind", Choice{"shop"}, noon, AreaId{2})};

  EXPECT_EQ(model::to_text(combine(plan, known).facts), "place_kind=school water_depth=0.4");
}

TEST(CombineTest, ASumCannotOverflow) {
  const auto plan = a_plan().combine("serious", plan::Combine::kSumByPlace).build();
  const Quantity huge{std::numeric_limits<std::int64_t>::max() - 1};
  const std::vector known{said("serious", huge), said("serious", huge, noon, AreaId{2})};

  EXPECT_GE(std::get<Quantity>(combine(plan, known).with_sums.at("serious")), huge);
}

TEST(CombineTest, NothingKnownIsNoFacts) {
  EXPECT_TRUE(combine(a_plan().build(), {}).facts.empty());
  EXPECT_TRUE(combine(a_plan().build(), {}).with_sums.empty());
}

}  // namespace
}  // namespace tocsin::triage
