// The read side over the same rows.
#include "tests/contract/store_contract.h"

namespace tocsin {
namespace {

TEST_P(StoreContract, TheCallSheetHasOneLinePerPersonMostUrgentFirstAndRealBeforeDrill) {
  an_open_incident(2);
  write([&](ports::Store& s) {
    s.insert_message({7}, matter_, "zh", model::Channel::kDeskCall, "", {"请回电", {}});
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
    auto e = a_call_line(25, 401, 2);
    e.urgency = 0;
    auto decides = an_alert_of(401, {}, 2, 4);
    decides.needs = AnswerKind::kDecision;
    s.insert(std::span<const model::Alert>(&decides, 1));
    const std::vector<model::Delivery> lines = {a, b, c, d, e};
    s.insert(std::span<const model::Delivery>(lines), 1);
  });
  const auto queries = engine_->open_queries();
  const auto sheet = queries->call_sheet(10).value();
  ASSERT_EQ(sheet.size(), 4U);
  EXPECT_EQ(sheet[0].person, model::PersonId{4}) << "others wait for what they decide";
  EXPECT_TRUE(sheet[0].decision);
  EXPECT_FALSE(sheet[1].decision);
  EXPECT_EQ(sheet[1].person, model::PersonId{2});
  EXPECT_EQ(sheet[1].line, model::DeliveryId{23});
  EXPECT_EQ(sheet[1].channel, model::Channel::kKnock);
  EXPECT_THAT(sheet[1].incident_codes, ElementsAre(102, 101));
  EXPECT_EQ(sheet[1].since, noon - 1h);
  EXPECT_EQ(sheet[1].script, "请回电");
  EXPECT_EQ(sheet[2].person, model::PersonId{1});
  EXPECT_EQ(sheet[3].person, model::PersonId{3});
  EXPECT_EQ(queries->call_sheet(1).value().size(), 1U);

  write([](ports::Store& s) {
    auto a = *s.alert(model::AlertId{101});
    a.state = AlertState::kAnswered;
    s.update(std::span<const model::Alert>(&a, 1));
  });
  EXPECT_EQ(queries->call_sheet(10).value().size(), 3U);
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
    s.insert(model::Task{{6}, {4}, {1}, model::TaskState::kOpen, base::same("119?"), noon, {}, "", ""});
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

TEST_P(StoreContract, HowAnIncidentStandsCountsEachPersonOnceByTheirLastAnswer) {
  an_open_incident(7);
  write([&](ports::Store& s) {
    std::vector<model::Alert> alerts;
    for (int person = 1; person <= 7; ++person) alerts.push_back(*s.alert(model::AlertId{100 + person}));
    alerts[0].told = alerts[1].told = alerts[2].told = alerts[4].told = true;
    alerts[0].answer = AnswerKind::kComing;
    alerts[1].answer = AnswerKind::kCannot;
    alerts[2].state = AlertState::kExhausted;  // told, every rung used, silent
    alerts[4].state = AlertState::kWithdrawn;  // told under a lower level ...
    alerts[5].state = AlertState::kWithdrawn;  // never told: not owed any more
    alerts[6].told = true;
    alerts[6].needs = AnswerKind::kNone;  // only informed: nothing is awaited
    s.update(std::span<const model::Alert>(alerts));
    auto update = an_alert_of(205, s.matter({1}, model::MatterKind::kUpdate, 1, {11}).id, 1, 5);
    update.matter_kind = model::MatterKind::kUpdate;
    update.told = true;
    update.answer = AnswerKind::kArrived;  // ... and answered the update
    s.insert(std::span<const model::Alert>(&update, 1));
    model::Task task;
    task.id = {7};
    task.incident = {1};
    task.due_at = noon + 10min;
    s.insert(task);
    task.id = {8};
    task.state = model::TaskState::kOverdue;
    task.due_at = noon - 1min;
    s.insert(task);
    auto ended = an_incident(2, 102);
    ended.state = model::IncidentState::kEnded;
    s.insert(ended);
    s.append(an_entry(model::RecordKind::kAnswered, 1, 101));
  });
  const std::vector<model::IncidentId> ids = {{1}, {2}, {3}};
  const auto stand = engine_->open_queries()->summaries(ids).value();
  EXPECT_EQ(stand.seq, store_->last_seq());
  ASSERT_EQ(stand.of.size(), 1U);  // what has ended, and what nobody knows, has none
  const auto& summary = stand.of.at({1});
  EXPECT_EQ(summary.people, 6);
  EXPECT_EQ(summary.answered, 3);
  EXPECT_EQ(summary.unanswered, 1);
  EXPECT_EQ(summary.untold, 1);
  EXPECT_EQ(summary.coming, 1);
  EXPECT_EQ(summary.arrived, 1);
  EXPECT_EQ(summary.cannot, 1);
  EXPECT_EQ(summary.exhausted, 1);
  EXPECT_EQ(summary.tasks_open, 2);
  ASSERT_TRUE(summary.next_due);
  EXPECT_EQ(summary.next_due->at, noon + 10min);  // what is overdue already comes no more
  EXPECT_EQ(summary.next_due->what, model::DueWhat::kTask);
}

TEST_P(StoreContract, TheNextClockOfAnIncidentIsTheEarliestOfAllItWaitsFor) {
  write([](ports::Store& s) {
    auto incident = an_incident(1, 101);
    incident.open_by = noon + 9min;
    s.insert(incident);
    s.insert(model::CallOut{{3}, {1}, 0, model::HazardKind::kFire, 1, "III", model::CallOutState::kRunning, noon});
    model::Step step;
    step.id = {4};
    step.callout = {3};
    step.incident = {1};
    step.state = model::StepState::kRunning;
    step.needed = 1;
    step.look_again_at = noon + 8min;
    s.insert(step);
  });
  const model::IncidentId one{1};
  const auto due = [&] { return engine_->open_queries()->summaries({&one, 1}).value().of.at(one).next_due; };
  EXPECT_EQ(due()->what, model::DueWhat::kStep);
  write([](ports::Store& s) {
    s.insert(model::Approval{
        {3}, {1}, 0, model::ApprovalState::kPending, "post:commander", true, noon, noon + 7min, {}, {}, {}});
  });
  EXPECT_EQ(due()->what, model::DueWhat::kApproval);
  write([](ports::Store& s) {
    auto incident = *s.incident({1});
    incident.open_by = noon + 2min;
    s.update(incident);
  });
  EXPECT_EQ(due()->what, model::DueWhat::kOpen);
  write([](ports::Store& s) {
    auto incident = *s.incident({1});
    incident.seen_at = noon;
    s.update(incident);
  });
  EXPECT_EQ(due()->at, noon + 7min);
}

TEST_P(StoreContract, TheDesksTasksComeByTheirClocksOverAllOpenIncidents) {
  write([](ports::Store& s) {
    for (const int n : {1, 2, 3}) {
      auto incident = an_incident(n, 100 + n);
      if (n == 3) incident.state = model::IncidentState::kEnded;
      s.insert(incident);
      model::Task task;
      task.id = {10 + n};
      task.incident = {n};
      task.text = {"119 told?", "119通知了吗？"};
      task.due_at = noon - n * 1min;
      if (n == 2) task.state = model::TaskState::kOverdue;
      s.insert(task);
    }
    auto done = *s.task({11});
    done.id = {21};
    done.state = model::TaskState::kDone;
    s.insert(done);
  });
  const auto tasks = engine_->open_queries()->open_tasks(10).value();
  ASSERT_EQ(tasks.size(), 2U);
  EXPECT_EQ(tasks[0].task.id, model::TaskId{12});
  EXPECT_EQ(tasks[0].incident_code, 102);
  EXPECT_EQ(tasks[0].task.text, (base::Said{"119 told?", "119通知了吗？"}));
  EXPECT_EQ(tasks[1].incident_code, 101);
  EXPECT_EQ(engine_->open_queries()->open_tasks(1).value().size(), 1U);
}

}  // namespace
}  // namespace tocsin
