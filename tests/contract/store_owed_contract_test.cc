// What is owed to one person at once, what one message told together, and what a page that was opened leaves.
#include "tests/contract/store_contract.h"

namespace tocsin {
namespace {

using namespace std::chrono_literals;

// Two open incidents; person 1 is told of both, person 2 of the first.
class Owed {
 public:
  explicit Owed(ports::Store& s) {
    s.insert(an_incident(1, 101));
    s.insert(an_incident(2, 102));
    const auto first = s.matter({1}, model::MatterKind::kAlert, 1, {10}).id;
    const auto second = s.matter({2}, model::MatterKind::kAlert, 3, {11}).id;
    const std::vector<model::Alert> alerts{an_alert_of(101, first, 1, 1), an_alert_of(102, second, 2, 1),
                                           an_alert_of(103, first, 1, 2)};
    s.insert(alerts);
    auto other_link = a_queued_sms(202, 102, 2, 1);
    other_link.stalled = true;
    auto somebody_else = a_queued_sms(203, 103, 1);
    somebody_else.address = "+8614400000018";
    const std::vector<model::Delivery> deliveries{a_queued_sms(201, 101, 1), other_link, somebody_else};
    s.insert(std::span<const model::Delivery>(deliveries), 1);
  }
};

std::vector<std::int64_t> ids_of(const std::vector<ports::OwedMessage>& owed) {
  std::vector<std::int64_t> ids;
  for (const auto& one : owed) ids.push_back(one.delivery.id.value);
  return ids;
}

TEST_P(StoreContract, WhatIsOwedToTheSamePersonIsFoundWhateverItsLink) {
  write([](ports::Store& s) { Owed{s}; });
  write([](ports::Store& s) { s.claim(0, 1, 1, noon); });

  const auto owed = read([](ports::Store& s) {
    const model::DeliveryId claimed{201};
    return s.owed_beside(std::span(&claimed, 1));
  });

  EXPECT_THAT(ids_of(owed), ElementsAre(201, 202)) << "the claimed one itself, and what waits beside it";
  EXPECT_EQ(owed[0].delivery.state, DeliveryState::kClaimed);
  EXPECT_EQ(owed[0].revision, 1);
  EXPECT_EQ(owed[1].revision, 3);
  EXPECT_EQ(owed[1].alert.id.value, 102);
  EXPECT_FALSE(owed[1].partly_sent);
  EXPECT_FALSE(owed[1].was_together);
}

TEST_P(StoreContract, WhatIsOwedToManyIsFoundAtOnce) {
  write([](ports::Store& s) { Owed{s}; });
  const auto owed = read([](ports::Store& s) {
    std::vector<model::DeliveryId> claimed;
    for (std::int64_t id = 201; id < 251; ++id) claimed.push_back({id});
    return s.owed_beside(claimed);
  });
  EXPECT_THAT(ids_of(owed), ElementsAre(201, 202, 203));
}

TEST_P(StoreContract, AnotherAddressOfThePersonIsAnotherMatter) {
  write([](ports::Store& s) {
    Owed{s};
    auto elsewhere = a_queued_sms(204, 102, 2);
    elsewhere.address = "+8614400000019";
    s.insert(std::span<const model::Delivery>(&elsewhere, 1), 1);
  });
  const auto owed = read([](ports::Store& s) {
    const model::DeliveryId claimed{204};
    return s.owed_beside(std::span(&claimed, 1));
  });
  EXPECT_THAT(ids_of(owed), ElementsAre(204));
}

TEST_P(StoreContract, PartsWithTheCarrierAndACallThatReachedThePersonAreSaid) {
  write([](ports::Store& s) {
    Owed{s};
    s.put_part({{202}, 1, DeliveryState::kAccepted, "c1"});
    auto line = a_call_line(205, 101, 1);
    line.state = DeliveryState::kDelivered;
    line.ended_at = noon + 5s;
    s.insert(std::span<const model::Delivery>(&line, 1), 1);
  });
  const auto owed = read([](ports::Store& s) {
    const model::DeliveryId claimed{201};
    return s.owed_beside(std::span(&claimed, 1));
  });
  ASSERT_THAT(ids_of(owed), ElementsAre(201, 202));
  EXPECT_EQ(owed[0].phoned_at, noon + 5s);
  EXPECT_FALSE(owed[1].phoned_at);
  EXPECT_TRUE(owed[1].partly_sent);
}

TEST_P(StoreContract, WhatOneMessageToldTogetherIsFoundByIt) {
  write([](ports::Store& s) {
    Owed{s};
    auto summary = a_queued_sms(300, 0, 1);
    summary.summary = {300};
    summary.state = DeliveryState::kClaimed;
    s.insert(std::span<const model::Delivery>(&summary, 1), 1);
    const std::vector<model::DeliveryId> both{{201}, {202}};
    auto rows = s.deliveries(both);
    for (auto& row : rows) row.summary = {300};
    s.update(std::span<const model::Delivery>(rows));
  });

  const auto told = read([](ports::Store& s) {
    const model::DeliveryId summary{300};
    return s.told_together(std::span(&summary, 1));
  });

  ASSERT_EQ(told.size(), 2U) << "without the summary itself";
  EXPECT_EQ(told[0].id.value, 201);
  EXPECT_EQ(told[1].id.value, 202);
  const auto again = read([](ports::Store& s) {
    const model::DeliveryId claimed{201};
    return s.owed_beside(std::span(&claimed, 1));
  });
  ASSERT_FALSE(again.empty());
  EXPECT_TRUE(again.front().was_together);
}

TEST_P(StoreContract, ASummaryIsNoAutomaticReply) {
  write([](ports::Store& s) {
    auto summary = a_queued_sms(base::IdSource(0).next(noon), 0, 1);
    summary.summary = summary.id;
    s.insert(std::span<const model::Delivery>(&summary, 1), 1);
  });
  EXPECT_EQ(read([](ports::Store& s) { return s.service_texts_to("+8614400000017", noon - 1h); }), 0);
}

TEST_P(StoreContract, APageIsSeenOnceAndNoOtherStatementForgetsIt) {
  an_open_incident(1);
  write([](ports::Store& s) { EXPECT_TRUE(s.see({101}, noon)); });
  write([](ports::Store& s) { EXPECT_FALSE(s.see({101}, noon + 1h)); });
  write([](ports::Store& s) {
    auto alert = *s.alert(model::AlertId{101});
    alert.seen_at.reset();
    alert.told = true;
    s.update(std::span<const model::Alert>(&alert, 1));
  });
  EXPECT_EQ(read([](ports::Store& s) { return s.alert(model::AlertId{101})->seen_at; }), noon);
}

TEST_P(StoreContract, WhoWasToldKnowsWhenTheLastUpdateWentOut) {
  write([](ports::Store& s) {
    s.insert(an_incident(1, 101));
    const auto alerts = s.matter({1}, model::MatterKind::kAlert, 1, {10}).id;
    const auto updates = s.matter({1}, model::MatterKind::kUpdate, 2, {11}).id;
    auto first = an_alert_of(101, alerts, 1, 1), news = an_alert_of(102, updates, 1, 1);
    first.told = news.told = true;
    news.matter_kind = model::MatterKind::kUpdate;
    const std::vector<model::Alert> both{first, news};
    s.insert(both);
    auto alarm = a_queued_sms(201, 101, 1), update = a_queued_sms(202, 102, 1);
    alarm.state = update.state = DeliveryState::kAccepted;
    alarm.handed_over_at = noon + 9s;
    update.handed_over_at = noon + 5s;
    const std::vector<model::Delivery> rows{alarm, update};
    s.insert(std::span<const model::Delivery>(rows), 1);
  });
  const auto told = read([](ports::Store& s) { return s.told_people({1}); });
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(told.front().updated_at, noon + 5s) << "of updates, not of the alert";
}

}  // namespace
}  // namespace tocsin
