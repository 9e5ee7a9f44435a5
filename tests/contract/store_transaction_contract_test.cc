// Transactions, starts and the record.
#include "tests/contract/store_contract.h"

namespace tocsin {
namespace {

// ---- transaction ----

TEST_P(StoreContract, WhatWasCommittedIsThereAfterReopening) {
  an_open_incident(1);
  reopen();
  EXPECT_TRUE(read([](ports::Store& s) { return s.incident({1}); }));
  EXPECT_TRUE(read([](ports::Store& s) { return s.alert(model::AlertId{101}); }));
}

TEST_P(StoreContract, ARolledBackTransactionLeavesNothingNotEvenInTheRecord) {
  ASSERT_TRUE(store_->begin().ok());
  store_->insert(an_incident(1, 101));
  store_->append(an_entry(model::RecordKind::kIncidentOpened, 1, 1));
  store_->rollback();

  write([](ports::Store& s) { s.append(an_entry(model::RecordKind::kStarted, 0, 0)); });

  EXPECT_FALSE(read([](ports::Store& s) { return s.incident({1}); }));
  const auto entries = engine_->open_queries()->record(0, {}, 10).value();
  ASSERT_EQ(entries.size(), 1U);
  EXPECT_EQ(entries.front().kind, model::RecordKind::kStarted);
}

TEST_P(StoreContract, AFailedCommandIsUndoneAndTheOthersOfTheBatchAreKept) {
  ASSERT_TRUE(store_->begin().ok());
  store_->savepoint();
  store_->insert(an_incident(1, 101));
  store_->append(an_entry(model::RecordKind::kIncidentOpened, 1, 1));
  store_->release_savepoint();

  store_->savepoint();
  store_->insert(an_incident(2, 102));
  store_->append(an_entry(model::RecordKind::kIncidentOpened, 2, 2));
  store_->insert(an_incident(3, 101));  // the code is taken
  EXPECT_FALSE(store_->status().ok());
  EXPECT_FALSE(store_->incident({1})) << "after an error every call returns empty";
  store_->insert(an_incident(4, 104));
  store_->append(an_entry(model::RecordKind::kIncidentOpened, 4, 4));
  ASSERT_TRUE(store_->rollback_to_savepoint());
  EXPECT_TRUE(store_->status().ok());

  store_->savepoint();
  store_->insert(an_incident(5, 105));
  store_->append(an_entry(model::RecordKind::kIncidentOpened, 5, 5));
  store_->release_savepoint();
  ASSERT_TRUE(store_->commit(noon).ok());

  const auto queries = engine_->open_queries();
  const auto incidents = queries->incidents({}).value().rows;
  ASSERT_EQ(incidents.size(), 2U);
  EXPECT_EQ(incidents[0].code, 105);
  EXPECT_EQ(incidents[1].code, 101);
  const auto entries = queries->record(0, {}, 10).value();
  ASSERT_EQ(entries.size(), 2U);
  EXPECT_EQ(entries[1].seq, 2);
  EXPECT_EQ(entries[1].subject, 5);
}

TEST_P(StoreContract, CommitAfterAnUnhandledErrorFailsAndKeepsNothing) {
  ASSERT_TRUE(store_->begin().ok());
  store_->insert(an_incident(1, 101));
  store_->insert(an_incident(1, 102));

  EXPECT_FALSE(store_->commit(noon).ok());

  EXPECT_FALSE(read([](ports::Store& s) { return s.incident({1}); }));
}

TEST_P(StoreContract, NoErrorTextHoldsWhatWasStored) {
  ASSERT_TRUE(store_->begin().ok());
  model::Report report;
  report.id = {1};
  report.key = "secret-key-1";
  report.reporter = "secret-name";
  store_->insert(report);
  report.id = {2};
  store_->insert(report);
  EXPECT_THAT(store_->status().error().message, ::testing::Not(::testing::HasSubstr("secret")));
  store_->rollback();
}

TEST_P(StoreContract, ReadersSeeOnlyWhatIsCommitted) {
  const auto queries = engine_->open_queries();
  ASSERT_TRUE(store_->begin().ok());
  store_->insert(an_incident(1, 101));
  EXPECT_THAT(queries->incidents({}).value().rows, IsEmpty());
  ASSERT_TRUE(store_->commit(noon).ok());
  EXPECT_EQ(queries->incidents({}).value().rows.size(), 1U);
}

// ---- start ----

TEST_P(StoreContract, EachEpochIsGreaterThanAllBefore) {
  std::int64_t first = 0, second = 0;
  write([&](ports::Store& s) { first = s.begin_epoch(); });
  reopen();
  write([&](ports::Store& s) { second = s.begin_epoch(); });
  EXPECT_GT(first, 0);
  EXPECT_GT(second, first);
}

TEST_P(StoreContract, ClaimsOfADeadProcessBecomeUnknownInSlicesOldestFirst) {
  an_open_incident(3);
  auto old_claim = [](std::int64_t id, std::int64_t alert) {
    auto d = a_queued_sms(id, alert, 1);
    d.state = DeliveryState::kClaimed;
    return d;
  };
  insert({old_claim(21, 101), old_claim(22, 102)}, 1);
  insert({old_claim(23, 103)}, 2);
  std::vector<model::DeliveryId> first, second, third;
  write([&](ports::Store& s) {
    first = s.abandon_claims(2, noon + 1min, 1);
    second = s.abandon_claims(2, noon + 1min, 1);
    third = s.abandon_claims(2, noon + 1min, 1);
  });
  EXPECT_THAT(first, ElementsAre(model::DeliveryId{21}));
  EXPECT_THAT(second, ElementsAre(model::DeliveryId{22}));
  EXPECT_THAT(third, IsEmpty()) << "epoch 2 is alive";
  EXPECT_EQ(delivery(21).state, DeliveryState::kUnknown);
  EXPECT_EQ(delivery(21).ended_at, noon + 1min);
  EXPECT_EQ(delivery(23).state, DeliveryState::kClaimed);
}

TEST_P(StoreContract, TheHighestIdCountsEveryNoun) {
  EXPECT_EQ(read([](ports::Store& s) { return s.highest_id(); }), 0);
  an_open_incident(1);
  EXPECT_EQ(read([](ports::Store& s) { return s.highest_id(); }), 101);
  insert({a_queued_sms(5000, 101, 1)});
  EXPECT_EQ(read([](ports::Store& s) { return s.highest_id(); }), 5000);
}

TEST_P(StoreContract, TheLastRecordedTimeIsThatOfTheLastCommitWithEntries) {
  EXPECT_FALSE(read([](ports::Store& s) { return s.last_recorded_at(); }));
  write([](ports::Store& s) { s.append(an_entry(model::RecordKind::kStarted, 0, 0)); }, noon + 5s);
  reopen();
  EXPECT_EQ(read([](ports::Store& s) { return s.last_recorded_at(); }), noon + 5s);
}

TEST_P(StoreContract, ALinkKeepsItsNumber) {
  write([](ports::Store& s) {
    EXPECT_EQ(s.link_index("main"), 0);
    EXPECT_EQ(s.link_index("modem"), 1);
  });
  reopen();
  write([](ports::Store& s) {
    EXPECT_EQ(s.link_index("modem"), 1);
    EXPECT_EQ(s.link_index("main"), 0);
    EXPECT_EQ(s.link_index("third"), 2);
  });
}

TEST_P(StoreContract, APlanIsKeptOnceByItsDigestWithItsWholeSource) {
  write([](ports::Store& s) {
    EXPECT_EQ(s.plan_version("aa", "source a", "the office", "2026-a", noon), 1);
    EXPECT_EQ(s.plan_version("bb", "source b", "the office", "2026-b", noon), 2);
    EXPECT_EQ(s.plan_version("aa", "source a", "the office", "2026-a", noon), 1);
    auto incident = an_incident(1, 101);
    incident.plan_version = 2;
    s.insert(incident);
  });
  EXPECT_EQ(read([](ports::Store& s) { return s.plan_source(1); }), "source a");
  EXPECT_FALSE(read([](ports::Store& s) { return s.plan_source(3); }));
  EXPECT_THAT(read([](ports::Store& s) { return s.plan_versions_in_use(); }), ElementsAre(2));
}

// ---- record ----

TEST_P(StoreContract, RecordNumbersHaveNoGapsAndAnIncidentFindsItsOwn) {
  write([](ports::Store& s) {
    s.append(an_entry(model::RecordKind::kStarted, 0, 0));
    s.append(an_entry(model::RecordKind::kIncidentOpened, 1, 1));
    s.append(an_entry(model::RecordKind::kIncidentOpened, 2, 2));
  });
  reopen();
  write([](ports::Store& s) { s.append(an_entry(model::RecordKind::kSeen, 1, 1, "duty")); });
  const auto queries = engine_->open_queries();

  const auto all = queries->record(0, {}, 10).value();
  ASSERT_EQ(all.size(), 4U);
  for (std::size_t i = 0; i < all.size(); ++i) EXPECT_EQ(all[i].seq, static_cast<std::int64_t>(i) + 1);
  const auto own = queries->record(0, {1}, 10).value();
  ASSERT_EQ(own.size(), 2U);
  EXPECT_EQ(own[1].seq, 4);
  EXPECT_EQ(own[1].detail, "duty");
  EXPECT_EQ(queries->record(2, {1}, 10).value().size(), 1U);
  EXPECT_EQ(queries->record(0, {}, 3).value().size(), 3U);
  EXPECT_EQ(queries->status().value().last_seq, 4);
  EXPECT_EQ(queries->status().value().head.size(), 64U);
}

TEST_P(StoreContract, ADigestOfATextIsStableSaltedAndShort) {
  const auto before = read([](ports::Store& s) { return s.text_digest("a text"); });
  reopen();
  EXPECT_EQ(before.size(), 32U);
  EXPECT_EQ(read([](ports::Store& s) { return s.text_digest("a text"); }), before);
  EXPECT_NE(read([](ports::Store& s) { return s.text_digest("another"); }), before);
  const auto other = GetParam().make();
  auto store = other->open_store();
  ASSERT_TRUE(store.ok());
  EXPECT_NE((*store)->text_digest("a text"), before) << "another database, another salt";
}

}  // namespace
}  // namespace tocsin
