// Call-outs, their steps and tasks, and the alerts of people.
#include "tests/contract/store_contract.h"

namespace tocsin {
namespace {

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
  model::Task t{{3}, {2}, {9}, model::TaskState::kOpen, base::same("119?"), noon + 5min, {}, "", ""};
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
  EXPECT_EQ(task.text, base::same("119?"));
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
    s.insert_message({1}, {10}, "zh", model::Channel::kSms, "", {"着火了", {}});
    s.insert_message({2}, {10}, "zh", model::Channel::kSms, "one-way", {"着火了,勿回", {}});
  });
  EXPECT_EQ(read([](ports::Store& s) { return s.message({10}, "zh", model::Channel::kSms, ""); }), model::MessageId{1});
  EXPECT_EQ(read([](ports::Store& s) { return s.message({10}, "zh", model::Channel::kSms, "one-way"); }),
            model::MessageId{2});
  EXPECT_FALSE(read([](ports::Store& s) { return s.message({10}, "en", model::Channel::kSms, ""); }));
  EXPECT_EQ(read([](ports::Store& s) { return s.message_text({1}).body; }), "着火了");
}

TEST_P(StoreContract, WhatATextWasMadeFromIsKeptWithItUntilItsWordsAreTakenAway) {
  const model::Wording wording{"alert", "zh", {{"code", "107"}, {"facts", "重伤2\n3:被困1"}, {"place", "3号楼"}}};
  write([&](ports::Store& s) { s.insert_message({1}, {10}, "zh", model::Channel::kSms, "", {"107 着火", wording}); });
  auto kept = read([](ports::Store& s) { return s.message_text({1}); });
  EXPECT_EQ(kept.made_of.template_name, "alert");
  EXPECT_EQ(kept.made_of.language, "zh");
  EXPECT_EQ(kept.made_of.fields, wording.fields);
  write([](ports::Store& s) { s.blank_message({1}, {}, noon); });
  kept = read([](ports::Store& s) { return s.message_text({1}); });
  EXPECT_TRUE(kept.body.empty());
  EXPECT_TRUE(kept.made_of.fields.empty());
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
  const auto open = engine_->open_queries()->alerts_of({1}, true, {}, 10).value().rows;
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

}  // namespace
}  // namespace tocsin
