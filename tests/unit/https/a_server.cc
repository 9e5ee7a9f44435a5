#include "tests/unit/https/a_server.h"

namespace tocsin::testing {

// Incident 101 with an alert of Chen Gang (the commander's token), incident 102 without.
void fill(FakeFrontDoor& door) {
  auto& queries = door.fake_queries;
  model::PlanVersion plan;
  plan.version = 1;
  plan.in_force = true;
  plan.last_swap = model::PlanSwap{1, 1, {}, model::PlanVia::kStart, "system:tocsin", ""};
  queries.plans.push_back(plan);
  door.judged.may_stand = true;
  model::ContactDoubt doubt;
  doubt.contact = model::ContactId{1};
  doubt.failures = 2;
  doubt.certain = true;
  doubt.since = *base::parse_rfc3339("2026-11-20T02:00:00Z");
  doubt.last = {*base::parse_rfc3339("2026-11-21T02:00:00Z"),
                model::Channel::kDeskCall,
                model::DeliveryState::kUndelivered,
                model::Meaning::kWrongNumber,
                "wrong number",
                {}};
  queries.doubts.push_back(doubt);
  queries.add_token(kReporter, {1, "grid-7", model::Role::kReporter, {}, {}, {}});
  queries.add_token(kCommander, {2, "chen-phone", model::Role::kCommander, model::PersonId{1}, {}, {}});
  queries.add_token(kDuty, {3, "desk", model::Role::kDuty, {}, {}, {}});
  queries.add_token(kAuditor, {5, "audit", model::Role::kAuditor, {}, {}, {}});
  queries.add_token(kAdmin, {4, "office", model::Role::kAdmin, {}, {}, {}});
  for (const int code : {101, 102}) {
    model::IncidentView view;
    view.incident.id = model::IncidentId{code * 10};
    view.incident.code = code;
    view.incident.kind = model::HazardKind::kFire;
    view.incident.level = 0;
    view.incident.level_id = "IV";
    view.incident.area = model::AreaId{2};
    queries.views.push_back(view);
  }
  for (const int n : {1, 2}) {
    model::Alert alert;
    alert.id = model::AlertId{kAlert + n - 1};
    alert.incident = model::IncidentId{1000 + n * 10};
    alert.person = model::PersonId{n};
    alert.needs = model::AnswerKind::kComing;
    queries.alerts.push_back(alert);
    queries.views[static_cast<std::size_t>(n - 1)].alerts.push_back({alert, {}, {0}, {"post:commander"}});
  }
  for (const int n : {7, 8}) {
    model::Report report;
    report.id = model::ReportId{n};
    report.reporter = n == 7 ? "grid-7" : "grid-8";
    queries.views[0].reports.push_back(report);
  }
  model::Attachment photograph;
  photograph.report = model::ReportId{7};
  photograph.hash = door.fake_attachments.put("a photograph").value();
  queries.views[0].attachments.push_back(photograph);
  for (const auto& [n, reporter] : {std::pair(9, "grid-7"), std::pair(8, "somebody-else")}) {
    model::Report report;
    report.id = model::ReportId{n * 100};
    report.incident = model::IncidentId{1010};
    report.reporter = reporter;
    // Everybody's own, for the table of rights.
    if (n == 9) report.reporter_person = model::PersonId{1};
    queries.own_reports.push_back(report);
    queries.views[0].reports.push_back(report);
  }
  // Of now: one of a stranger, one of Chen Gang's drill, one that somebody took over.
  const auto now = *base::parse_rfc3339("2026-11-22T01:59:59Z");
  queries.inbox_entries = {{13, now, "+8614400000077", "东湖着火", 0, {}},
                           {12, now, "person:chen", "演练 东湖着火", 0, {}},
                           {11, now, "+8614400000078", "着火了", 101, model::ReportId{8}}};
  model::CallLine line;
  line.line = model::DeliveryId{5};
  line.person = model::PersonId{1};
  line.incident_codes = {101};
  line.script = "Fire at Donghu";
  queries.lines.push_back(line);
  queries.entries.push_back({1, {}, model::RecordKind::kStarted, {}, 0, 1, 0, ""});
  queries.entries.push_back({2, {}, model::RecordKind::kIncidentOpened, model::IncidentId{1010}, 1010, 101, 201, ""});
}

ServerTest::ServerTest() = default;
ServerTest::~ServerTest() = default;

void ServerTest::start(const Tune& tune) {
  fill(door_);
  settings_.port = 0;
  settings_.certificate_file = (folder_.path() / "cert.pem").string();
  settings_.key_file = (folder_.path() / "key.pem").string();
  if (tune) tune(settings_);
  server_ = std::make_unique<https::HttpsServer>(settings_, door_);
  const auto started = server_->start();
  ASSERT_TRUE(started.ok()) << started.error().message;
}

std::string ServerTest::say(std::string_view bytes) {
  RawConnection raw(port());
  EXPECT_TRUE(raw.connected());
  raw.send(bytes);
  std::string all = raw.read_to_end();
  EXPECT_TRUE(raw.closed()) << "the server left the connection open";
  return all;
}

}  // namespace tocsin::testing
