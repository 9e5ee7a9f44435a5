// What every implementation of ports::Store (and ports::Queries over it) must do.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <functional>
#include <memory>

#include "gateway/db/fault_vfs.h"
#include "gateway/store/sqlite_queries.h"
#include "gateway/store/sqlite_store.h"
#include "tests/support/store_values.h"
#include "tests/support/temp_folder.h"

namespace tocsin {
namespace {

using namespace support;  // NOLINT(google-build-using-namespace)
using model::AlertState;
using model::AnswerKind;
using model::DeliveryState;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

// One database: can be opened, closed and opened again.
class Engine {
 public:
  virtual ~Engine() = default;
  virtual base::Result<std::unique_ptr<ports::Store>> open_store() = 0;
  virtual std::unique_ptr<ports::Queries> open_queries() = 0;
};

class SqliteEngine : public Engine {
 public:
  explicit SqliteEngine(std::string vfs = {}) : vfs_(std::move(vfs)) {}
  base::Result<std::unique_ptr<ports::Store>> open_store() override {
    auto opened = store::SqliteStore::open(folder_.file("a.db"), {.vfs = vfs_});
    if (!opened.ok()) return opened.error();
    return std::unique_ptr<ports::Store>(std::move(opened).value());
  }
  std::unique_ptr<ports::Queries> open_queries() override {
    auto opened = store::SqliteQueries::open(folder_.file("a.db"), {.vfs = vfs_});
    EXPECT_TRUE(opened.ok()) << opened.error().message;
    return std::move(opened).value();
  }

 private:
  tocsin::testing::TempFolder folder_;
  std::string vfs_;
};

class SqliteOnFaultVfs : public Engine {
 public:
  base::Result<std::unique_ptr<ports::Store>> open_store() override { return engine_.open_store(); }
  std::unique_ptr<ports::Queries> open_queries() override { return engine_.open_queries(); }

 private:
  db::FaultVfs vfs_;
  SqliteEngine engine_{vfs_.name()};
};

struct Implementation {
  const char* name;
  std::function<std::unique_ptr<Engine>()> make;
};

class StoreContract : public ::testing::TestWithParam<Implementation> {
 protected:
  StoreContract() : engine_(GetParam().make()) { reopen(); }

  void reopen() {
    store_.reset();
    auto opened = engine_->open_store();
    ASSERT_TRUE(opened.ok()) << opened.error().message;
    store_ = std::move(opened).value();
  }
  // Runs `work` in one transaction and expects it to be kept.
  void write(const std::function<void(ports::Store&)>& work, base::UtcTime now = noon) {
    ASSERT_TRUE(store_->begin().ok());
    work(*store_);
    const auto committed = store_->commit(now);
    ASSERT_TRUE(committed.ok()) << committed.error().message;
  }
  // Runs `look` in a transaction that is undone.
  template <typename Look>
  auto read(Look look) {
    EXPECT_TRUE(store_->begin().ok());
    auto value = look(*store_);
    EXPECT_TRUE(store_->status().ok()) << store_->status().error().message;
    store_->rollback();
    return value;
  }
  // Incident 1 with code 101, its matter, and `people` alerts (id 100 + person).
  void an_open_incident(int people) {
    write([&](ports::Store& s) {
      s.insert(an_incident(1, 101));
      matter_ = s.matter({1}, model::MatterKind::kAlert, 0, {10}).id;
      std::vector<model::Alert> alerts;
      for (int i = 1; i <= people; ++i) alerts.push_back(an_alert_of(100 + i, matter_, 1, i));
      s.insert(alerts);
    });
  }
  void insert(std::vector<model::Delivery> deliveries, std::int64_t epoch = 1) {
    write([&](ports::Store& s) { s.insert(std::span<const model::Delivery>(deliveries), epoch); });
  }
  model::Delivery delivery(std::int64_t id) {
    const model::DeliveryId wanted{id};
    auto found = read([&](ports::Store& s) { return s.deliveries({&wanted, 1}); });
    EXPECT_EQ(found.size(), 1U);
    return found.empty() ? model::Delivery{} : found.front();
  }
  std::vector<std::int64_t> claim(model::LinkIndex link, int limit, std::int64_t epoch = 1, base::UtcTime now = noon) {
    std::vector<std::int64_t> ids;
    write([&](ports::Store& s) {
      for (const auto& send : s.claim(link, limit, epoch, now)) ids.push_back(send.delivery.value);
    });
    return ids;
  }

  std::unique_ptr<Engine> engine_;
  std::unique_ptr<ports::Store> store_;
  model::MatterId matter_;
};

INSTANTIATE_TEST_SUITE_P(Stores, StoreContract,
                         ::testing::Values(Implementation{"Sqlite", [] { return std::make_unique<SqliteEngine>(); }},
                                           Implementation{"SqliteOnFaultVfs",
                                                          [] { return std::make_unique<SqliteOnFaultVfs>(); }}),
                         [](const auto& tested) { return tested.param.name; });

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
  const auto incidents = queries->incidents(false, 10).value();
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
  EXPECT_THAT(queries->incidents(false, 10).value(), IsEmpty());
  ASSERT_TRUE(store_->commit(noon).ok());
  EXPECT_EQ(queries->incidents(false, 10).value().size(), 1U);
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
    EXPECT_EQ(s.plan_version("aa", "source a", noon), 1);
    EXPECT_EQ(s.plan_version("bb", "source b", noon), 2);
    EXPECT_EQ(s.plan_version("aa", "source a", noon), 1);
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

// ---- reports, incidents ----

TEST_P(StoreContract, AReportComesBackAsItWas) {
  model::Report r;
  r.id = {5};
  r.incident = {1};
  r.via = model::ReportVia::kSms;
  r.reporter = "worker-7";
  r.reporter_person = {70};
  r.key = "abcdefgh";
  r.kind = model::HazardKind::kFlood;
  r.facts = {{"serious", model::Quantity::whole(2)}, {"spreading", true}, {"place_kind", model::Choice{"school"}}};
  r.area = {3};
  r.place = "河东路 12";
  r.text = "水很深";
  r.numbers_removed = r.drill = true;
  r.body_digest = "00ff";
  r.received_at = noon;
  r.occurred_at = noon - 1h;
  write([&](ports::Store& s) { s.insert(r); });

  const auto found = read([](ports::Store& s) { return s.report_by_key("worker-7", "abcdefgh"); });
  ASSERT_TRUE(found);
  EXPECT_EQ(found->id, r.id);
  EXPECT_EQ(found->incident, r.incident);
  EXPECT_EQ(found->via, r.via);
  EXPECT_EQ(found->reporter_person, r.reporter_person);
  EXPECT_EQ(found->kind, r.kind);
  EXPECT_EQ(found->facts, r.facts);
  EXPECT_EQ(found->area, r.area);
  EXPECT_EQ(found->place, r.place);
  EXPECT_EQ(found->text, r.text);
  EXPECT_TRUE(found->numbers_removed && found->drill);
  EXPECT_EQ(found->body_digest, r.body_digest);
  EXPECT_EQ(found->received_at, r.received_at);
  EXPECT_EQ(found->occurred_at, r.occurred_at);
  EXPECT_FALSE(read([](ports::Store& s) { return s.report_by_key("worker-8", "abcdefgh"); }));
  EXPECT_EQ(read([](ports::Store& s) { return s.latest_report_of({70}, noon); })->id, r.id);
  EXPECT_FALSE(read([](ports::Store& s) { return s.latest_report_of({70}, noon + 1s); }));

  write([](ports::Store& s) { s.move_report({5}, {2}); });
  EXPECT_THAT(read([](ports::Store& s) { return s.reports_of({1}); }), IsEmpty());
  EXPECT_EQ(read([](ports::Store& s) { return s.reports_of({2}); }).size(), 1U);
}

TEST_P(StoreContract, AKeyIsUniquePerReporterAndReportsWithoutOneDoNotCollide) {
  model::Report r;
  r.reporter = "unknown";
  write([&](ports::Store& s) {
    r.id = {1};
    s.insert(r);
    r.id = {2};
    s.insert(r);
    r.key = "abcdefgh";
    r.id = {3};
    s.insert(r);
    r.reporter = "other";
    r.id = {4};
    s.insert(r);
  });
  ASSERT_TRUE(store_->begin().ok());
  r.id = {5};
  store_->insert(r);
  ASSERT_FALSE(store_->status().ok());
  EXPECT_EQ(store_->status().error().code, base::ErrorCode::kConflict);
  store_->rollback();
}

TEST_P(StoreContract, AnIncidentComesBackAsItWasAndAsItWasChanged) {
  auto i = an_incident(1, 101);
  i.area = {4};
  i.place = "桥";
  i.drill = i.needs_look = true;
  i.plan_version = 3;
  i.revision = 2;
  i.assessed = 2;
  i.clause = "fire/III/1";
  i.clause_text = "serious = 2";
  i.seen_at = noon + 1s;
  i.open_by = noon + 2s;
  const auto expect_same = [&] {
    const auto found = read([](ports::Store& s) { return s.incident({1}); });
    ASSERT_TRUE(found);
    EXPECT_EQ(found->code, i.code);
    EXPECT_EQ(found->kind, i.kind);
    EXPECT_EQ(found->level, i.level);
    EXPECT_EQ(found->level_id, i.level_id);
    EXPECT_EQ(found->area, i.area);
    EXPECT_EQ(found->place, i.place);
    EXPECT_EQ(found->state, i.state);
    EXPECT_EQ(found->drill, i.drill);
    EXPECT_EQ(found->plan_version, i.plan_version);
    EXPECT_EQ(found->revision, i.revision);
    EXPECT_EQ(found->assessed, i.assessed);
    EXPECT_EQ(found->clause, i.clause);
    EXPECT_EQ(found->clause_text, i.clause_text);
    EXPECT_EQ(found->needs_look, i.needs_look);
    EXPECT_EQ(found->opened_at, i.opened_at);
    EXPECT_EQ(found->last_report_at, i.last_report_at);
    EXPECT_EQ(found->seen_at, i.seen_at);
    EXPECT_EQ(found->open_by, i.open_by);
    EXPECT_EQ(found->ended_at, i.ended_at);
    EXPECT_EQ(found->merged_into, i.merged_into);
  };
  write([&](ports::Store& s) { s.insert(i); });
  expect_same();
  i.kind = model::HazardKind::kGasLeak;
  i.level = model::kNoLevel;
  i.level_id = "";
  i.assessed = model::kNoLevel;
  i.state = model::IncidentState::kEnded;
  i.drill = i.needs_look = false;
  i.revision = 9;
  i.seen_at.reset();
  i.open_by.reset();
  i.ended_at = noon + 1h;
  i.last_report_at = noon + 1min;
  write([&](ports::Store& s) { s.update(i); });
  expect_same();
}

TEST_P(StoreContract, OpenIncidentsAreThoseOfTheKindStillOpenAndRecent) {
  write([](ports::Store& s) {
    auto i = an_incident(1, 101);
    s.insert(i);
    i = an_incident(2, 102);
    i.last_report_at = noon + 1h;
    s.insert(i);
    i = an_incident(3, 103);
    i.kind = model::HazardKind::kFlood;
    s.insert(i);
    i = an_incident(4, 104);
    i.drill = true;
    s.insert(i);
    i = an_incident(5, 105);
    i.state = model::IncidentState::kEnded;
    s.insert(i);
  });
  const auto codes = [&](base::UtcTime since, int limit) {
    return read([&](ports::Store& s) {
      std::vector<int> found;
      for (const auto& i : s.open_incidents(model::HazardKind::kFire, false, since, limit)) found.push_back(i.code);
      return found;
    });
  };
  EXPECT_THAT(codes(noon, 10), ElementsAre(102, 101));
  EXPECT_THAT(codes(noon + 1s, 10), ElementsAre(102));
  EXPECT_THAT(codes(noon, 1), ElementsAre(102));
}

TEST_P(StoreContract, CodesRunFrom101AndAliasesLeadToTheIncidentThatStayed) {
  EXPECT_EQ(read([](ports::Store& s) { return s.next_code(); }), 101);
  write([](ports::Store& s) {
    s.insert(an_incident(1, 101));
    s.insert(an_incident(2, 102));
    s.insert(an_incident(3, 103));
  });
  EXPECT_EQ(read([](ports::Store& s) { return s.next_code(); }), 104);
  const auto merge = [&](std::int64_t from, int code, std::int64_t into) {
    write([&](ports::Store& s) {
      auto i = *s.incident({from});
      i.state = model::IncidentState::kMerged;
      i.merged_into = {into};
      s.update(i);
      s.add_alias(code, {into});
    });
  };
  merge(3, 103, 2);
  merge(2, 102, 1);
  EXPECT_EQ(read([](ports::Store& s) { return s.incident_by_code(103); })->code, 101);
  EXPECT_EQ(read([](ports::Store& s) { return s.incident_by_code(102); })->code, 101);
  EXPECT_FALSE(read([](ports::Store& s) { return s.incident_by_code(999); }));
  const auto view = engine_->open_queries()->incident(103, 10);
  ASSERT_TRUE(view.ok()) << view.error().message;
  EXPECT_EQ(view->incident.code, 101);
  EXPECT_THAT(view->aliases, ElementsAre(102, 103));
}

TEST_P(StoreContract, FactsArePlacedOncePerAttributeAndArea) {
  write([](ports::Store& s) {
    s.insert(an_incident(1, 101));
    s.put_placed_fact({1}, {"serious", {1}, model::Quantity::whole(2), noon});
    s.put_placed_fact({1}, {"serious", {2}, model::Quantity::whole(1), noon});
    s.put_placed_fact({1}, {"serious", {1}, model::Quantity::whole(3), noon + 1s});
    s.put_placed_fact({1}, {"spreading", {}, true, noon});
  });
  const auto facts = read([](ports::Store& s) { return s.placed_facts({1}); });
  ASSERT_EQ(facts.size(), 3U);
  EXPECT_EQ(facts[0].value, model::FactValue(model::Quantity::whole(3)));
  EXPECT_EQ(facts[0].at, noon + 1s);
  EXPECT_EQ(facts[2].value, model::FactValue(true));
  EXPECT_EQ(engine_->open_queries()->incident(101, 1)->facts.at("serious"),
            model::FactValue(model::Quantity::whole(3)));
  write([](ports::Store& s) { s.clear_placed_facts({1}); });
  EXPECT_THAT(read([](ports::Store& s) { return s.placed_facts({1}); }), IsEmpty());
}

TEST_P(StoreContract, AnInboundMessageIsARepeatOnlyWithinItsTimeAndOnItsLink) {
  const auto seen = [&](int link, base::UtcTime now) {
    bool repeat = false;
    write([&](ports::Store& s) { repeat = s.seen_inbound(link, "digest", now, now - 10min); });
    return repeat;
  };
  EXPECT_FALSE(seen(0, noon));
  EXPECT_TRUE(seen(0, noon + 10min));
  EXPECT_FALSE(seen(1, noon + 1min));
  EXPECT_FALSE(seen(0, noon + 11min));
  EXPECT_TRUE(seen(0, noon + 20min));
}

TEST_P(StoreContract, ServiceTextsToAnAddressAreCounted) {
  const auto at = [](base::UtcTime t, std::int64_t n) { return base::IdSource(0).next(t) + n; };
  auto text = a_queued_sms(at(noon, 0), 0, 0);
  auto later = a_queued_sms(at(noon + 1h, 0), 0, 0);
  auto alert = a_queued_sms(at(noon + 1h, 1), 101, 1);
  insert({text, later, alert});
  const auto count = [&](base::UtcTime since) {
    return read([&](ports::Store& s) { return s.service_texts_to("+8614400000017", since); });
  };
  EXPECT_EQ(count(noon), 2);
  EXPECT_EQ(count(noon + 1min), 1);
  EXPECT_EQ(read([](ports::Store& s) { return s.service_texts_to("+8614400000025", noon); }), 0);
}

TEST_P(StoreContract, StrangersAndNotesAreKept) {
  write([](ports::Store& s) {
    s.insert_stranger(0, "+8614400000017", "who is this", noon);
    s.insert_note({1}, {2}, "on the way with two people", noon);
  });
  EXPECT_TRUE(store_->status().ok());
}

TEST_P(StoreContract, AStrangersMessageFallsDueAfterThreeDaysAndLeavesNoNumberBehind) {
  const auto answered = [&] {
    return read([](ports::Store& s) { return s.service_texts_to("+8614400000017", base::time_of_id(0)); });
  };
  write([](ports::Store& s) {
    s.insert_stranger(0, "+8614400000017", "who is this", noon);
    const auto reply = a_queued_sms(21, 0, 0);
    s.insert(std::span<const model::Delivery>(&reply, 1), 1);
  });
  EXPECT_EQ(read([](ports::Store& s) { return s.next_due(); }), noon + 72h + 1us);

  write([](ports::Store& s) { s.purge_strangers(noon); }, noon + 72h);
  EXPECT_EQ(answered(), 1) << "only what is older goes";
  write([](ports::Store& s) { s.purge_strangers(noon + 1us); }, noon + 73h);
  EXPECT_EQ(answered(), 0);
  EXPECT_EQ(delivery(21).address, "");
  EXPECT_FALSE(read([](ports::Store& s) { return s.next_due(); }));
}

// ---- call-out ----

TEST_P(StoreContract, CallOutsStepsAndTasksComeBackAsTheyWereAndAsTheyWereChanged) {
  model::CallOut c{{1}, {9}, 2, model::HazardKind::kFire, 1, "III", model::CallOutState::kEntering, noon};
  model::Step st;
  st.id = {2};
  st.callout = {1};
  st.incident = {9};
  st.index = 1;
  st.name = "commanders";
  st.needed = 2;
  st.needs = AnswerKind::kComing;
  st.total = 7;
  st.entered = 3;
  st.counters = {1, 2, 3, 4, 5, 6, 7};
  st.started_at = noon;
  st.last_first_rung_at = noon + 1s;
  st.look_again_at = noon + 2s;
  model::Task t{{3}, {2}, {9}, model::TaskState::kOpen, "119?", noon + 5min, {}, "", ""};
  write([&](ports::Store& s) {
    s.insert(c);
    s.insert(st);
    s.insert(t);
  });
  c.state = model::CallOutState::kEnded;
  st.state = model::StepState::kShort;
  st.entered = 7;
  st.counters.open = 0;
  st.look_again_at.reset();
  t.state = model::TaskState::kDone;
  t.done_at = noon + 1min;
  t.done_by = "duty";
  t.note = "told";
  write([&](ports::Store& s) {
    s.update(c);
    s.update(st);
    s.update(t);
  });
  EXPECT_EQ(read([](ports::Store& s) { return s.callout({1}); })->state, model::CallOutState::kEnded);
  EXPECT_EQ(read([](ports::Store& s) { return s.callouts_of({9}); }).size(), 1U);
  const auto step = *read([](ports::Store& s) { return s.step({2}); });
  EXPECT_EQ(step.name, st.name);
  EXPECT_EQ(step.state, st.state);
  EXPECT_EQ(step.needed, 2);
  EXPECT_EQ(step.needs, AnswerKind::kComing);
  EXPECT_EQ(step.total, 7);
  EXPECT_EQ(step.entered, 7);
  EXPECT_EQ(step.counters.recipients, 1);
  EXPECT_EQ(step.counters.first_pending, 2);
  EXPECT_EQ(step.counters.open, 0);
  EXPECT_EQ(step.counters.received, 4);
  EXPECT_EQ(step.counters.coming, 5);
  EXPECT_EQ(step.counters.arrived, 6);
  EXPECT_EQ(step.counters.cannot, 7);
  EXPECT_EQ(step.started_at, noon);
  EXPECT_EQ(step.last_first_rung_at, noon + 1s);
  EXPECT_FALSE(step.look_again_at);
  EXPECT_EQ(read([](ports::Store& s) { return s.steps_of({1}); }).size(), 1U);
  const auto task = *read([](ports::Store& s) { return s.task({3}); });
  EXPECT_EQ(task.state, model::TaskState::kDone);
  EXPECT_EQ(task.done_at, noon + 1min);
  EXPECT_EQ(task.done_by, "duty");
  EXPECT_EQ(task.note, "told");
  EXPECT_EQ(task.text, "119?");
  EXPECT_EQ(read([](ports::Store& s) { return s.tasks_of({9}); }).size(), 1U);
}

TEST_P(StoreContract, WorkComesMostUrgentFirstThenOldest) {
  std::int64_t low = 0, high = 0, also_high = 0;
  write([&](ports::Store& s) {
    ports::Work w;
    w.incident = {1};
    w.step = {2};
    w.cursor = 200;
    w.urgency = 2;
    low = s.insert_work(w);
    w.urgency = 5;
    w.incident = {2};
    high = s.insert_work(w);
    w.kind = ports::WorkKind::kMailTold;
    w.matter = {3};
    also_high = s.insert_work(w);
  });
  auto next = *read([](ports::Store& s) { return s.next_work(); });
  EXPECT_EQ(next.id, high);
  EXPECT_EQ(next.cursor, 200);
  next.cursor = 400;
  write([&](ports::Store& s) { s.update_work(next); });
  EXPECT_EQ(read([](ports::Store& s) { return s.next_work(); })->cursor, 400);
  write([&](ports::Store& s) { s.delete_work(high); });
  EXPECT_EQ(read([](ports::Store& s) { return s.next_work(); })->id, also_high);
  EXPECT_EQ(read([](ports::Store& s) { return s.next_work(); })->kind, ports::WorkKind::kMailTold);
  write([](ports::Store& s) { s.delete_work_of({2}); });
  EXPECT_EQ(read([](ports::Store& s) { return s.next_work(); })->id, low);
}

// ---- alerts ----

TEST_P(StoreContract, AMatterIsMadeOncePerIncidentKindAndRevision) {
  write([](ports::Store& s) {
    const auto first = s.matter({1}, model::MatterKind::kUpdate, 1, {10});
    EXPECT_EQ(first.id, model::MatterId{10});
    EXPECT_EQ(s.matter({1}, model::MatterKind::kUpdate, 1, {11}).id, first.id);
    EXPECT_EQ(s.matter({1}, model::MatterKind::kUpdate, 2, {12}).id, model::MatterId{12});
    EXPECT_EQ(s.matter(model::MatterId{12})->revision, 2);
  });
}

TEST_P(StoreContract, AMessageIsKeptOncePerMatterLanguageChannelAndVariant) {
  write([](ports::Store& s) {
    s.insert_message({1}, {10}, "zh", model::Channel::kSms, "", "着火了");
    s.insert_message({2}, {10}, "zh", model::Channel::kSms, "one-way", "着火了,勿回");
  });
  EXPECT_EQ(read([](ports::Store& s) { return s.message({10}, "zh", model::Channel::kSms, ""); }), model::MessageId{1});
  EXPECT_EQ(read([](ports::Store& s) { return s.message({10}, "zh", model::Channel::kSms, "one-way"); }),
            model::MessageId{2});
  EXPECT_FALSE(read([](ports::Store& s) { return s.message({10}, "en", model::Channel::kSms, ""); }));
  EXPECT_EQ(read([](ports::Store& s) { return s.message_body({1}); }), "着火了");
}

TEST_P(StoreContract, NobodyHasTwoAlertsOfOneMatter) {
  an_open_incident(1);
  std::vector<bool> is_new;
  write([&](ports::Store& s) {
    const std::vector<model::Alert> again = {an_alert_of(201, matter_, 1, 1), an_alert_of(202, matter_, 1, 2)};
    is_new = s.insert(again);
  });
  EXPECT_THAT(is_new, ElementsAre(false, true));
  EXPECT_FALSE(read([](ports::Store& s) { return s.alert(model::AlertId{201}); }));
  EXPECT_EQ(read([&](ports::Store& s) { return s.alert(matter_, {1}); })->id, model::AlertId{101});
}

TEST_P(StoreContract, AnAlertComesBackAsItWasAndAsItWasChanged) {
  model::Alert a = an_alert_of(1, {10}, 9, 3);
  a.matter_kind = model::MatterKind::kUpdate;
  a.callout = {4};
  a.step = {5};
  a.selector = 2;
  a.stands_in_for = {8};
  a.urgency = 6;
  a.drill = true;
  const auto expect_same = [&] {
    const auto b = *read([](ports::Store& s) { return s.alert(model::AlertId{1}); });
    EXPECT_EQ(b.matter, a.matter);
    EXPECT_EQ(b.matter_kind, a.matter_kind);
    EXPECT_EQ(b.incident, a.incident);
    EXPECT_EQ(b.callout, a.callout);
    EXPECT_EQ(b.step, a.step);
    EXPECT_EQ(b.selector, a.selector);
    EXPECT_EQ(b.more_hats, a.more_hats);
    EXPECT_EQ(b.person, a.person);
    EXPECT_EQ(b.stands_in_for, a.stands_in_for);
    EXPECT_EQ(b.ladder, a.ladder);
    EXPECT_EQ(b.needs, a.needs);
    EXPECT_EQ(b.urgency, a.urgency);
    EXPECT_EQ(b.drill, a.drill);
    EXPECT_EQ(b.state, a.state);
    EXPECT_EQ(b.reason, a.reason);
    EXPECT_EQ(b.cycle, a.cycle);
    EXPECT_EQ(b.rung, a.rung);
    EXPECT_EQ(b.told, a.told);
    EXPECT_EQ(b.first_rung_done, a.first_rung_done);
    EXPECT_EQ(b.answer, a.answer);
    EXPECT_EQ(b.answered_at, a.answered_at);
    EXPECT_EQ(b.paused_until, a.paused_until);
    EXPECT_EQ(b.look_again_at, a.look_again_at);
  };
  write([&](ports::Store& s) { s.insert(std::span<const model::Alert>(&a, 1)); });
  expect_same();
  EXPECT_EQ(read([](ports::Store& s) { return s.stand_ins_for({10}, {8}); }).size(), 1U);
  EXPECT_THAT(read([](ports::Store& s) { return s.stand_ins_for({10}, {7}); }), IsEmpty());
  a.state = AlertState::kTold;
  a.reason = model::Reason::kAwaitingAnswer;
  a.needs = AnswerKind::kComing;
  a.more_hats = a.told = a.first_rung_done = true;
  a.ladder = -1;
  a.cycle = 2;
  a.rung = 3;
  a.answer = AnswerKind::kReceived;
  a.answered_at = noon;
  a.paused_until = noon + 1min;
  a.look_again_at = noon + 2min;
  write([&](ports::Store& s) { s.update(std::span<const model::Alert>(&a, 1)); });
  expect_same();
}

TEST_P(StoreContract, FurtherHatsAreMembershipsOfTheAlert) {
  write([](ports::Store& s) {
    const std::vector<model::Membership> hats = {{{1}, {5}, 0}, {{1}, {6}, -1}};
    s.insert(std::span<const model::Membership>(hats));
    s.insert(std::span<const model::Membership>(hats));
  });
  const auto hats = read([](ports::Store& s) { return s.memberships_of({1}); });
  ASSERT_EQ(hats.size(), 2U);
  EXPECT_EQ(hats[0].step, model::StepId{5});
  EXPECT_EQ(hats[1].selector, -1);
}

TEST_P(StoreContract, AlertsComeWithTheirDeliveriesOldestFirstInTheOrderAsked) {
  an_open_incident(2);
  insert({a_queued_sms(21, 101, 1), a_queued_sms(22, 102, 1), a_queued_sms(23, 101, 1)});
  const std::vector<model::AlertId> ids = {{102}, {999}, {101}};
  const auto found = read([&](ports::Store& s) { return s.alerts_with_deliveries(ids); });
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].alert.id, model::AlertId{102});
  ASSERT_EQ(found[1].deliveries.size(), 2U);
  EXPECT_EQ(found[1].deliveries[0].id, model::DeliveryId{21});
  EXPECT_EQ(found[1].deliveries[1].id, model::DeliveryId{23});
}

TEST_P(StoreContract, APersonsAlertsIncludeSettledOnesAndThoseOfEndedIncidentsNewestFirst) {
  an_open_incident(1);
  write([](ports::Store& s) {
    auto settled = *s.alert(model::AlertId{101});
    settled.state = AlertState::kAnswered;
    s.update(std::span<const model::Alert>(&settled, 1));
    auto ended = an_incident(2, 102);
    ended.state = model::IncidentState::kEnded;
    s.insert(ended);
    s.insert(an_incident(3, 103));
    const std::vector<model::Alert> more = {
        an_alert_of(201, s.matter({2}, model::MatterKind::kAlert, 0, {20}).id, 2, 1),
        an_alert_of(301, s.matter({3}, model::MatterKind::kUpdate, 0, {30}).id, 3, 1),
        an_alert_of(401, s.matter({3}, model::MatterKind::kStandDown, 0, {40}).id, 3, 1)};
    s.insert(more);
  });
  const auto ids = [&](int limit) {
    return read([&](ports::Store& s) {
      std::vector<std::int64_t> found;
      for (const auto& a : s.alerts_of_person({1}, limit)) found.push_back(a.id.value);
      return found;
    });
  };
  EXPECT_THAT(ids(10), ElementsAre(301, 201, 101));
  EXPECT_THAT(ids(1), ElementsAre(301));
  const auto open = engine_->open_queries()->open_alerts({1}, 10).value();
  ASSERT_EQ(open.size(), 1U);
  EXPECT_EQ(open[0].id, model::AlertId{301});
}

TEST_P(StoreContract, ToldPeopleAreListedOnceWithTheirBestAnswer) {
  an_open_incident(3);
  write([&](ports::Store& s) {
    const auto tell = [&](std::int64_t id, AnswerKind answer) {
      auto a = *s.alert(model::AlertId{id});
      a.told = true;
      a.answer = answer;
      s.update(std::span<const model::Alert>(&a, 1));
    };
    tell(101, AnswerKind::kComing);
    tell(102, AnswerKind::kCannot);
    auto update = an_alert_of(201, s.matter({1}, model::MatterKind::kUpdate, 1, {20}).id, 1, 1);
    update.told = true;
    update.answer = AnswerKind::kReceived;
    s.insert(std::span<const model::Alert>(&update, 1));
  });
  auto on_its_way = a_queued_sms(23, 103, 1);
  const auto told_now = [&] { return read([](ports::Store& s) { return s.told_people({1}); }); };
  insert({on_its_way});
  EXPECT_EQ(told_now().size(), 2U) << "queued is not told";
  claim(0, 1);
  EXPECT_EQ(told_now().size(), 3U) << "claimed may be on the wire";
  write([](ports::Store& s) {
    auto d = s.deliveries(std::array{model::DeliveryId{23}}).front();
    d.state = DeliveryState::kCancelled;
    s.update(std::span<const model::Delivery>(&d, 1));
  });
  const auto told = told_now();
  ASSERT_EQ(told.size(), 2U);
  EXPECT_EQ(told[0].person, model::PersonId{1});
  EXPECT_EQ(told[0].answer, AnswerKind::kComing);
  EXPECT_EQ(told[1].person, model::PersonId{2});
  EXPECT_EQ(told[1].answer, AnswerKind::kCannot);
}

TEST_P(StoreContract, WithdrawingTakesBackOnlyWhatStillClimbs) {
  an_open_incident(3);
  std::vector<model::AlertId> taken;
  write([&](ports::Store& s) {
    auto a = *s.alert(model::AlertId{101});
    a.state = AlertState::kAnswered;
    s.update(std::span<const model::Alert>(&a, 1));
    a = *s.alert(model::AlertId{102});
    a.state = AlertState::kTold;
    a.look_again_at = noon;
    s.update(std::span<const model::Alert>(&a, 1));
    taken = s.withdraw_alerts({1}, model::Reason::kStandDown);
  });
  EXPECT_THAT(taken, UnorderedElementsAre(model::AlertId{102}, model::AlertId{103}));
  const auto told = *read([](ports::Store& s) { return s.alert(model::AlertId{102}); });
  EXPECT_EQ(told.state, AlertState::kWithdrawn);
  EXPECT_EQ(told.reason, model::Reason::kStandDown);
  EXPECT_FALSE(told.look_again_at);
  EXPECT_EQ(read([](ports::Store& s) { return s.alert(model::AlertId{101}); })->state, AlertState::kAnswered);
}

TEST_P(StoreContract, PeopleInAMatterAreThoseWithAnAlertOfIt) {
  an_open_incident(2);
  const std::vector<model::PersonId> among = {{2}, {5}, {1}};
  EXPECT_THAT(read([&](ports::Store& s) { return s.people_in_matter(matter_, among); }),
              UnorderedElementsAre(model::PersonId{1}, model::PersonId{2}));
}

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
    EXPECT_EQ(e.error, d.error);
    EXPECT_EQ(e.handed_over_at, d.handed_over_at);
    EXPECT_EQ(e.ended_at, d.ended_at);
    EXPECT_EQ(e.not_before, d.not_before);
    EXPECT_EQ(e.receipt_due_at, d.receipt_due_at);
  };
  insert({d});
  expect_same();
  d.state = DeliveryState::kUndelivered;
  d.attempt = 2;
  d.stalled = true;
  d.parts = 1;
  d.carrier_id = "c1";
  d.error = "UNDELIV err:001";
  d.handed_over_at = noon + 2s;
  d.ended_at = noon + 3s;
  d.not_before.reset();
  d.receipt_due_at = noon + 4s;
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
    s.insert(model::Task{{3}, {2}, {1}, model::TaskState::kOpen, "", noon + 40s, {}, "", ""});
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
    s.insert(model::Task{{3}, {2}, {1}, model::TaskState::kDone, "", noon, {}, "", ""});
    auto d = a_queued_sms(21, 101, 1);
    d.state = DeliveryState::kDelivered;
    d.receipt_due_at = noon;
    s.insert(std::span<const model::Delivery>(&d, 1), 1);
  });
  EXPECT_FALSE(read([](ports::Store& s) { return s.next_due(); }));
}

// ---- queries ----

TEST_P(StoreContract, TheCallSheetHasOneLinePerPersonMostUrgentFirstAndRealBeforeDrill) {
  an_open_incident(2);
  write([&](ports::Store& s) {
    s.insert_message({7}, matter_, "zh", model::Channel::kDeskCall, "", "请回电");
    s.insert(an_incident(2, 102));
    auto drill = an_incident(3, 103);
    drill.drill = true;
    s.insert(drill);
    auto urgent = an_alert_of(201, s.matter({2}, model::MatterKind::kAlert, 0, {20}).id, 2, 2);
    auto practice = an_alert_of(301, s.matter({3}, model::MatterKind::kAlert, 0, {30}).id, 3, 3);
    practice.drill = true;
    const std::vector<model::Alert> more = {urgent, practice};
    s.insert(more);
    auto a = a_call_line(21, 101, 1);
    auto b = a_call_line(22, 102, 1);
    b.handed_over_at = noon - 1h;
    auto c = a_call_line(23, 201, 2);
    c.urgency = 9;
    c.channel = model::Channel::kKnock;
    auto d = a_call_line(24, 301, 3);
    d.urgency = 0;
    const std::vector<model::Delivery> lines = {a, b, c, d};
    s.insert(std::span<const model::Delivery>(lines), 1);
  });
  const auto queries = engine_->open_queries();
  const auto sheet = queries->call_sheet(10).value();
  ASSERT_EQ(sheet.size(), 3U);
  EXPECT_EQ(sheet[0].person, model::PersonId{2});
  EXPECT_EQ(sheet[0].line, model::DeliveryId{23});
  EXPECT_EQ(sheet[0].channel, model::Channel::kKnock);
  EXPECT_THAT(sheet[0].incident_codes, ElementsAre(102, 101));
  EXPECT_EQ(sheet[0].since, noon - 1h);
  EXPECT_EQ(sheet[0].script, "请回电");
  EXPECT_EQ(sheet[1].person, model::PersonId{1});
  EXPECT_EQ(sheet[2].person, model::PersonId{3});
  EXPECT_EQ(queries->call_sheet(1).value().size(), 1U);

  write([](ports::Store& s) {
    auto a = *s.alert(model::AlertId{101});
    a.state = AlertState::kAnswered;
    s.update(std::span<const model::Alert>(&a, 1));
  });
  EXPECT_EQ(queries->call_sheet(10).value().size(), 2U);
}

TEST_P(StoreContract, AnIncidentIsShownWithEverythingThatHappenedInIt) {
  write([](ports::Store& s) {
    s.insert(an_incident(1, 101));
    model::Report r;
    r.id = {2};
    r.incident = {1};
    s.insert(r);
    s.insert(model::CallOut{{3}, {1}, 0, model::HazardKind::kFire, 1, "III", model::CallOutState::kRunning, noon});
    for (int i = 0; i < 2; ++i) {
      model::Step step;
      step.id = {4 + i};
      step.callout = {3};
      step.incident = {1};
      step.index = i;
      s.insert(step);
    }
    s.insert(model::Task{{6}, {4}, {1}, model::TaskState::kOpen, "119?", noon, {}, "", ""});
    s.insert_not_told({1}, 0, {9}, "post:commander", "post commander", model::Reason::kOnLeave);
    const auto matter = s.matter({1}, model::MatterKind::kAlert, 0, {10}).id;
    auto a = an_alert_of(101, matter, 1, 1);
    a.step = {4};
    a.more_hats = true;
    const std::vector<model::Alert> alerts = {a, an_alert_of(102, matter, 1, 2)};
    s.insert(alerts);
    const model::Membership hat{{101}, {5}, -1};
    s.insert(std::span(&hat, 1));
    const auto d = a_queued_sms(21, 101, 1);
    s.insert(std::span<const model::Delivery>(&d, 1), 1);
    s.append(an_entry(model::RecordKind::kAlertRaised, 1, 101, "post:commander"));
  });
  const auto queries = engine_->open_queries();
  const auto view = queries->incident(101, 10);
  ASSERT_TRUE(view.ok()) << view.error().message;
  EXPECT_EQ(view->reports.size(), 1U);
  EXPECT_EQ(view->callouts.size(), 1U);
  EXPECT_EQ(view->steps.size(), 2U);
  EXPECT_EQ(view->tasks.size(), 1U);
  ASSERT_EQ(view->not_told.size(), 1U);
  EXPECT_EQ(view->not_told[0].reason, model::Reason::kOnLeave);
  ASSERT_EQ(view->alerts.size(), 2U);
  EXPECT_FALSE(view->alerts_cut);
  EXPECT_EQ(view->alerts[0].deliveries.size(), 1U);
  EXPECT_THAT(view->alerts[0].steps, ElementsAre(0, 1));
  EXPECT_THAT(view->alerts[0].selectors, ElementsAre("post:commander", ""));
  const auto cut = queries->incident(101, 1);
  EXPECT_EQ(cut->alerts.size(), 1U);
  EXPECT_TRUE(cut->alerts_cut);
  const auto absent = queries->incident(999, 1);
  ASSERT_FALSE(absent.ok());
  EXPECT_EQ(absent.error().code, base::ErrorCode::kNotFound);
}

TEST_P(StoreContract, TheStatusCountsWhatIsOpenAndOwed) {
  const auto id = base::IdSource(0).next(noon);
  an_open_incident(2);
  auto claimed = a_queued_sms(id + 1, 102, 1);
  claimed.state = DeliveryState::kClaimed;
  insert({a_queued_sms(id, 101, 1), claimed});
  const auto status = engine_->open_queries()->status().value();
  EXPECT_GE(status.schema, 1);
  EXPECT_EQ(status.open_incidents, 1);
  EXPECT_EQ(status.owed, 2);
  EXPECT_EQ(status.oldest_owed_us, base::to_micros(noon));
}

}  // namespace
}  // namespace tocsin
