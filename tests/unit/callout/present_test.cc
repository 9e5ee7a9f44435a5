#include "gateway/callout/present.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/moments.h"

namespace tocsin::callout {
namespace {

using namespace std::chrono_literals;
using model::MatterKind;
using support::noon;
using ::testing::Each;
using ::testing::ElementsAre;

constexpr auto kPatience = 10min;

// Owed since an hour, about incident `n`.
OwedToOne owed(std::int64_t n, MatterKind kind = MatterKind::kAlert) {
  OwedToOne one;
  one.incident = {n};
  one.kind = kind;
  one.revision = 1;
  one.made_at = noon - 1h;
  one.of_step = kind == MatterKind::kAlert;
  return one;
}

std::vector<Fate> fates(const std::vector<OwedToOne>& all) {
  return fates_of(all, noon, kPatience);
}

TEST(PresentTest, WhatIsYoungGoesAsItWasComposed) {
  auto first = owed(1), second = owed(2);
  first.made_at = second.made_at = noon - kPatience + 1s;
  EXPECT_THAT(fates({first, second}), Each(Fate::kAsItIs));
}

TEST(PresentTest, OneThatIsOldIsComposedAnew) {
  EXPECT_THAT(fates({owed(1)}), ElementsAre(Fate::kAnew));
}

TEST(PresentTest, SeveralAreToldTogetherTheYoungToo) {
  auto young = owed(3);
  young.made_at = noon - 1s;
  EXPECT_THAT(fates({owed(1), owed(2, MatterKind::kUpdate), young}), Each(Fate::kTogether));
}

TEST(PresentTest, WhoAnsweredOrWasPhonedSinceIsNotToldOfThat) {
  auto answered = owed(1), phoned = owed(2);
  answered.answered_at = noon - 30min;
  phoned.phoned_at = noon - 20min;
  EXPECT_THAT(fates({answered, phoned, owed(3)}), ElementsAre(Fate::kReached, Fate::kReached, Fate::kAnew));
}

TEST(PresentTest, WhatWasAnsweredBeforeTheMessageWasMadeIsStillTold) {
  auto carried = owed(1);  // an answer to the level before, carried over
  carried.answered_at = noon - 2h;
  EXPECT_THAT(fates({carried}), ElementsAre(Fate::kAnew));
}

TEST(PresentTest, OfOneIncidentTheLatestIsTold) {
  auto second = owed(1, MatterKind::kUpdate), third = owed(1, MatterKind::kUpdate);
  second.revision = 2;
  third.revision = 3;
  EXPECT_THAT(fates({second, third}), ElementsAre(Fate::kOutdated, Fate::kAnew));
  EXPECT_THAT(fates({third, second}), ElementsAre(Fate::kAnew, Fate::kOutdated));
}

TEST(PresentTest, AnAlertSaysMoreThanAnUpdateOfTheSameState) {
  EXPECT_THAT(fates({owed(1, MatterKind::kUpdate), owed(1)}), ElementsAre(Fate::kOutdated, Fate::kAnew));
}

TEST(PresentTest, TheEndSaysMoreThanAnything) {
  auto over = owed(1, MatterKind::kStandDown);
  over.over = true;
  over.revision = 2;
  auto moot = owed(1, MatterKind::kUpdate);
  moot.over = true;
  EXPECT_THAT(fates({moot, over, owed(2)}), ElementsAre(Fate::kOutdated, Fate::kTogether, Fate::kTogether));
}

TEST(PresentTest, WhatAStepWaitsForIsNeverDroppedForNewerWords) {
  auto asks = owed(1);
  auto later = owed(1);
  later.revision = 2;
  EXPECT_THAT(fates({asks, later}), Each(Fate::kTogether));
}

TEST(PresentTest, TwoThatSayTheSameBecomeOne) {
  const auto update = owed(1, MatterKind::kUpdate);
  EXPECT_THAT(fates({update, update}), ElementsAre(Fate::kAnew, Fate::kOutdated));
}

TEST(PresentTest, WhatAsksForADecisionStaysByItself) {
  EXPECT_THAT(fates({owed(1, MatterKind::kApproval), owed(2)}), ElementsAre(Fate::kAsItIs, Fate::kAnew));
  EXPECT_THAT(fates({owed(1, MatterKind::kDecided)}), ElementsAre(Fate::kAsItIs));
}

TEST(PresentTest, AMessageOfWhichPartsHaveGoneIsFinishedAsItIs) {
  auto half = owed(1);
  half.partly_sent = true;
  half.answered_at = noon - 1min;
  EXPECT_THAT(fates({half, owed(2)}), ElementsAre(Fate::kAsItIs, Fate::kAnew));
}

TEST(PresentTest, RealAndDrillAreNeverTogether) {
  auto drill = owed(2), another = owed(3);
  drill.drill = another.drill = true;
  EXPECT_THAT(fates({owed(1), drill, another}), ElementsAre(Fate::kAnew, Fate::kTogether, Fate::kTogether));
}

TEST(PresentTest, WhatWasToldTogetherAndHasToBeRepeatedIsTogetherAgain) {
  auto repeat = owed(1), other = owed(2);
  repeat.made_at = other.made_at = noon - 1s;
  repeat.was_together = other.was_together = true;
  EXPECT_THAT(fates({repeat, other}), Each(Fate::kTogether));
}

TEST(PresentTest, AYoungOneThatIsLeftAloneGoesAsItIs) {
  auto answered = owed(1), young = owed(2);
  answered.answered_at = noon - 1min;
  young.made_at = noon - 1s;
  EXPECT_THAT(fates({answered, young}), ElementsAre(Fate::kReached, Fate::kAsItIs));
}

TEST(PresentTest, ASummaryTellsOfSomeAndTheRestWaitForTheNext) {
  std::vector<OwedToOne> many;
  for (std::size_t n = 1; n <= kMostTogether + 2; ++n) many.push_back(owed(static_cast<std::int64_t>(n)));
  const auto all = fates(many);
  EXPECT_EQ(std::count(all.begin(), all.end(), Fate::kTogether), static_cast<std::ptrdiff_t>(kMostTogether));
  EXPECT_EQ(all.back(), Fate::kLater);
}

TEST(UpdateTest, AFirstUpdateGoesAtOnce) {
  EXPECT_FALSE(update_waits_until(std::nullopt, false, noon));
}

TEST(UpdateTest, OneThatFollowsWithinAMinuteWaitsForTheRestOfIt) {
  EXPECT_EQ(update_waits_until(noon - 20s, false, noon), noon + 40s);
  EXPECT_FALSE(update_waits_until(noon - 60s, false, noon));
}

TEST(UpdateTest, ARaiseNeverWaits) {
  EXPECT_FALSE(update_waits_until(noon - 1s, true, noon));
}

}  // namespace
}  // namespace tocsin::callout
