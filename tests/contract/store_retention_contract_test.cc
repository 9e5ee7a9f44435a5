// What is forgotten in time, and what stays.
#include "gateway/base/ids.h"
#include "tests/contract/store_contract.h"

namespace tocsin {
namespace {

using namespace std::chrono_literals;
using model::DeliveryState;

model::Delivery ended_sms(std::int64_t id) {
  auto d = a_queued_sms(id, 0, 0, 0);
  d.state = DeliveryState::kDelivered;
  return d;
}

TEST_P(StoreContract, NumbersAreForgottenFromTheOldestOnAndWhoWasToldStays) {
  const auto first = base::first_id_at(noon - 1h), young = base::first_id_at(noon + 1h);
  auto deputy = ended_sms(first + 3);
  deputy.channel = model::Channel::kDeputy;
  deputy.address = "deputy-a";
  insert({ended_sms(first + 1), ended_sms(first + 2), deputy, ended_sms(young)});

  write([](ports::Store& s) {
    const auto some = s.forget_numbers(noon, 1);
    EXPECT_EQ(some.rows, 1);
    EXPECT_TRUE(some.more);
  });
  EXPECT_EQ(delivery(first + 1).address, "");
  EXPECT_NE(delivery(first + 2).address, "");
  write([](ports::Store& s) {
    EXPECT_EQ(s.forget_numbers(noon, 10).rows, 1);
    EXPECT_EQ(s.forget_numbers(noon, 10).rows, 0);
  });
  EXPECT_EQ(delivery(first + 2).address, "");
  EXPECT_EQ(delivery(first + 2).state, DeliveryState::kDelivered);
  EXPECT_EQ(delivery(first + 3).address, "deputy-a") << "a code, not a number";
  EXPECT_NE(delivery(young).address, "");
}

TEST_P(StoreContract, WhatIsStillOwedKeepsItsNumberAndSoDoesAllBehindIt) {
  const auto first = base::first_id_at(noon - 1h);
  insert({ended_sms(first + 1), a_queued_sms(first + 2, 0, 0, 0), ended_sms(first + 3)});
  write([](ports::Store& s) { EXPECT_EQ(s.forget_numbers(noon, 10).rows, 1); });
  EXPECT_NE(delivery(first + 2).address, "");
  EXPECT_NE(delivery(first + 3).address, "");

  auto settled = delivery(first + 2);
  settled.state = DeliveryState::kCancelled;
  write([&](ports::Store& s) { s.update(std::span<const model::Delivery>(&settled, 1)); });
  write([](ports::Store& s) { EXPECT_EQ(s.forget_numbers(noon, 10).rows, 2); });
  EXPECT_EQ(delivery(first + 3).address, "");
}

TEST_P(StoreContract, WhatNobodySendsAnyMoreIsEndedSoThatNothingBehindItIsKept) {
  const auto first = base::first_id_at(noon - 1h);
  insert({a_queued_sms(first + 1, 0, 0, 0), a_queued_sms(base::first_id_at(noon + 1h), 0, 0, 0), ended_sms(first + 3)});
  write([&](ports::Store& s) {
    const auto ended = s.end_forsaken(noon, noon + 2h, 10);
    ASSERT_EQ(ended.size(), 1U);
    EXPECT_EQ(ended.front().value, first + 1);
    EXPECT_EQ(s.forget_numbers(noon, 10).rows, 2);
  });
  EXPECT_EQ(delivery(first + 1).state, DeliveryState::kCancelled);
  EXPECT_EQ(delivery(first + 1).address, "");
  EXPECT_EQ(delivery(base::first_id_at(noon + 1h)).state, DeliveryState::kQueued);
}

TEST_P(StoreContract, ANoteThatIsYoungStaysThoughOneBehindItSaysItIsOld) {
  write([](ports::Store& s) {
    s.insert_note({1}, {1}, model::NoteKind::kReplied, "old", noon - 2h);
    s.insert_note({1}, {1}, model::NoteKind::kReplied, "young", noon + 1h);
    s.insert_note({1}, {1}, model::NoteKind::kReplied, "by a clock set back", noon - 1h);
    EXPECT_EQ(s.forget_words(noon, 10).rows, 1);
    EXPECT_EQ(s.forget_words(noon, 10).rows, 0);
    EXPECT_EQ(s.forget_words(noon + 2h, 10).rows, 2);
  });
}

TEST_P(StoreContract, AReasonIsForgottenSoLongAfterItWasSaidLast) {
  write([](ports::Store& s) {
    s.keep_reason("once", "to check", noon - 2h);
    s.keep_reason("again", "to print", noon - 2h);
    s.keep_reason("again", "to print", noon + 1h);
    EXPECT_EQ(s.forget_words(noon, 10).rows, 1);
    EXPECT_EQ(s.forget_words(noon, 10).rows, 0);
    EXPECT_EQ(s.forget_words(noon + 2h, 10).rows, 1);
  });
}

}  // namespace
}  // namespace tocsin
