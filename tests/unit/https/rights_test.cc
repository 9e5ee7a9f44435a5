// Every route × every kind of caller, over real HTTPS.
#include <map>
#include <vector>

#include "adapters/https/routes.h"
#include "gateway/base/ids.h"
#include "gateway/model/alert_link.h"
#include "gateway/model/feed_link.h"
#include "tests/support/pictures.h"
#include "tests/unit/https/a_server.h"

namespace tocsin::testing {
namespace {

// Who may, written a second time on purpose: a slip in the route table does not slip in here too.
// `may` has y or n for each caller, or - where what is somebody else's is as if it were not there (404): nobody, an
// alert's link, reporter, commander, duty, admin, auditor.
struct Cell {
  std::string method, pattern, path, body, may;
  int success;
};

std::string id(std::int64_t n) {
  return base::to_base32(n);
}

std::vector<Cell> cells() {
  const std::string incident = "/api/v1/incidents/101", pattern = "/api/v1/incidents/{code}";
  return {
      {"GET", "/", "/", "", "yyyyyyy", 200},
      {"GET", "/a", "/a", "", "yyyyyyy", 404},
      {"GET", "/s", "/s", "", "yyyyyyy", 404},
      {"GET", "/desk", "/desk", "", "yyyyyyy", 404},
      {"GET", "/admin", "/admin", "", "yyyyyyy", 404},
      {"GET", "/stage", "/stage", "", "yyyyyyy", 404},
      {"GET", "/sw.js", "/sw.js", "", "yyyyyyy", 404},
      {"GET", "/manifest.webmanifest", "/manifest.webmanifest", "", "yyyyyyy", 404},
      {"GET", "/app/{file}", "/app/part.js", "", "yyyyyyy", 404},
      {"GET", "/api/v1/stage", "/api/v1/stage", "", "yyyyyyy", 404},
      {"POST", "/api/v1/stage/text", "/api/v1/stage/text", R"({"phone":"+8614400000017","text":"1"})", "yyyyyyy", 404},
      {"POST", "/api/v1/stage/pass", "/api/v1/stage/pass", R"({"seconds":60})", "yyyyyyy", 404},
      {"POST", "/api/v1/stage/enter", "/api/v1/stage/enter", R"({"account":"desk"})", "yyyyyyy", 404},
      {"GET", "/healthz", "/healthz", "", "yyyyyyy", 200},
      {"GET", "/readyz", "/readyz", "", "yyyyyyy", 200},
      {"GET", "/install", "/install", "", "yyyyyyy", 200},
      {"GET", "/install/authority.crt", "/install/authority.crt", "", "yyyyyyy", 200},
      {"GET", "/install/tocsin.mobileconfig", "/install/tocsin.mobileconfig", "", "yyyyyyy", 200},
      {"GET", "/metrics", "/metrics", "", "nnnnyyy", 200},
      {"POST", "/api/v1/sign-in/password", "/api/v1/sign-in/password", R"({"name":"desk","password":"x"})", "yyyyyyy",
       200},
      {"POST", "/api/v1/sign-in/code", "/api/v1/sign-in/code", R"({"number":"14400000017"})", "yyyyyyy", 202},
      {"POST", "/api/v1/sign-in", "/api/v1/sign-in", R"({"request":"0000000000007","code":"123456"})", "yyyyyyy", 200},
      {"POST", "/api/v1/sign-in/link", "/api/v1/sign-in/link", R"({"token":"x"})", "yyyyyyy", 200},
      {"GET", "/api/v1/session", "/api/v1/session", "", "nnyyyyy", 200},
      {"GET", "/api/v1/sessions", "/api/v1/sessions", "", "nnyyyyy", 200},
      {"POST", "/api/v1/sign-out", "/api/v1/sign-out", "", "nnyyyyy", 409},
      {"POST", "/api/v1/sessions/{session}/revoke", "/api/v1/sessions/" + id(7) + "/revoke", "", "nnyyyyy", 200},
      {"GET", "/api/v1/users", "/api/v1/users", "", "nnnnnyy", 200},
      {"POST", "/api/v1/users", "/api/v1/users",
       R"({"name":"desk-2","role":"duty","password":"correct horse battery"})", "nnnnnyn", 201},
      {"POST", "/api/v1/users/{name}/reset", "/api/v1/users/desk/reset", R"({"password":"correct horse battery"})",
       "nnnnnyn", 200},
      {"POST", "/api/v1/users/{name}/disable", "/api/v1/users/desk/disable", "", "nnnnnyn", 200},
      {"GET", "/api/v1/plans", "/api/v1/plans", "", "nnnnyyy", 200},
      {"POST", "/api/v1/plans", "/api/v1/plans", R"({"plan":"[plan]"})", "nnnnnyn", 201},
      {"POST", "/api/v1/plans/simulate", "/api/v1/plans/simulate", R"({"report":{"hazard":"fire"}})", "nnnnyyy", 200},
      {"POST", "/api/v1/plans/compare", "/api/v1/plans/compare", R"({"before":{"version":1},"after":{}})", "nnnnyyy",
       200},
      {"POST", "/api/v1/links/{link}/probe", "/api/v1/links/sms/probe", "", "nnnnnyn", 202},
      {"GET", "/api/v1/plans/{version}", "/api/v1/plans/1", "", "nnnnyyy", 200},
      {"GET", "/api/v1/tokens", "/api/v1/tokens", "", "nnnnnyy", 200},
      {"POST", "/api/v1/tokens", "/api/v1/tokens", R"({"name":"t","role":"duty"})", "nnnnnyn", 201},
      {"POST", "/api/v1/tokens/revoke", "/api/v1/tokens/revoke", R"({"name":"t"})", "nnnnnyn", 200},
      {"POST", "/api/v1/unmask", "/api/v1/unmask", R"({"person":"chen","reason":"called back"})", "nnnnyyy", 200},
      {"POST", "/api/v1/reports", "/api/v1/reports", R"({"key":"key-00001","hazard":"fire"})", "nnyyyyn", 201},
      {"GET", "/api/v1/reports", "/api/v1/reports", "", "nnyyyyy", 200},
      {"GET", "/api/v1/reports/{report}", "/api/v1/reports/" + id(900), "", "nnyyyyy", 200},
      {"POST", "/api/v1/reports/{report}/attachments", "/api/v1/reports/" + id(7) + "/attachments", a_jpeg(16, 16),
       "nny-yyn", 201},
      {"GET", pattern + "/attachments/{hash}", incident + "/attachments/" + kPhotograph, "", "nnyyyyy", 200},
      {"GET", "/api/v1/incidents", "/api/v1/incidents?open=true", "", "nnnyyyy", 200},
      {"GET", pattern, incident, "", "nnnyyyy", 200},
      {"GET", pattern + "/alerts", incident + "/alerts?limit=5", "", "nnnyyyy", 200},
      {"GET", pattern + "/reports", incident + "/reports?limit=5", "", "nnnyyyy", 200},
      {"POST", pattern + "/open", incident + "/open", "", "nnnnyyn", 200},
      {"POST", pattern + "/classify", incident + "/classify", R"({"hazard":"fire"})", "nnnnyyn", 200},
      {"POST", pattern + "/level", incident + "/level", R"({"level":"III","reason":"wind"})", "nnnnyyn", 200},
      {"POST", pattern + "/merge", incident + "/merge", R"({"into":102})", "nnnnyyn", 200},
      {"POST", pattern + "/split", incident + "/split", R"({"reports":[")" + id(7) + R"("]})", "nnnnyyn", 200},
      {"POST", pattern + "/stand-down", incident + "/stand-down", R"({"reason":"out"})", "nnyyyyn", 200},
      {"POST", pattern + "/approval/code", incident + "/approval/code", "", "ny-yyyn", 202},
      {"POST", pattern + "/approval", incident + "/approval",
       R"({"decision":"approve","request":"0000000000007","code":"123456"})", "ny-yyyn", 200},
      {"GET", "/api/v1/alerts", "/api/v1/alerts", "", "nnnyyyy", 200},
      {"GET", "/api/v1/alerts/{alert}", "/api/v1/alerts/" + id(kAlert), "", "nynyyyy", 200},
      {"POST", "/api/v1/alerts/{alert}/seen", "/api/v1/alerts/" + id(kAlert) + "/seen", "{}", "nynynnn", 200},
      {"POST", "/api/v1/alerts/{alert}/answer", "/api/v1/alerts/" + id(kAlert) + "/answer", R"({"answer":"coming"})",
       "nynyyyn", 200},
      {"POST", "/api/v1/links/{link}/callback/{token}", "/api/v1/links/cloud/callback/a-token-of-22-letters--",
       R"([{"id":"1"}])", "yyyyyyy", 200},
      {"POST", "/api/v1/alerts/{alert}/look", "/api/v1/alerts/" + id(kAlert) + "/look", "", "nnnnyyn", 200},
      {"GET", "/api/v1/call-sheet", "/api/v1/call-sheet", "", "nnnnyyy", 200},
      {"GET", "/api/v1/contacts/doubtful", "/api/v1/contacts/doubtful", "", "nnnnnyn", 200},
      {"GET", "/api/v1/contacts/mine", "/api/v1/contacts/mine", "", "nnyyyyy", 200},
      {"GET", "/api/v1/inbox", "/api/v1/inbox", "", "nnnnyyn", 200},
      {"POST", "/api/v1/inbox/{message}/take", "/api/v1/inbox/" + id(13) + "/take", R"({"area":"donghu"})", "nnnnyyn",
       201},
      {"POST", "/api/v1/call-sheet/{line}/outcome", "/api/v1/call-sheet/" + id(5) + "/outcome",
       R"({"outcome":"no_answer"})", "nnnnyyn", 200},
      {"GET", "/api/v1/tasks", "/api/v1/tasks", "", "nnnnyyy", 200},
      {"GET", "/api/v1/desk", "/api/v1/desk", "", "nnnnyyy", 200},
      {"GET", "/api/v1/links", "/api/v1/links", "", "nnnnyyy", 200},
      {"GET", "/api/v1/handover", "/api/v1/handover", "", "nnnnyyy", 200},
      {"POST", "/api/v1/handover", "/api/v1/handover", R"({"taken_over_by":"Li Na"})", "nnnnyyn", 201},
      {"GET", "/api/v1/handovers", "/api/v1/handovers?limit=5", "", "nnnnyyy", 200},
      {"POST", "/api/v1/inbox/{message}/open", "/api/v1/inbox/" + id(13) + "/open", "", "nnnnyyn", 200},
      {"POST", "/api/v1/tasks/{task}/done", "/api/v1/tasks/" + id(6) + "/done", R"({"note":"told 119"})", "nnnnyyn",
       200},
      {"GET", "/api/v1/changes", "/api/v1/changes?since=0", "", "nnyyyyy", 200},
      {"GET", "/api/v1/record", "/api/v1/record?after=0&limit=10", "", "nnnnyyy", 200},
      {"GET", "/api/v1/plan", "/api/v1/plan?lang=zh", "", "yyyyyyy", 200},
      {"GET", "/api/v1/directory", "/api/v1/directory", "", "nnnnnyn", 200},
      {"GET", "/api/v1/directory/persons", "/api/v1/directory/persons?q=chen", "", "nnnnnyn", 200},
      {"GET", "/api/v1/directory/persons/{person}", "/api/v1/directory/persons/chen", "", "nnnnnyn", 200},
      {"PUT", "/api/v1/directory/persons/{person}", "/api/v1/directory/persons/chen",
       R"({"name":"Chen","language":"en"})", "nnnnnyn", 428},
      {"DELETE", "/api/v1/directory/persons/{person}", "/api/v1/directory/persons/chen", "", "nnnnnyn", 428},
      {"POST", "/api/v1/directory/import", "/api/v1/directory/import",
       R"({"sheets":[{"name":"leave.csv","text":"person,from,to"}],"base_version":7})", "nnnnnyn", 201},
      {"POST", "/api/v1/directory/read", "/api/v1/directory/read", R"({"name":"a.csv","text":"x"})", "nnnnnyn", 200},
      {"POST", "/api/v1/directory/read/accept", "/api/v1/directory/read/accept",
       R"({"name":"a.csv","text":"x","base_version":7})", "nnnnnyn", 201},
      {"POST", "/api/v1/directory/undo", "/api/v1/directory/undo", R"({"base_version":7})", "nnnnnyn", 200},
      {"GET", "/api/v1/directory/check", "/api/v1/directory/check", "", "nnnnnyn", 200},
      {"POST", "/api/v1/directory/check/start", "/api/v1/directory/check/start", "", "nnnnnyn", 200},
      {"POST", "/api/v1/directory/check/stop", "/api/v1/directory/check/stop", "", "nnnnnyn", 200},
      {"GET", "/api/v1/directory/changes", "/api/v1/directory/changes", "", "nnnnnyn", 200},
      {"GET", "/api/v1/directory/export", "/api/v1/directory/export?reason=audit", "", "nnnnnyn", 200},
      {"GET", "/api/v1/directory/lists", "/api/v1/directory/lists", "", "nnnnnyn", 200},
      {"POST", "/api/v1/directory/lists/forget", "/api/v1/directory/lists/forget", R"({"name":"people.xlsx"})",
       "nnnnnyn", 200},
      {"GET", "/api/v1/directory/print", "/api/v1/directory/print?plan=in-force&reason=audit", "", "nnnnnyn", 200},
      {"POST", "/api/v1/directory/readings", "/api/v1/directory/readings", R"({"what":"list","reason":"audit"})",
       "nnnnnyn", 200},
      {"GET", "/api/v1/directory/persons/{person}/data", "/api/v1/directory/persons/chen/data?reason=asked", "",
       "nnnnnyn", 200},
      {"POST", "/api/v1/directory/persons/{person}/erase", "/api/v1/directory/persons/chen/erase",
       R"({"reason":"asked for it"})", "nnnnnyn", 428},
      {"GET", "/api/v1/directory/posts", "/api/v1/directory/posts", "", "nnnnyyy", 200},
      {"GET", "/api/v1/directory/units", "/api/v1/directory/units", "", "nnnnyyy", 200},
      {"GET", "/api/v1/directory/duties", "/api/v1/directory/duties?days=7", "", "nnnnyyn", 200},
      {"GET", "/api/v1/directory/coverage", "/api/v1/directory/coverage?days=7", "", "nnnnyyn", 200},
      {"GET", "/api/v1/me/feed", "/api/v1/me/feed", "", "nn-y---", 200},
      {"POST", "/api/v1/me/feed/renew", "/api/v1/me/feed/renew", "", "nn-y---", 200},
      {"GET", "/feeds/{feed}", "/feeds/" + model::feed_token({{1}, 0}, FakeFrontDoor().key) + ".ics", "", "yyyyyyy",
       200},
      {"GET", "/api/v1/areas", "/api/v1/areas", "", "yyyyyyy", 200},
      {"GET", "/api/v1/areas/at", "/api/v1/areas/at?latitude=35.31&longitude=118.61", "", "nnyyyyy", 200},
      {"GET", "/api/v1/areas/outlines", "/api/v1/areas/outlines", "", "nyyyyyy", 200},
      {"POST", "/api/v1/contacts/mine/{contact}/withdraw", "/api/v1/contacts/mine/" + id(1) + "/withdraw",
       R"({"confirm":true})", "nn-y---", 200},
      {"GET", "/api/v1/status", "/api/v1/status", "", "nnnnyyy", 200},
  };
}

using RightsTest = ServerTest;

std::string link_token() {
  return model::alert_token(model::AlertId{kAlert}, FakeFrontDoor().key);
}

TEST_F(RightsTest, EveryRouteAnswersEachRoleAsTheTableSays) {
  door_.fake_directory.chen.contacts.emplace_back().id = model::ContactId{1};
  start([](https::HttpsSettings& settings) { settings.requests_per_second = 0; });
  const std::vector<std::string> callers{"", link_token(), kReporter, kCommander, kDuty, kAdmin, kAuditor};
  for (const auto& cell : cells()) {
    ASSERT_EQ(cell.may.size(), callers.size()) << cell.pattern;
    for (std::size_t n = 0; n < callers.size(); ++n) {
      const bool may = cell.may[n] == 'y';
      const auto& token = callers[n];
      const std::size_t commands_before = door_.commands().size();
      const Got got = cell.method == "GET"   ? client().get(cell.path, token)
                      : cell.method == "PUT" ? client().put(cell.path, token)
                      : cell.method == "DELETE"
                          ? client().remove(cell.path, token)
                          : client().post(cell.path, cell.body, token,
                                          cell.path.ends_with("/attachments") ? "image/jpeg" : "application/json");
      const int refused = token.empty() ? 401 : cell.may[n] == '-' ? 404 : 403;
      const int expected = may ? cell.success : refused;
      EXPECT_EQ(got.status, expected) << cell.method << " " << cell.path << " as " << token << ": " << got.body;
      EXPECT_EQ(got.header("WWW-Authenticate"), expected == 401 ? "Bearer realm=\"tocsin\"" : "");
      if (!may || cell.method == "GET") {
        EXPECT_EQ(door_.commands().size(), commands_before) << cell.path;
      }
    }
  }
}

TEST_F(RightsTest, TheTableOfThisTestHoldsEveryRoute) {
  const auto table = cells();
  EXPECT_EQ(table.size(), https::all_routes().size());
  for (const auto& route : https::all_routes()) {
    EXPECT_TRUE(
        std::any_of(table.begin(), table.end(),
                    [&](const Cell& cell) { return cell.method == route.method && cell.pattern == route.pattern; }))
        << route.method << " " << route.pattern;
  }
}

TEST_F(RightsTest, ACommanderSeesOnlyIncidentsTheyWereToldOf) {
  start();
  EXPECT_EQ(client().get("/api/v1/incidents/101", kCommander).status, 200);
  for (const auto* of : {"", "/alerts", "/reports"})
    EXPECT_EQ(client().get(std::string("/api/v1/incidents/102") + of, kCommander).status, 404) << of;
  EXPECT_EQ(client().get("/api/v1/incidents/102", kDuty).status, 200);
  const std::string list = client().get("/api/v1/incidents", kCommander).body;
  EXPECT_THAT(list, ::testing::HasSubstr("\"incident\":101"));
  EXPECT_THAT(list, ::testing::Not(::testing::HasSubstr("\"incident\":102")));
}

TEST_F(RightsTest, ACommanderCanNeitherSeeNorAnswerAnotherPersonsAlert) {
  start();
  EXPECT_EQ(client().get("/api/v1/alerts/" + id(kAlert + 1), kCommander).status, 404);
  EXPECT_EQ(client().post("/api/v1/alerts/" + id(kAlert + 1) + "/answer", R"({"answer":"coming"})", kCommander).status,
            404);
  EXPECT_TRUE(door_.commands().empty());
}

TEST_F(RightsTest, AnAlertsLinkOpensThatAlertAloneWhileItsIncidentGoesOnAndItsDayLasts) {
  start();
  const auto path = [](std::int64_t n) { return "/api/v1/alerts/" + id(n); };
  EXPECT_EQ(client().get(path(kAlert), link_token()).status, 200);
  EXPECT_EQ(client().get(path(kAlert + 1), link_token()).status, 404);
  EXPECT_EQ(client().post(path(kAlert + 1) + "/answer", R"({"answer":"coming"})", link_token()).status, 404);
  auto forged = link_token();
  forged[3] = forged[3] == 'A' ? 'B' : 'A';
  EXPECT_EQ(client().get(path(kAlert), forged).status, 401);
  door_.now_us = base::to_micros(base::time_of_id(kAlert) + std::chrono::hours(24));
  EXPECT_EQ(client().get(path(kAlert), link_token()).status, 401) << "its day is over";
  door_.now_us = base::to_micros(base::time_of_id(kAlert));
  door_.fake_queries.views[0].incident.state = model::IncidentState::kEnded;
  EXPECT_EQ(client().get(path(kAlert), link_token()).status, 401) << "the incident has ended";
}

TEST_F(RightsTest, AReporterSeesOwnReportsOnly) {
  start();
  EXPECT_EQ(client().get("/api/v1/reports/" + id(800), kReporter).status, 404);
  EXPECT_EQ(client().get("/api/v1/reports/" + id(800), kDuty).status, 200);
  const auto list = client().get("/api/v1/reports", kReporter).body;
  EXPECT_THAT(list, ::testing::HasSubstr(id(900)));
  EXPECT_THAT(list, ::testing::Not(::testing::HasSubstr(id(800))));
}

TEST_F(RightsTest, TheAuditorSeesTheCallSheetMaskedAndUnmaskingIsRecordedFirst) {
  start();
  const auto sheet = client().get("/api/v1/call-sheet", kAuditor).body;
  EXPECT_THAT(sheet, ::testing::Not(::testing::HasSubstr("+8614400000017")));
  EXPECT_THAT(sheet, ::testing::HasSubstr("0017"));
  EXPECT_EQ(client().post("/api/v1/unmask", R"({"person":"chen"})", kAuditor).status, 422) << "no reason";
  const auto shown = client().post("/api/v1/unmask", R"({"line":")" + id(5) + R"(","reason":"wrong digit"})", kAuditor);
  EXPECT_THAT(shown.body, ::testing::HasSubstr("+8614400000017"));
  int unmasked = 0;
  for (const auto& command : door_.identity_commands()) {
    const auto* note = std::get_if<model::NoteAccess>(&command);
    if (note == nullptr || note->kind != model::AccessKind::kUnmasked) continue;
    ++unmasked;
    EXPECT_EQ(note->by->role, model::Role::kAuditor);
    EXPECT_EQ(note->reason, "wrong digit");
    EXPECT_EQ(note->subject, 1);
  }
  EXPECT_EQ(unmasked, 1);
}

TEST_F(RightsTest, RefusalsAndReadsOfWholeListsAreNotedOnceAMinuteWithTheirNumber) {
  start();
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(client().get("/api/v1/status", kReporter).status, 403);
    EXPECT_EQ(client().get("/api/v1/record", kDuty).status, 200);
  }
  door_.now_us += 61'000'000;
  EXPECT_EQ(client().get("/api/v1/status", kReporter).status, 403);
  std::map<std::string, std::vector<int>> counts;
  for (const auto& command : door_.identity_commands()) {
    const auto& note = std::get<model::NoteAccess>(command);
    counts[note.by->name + " " + note.route].push_back(note.count);
  }
  EXPECT_EQ(counts["grid-7 GET /api/v1/status"], (std::vector<int>{1, 5}));
  EXPECT_EQ(counts["desk GET /api/v1/record"], (std::vector<int>{1, 4}));
}

TEST_F(RightsTest, PhoneNumbersAreOnTheCallSheetAndNowhereElse) {
  start();
  const std::string sheet = client().get("/api/v1/call-sheet", kDuty).body;
  EXPECT_THAT(sheet, ::testing::HasSubstr("+8614400000017"));
  EXPECT_THAT(sheet, ::testing::Not(::testing::HasSubstr("0539000000"))) << "its owner never agreed";
  for (const auto* path : {"/api/v1/incidents", "/api/v1/incidents/101", "/api/v1/alerts", "/api/v1/record"}) {
    EXPECT_THAT(client().get(path, kDuty).body, ::testing::Not(::testing::HasSubstr("14400000017"))) << path;
  }
}

TEST_F(RightsTest, ARevokedTokenIsRefusedAtTheNextRequest) {
  start();
  EXPECT_EQ(client().get("/api/v1/status", kDuty).status, 200);
  door_.revoke(kDuty);
  EXPECT_EQ(client().get("/api/v1/status", kDuty).status, 401);
}

TEST_F(RightsTest, AnAnswerForAnotherPersonIsMarkedAsTheDesks) {
  start();
  EXPECT_EQ(client().post("/api/v1/alerts/" + id(kAlert) + "/answer", R"({"answer":"coming"})", kCommander).status,
            200);
  EXPECT_EQ(
      client().post("/api/v1/alerts/" + id(kAlert) + "/answer", R"({"answer":"cannot","note":"ill"})", kDuty).status,
      200);
  const auto commands = door_.commands();
  ASSERT_EQ(commands.size(), 2U);
  EXPECT_EQ(std::get<model::AnswerAlert>(commands[0]).via, model::AnswerVia::kApi);
  EXPECT_EQ(std::get<model::AnswerAlert>(commands[1]).via, model::AnswerVia::kDesk);
  EXPECT_EQ(std::get<model::AnswerAlert>(commands[1]).by.name, "desk");
}

}  // namespace
}  // namespace tocsin::testing
