// What several links of one channel share: what each carried, what waits for it, what moves to another.
#include "gateway/base/ids.h"
#include "tests/contract/store_contract.h"

namespace tocsin {
namespace {

using namespace std::chrono_literals;

TEST_P(StoreContract, WhatALinkCarriedIsItsMessagesWithTheirPartsAndNotWhatItRefused) {
  const auto first = base::first_id_at(noon - 1h);
  const auto carried = [&](std::int64_t n, model::DeliveryState state, base::UtcTime at, int parts = 1) {
    auto d = a_queued_sms(first + n, 0, 0, n == 9 ? 1 : 0);
    d.state = state;
    d.handed_over_at = at;
    d.parts = parts;
    insert({d});
  };
  carried(1, model::DeliveryState::kDelivered, noon - 50min);
  carried(2, model::DeliveryState::kAccepted, noon, 3);
  carried(3, model::DeliveryState::kUnknown, noon + 1min);
  carried(4, model::DeliveryState::kRefused, noon);
  carried(5, model::DeliveryState::kUndelivered, noon);
  carried(9, model::DeliveryState::kDelivered, noon);  // of another link
  auto cut_short = a_queued_sms(first + 10, 0, 0, 0);  // by a restart: when it was handed over is not known
  cut_short.state = model::DeliveryState::kUnknown;
  cut_short.ended_at = noon;
  cut_short.parts = 2;
  insert({cut_short});
  int messages = 0;
  for (const auto& load : read([](ports::Store& s) { return s.load_since(0, noon - 30min); }))
    messages += load.messages;
  EXPECT_EQ(messages, 3 + 1 + 1 + 2);
}

TEST_P(StoreContract, WhatALinkCarriedCountsWhenItWasHandedOverHoweverLongItHadWaited) {
  auto d = a_queued_sms(base::first_id_at(noon - 31 * 24h), 0, 0, 0);
  d.state = model::DeliveryState::kDelivered;
  d.handed_over_at = noon;
  insert({d});
  EXPECT_THAT(read([](ports::Store& s) { return s.load_since(0, noon - 1h); }), ::testing::SizeIs(1));
}

TEST_P(StoreContract, WhatMovesWaitsForTheOtherLinkAndGoesWhole) {
  an_open_incident(3);
  auto part_sent = a_queued_sms(22, 102, 1);
  part_sent.parts = 2;
  part_sent.urgency = 9;
  auto waits = a_queued_sms(23, 103, 1);
  waits.not_before = noon + 1h;
  insert({a_queued_sms(21, 101, 1), part_sent, waits, a_queued_sms(24, 0, 0)});
  write([](ports::Store& s) { s.put_part({{22}, 1, model::DeliveryState::kAccepted, "c1"}); });

  std::vector<std::int64_t> order;
  for (const auto& send : read([](ports::Store& s) { return s.queued_on(0, 10); })) {
    order.push_back(send.delivery.value);
    EXPECT_EQ(send.address, "+8614400000017");
    EXPECT_EQ(send.message, model::MessageId{7});
  }
  EXPECT_THAT(order, ElementsAre(22, 21, 24)) << "as they would be claimed";

  const ports::MovedSend moved[] = {{{21}, {8}}, {{22}, {7}}};
  write([&](ports::Store& s) { s.move_to(1, moved); });
  EXPECT_EQ(delivery(21).message, model::MessageId{8});
  EXPECT_EQ(delivery(22).parts, 1);
  EXPECT_THAT(read([](ports::Store& s) { return s.parts_of({22}); }), IsEmpty());
  EXPECT_THAT(claim(0, 10), ElementsAre(24));
  EXPECT_THAT(claim(1, 10), ElementsAre(22, 21));
}

TEST_P(StoreContract, WhatIsOnItsWayDoesNotMove) {
  an_open_incident(1);
  insert({a_queued_sms(21, 101, 1)});
  ASSERT_THAT(claim(0, 10), ElementsAre(21));
  write([](ports::Store& s) { s.put_part({{21}, 1, model::DeliveryState::kAccepted, "c1"}); });
  const ports::MovedSend moved[] = {{{21}, {8}}};
  write([&](ports::Store& s) { s.move_to(1, moved); });
  EXPECT_EQ(delivery(21).link, 0);
  EXPECT_EQ(delivery(21).message, model::MessageId{7});
  EXPECT_EQ(read([](ports::Store& s) { return s.parts_of({21}); }).size(), 1U);
}

// ---- receipts ----

TEST_P(StoreContract, ReceiptsThatAreWaitedForAreKnownByLinkAndHastenedButNeverPutOff) {
  const auto accepted = [&](std::int64_t id, model::LinkIndex link, base::UtcTime at, base::UtcTime due) {
    auto d = a_queued_sms(id, 0, 0, link);
    d.state = model::DeliveryState::kAccepted;
    d.handed_over_at = at;
    d.receipt_due_at = due;
    insert({d});
  };
  accepted(21, 0, noon - 60s, noon + 2min);
  accepted(22, 0, noon - 5s, noon + 3min);
  accepted(23, 0, noon - 8s, noon + 3s);
  accepted(24, 1, noon - 60s, noon + 2min);
  EXPECT_THAT(read([](ports::Store& s) { return s.unconfirmed_of(0); }), ElementsAre(noon - 60s, noon - 8s, noon - 5s));
  write([](ports::Store& s) { s.hasten_receipts(0, 20s, noon); });
  EXPECT_EQ(delivery(21).receipt_due_at, noon);
  EXPECT_EQ(delivery(22).receipt_due_at, noon + 15s);
  EXPECT_EQ(delivery(23).receipt_due_at, noon + 3s);
  EXPECT_EQ(delivery(24).receipt_due_at, noon + 2min) << "of another link";
}

TEST_P(StoreContract, WhatIsRememberedOfALinkIsTheLatest) {
  EXPECT_FALSE(read([](ports::Store& s) { return s.link_memory(0); }));
  write([](ports::Store& s) {
    s.put_link_memory(0, {});
    s.put_link_memory(0, {noon, model::LinkDoubt::kProbe, 250'000, 3s, 1s});
    s.put_link_memory(1, {});
  });
  reopen();
  const auto memory = read([](ports::Store& s) { return s.link_memory(0); });
  ASSERT_TRUE(memory);
  EXPECT_EQ(memory->doubted_since, noon);
  EXPECT_EQ(memory->why, model::LinkDoubt::kProbe);
  EXPECT_EQ(memory->missing_ppm, 250'000);
  EXPECT_EQ(memory->age, 3s);
  EXPECT_EQ(memory->spread, 1s);
}

TEST_P(StoreContract, ProbesDoNotMoveAndAreForgottenOnceTheyHaveEnded) {
  auto probe = a_queued_sms(21, 0, 0);
  probe.cause = model::Reason::kProbe;
  insert({probe});
  EXPECT_THAT(read([](ports::Store& s) { return s.queued_on(0, 10); }), IsEmpty());
  const auto waiting = [&](model::LinkIndex link, const std::string& address) {
    return read([&](ports::Store& s) { return s.waiting_probe(link, address); });
  };
  EXPECT_EQ(waiting(0, probe.address), model::DeliveryId{21});
  EXPECT_EQ(waiting(1, probe.address), model::DeliveryId{});
  EXPECT_EQ(waiting(0, "+8614400000099"), model::DeliveryId{}) << "somebody asked for that one";
  write([](ports::Store& s) { s.forget_probes(noon); });
  EXPECT_EQ(delivery(21).state, model::DeliveryState::kQueued) << "it is still to go";
  probe.state = model::DeliveryState::kDelivered;
  write([&](ports::Store& s) {
    s.insert_message({7}, {1}, "", model::Channel::kSms, "p", {"tocsin probe", {}});
    s.update(std::span<const model::Delivery>(&probe, 1));
    s.forget_probes(noon);
  });
  EXPECT_EQ(waiting(0, probe.address), model::DeliveryId{});
  const model::DeliveryId gone{21};
  EXPECT_THAT(read([&](ports::Store& s) { return s.deliveries({&gone, 1}); }), IsEmpty());
  EXPECT_EQ(read([](ports::Store& s) { return s.message_text({7}).body; }), "");
}

TEST_P(StoreContract, AWholeQueueMovesLaterTriesTooAndOfItsProbeNothingIsLeft) {
  auto later = a_queued_sms(22, 0, 0), other = a_queued_sms(23, 0, 0), probe = a_queued_sms(24, 0, 0);
  later.not_before = noon + std::chrono::minutes(1);
  other.link = 1;
  probe.cause = model::Reason::kProbe;
  insert({a_queued_sms(21, 0, 0), later, other, probe});
  using Queue = std::pair<model::LinkIndex, model::Channel>;
  EXPECT_THAT(read([](ports::Store& s) { return s.queues(); }),
              ::testing::UnorderedElementsAre(Queue(0, model::Channel::kSms), Queue(1, model::Channel::kSms)));

  write([](ports::Store& s) { EXPECT_EQ(s.move_queue(0, 2, model::Channel::kSms).size(), 2U); });

  EXPECT_EQ(delivery(21).link, 2);
  EXPECT_EQ(delivery(22).link, 2);
  EXPECT_EQ(delivery(23).link, 1);
  EXPECT_EQ(read([&](ports::Store& s) { return s.waiting_probe(0, probe.address); }), model::DeliveryId{});
}

}  // namespace
}  // namespace tocsin
