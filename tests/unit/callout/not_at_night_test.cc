// A contact point that is not for the night rests then, and nobody is left untold because of it.
#include <gtest/gtest.h>

#include <vector>

#include "tests/support/a_delivery.h"
#include "tests/support/a_ladder.h"
#include "tests/support/a_reach.h"
#include "tests/support/an_alert.h"
#include "tests/unit/callout/next_rung_matchers.h"

namespace tocsin::callout {
namespace {

using namespace support;  // NOLINT(google-build-using-namespace)
using model::Delivery;
using model::Reason;
using testing::AllOf;

using History = std::vector<Delivery>;

const plan::Ladder usual = a_ladder({{sms, 5min}, {desk_call, 10min}, {deputy, 5min}});

NextRung look(const plan::Ladder& ladder, const AReach& reach, const History& tried, base::UtcTime now = noon) {
  return next_rung(an_alert(), ladder, reach.get(), tried, now);
}

// 1: the family's mobile, for the day.  2: a mobile.
AReach two_mobiles() {
  return AReach().with_mobile().that_rests_at_night().with_mobile().with_link(sms).with_deputy();
}
// 1: a mobile for the day.  2: a landline beside the bed.
AReach a_landline_at_night() {
  return AReach().with_mobile().that_rests_at_night().with_landline().with_link(sms).with_deputy();
}

TEST(NotAtNightTest, ByDayItIsUsedInItsPlace) {
  EXPECT_THAT(look(usual, two_mobiles(), {}), AllOf(Sends(sms, 1), Because(Reason::kFirstRung)));
}

TEST(NotAtNightTest, AtNightAnotherOneOfTheSameRungIsUsed) {
  EXPECT_THAT(look(usual, two_mobiles().at_night(), {}), AllOf(Sends(sms, 2), Because(Reason::kFirstRung)));
}

TEST(NotAtNightTest, AtNightARungIsPassedOverWhenALaterOneRingsElsewhere) {
  const auto reach = a_landline_at_night().at_night();
  const auto next = look(usual, reach, {});
  EXPECT_THAT(next, AllOf(Lists(desk_call), StandsAt(1, 1), Because(Reason::kNotAtNight)));
  EXPECT_EQ(next.contact->id, model::ContactId{2});
}

TEST(NotAtNightTest, TheOnlyOneIsUsedAtNightAndTheRecordSaysWhy) {
  const auto reach = AReach().with_mobile().that_rests_at_night().with_link(sms).with_deputy().at_night();
  EXPECT_THAT(look(usual, reach, {}), AllOf(Sends(sms, 1), StandsAt(1, 0), Because(Reason::kOnlyOneAtNight)));
}

TEST(NotAtNightTest, WhenNothingElseIsLeftItsTurnComesBeforeAnybodyElseIsAsked) {
  const auto reach = a_landline_at_night().at_night();
  const History called = {a_desk_call().on_rung(1).to_contact(2).undelivered_at(noon)};
  EXPECT_THAT(look(usual, reach, called), AllOf(Sends(sms, 1), StandsAt(1, 1), Because(Reason::kOnlyOneAtNight)));
  const History sent = {called[0], an_sms().on_rung(1).to_contact(1).handed_over_at(noon)};
  EXPECT_THAT(look(usual, reach, sent, noon + 10min), AllOf(TellsTheDeputy(), StandsAt(1, 2)));
}

TEST(NotAtNightTest, ItsTurnIsMadeUpForByDayToo) {
  const auto reach = a_landline_at_night();
  const History called = {a_desk_call().on_rung(1).to_contact(2).undelivered_at(noon)};
  EXPECT_THAT(look(usual, reach, called), AllOf(Sends(sms, 1), StandsAt(1, 1)));
}

TEST(NotAtNightTest, ADeputyIsNotAskedSoonerBecauseOfIt) {
  const auto ladder = a_ladder({{sms, 5min}, {deputy, 5min}, {desk_call, 10min}});
  const auto reach = a_landline_at_night().at_night();
  EXPECT_THAT(look(ladder, reach, {}), AllOf(Sends(sms, 1), StandsAt(1, 0), Because(Reason::kOnlyOneAtNight)));
}

TEST(NotAtNightTest, WhatRingsElsewhereButHasNoLinkDoesNotCount) {
  const auto ladder = a_ladder({{sms, 5min}, {email, 5min}});
  auto reach = AReach().with_mobile().that_rests_at_night().with_email().with_link(sms).at_night();
  EXPECT_THAT(look(ladder, reach, {}), Sends(sms, 1));
  reach.with_link(email);
  EXPECT_THAT(look(ladder, reach, {}), Sends(email, 2));
}

TEST(NotAtNightTest, ARefusedMessageGoesToItWhenNothingElseIsLeft) {
  const auto ladder = a_ladder({{sms, 5min}, {deputy, 5min}});
  const auto reach = two_mobiles().at_night();
  EXPECT_THAT(look(ladder, reach, {an_sms().to_contact(2).refused_at(noon)}),
              AllOf(Sends(sms, 1), StandsAt(1, 0), Because(Reason::kOnlyOneAtNight)));
}

TEST(NotAtNightTest, WhoDidNotAnswerOnOneOfARungIsNotRungOnTheOther) {
  const History tried = {an_sms().to_contact(2).handed_over_at(noon),
                         a_desk_call().on_rung(1).to_contact(2).undelivered_at(noon + 5min)};
  for (const bool night : {true, false}) {
    const auto reach = two_mobiles().at_night(night);
    EXPECT_THAT(look(usual, reach, tried, noon + 10min), TellsTheDeputy());
  }
}

}  // namespace
}  // namespace tocsin::callout
