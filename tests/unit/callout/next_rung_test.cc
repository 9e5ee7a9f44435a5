#include "gateway/callout/next_rung.h"

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
using model::AlertState;
using model::AnswerKind;
using model::Delivery;
using model::Reason;
using testing::AllOf;

using History = std::vector<Delivery>;

const plan::Ladder usual = a_ladder({{sms, 5min}, {desk_call, 10min}, {deputy, 5min}});

NextRung look(const model::Alert& alert, const plan::Ladder& ladder, const AReach& reach, const History& tried,
              base::UtcTime now) {
  return next_rung(alert, ladder, reach.get(), tried, now);
}

TEST(NextRungTest, TheFirstRungIsSentAtOnce) {
  const auto somebody_here = somebody();
  EXPECT_THAT(look(an_alert(), usual, somebody_here, {}, noon),
              AllOf(Sends(sms, 1), StandsAt(1, 0), Because(Reason::kFirstRung)));
}

TEST(NextRungTest, DeputyIsCalledOnceTheOfficerHasNotAnsweredForFiveMinutes) {
  const auto ladder = a_ladder({{sms, 5min}, {deputy, 5min}});
  const History tried = {an_sms().handed_over_at(noon)};

  EXPECT_THAT(look(an_alert(), ladder, somebody(), tried, noon + 5min - 1ms),
              AllOf(WaitsUntil(noon + 5min), Because(Reason::kAwaitingAnswer)));
  EXPECT_THAT(look(an_alert(), ladder, somebody(), tried, noon + 5min),
              AllOf(TellsTheDeputy(), StandsAt(1, 1), Because(Reason::kNoAnswer)));
}

// ---- hand-over ----

TEST(NextRungTest, AMessageStillInTheQueueIsWaitedForHoweverLongItTakes) {
  EXPECT_THAT(look(an_alert(), usual, somebody(), {an_sms()}, noon + 3h),
              AllOf(WaitsForAnEvent(), Because(Reason::kAwaitingHandOver)));
  EXPECT_THAT(look(an_alert(), usual, somebody(), {an_sms().claimed()}, noon + 3h), WaitsForAnEvent());
}

TEST(NextRungTest, AStalledLinkIsClimbedPast) {
  const auto reach = somebody();
  EXPECT_THAT(look(an_alert(), usual, reach, {an_sms().stalled()}, noon),
              AllOf(Lists(desk_call), StandsAt(1, 1), Because(Reason::kLinkStalled)));
}

TEST(NextRungTest, NoSecondMessageQueuesBehindAStalledOne) {
  const auto ladder = a_ladder({{sms, 5min}, {sms, 5min}, {knock, 5min}});
  EXPECT_THAT(look(an_alert(), ladder, somebody(), {an_sms().stalled()}, noon),
              AllOf(Lists(knock), StandsAt(1, 2), Because(Reason::kLinkStalled)));
}

TEST(NextRungTest, AMessageThatLeavesLateGivesItsReaderTheTimeOfItsRung) {
  const History tried = {an_sms().handed_over_at(noon + 9min), a_desk_call().on_rung(1).handed_over_at(noon)};
  EXPECT_THAT(look(an_alert(), usual, somebody(), tried, noon + 10min), WaitsUntil(noon + 14min));
  EXPECT_THAT(look(an_alert(), usual, somebody(), tried, noon + 14min), TellsTheDeputy());
}

// ---- ends of a delivery ----

TEST(NextRungTest, ARefusedMessageGoesToTheNextContactPointAtOnce) {
  const auto reach = AReach().with_mobile().with_landline().with_mobile().with_link(sms);
  const History tried = {an_sms().refused_at(noon)};
  EXPECT_THAT(look(an_alert(), usual, reach, tried, noon),
              AllOf(Sends(sms, 3), StandsAt(1, 0), Because(Reason::kRefused)));
}

TEST(NextRungTest, AContactPointWithoutItsOwnersAgreementIsNeverUsed) {
  const auto reach = AReach().with_mobile().with_mobile_not_agreed().with_mobile().with_link(sms);
  EXPECT_THAT(look(an_alert(), usual, reach, {an_sms().refused_at(noon)}, noon), Sends(sms, 3));
}

TEST(NextRungTest, WhenEveryContactPointFailedTheNextRungBeginsAtOnce) {
  EXPECT_THAT(look(an_alert(), usual, somebody(), {an_sms().undelivered_at(noon)}, noon),
              AllOf(Lists(desk_call), Because(Reason::kUndelivered)));
  EXPECT_THAT(look(an_alert(), usual, somebody(), {an_sms().refused_at(noon)}, noon),
              AllOf(Lists(desk_call), Because(Reason::kRefused)));
}

TEST(NextRungTest, AContactPointThatFailedIsTriedAgainInTheNextCycle) {
  const auto ladder = repeated(a_ladder({{sms, 5min}}), 2, 10min);
  const History tried = {an_sms().refused_at(noon)};
  EXPECT_THAT(look(an_alert(), ladder, somebody(), tried, noon), WaitsUntil(noon + 10min));
  EXPECT_THAT(look(an_alert(), ladder, somebody(), tried, noon + 10min),
              AllOf(Sends(sms, 1), StandsAt(2, 0), Because(Reason::kRepeat)));
}

TEST(NextRungTest, ARefusalInThisCycleGoesToANumberThatFailedInTheLast) {
  const auto ladder = repeated(a_ladder({{sms, 5min}}), 2, 0min);
  const auto reach = AReach().with_mobile().with_mobile().with_link(sms);
  const History tried = {an_sms().refused_at(noon), an_sms().to_contact(2).refused_at(noon),
                         an_sms().in_cycle(2).refused_at(noon)};
  EXPECT_THAT(look(an_alert(), ladder, reach, tried, noon), AllOf(Sends(sms, 2), StandsAt(2, 0)));
}

TEST(NextRungTest, AMessageOfUnknownEndIsSentOnceMoreToTheOnlyNumber) {
  EXPECT_THAT(look(an_alert(), usual, somebody(), {an_sms().lost_at(noon)}, noon),
              AllOf(Sends(sms, 1), StandsAt(1, 0), Because(Reason::kEndUnknown)));
}

TEST(NextRungTest, AMessageOfUnknownEndIsSentOnceMoreToTheNextNumberIfThereIsOne) {
  const auto reach = AReach().with_mobile().with_mobile().with_link(sms);
  EXPECT_THAT(look(an_alert(), usual, reach, {an_sms().lost_at(noon)}, noon), Sends(sms, 2));
}

TEST(NextRungTest, AfterTwoUnknownEndsTheNextRungBegins) {
  const auto reach = AReach().with_mobile().with_mobile().with_mobile().with_link(sms);
  const History tried = {an_sms().lost_at(noon), an_sms().to_contact(2).lost_at(noon)};
  EXPECT_THAT(look(an_alert(), usual, reach, tried, noon), AllOf(Lists(desk_call), Because(Reason::kEndUnknown)));
}

TEST(NextRungTest, ARefusalAfterAnUnknownEndDoesNotRingTheFirstNumberAThirdTime) {
  const auto reach = AReach().with_mobile().with_mobile().with_link(sms);
  const History tried = {an_sms().lost_at(noon), an_sms().to_contact(2).refused_at(noon)};
  EXPECT_THAT(look(an_alert(), usual, reach, tried, noon), AllOf(Lists(desk_call), Because(Reason::kRefused)));
}

TEST(NextRungTest, NothingIsSentAgainOverALinkThatIsGone) {
  const auto reach = AReach().with_mobile().with_mobile();
  EXPECT_THAT(look(an_alert(), usual, reach, {an_sms().refused_at(noon)}, noon), Lists(desk_call));
}

TEST(NextRungTest, ADeskCallNobodyAnsweredEndsItsWaitAtOnce) {
  const History tried = {an_sms().handed_over_at(noon - 5min), a_desk_call().on_rung(1).undelivered_at(noon)};
  EXPECT_THAT(look(an_alert(), usual, somebody(), tried, noon),
              AllOf(TellsTheDeputy(), StandsAt(1, 2), Because(Reason::kCallerBusy)));
}

TEST(NextRungTest, AMessageTakenBackPassesItsRungWithoutAWait) {
  EXPECT_THAT(look(an_alert(), usual, somebody(), {an_sms().superseded_at(noon)}, noon),
              AllOf(Lists(desk_call), StandsAt(1, 1), Because(Reason::kRaised)));
  EXPECT_THAT(look(an_alert(), usual, somebody(), {an_sms().cancelled_at(noon)}, noon), Lists(desk_call));
}

// ---- rungs that can do nothing ----

TEST(NextRungTest, ARungWithoutALinkIsSkippedAtOnce) {
  const auto reach = AReach().with_mobile();
  EXPECT_THAT(look(an_alert(), usual, reach, {}, noon),
              AllOf(Lists(desk_call), StandsAt(1, 1), Because(Reason::kNoLink)));
}

TEST(NextRungTest, ADeskCallNeedsANumberItsOwnerAgreedTo) {
  const auto reach = AReach().with_email().with_mobile_not_agreed().with_link(sms).with_deputy();
  EXPECT_THAT(look(an_alert(), usual, reach, {}, noon),
              AllOf(TellsTheDeputy(), StandsAt(1, 2), Because(Reason::kNoContactPoint)));
}

TEST(NextRungTest, ADeskCallNamesTheNumberToRing) {
  const auto reach = AReach().with_email().with_landline().with_link(sms);
  const auto next = look(an_alert(), usual, reach, {}, noon);
  ASSERT_THAT(next, Lists(desk_call));
  ASSERT_NE(next.contact, nullptr);
  EXPECT_EQ(next.contact->id.value, 2);
}

TEST(NextRungTest, ADeputyRungWithoutADeputyIsSkipped) {
  const auto ladder = a_ladder({{deputy, 5min}, {knock, 5min}});
  EXPECT_THAT(look(an_alert(), ladder, nobody_reachable(), {}, noon),
              AllOf(Lists(knock), StandsAt(1, 1), Because(Reason::kNoDeputy)));
}

TEST(NextRungTest, SomebodyWhoCannotBeReachedAtAllIsExhaustedAtOnce) {
  const auto ladder = repeated(usual, 3, 10min);
  EXPECT_THAT(look(an_alert(), ladder, AReach().with_link(sms), {}, noon),
              AllOf(Exhausts(), Because(Reason::kNoContactPoint)));
  EXPECT_THAT(look(an_alert(), ladder, AReach().with_mobile_not_agreed().with_link(sms), {}, noon),
              AllOf(Exhausts(), Because(Reason::kNotAgreed)));
}

// ---- answers ----

TEST(NextRungTest, ReceivedPausesTheLadderForOneWaitAndThenItGoesOn) {
  const auto alert =
      an_alert().that_needs(AnswerKind::kComing).answered(AnswerKind::kReceived, noon + 4min).paused_until(noon + 9min);
  const History tried = {an_sms().handed_over_at(noon)};
  EXPECT_THAT(look(alert, usual, somebody(), tried, noon + 5min),
              AllOf(WaitsUntil(noon + 9min), Because(Reason::kPausedByReceived)));
  EXPECT_THAT(look(alert, usual, somebody(), tried, noon + 9min),
              AllOf(Lists(desk_call), Because(Reason::kOnlyReceived)));
}

TEST(NextRungTest, APauseThatIsOverDoesNotHoldTheRungsAfterIt) {
  const auto alert = an_alert().that_needs(AnswerKind::kComing).answered(AnswerKind::kReceived).paused_until(noon);
  const History tried = {an_sms().handed_over_at(noon - 5min), a_desk_call().on_rung(1).handed_over_at(noon)};
  EXPECT_THAT(look(alert, usual, somebody(), tried, noon + 1s), WaitsUntil(noon + 10min));
}

TEST(NextRungTest, TocsinsOwnQuestionPausesTheLadderToo) {
  const auto alert = an_alert().answered(AnswerKind::kReplied).paused_until(noon + 7min);
  EXPECT_THAT(look(alert, usual, somebody(), {an_sms().handed_over_at(noon)}, noon + 6min),
              AllOf(WaitsUntil(noon + 7min), Because(Reason::kPausedByQuestion)));
}

TEST(NextRungTest, AFailureDuringAPauseDoesNotBreakIt) {
  const auto alert =
      an_alert().that_needs(AnswerKind::kComing).answered(AnswerKind::kReceived).paused_until(noon + 5min);
  EXPECT_THAT(look(alert, usual, somebody(), {an_sms().undelivered_at(noon)}, noon + 1s), WaitsUntil(noon + 5min));
}

TEST(NextRungTest, TheAnswerTheStepAsksForSettlesIt) {
  const History tried = {an_sms().handed_over_at(noon)};
  EXPECT_THAT(look(an_alert().answered(AnswerKind::kReceived), usual, somebody(), tried, noon + 1h),
              AllOf(IsSettled(), Because(Reason::kSettled)));
  EXPECT_THAT(look(an_alert().that_needs(AnswerKind::kComing).answered(AnswerKind::kArrived), usual, somebody(), tried,
                   noon + 1h),
              IsSettled());
}

TEST(NextRungTest, WordsThatNeedALookSettleNothing) {
  EXPECT_THAT(
      look(an_alert().answered(AnswerKind::kReplied), usual, somebody(), {an_sms().handed_over_at(noon)}, noon + 5min),
      AllOf(Lists(desk_call), Because(Reason::kNoAnswer)));
}

TEST(NextRungTest, AnAlertThatIsOverSendsNothingNew) {
  for (const auto state : {AlertState::kAnswered, AlertState::kExhausted, AlertState::kWithdrawn}) {
    EXPECT_THAT(look(an_alert().in_state(state), usual, somebody(), {}, noon), IsSettled());
  }
  EXPECT_THAT(look(an_alert().in_state(AlertState::kWithdrawn, Reason::kMerged), usual, somebody(), {}, noon),
              Because(Reason::kMerged));
}

TEST(NextRungTest, WhoCannotComeIsLeftInPeaceAndTheDeputyIsToldAtOnce) {
  const auto alert = an_alert().answered(AnswerKind::kCannot).paused_until(noon + 5min);
  const History tried = {an_sms().handed_over_at(noon)};
  EXPECT_THAT(look(alert, usual, somebody(), tried, noon + 1s),
              AllOf(TellsTheDeputy(), StandsAt(1, 2), Because(Reason::kCannotCome)));
}

TEST(NextRungTest, CannotTakesTheDeputyRungAheadRatherThanOneThatWasPassed) {
  const auto ladder = a_ladder({{deputy, 5min}, {sms, 5min}, {deputy, 5min}});
  const auto alert = an_alert().answered(AnswerKind::kCannot);
  EXPECT_THAT(look(alert, ladder, somebody(), {an_sms().on_rung(1).handed_over_at(noon)}, noon), StandsAt(1, 2));
}

TEST(NextRungTest, CannotGoesBackToADeputyRungThatWasPassedWhenThereWasNone) {
  const auto ladder = a_ladder({{deputy, 5min}, {sms, 5min}});
  const auto alert = an_alert().answered(AnswerKind::kCannot);
  EXPECT_THAT(look(alert, ladder, somebody(), {an_sms().on_rung(1).handed_over_at(noon)}, noon),
              AllOf(TellsTheDeputy(), StandsAt(1, 0)));
}

TEST(NextRungTest, CannotSettlesOnceTheDeputyWasTold) {
  const History tried = {an_sms().handed_over_at(noon), a_deputy_told().on_rung(2).delivered_at(noon + 1s)};
  EXPECT_THAT(look(an_alert().answered(AnswerKind::kCannot), usual, somebody(), tried, noon + 1h),
              AllOf(IsSettled(), Because(Reason::kCannotCome)));
}

TEST(NextRungTest, CannotSettlesAtOnceWhenNobodyCanStandIn) {
  const History tried = {an_sms().handed_over_at(noon)};
  const auto alert = an_alert().answered(AnswerKind::kCannot);
  EXPECT_THAT(look(alert, usual, AReach().with_mobile().with_link(sms), tried, noon), IsSettled());
  EXPECT_THAT(look(alert, a_ladder({{sms, 5min}, {knock, 5min}}), somebody(), tried, noon), IsSettled());
}

// ---- alerts that only inform ----

TEST(NextRungTest, AnAlertThatOnlyInformsIsSettledOnceItWasHandedOver) {
  EXPECT_THAT(look(an_alert().that_only_informs(), usual, somebody(), {an_sms()}, noon), WaitsForAnEvent());
  EXPECT_THAT(look(an_alert().that_only_informs(), usual, somebody(), {an_sms().handed_over_at(noon)}, noon),
              AllOf(IsSettled(), Because(Reason::kSettled)));
}

TEST(NextRungTest, AnAlertThatOnlyInformsStillClimbsPastFailure) {
  EXPECT_THAT(look(an_alert().that_only_informs(), usual, somebody(), {an_sms().undelivered_at(noon)}, noon),
              Lists(desk_call));
}

TEST(NextRungTest, ALineOnTheCallSheetHasToldNobodyUntilTheCallWasMade) {
  const auto alert = an_alert().that_only_informs();
  const auto reach = AReach().with_landline().with_link(sms);
  EXPECT_THAT(look(alert, usual, reach, {a_desk_call().on_rung(1).handed_over_at(noon)}, noon),
              WaitsUntil(noon + 10min));
  EXPECT_THAT(look(alert, usual, reach, {a_desk_call().on_rung(1).delivered_at(noon)}, noon), IsSettled());
}

TEST(NextRungTest, AnAlertWithoutALadderIsOneMessageOverTheFirstChannelThatCan) {
  const auto ladder = single_rung_ladder();
  const auto update = an_alert().without_a_ladder();
  EXPECT_THAT(look(update, ladder, somebody().with_link(console), {}, noon), Sends(sms, 1));
  EXPECT_THAT(look(update, ladder, somebody().with_link(console), {an_sms().handed_over_at(noon)}, noon), IsSettled());
  EXPECT_THAT(look(update, ladder, somebody().with_link(console), {an_sms().refused_at(noon)}, noon),
              Sends(console, 1));
  EXPECT_THAT(look(update, ladder, AReach().with_email().with_link(sms).with_link(email), {}, noon), Sends(email, 1));
}

// ---- the end of the ladder ----

TEST(NextRungTest, TheLastRungIsWaitedOutBeforeTheAlertIsExhausted) {
  const History tried = {an_sms().handed_over_at(noon - 5min), a_deputy_told().on_rung(2).delivered_at(noon)};
  EXPECT_THAT(look(an_alert(), usual, somebody(), tried, noon + 1min), WaitsUntil(noon + 5min));
  EXPECT_THAT(look(an_alert(), usual, somebody(), tried, noon + 5min),
              AllOf(Exhausts(), StandsAt(1, 2), Because(Reason::kLadderEnded)));
}

TEST(NextRungTest, TheNextCycleBeginsAfterItsPauseFromTheEndOfTheLastWait) {
  const auto ladder = repeated(a_ladder({{sms, 5min}, {knock, 5min}}), 2, 20min);
  const History tried = {an_sms().handed_over_at(noon), a_knock().on_rung(1).handed_over_at(noon + 5min)};
  EXPECT_THAT(look(an_alert(), ladder, somebody(), tried, noon + 10min), WaitsUntil(noon + 30min));
  EXPECT_THAT(look(an_alert(), ladder, somebody(), tried, noon + 30min),
              AllOf(Sends(sms, 1), StandsAt(2, 0), Because(Reason::kRepeat)));
}

TEST(NextRungTest, AnotherDeputyIsToldInTheNextCycle) {
  const auto ladder = repeated(a_ladder({{deputy, 5min}}), 2, 0min);
  const History tried = {a_deputy_told().delivered_at(noon)};
  EXPECT_THAT(look(an_alert(), ladder, somebody(), tried, noon + 5min), AllOf(TellsTheDeputy(), StandsAt(2, 0)));
}

TEST(NextRungTest, ACycleInWhichNothingCanBeDoneIsNotWaitedFor) {
  const auto ladder = repeated(a_ladder({{sms, 5min}}), 2, 20min);
  EXPECT_THAT(look(an_alert(), ladder, somebody(), {an_sms().stalled()}, noon),
              AllOf(Exhausts(), Because(Reason::kLadderEnded)));
}

}  // namespace
}  // namespace tocsin::callout
