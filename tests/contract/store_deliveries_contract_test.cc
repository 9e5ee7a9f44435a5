// Deliveries, their parts and claims, and what falls due.
#include "tests/contract/store_contract.h"

namespace tocsin {
namespace {

// ---- deliveries ----

TEST_P(StoreContract, ADeliveryComesBackAsItWasAndAsItWasChanged) {
  auto d = a_queued_sms(21, 101, 1);
  d.cycle = 2;
  d.rung = 1;
  d.cause = model::Reason::kNoAnswer;
  d.urgency = 5;
  d.turn = std::int64_t{1} << 40;
  d.parts = 3;
  d.not_before = noon + 1s;
  const auto expect_same = [&] {
    const auto e = delivery(21);
    EXPECT_EQ(e.alert, d.alert);
    EXPECT_EQ(e.incident, d.incident);
    EXPECT_EQ(e.message, d.message);
    EXPECT_EQ(e.channel, d.channel);
    EXPECT_EQ(e.link, d.link);
    EXPECT_EQ(e.contact, d.contact);
    EXPECT_EQ(e.address, d.address);
    EXPECT_EQ(e.cycle, d.cycle);
    EXPECT_EQ(e.rung, d.rung);
    EXPECT_EQ(e.attempt, d.attempt);
    EXPECT_EQ(e.cause, d.cause);
    EXPECT_EQ(e.urgency, d.urgency);
    EXPECT_EQ(e.state, d.state);
    EXPECT_EQ(e.turn, d.turn);
    EXPECT_EQ(e.stalled, d.stalled);
    EXPECT_EQ(e.parts, d.parts);
    EXPECT_EQ(e.carrier_id, d.carrier_id);
    EXPECT_EQ(e.code, d.code);
    EXPECT_EQ(e.handed_over_at, d.handed_over_at);
    EXPECT_EQ(e.ended_at, d.ended_at);
    EXPECT_EQ(e.not_before, d.not_before);
    EXPECT_EQ(e.receipt_due_at, d.receipt_due_at);
    EXPECT_EQ(e.meaning, d.meaning);
    EXPECT_EQ(e.on_its_way_at, d.on_its_way_at);
    EXPECT_EQ(e.summary, d.summary);
  };
  insert({d});
  expect_same();
  d.state = DeliveryState::kUndelivered;
  d.attempt = 2;
  d.stalled = true;
  d.parts = 1;
  d.carrier_id = "c1";
  d.code = "UNDELIV err:001";
  d.handed_over_at = noon + 2s;
  d.ended_at = noon + 3s;
  d.not_before.reset();
  d.receipt_due_at = noon + 4s;
  d.meaning = model::Meaning::kExpired;
  d.on_its_way_at = noon + 2s;
  d.summary = {9};
  d.message = {8};
  write([&](ports::Store& s) { s.update(std::span<const model::Delivery>(&d, 1)); });
  expect_same();
}

TEST_P(StoreContract, ClaimingTakesTheMostUrgentFirstThenByTurnEachOnce) {
  an_open_incident(5);
  auto urgent = a_queued_sms(25, 105, 1);
  urgent.urgency = 9;
  auto second = a_queued_sms(22, 102, 1);
  second.turn = 1;
  auto first = a_queued_sms(23, 103, 1);
  first.turn = 0;
  auto other_link = a_queued_sms(24, 104, 1, 1);
  insert({a_queued_sms(21, 101, 1), second, first, other_link, urgent});

  EXPECT_THAT(claim(0, 2), ElementsAre(25, 23));
  EXPECT_THAT(claim(0, 10), ElementsAre(22, 21));
  EXPECT_THAT(claim(0, 10), IsEmpty());
  EXPECT_EQ(delivery(23).state, DeliveryState::kClaimed);
  EXPECT_EQ(delivery(24).state, DeliveryState::kQueued);
}

TEST_P(StoreContract, AClaimCarriesWhatTheAdapterNeeds) {
  an_open_incident(1);
  auto d = a_queued_sms(21, 101, 1);
  d.rung = 2;
  d.attempt = 3;
  d.urgency = 4;
  insert({d});
  write([&](ports::Store& s) {
    const auto sends = s.claim(0, 1, 1, noon);
    ASSERT_EQ(sends.size(), 1U);
    EXPECT_EQ(sends[0].alert, d.alert);
    EXPECT_EQ(sends[0].incident, d.incident);
    EXPECT_EQ(sends[0].rung, 2);
    EXPECT_EQ(sends[0].attempt, 3);
    EXPECT_EQ(sends[0].urgency, 4);
    EXPECT_EQ(sends[0].turn, d.turn);
    EXPECT_EQ(sends[0].address, d.address);
    EXPECT_EQ(sends[0].message, d.message);
    EXPECT_THAT(sends[0].missing_parts, IsEmpty());
  });
}

TEST_P(StoreContract, WhatWaitsForARetryIsClaimableOnceItsTimeHasCome) {
  an_open_incident(1);
  auto d = a_queued_sms(21, 101, 1);
  d.not_before = noon + 30s;
  insert({d});
  EXPECT_THAT(claim(0, 10, 1, noon + 1h), IsEmpty());
  EXPECT_EQ(read([](ports::Store& s) { return s.next_due(); }), noon + 30s);
  write([](ports::Store& s) { s.release_retries(noon + 29s); });
  EXPECT_THAT(claim(0, 10), IsEmpty());
  write([](ports::Store& s) { s.release_retries(noon + 30s); });
  EXPECT_FALSE(read([](ports::Store& s) { return s.next_due(); }));
  EXPECT_THAT(claim(0, 10), ElementsAre(21));
}

TEST_P(StoreContract, OnlyMissingPartsOfALongMessageAreClaimedAgain) {
  an_open_incident(1);
  auto d = a_queued_sms(21, 101, 1);
  d.parts = 3;
  insert({d});
  write([](ports::Store& s) {
    s.put_part({{21}, 1, DeliveryState::kClaimed, ""});
    s.put_part({{21}, 1, DeliveryState::kAccepted, "p1"});
    s.put_part({{21}, 2, DeliveryState::kRefused, ""});
  });
  EXPECT_EQ(read([](ports::Store& s) { return s.parts_of({21}); }).size(), 2U);
  write([](ports::Store& s) {
    const auto sends = s.claim(0, 1, 1, noon);
    ASSERT_EQ(sends.size(), 1U);
    EXPECT_THAT(sends[0].missing_parts, ElementsAre(2, 3));
  });
}

TEST_P(StoreContract, NothingThatAlertsAboutAnEndedIncidentIsClaimedButItsStandDownIs) {
  an_open_incident(1);
  insert({a_queued_sms(21, 101, 1)});
  write([](ports::Store& s) {
    auto i = *s.incident({1});
    i.state = model::IncidentState::kEnded;
    s.update(i);
    auto over = an_alert_of(201, s.matter({1}, model::MatterKind::kStandDown, 1, {20}).id, 1, 1);
    over.matter_kind = model::MatterKind::kStandDown;
    s.insert(std::span<const model::Alert>(&over, 1));
    const auto d = a_queued_sms(31, 201, 1);
    s.insert(std::span<const model::Delivery>(&d, 1), 1);
  });
  EXPECT_THAT(claim(0, 10), ElementsAre(31));
}

TEST_P(StoreContract, ACarriersIdFindsTheNewestDeliveryStillInFlightOrOfUnknownEnd) {
  an_open_incident(4);
  const auto sent = [](std::int64_t id, std::int64_t alert, const char* carrier, DeliveryState state, int link = 0) {
    auto d = a_queued_sms(id, alert, 1, link);
    d.state = state;
    d.carrier_id = carrier;
    return d;
  };
  insert({sent(21, 101, "a", DeliveryState::kAccepted), sent(22, 102, "a", DeliveryState::kAccepted),
          sent(23, 103, "b", DeliveryState::kDelivered), sent(24, 104, "c", DeliveryState::kUnknown),
          sent(25, 104, "d", DeliveryState::kAccepted, 1), sent(26, 104, "", DeliveryState::kAccepted)});
  const std::vector<std::string> ids = {"c", "a", "b", "d", ""};
  const auto found = read([&](ports::Store& s) { return s.by_carrier_id(0, ids); });
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].index, 0U);
  EXPECT_EQ(found[0].delivery.id, model::DeliveryId{24});
  EXPECT_EQ(found[1].index, 1U);
  EXPECT_EQ(found[1].delivery.id, model::DeliveryId{22});
  EXPECT_EQ(found[1].part, 1);
}

TEST_P(StoreContract, ACarriersIdOfOnePartFindsTheLongMessageAndThePart) {
  an_open_incident(1);
  auto d = a_queued_sms(21, 101, 1);
  d.parts = 2;
  d.state = DeliveryState::kAccepted;
  insert({d});
  write([](ports::Store& s) {
    s.put_part({{21}, 1, DeliveryState::kAccepted, "p1"});
    s.put_part({{21}, 2, DeliveryState::kAccepted, "p2"});
  });
  const std::vector<std::string> ids = {"p2"};
  const auto found = read([&](ports::Store& s) { return s.by_carrier_id(0, ids); });
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].delivery.id, model::DeliveryId{21});
  EXPECT_EQ(found[0].part, 2);
  EXPECT_THAT(read([&](ports::Store& s) { return s.by_carrier_id(1, ids); }), IsEmpty()) << "another link's";
  write([](ports::Store& s) { s.put_part({{21}, 2, DeliveryState::kDelivered, "p2"}); });
  EXPECT_THAT(read([&](ports::Store& s) { return s.by_carrier_id(0, ids); }), IsEmpty());
}

TEST_P(StoreContract, EndingWhatIsQueuedLeavesWhatIsOnItsWay) {
  an_open_incident(3);
  auto claimed = a_queued_sms(23, 103, 1);
  claimed.state = DeliveryState::kClaimed;
  insert({a_queued_sms(21, 101, 1), a_queued_sms(22, 102, 1), claimed, a_queued_sms(24, 103, 2)});
  write([](ports::Store& s) {
    EXPECT_THAT(s.end_queued({1}, {101}, DeliveryState::kCancelled, noon),
                ElementsAre(std::pair(model::DeliveryId{21}, model::AlertId{101})));
    EXPECT_THAT(s.end_queued({1}, {}, DeliveryState::kSuperseded, noon),
                ElementsAre(std::pair(model::DeliveryId{22}, model::AlertId{102})));
    EXPECT_THAT(s.end_queued({}, {}, DeliveryState::kCancelled, noon), IsEmpty());
  });
  EXPECT_EQ(delivery(21).state, DeliveryState::kCancelled);
  EXPECT_EQ(delivery(21).ended_at, noon);
  EXPECT_EQ(delivery(22).state, DeliveryState::kSuperseded);
  EXPECT_EQ(delivery(23).state, DeliveryState::kClaimed);
  EXPECT_EQ(delivery(24).state, DeliveryState::kQueued);
}

TEST_P(StoreContract, CallLinesCloseForOneAlertOrForAllThatAreSettled) {
  an_open_incident(3);
  insert({a_call_line(21, 101, 1), a_call_line(22, 102, 1), a_call_line(23, 103, 1)});
  EXPECT_EQ(read([](ports::Store& s) { return s.open_call_lines({1}); }).size(), 1U);
  write([](ports::Store& s) {
    s.close_call_lines({1}, {101}, noon);
    auto a = *s.alert(model::AlertId{102});
    a.state = AlertState::kAnswered;
    s.update(std::span<const model::Alert>(&a, 1));
    s.close_call_lines({1}, {}, noon + 1s);
  });
  EXPECT_EQ(delivery(21).state, DeliveryState::kCancelled);
  EXPECT_EQ(delivery(22).state, DeliveryState::kCancelled);
  EXPECT_EQ(delivery(22).ended_at, noon + 1s);
  EXPECT_EQ(delivery(23).state, DeliveryState::kAccepted);
  EXPECT_THAT(read([](ports::Store& s) { return s.open_call_lines({1}); }), IsEmpty());
}

TEST_P(StoreContract, OnlyAnExhaustedAlertWithALineOfTheCallSheetIsLookedAtAgain) {
  an_open_incident(3);
  insert({a_call_line(21, 101, 1), a_call_line(22, 102, 1)});
  write([](ports::Store& s) {
    for (const std::int64_t id : {101, 103}) {
      auto a = *s.alert(model::AlertId{id});
      a.state = AlertState::kExhausted;
      s.update(std::span<const model::Alert>(&a, 1));
    }
    s.look_again_at_exhausted({1}, noon);
  });
  std::vector<std::int64_t> due;
  for (const auto& each : read([](ports::Store& s) { return s.due_alerts(noon, 10); }))
    due.push_back(each.alert.id.value);
  EXPECT_THAT(due, ElementsAre(101)) << "102 still climbs, 103 is on no call sheet";
}

TEST_P(StoreContract, AStalledLinksQueueIsTakenNoteOfOnceAndComesBack) {
  an_open_incident(3);
  auto waiting = a_queued_sms(22, 102, 1);
  waiting.not_before = noon + 1h;
  insert({a_queued_sms(21, 101, 1), waiting, a_queued_sms(23, 103, 1, 1), a_queued_sms(24, 0, 0)});
  std::vector<model::AlertId> first, second;
  write([&](ports::Store& s) {
    first = s.stall(0, noon, 10);
    second = s.stall(0, noon, 10);
  });
  EXPECT_THAT(first, ElementsAre(model::AlertId{101}, model::AlertId{102}));
  EXPECT_THAT(second, IsEmpty());
  EXPECT_TRUE(delivery(21).stalled);
  EXPECT_FALSE(delivery(23).stalled);
  EXPECT_THAT(claim(0, 10), ElementsAre(24)) << "a service text has no ladder to go on without it";
  write([](ports::Store& s) { s.unstall(0); });
  EXPECT_THAT(claim(0, 10), ElementsAre(21));
}

// ---- timers ----

TEST_P(StoreContract, TheNextDueTimeIsTheEarliestOfEverythingThatWaits) {
  EXPECT_FALSE(read([](ports::Store& s) { return s.next_due(); }));
  an_open_incident(1);
  const auto next = [&] { return read([](ports::Store& s) { return s.next_due(); }); };
  EXPECT_FALSE(next());
  write([](ports::Store& s) {
    auto a = *s.alert(model::AlertId{101});
    a.look_again_at = noon + 60s;
    s.update(std::span<const model::Alert>(&a, 1));
  });
  EXPECT_EQ(next(), noon + 60s);
  write([](ports::Store& s) {
    model::Step step;
    step.id = {2};
    step.look_again_at = noon + 50s;
    s.insert(step);
  });
  EXPECT_EQ(next(), noon + 50s);
  write([](ports::Store& s) {
    s.insert(model::Task{{3}, {2}, {1}, model::TaskState::kOpen, {}, noon + 40s, {}, "", ""});
  });
  EXPECT_EQ(next(), noon + 40s);
  write([](ports::Store& s) {
    auto i = *s.incident({1});
    i.open_by = noon + 30s;
    s.update(i);
  });
  EXPECT_EQ(next(), noon + 30s);
  auto d = a_queued_sms(21, 101, 1);
  d.state = DeliveryState::kAccepted;
  d.receipt_due_at = noon + 20s;
  insert({d});
  EXPECT_EQ(next(), noon + 20s);

  const auto at = noon + 60s;
  EXPECT_EQ(read([&](ports::Store& s) { return s.due_alerts(at - 1s, 10).size(); }), 0U);
  const auto alerts = read([&](ports::Store& s) { return s.due_alerts(at, 10); });
  ASSERT_EQ(alerts.size(), 1U);
  EXPECT_EQ(alerts[0].deliveries.size(), 1U);
  EXPECT_EQ(read([&](ports::Store& s) { return s.due_steps(at, 10).size(); }), 1U);
  EXPECT_EQ(read([&](ports::Store& s) { return s.due_tasks(at, 10).size(); }), 1U);
  EXPECT_EQ(read([&](ports::Store& s) { return s.due_incidents(at, 10).size(); }), 1U);
  EXPECT_EQ(read([&](ports::Store& s) { return s.due_receipts(at, 10).size(); }), 1U);

  write([](ports::Store& s) { s.shift_waits(1h); });
  EXPECT_EQ(next(), noon + 40s) << "the clock of a task is the law's";
  EXPECT_EQ(read([](ports::Store& s) { return s.alert(model::AlertId{101}); })->look_again_at, noon + 1h + 60s);
  EXPECT_EQ(delivery(21).receipt_due_at, noon + 1h + 20s);
}

TEST_P(StoreContract, WhatIsSeenEndedOrDoneNoLongerFallsDue) {
  write([](ports::Store& s) {
    auto i = an_incident(1, 101);
    i.open_by = noon;
    i.seen_at = noon;
    s.insert(i);
    i = an_incident(2, 102);
    i.open_by = noon;
    i.state = model::IncidentState::kEnded;
    s.insert(i);
    s.insert(model::Task{{3}, {2}, {1}, model::TaskState::kDone, {}, noon, {}, "", ""});
    auto d = a_queued_sms(21, 101, 1);
    d.state = DeliveryState::kDelivered;
    d.receipt_due_at = noon;
    s.insert(std::span<const model::Delivery>(&d, 1), 1);
  });
  EXPECT_FALSE(read([](ports::Store& s) { return s.next_due(); }));
}

}  // namespace
}  // namespace tocsin
