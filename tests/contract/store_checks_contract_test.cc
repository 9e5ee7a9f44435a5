// The contact check's rows: who was asked, who answered, whose silence is over.
#include "gateway/base/ids.h"
#include "tests/contract/store_contract.h"

namespace tocsin {
namespace {

using namespace std::chrono_literals;
using model::CheckState;

const model::CheckRoundId kRound{7};

model::ContactCheck asked(std::int64_t contact, const std::string& number, std::int64_t delivery,
                          base::UtcTime at = noon) {
  return {kRound, {contact}, {contact + 100}, number, {delivery}, CheckState::kAsked, at, at + 168h, {}};
}
model::Delivery message(std::int64_t id, model::DeliveryState state) {
  auto d = a_queued_sms(id, 0, 0, 0);
  d.cause = model::Reason::kContactCheck;
  d.urgency = model::kContactCheckUrgency;
  d.state = state;
  return d;
}

TEST_P(StoreContract, TheNewestRoundIsReadBackAsItWasPut) {
  write([](ports::Store& s) {
    EXPECT_FALSE(s.latest_round());
    model::CheckRound round;
    round.id = {6};
    s.put_round(round);
    round.id = kRound;
    round.via = model::RoundVia::kByHand;
    round.waits = model::RoundWaits::kForCalm;
    round.paused = round.stopped = true;
    round.by = "admin:office";
    round.started_at = noon;
    round.asked_at = noon + 1h;
    round.position = {12};
    s.put_round(round);
    round.state = model::RoundState::kWaiting;
    s.put_round(round);
  });
  write([](ports::Store& s) {
    const auto round = s.latest_round();
    ASSERT_TRUE(round);
    EXPECT_EQ(round->id, kRound);
    EXPECT_EQ(round->state, model::RoundState::kWaiting);
    EXPECT_EQ(round->via, model::RoundVia::kByHand);
    EXPECT_EQ(round->waits, model::RoundWaits::kForCalm);
    EXPECT_TRUE(round->paused && round->stopped);
    EXPECT_EQ(round->by, "admin:office");
    EXPECT_EQ(round->started_at, noon);
    EXPECT_EQ(round->asked_at, noon + 1h);
    EXPECT_FALSE(round->ended_at);
    EXPECT_EQ(round->position.value, 12);
  });
}

TEST_P(StoreContract, AnAnswerIsForAllWhoShareTheNumberAndForNobodyElse) {
  write([](ports::Store& s) {
    const std::vector<model::ContactCheck> all{asked(1, "+1", 11), asked(2, "+1", 11), asked(3, "+2", 12)};
    s.add_checks(all);
    EXPECT_TRUE(s.was_asked(kRound, {2}));
    EXPECT_FALSE(s.was_asked(kRound, {4}));
    EXPECT_FALSE(s.was_asked({8}, {2}));
    EXPECT_EQ(s.unanswered_since("+1", noon - 1h), noon);
    EXPECT_FALSE(s.unanswered_since("+1", noon + 1h)) << "asked too long ago";
    EXPECT_EQ(s.answer_checks("+1", noon - 1h, noon + 2h), 2);
    EXPECT_EQ(s.answer_checks("+1", noon - 1h, noon + 2h), 0) << "once";
    EXPECT_FALSE(s.unanswered_since("+1", noon - 1h));
    auto never = asked(4, "+3", 0);
    never.state = CheckState::kNotSent;
    s.add_checks(std::span(&never, 1));
    EXPECT_FALSE(s.unanswered_since("+3", noon - 1h)) << "it was not asked";
    const auto counts = s.check_counts(kRound);
    EXPECT_EQ(counts.not_sent, 1);
    EXPECT_EQ(counts.asked, 4);
    EXPECT_EQ(counts.answered, 2);
    EXPECT_EQ(counts.open(), 1);
  });
}

TEST_P(StoreContract, ChecksFallDueWithWhatBecameOfTheirMessageAndASettledOneNoMore) {
  insert({message(11, model::DeliveryState::kUndelivered), message(12, model::DeliveryState::kDelivered)});
  write([](ports::Store& s) {
    const std::vector<model::ContactCheck> all{asked(1, "+1", 11), asked(2, "+2", 12, noon + 1h)};
    s.add_checks(all);
    EXPECT_EQ(s.next_check_due(), noon + 168h);
    EXPECT_TRUE(s.due_checks(noon + 167h, 10).empty());
    auto due = s.due_checks(noon + 168h, 10);
    ASSERT_EQ(due.size(), 1U);
    EXPECT_EQ(due[0].delivery, model::DeliveryState::kUndelivered);
    EXPECT_EQ(model::outcome_of(due[0]), CheckState::kFailed);
    due[0].check.state = CheckState::kFailed;
    due[0].check.ended_at = noon + 168h;
    s.settle(due[0].check);
    EXPECT_EQ(s.next_check_due(), noon + 169h);
    EXPECT_EQ(s.check_counts(kRound).failed, 1);
  });
  const auto queries = engine_->open_queries();
  const auto seen = queries->contact_checks(noon - 1h);
  ASSERT_EQ(seen->silent.size(), 1U);
  EXPECT_EQ(seen->silent[0].check.contact.value, 1);
  EXPECT_TRUE(queries->contact_checks(noon - 1h, {102})->silent.empty());
  EXPECT_EQ(queries->contact_checks(noon - 1h, {101})->silent.size(), 1U);
}

TEST_P(StoreContract, WhatWaitsInAQueueIsFoundAndWhoWasToHaveItIsNotAskedAfterAll) {
  insert({message(11, model::DeliveryState::kQueued), message(12, model::DeliveryState::kClaimed)});
  write([](ports::Store& s) {
    const std::vector<model::ContactCheck> all{asked(4, "+1", 11), asked(3, "+1", 11), asked(2, "+2", 12)};
    s.add_checks(all);
    const auto waiting = s.queued_checks();
    EXPECT_THAT(waiting, ElementsAre(model::DeliveryId{11}));
    EXPECT_EQ(s.take_back_checks(waiting).value, 3);
    EXPECT_FALSE(s.was_asked(kRound, {4}));
    EXPECT_TRUE(s.was_asked(kRound, {2}));
  });
}

TEST_P(StoreContract, ChecksAreForgottenWithTheirMessagesAndWhatIsOpenStays) {
  insert({message(11, model::DeliveryState::kDelivered), message(12, model::DeliveryState::kDelivered)});
  write([](ports::Store& s) {
    auto silent = asked(1, "+1", 11);
    silent.state = CheckState::kSilent;
    const std::vector<model::ContactCheck> all{silent, asked(2, "+2", 12)};
    s.add_checks(all);
    EXPECT_EQ(s.forget_checks(noon, 10).rows, 0);
    EXPECT_EQ(s.forget_checks(noon + 1h, 10).rows, 1);
    EXPECT_FALSE(s.was_asked(kRound, {1}));
    EXPECT_TRUE(s.was_asked(kRound, {2}));
    const model::DeliveryId gone{11}, kept{12};
    EXPECT_TRUE(s.deliveries(std::span(&gone, 1)).empty());
    EXPECT_EQ(s.deliveries(std::span(&kept, 1)).size(), 1U);
  });
}

TEST_P(StoreContract, ADayIsCalmWhenNoRealIncidentIsOpenAndTheLastEndIsKnown) {
  write([](ports::Store& s) {
    EXPECT_FALSE(s.calm().any_open);
    EXPECT_FALSE(s.calm().last_ended);
    auto drill = an_incident(1, 101);
    drill.drill = true;
    s.insert(drill);
    EXPECT_FALSE(s.calm().any_open) << "a drill";
    auto real = an_incident(2, 102);
    real.drill = false;
    s.insert(real);
    EXPECT_TRUE(s.calm().any_open);
    real.state = model::IncidentState::kEnded;
    real.ended_at = noon;
    s.update(real);
    EXPECT_FALSE(s.calm().any_open);
    EXPECT_EQ(s.calm().last_ended, noon);
  });
}

}  // namespace
}  // namespace tocsin
