// Reports, incidents, and what strangers wrote.
#include "tests/contract/store_contract.h"

namespace tocsin {
namespace {

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
    s.insert_stranger(0, "+8614400000017", "who is this", noon, std::nullopt, false);
    s.insert_note({1}, {2}, model::NoteKind::kWithAnswer, "on the way with two people", noon);
  });
  EXPECT_TRUE(store_->status().ok());
}

TEST_P(StoreContract, AStrangersMessageFallsDueAfterThreeDaysAndLeavesNoNumberBehind) {
  const auto answered = [&] {
    return read([](ports::Store& s) { return s.service_texts_to("+8614400000017", base::time_of_id(0)); });
  };
  write([](ports::Store& s) {
    s.insert_stranger(0, "+8614400000017", "who is this", noon, std::nullopt, false);
    const auto reply = a_queued_sms(21, 0, 0);
    s.insert(std::span<const model::Delivery>(&reply, 1), 1);
  });
  EXPECT_EQ(read([](ports::Store& s) { return s.next_due(); }), noon + 72h + 1us);

  write([](ports::Store& s) { EXPECT_TRUE(s.purge_strangers(noon, noon + 72h).empty()); }, noon + 72h);
  EXPECT_EQ(answered(), 1) << "only what is older goes";
  write(
      [](ports::Store& s) { EXPECT_EQ(s.purge_strangers(noon + 1us, noon + 73h), std::vector{model::DeliveryId{21}}); },
      noon + 73h);
  EXPECT_EQ(answered(), 0);
  EXPECT_EQ(delivery(21).address, "");
  EXPECT_EQ(delivery(21).state, model::DeliveryState::kCancelled) << "it has nobody to go to any more";
  EXPECT_EQ(delivery(21).code, "purged");
  EXPECT_EQ(delivery(21).ended_at, noon + 73h) << "when it was forgotten, not when it would have gone";
  EXPECT_FALSE(read([](ports::Store& s) { return s.next_due(); }));
}

TEST_P(StoreContract, AMessageOfTheInboxRingsByItsTimeUntilItIsOpenedTakenOrToldOf) {
  write([](ports::Store& s) {
    for (int n = 0; n < 4; ++n) s.insert_stranger(0, "+8614400000017", "help", noon, noon + 2min, n < 3);
  });
  EXPECT_EQ(read([](ports::Store& s) { return s.next_due(); }), noon + 2min);
  EXPECT_EQ(read([](ports::Store& s) { return s.rings_due(noon + 119s); }), 0);
  EXPECT_EQ(read([](ports::Store& s) { return s.rings_due(noon + 2min); }), 3);
  write([](ports::Store& s) {
    s.insert(an_incident(1, 101));
    model::Report report;
    report.id = {5};
    report.incident = {1};
    s.insert(report);
    EXPECT_TRUE(s.open_message(1, noon + 1min));
    EXPECT_TRUE(s.open_message(1, noon + 9min));
    EXPECT_FALSE(s.open_message(99, noon));
    s.take_message(2, noon, {5}, noon + 1min);
    s.take_message(2, noon, {6}, noon + 2min);        // somebody was first
    s.take_message(3, noon + 1us, {5}, noon + 1min);  // another message had that id
    s.put_off_rings(noon + 1h, noon + 2h);
  });
  EXPECT_EQ(read([](ports::Store& s) { return s.rings_due(noon + 2h - 1us); }), 0);
  EXPECT_EQ(read([](ports::Store& s) { return s.rings_due(noon + 2h); }), 1);
  EXPECT_EQ(read([](ports::Store& s) { return s.rung_at(); }), std::nullopt);
  write([](ports::Store& s) { s.put_off_rings(noon + 2h, std::nullopt); });
  EXPECT_EQ(read([](ports::Store& s) { return s.rings_due(noon + 99h); }), 0);
  EXPECT_EQ(read([](ports::Store& s) { return s.rung_at(); }), noon + 2h);

  const auto inbox = engine_->open_queries()->inbox({}).value().entries;
  ASSERT_EQ(inbox.size(), 4U);  // newest first
  EXPECT_EQ(inbox[3].opened_at, noon + 1min);
  EXPECT_EQ(inbox[2].taken_as, 101);
  EXPECT_EQ(inbox[2].taken_by, model::ReportId{5});
  EXPECT_EQ(inbox[2].opened_at, noon + 1min);
  EXPECT_EQ(inbox[1].taken_as, 0);
  EXPECT_EQ(inbox[0].open_by, noon + 2min);
}

}  // namespace
}  // namespace tocsin
