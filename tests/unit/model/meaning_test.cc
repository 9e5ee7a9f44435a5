#include "gateway/model/meaning.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "gateway/model/alert.h"

namespace tocsin::model {
namespace {

TEST(MeaningTest, EachHasANameOfItsOwnAndWordsInBothLanguages) {
  std::set<std::string_view> names;
  for (int number = 1; number < 100; ++number) {
    const auto meaning = static_cast<Meaning>(number);
    if (name_of(meaning) == "none") continue;
    EXPECT_TRUE(names.insert(name_of(meaning)).second) << name_of(meaning);
    EXPECT_FALSE(in_words(meaning).en.empty()) << name_of(meaning);
    EXPECT_FALSE(in_words(meaning).zh.empty()) << name_of(meaning);
  }
  EXPECT_EQ(names.size(), 36U);
  EXPECT_TRUE(in_words(Meaning::kNone).empty());
}

Delivery in_state(DeliveryState state) {
  Delivery delivery;
  delivery.state = state;
  return delivery;
}

TEST(MeaningTest, WithoutACodeTheStateIsWhatItMeans) {
  EXPECT_EQ(meaning_of(in_state(DeliveryState::kQueued)), Meaning::kNone);
  EXPECT_EQ(meaning_of(in_state(DeliveryState::kAccepted)), Meaning::kTaken);
  EXPECT_EQ(meaning_of(in_state(DeliveryState::kDelivered)), Meaning::kArrived);
  EXPECT_EQ(meaning_of(in_state(DeliveryState::kUndelivered)), Meaning::kNotArrived);
  EXPECT_EQ(meaning_of(in_state(DeliveryState::kUnknown)), Meaning::kUnclear);
}

TEST(MeaningTest, WhatACarrierTookIsNeverSaidToHaveArrived) {
  auto taken = in_state(DeliveryState::kAccepted);
  EXPECT_NE(meaning_of(taken), Meaning::kArrived);
  taken.on_its_way_at = base::UtcTime{};
  EXPECT_EQ(meaning_of(taken), Meaning::kOnItsWay);
}

TEST(MeaningTest, ACodeSaysMoreThanTheState) {
  auto refused = in_state(DeliveryState::kRefused);
  refused.meaning = Meaning::kBadNumber;
  EXPECT_EQ(meaning_of(refused), Meaning::kBadNumber);
}

TEST(MeaningTest, ALineOfTheCallSheetHasNoCarrierToTakeIt) {
  auto line = in_state(DeliveryState::kAccepted);
  line.channel = Channel::kDeskCall;
  EXPECT_EQ(meaning_of(line), Meaning::kNone);
}

}  // namespace
}  // namespace tocsin::model
