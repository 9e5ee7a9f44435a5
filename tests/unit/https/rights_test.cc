// Every route × every kind of caller, over real HTTPS.
#include <vector>

#include "adapters/https/routes.h"
#include "gateway/base/ids.h"
#include "tests/support/pictures.h"
#include "tests/unit/https/a_server.h"

namespace tocsin::testing {
namespace {

// Who may, written a second time on purpose: a slip in the route table does not slip in here too.
struct Cell {
  std::string method, pattern, path, body;
  bool nobody, reporter, commander, duty, admin;
  int success;
};

std::string id(std::int64_t n) {
  return base::to_base32(n);
}

std::vector<Cell> cells() {
  const std::string incident = "/api/v1/incidents/101", pattern = "/api/v1/incidents/{code}";
  const bool yes = true, no = false;
  return {
      {"GET", "/", "/", "", yes, yes, yes, yes, yes, 200},
      {"GET", "/healthz", "/healthz", "", yes, yes, yes, yes, yes, 200},
      {"GET", "/readyz", "/readyz", "", yes, yes, yes, yes, yes, 200},
      {"GET", "/install", "/install", "", yes, yes, yes, yes, yes, 200},
      {"GET", "/install/authority.crt", "/install/authority.crt", "", yes, yes, yes, yes, yes, 200},
      {"GET", "/install/tocsin.mobileconfig", "/install/tocsin.mobileconfig", "", yes, yes, yes, yes, yes, 200},
      {"GET", "/metrics", "/metrics", "", no, no, no, yes, yes, 200},
      {"POST", "/api/v1/reports", "/api/v1/reports", R"({"key":"key-00001","hazard":"fire"})", no, yes, yes, yes, yes,
       201},
      {"POST", "/api/v1/reports/{report}/attachments", "/api/v1/reports/" + id(7) + "/attachments", a_jpeg(16, 16), no,
       yes, no, yes, yes, 201},
      {"GET", pattern + "/attachments/{hash}", incident + "/attachments/" + kPhotograph, "", no, yes, yes, yes, yes,
       200},
      {"GET", "/api/v1/incidents", "/api/v1/incidents?open=true", "", no, no, yes, yes, yes, 200},
      {"GET", pattern, incident, "", no, no, yes, yes, yes, 200},
      {"GET", pattern + "/alerts", incident + "/alerts?limit=5", "", no, no, yes, yes, yes, 200},
      {"GET", pattern + "/reports", incident + "/reports?limit=5", "", no, no, yes, yes, yes, 200},
      {"POST", pattern + "/open", incident + "/open", "", no, no, no, yes, yes, 200},
      {"POST", pattern + "/classify", incident + "/classify", R"({"hazard":"fire"})", no, no, no, yes, yes, 200},
      {"POST", pattern + "/level", incident + "/level", R"({"level":"III","reason":"wind"})", no, no, no, yes, yes,
       200},
      {"POST", pattern + "/merge", incident + "/merge", R"({"into":102})", no, no, no, yes, yes, 200},
      {"POST", pattern + "/split", incident + "/split", R"({"reports":[")" + id(7) + R"("]})", no, no, no, yes, yes,
       200},
      {"POST", pattern + "/stand-down", incident + "/stand-down", R"({"reason":"out"})", no, no, no, yes, yes, 200},
      {"GET", "/api/v1/alerts", "/api/v1/alerts", "", no, no, yes, yes, yes, 200},
      {"GET", "/api/v1/alerts/{alert}", "/api/v1/alerts/" + id(1), "", no, no, yes, yes, yes, 200},
      {"POST", "/api/v1/alerts/{alert}/answer", "/api/v1/alerts/" + id(1) + "/answer", R"({"answer":"coming"})", no, no,
       yes, yes, yes, 200},
      {"GET", "/api/v1/call-sheet", "/api/v1/call-sheet", "", no, no, no, yes, yes, 200},
      {"POST", "/api/v1/call-sheet/{line}/outcome", "/api/v1/call-sheet/" + id(5) + "/outcome",
       R"({"outcome":"no_answer"})", no, no, no, yes, yes, 200},
      {"POST", "/api/v1/tasks/{task}/done", "/api/v1/tasks/" + id(6) + "/done", R"({"note":"told 119"})", no, no, no,
       yes, yes, 200},
      {"GET", "/api/v1/changes", "/api/v1/changes?since=0", "", no, yes, yes, yes, yes, 200},
      {"GET", "/api/v1/record", "/api/v1/record?after=0&limit=10", "", no, no, no, yes, yes, 200},
      {"GET", "/api/v1/plan", "/api/v1/plan?lang=zh", "", no, yes, yes, yes, yes, 200},
      {"GET", "/api/v1/areas", "/api/v1/areas", "", no, yes, yes, yes, yes, 200},
      {"GET", "/api/v1/status", "/api/v1/status", "", no, no, no, yes, yes, 200},
  };
}

using RightsTest = ServerTest;

TEST_F(RightsTest, EveryRouteAnswersEachRoleAsTheTableSays) {
  start();
  const auto table = cells();
  for (const auto& cell : table) {
    const std::vector<std::pair<std::string, bool>> callers{{"", cell.nobody},
                                                            {kReporter, cell.reporter},
                                                            {kCommander, cell.commander},
                                                            {kDuty, cell.duty},
                                                            {kAdmin, cell.admin}};
    for (const auto& [token, may] : callers) {
      const std::size_t commands_before = door_.commands().size();
      const Got got = cell.method == "GET"
                          ? client().get(cell.path, token)
                          : client().post(cell.path, cell.body, token,
                                          cell.path.ends_with("/attachments") ? "image/jpeg" : "application/json");
      // Reports of others are as if they were not there.
      const int refused = cell.path.ends_with("/attachments") ? 404 : 403;
      const int expected = may ? cell.success : (token.empty() ? 401 : refused);
      EXPECT_EQ(got.status, expected) << cell.method << " " << cell.path << " as " << token << ": " << got.body;
      EXPECT_EQ(got.header("WWW-Authenticate"), expected == 401 ? "Bearer realm=\"tocsin\"" : "");
      EXPECT_EQ(door_.commands().size(), commands_before + (may && cell.method == "POST" ? 1 : 0)) << cell.path;
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
  EXPECT_EQ(client().get("/api/v1/alerts/" + id(2), kCommander).status, 404);
  EXPECT_EQ(client().post("/api/v1/alerts/" + id(2) + "/answer", R"({"answer":"coming"})", kCommander).status, 404);
  EXPECT_TRUE(door_.commands().empty());
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
  door_.fake_queries.revoke(kDuty);
  EXPECT_EQ(client().get("/api/v1/status", kDuty).status, 401);
}

TEST_F(RightsTest, AnAnswerForAnotherPersonIsMarkedAsTheDesks) {
  start();
  EXPECT_EQ(client().post("/api/v1/alerts/" + id(1) + "/answer", R"({"answer":"coming"})", kCommander).status, 200);
  EXPECT_EQ(client().post("/api/v1/alerts/" + id(1) + "/answer", R"({"answer":"cannot","note":"ill"})", kDuty).status,
            200);
  const auto commands = door_.commands();
  ASSERT_EQ(commands.size(), 2U);
  EXPECT_EQ(std::get<model::AnswerAlert>(commands[0]).via, model::AnswerVia::kApi);
  EXPECT_EQ(std::get<model::AnswerAlert>(commands[1]).via, model::AnswerVia::kDesk);
  EXPECT_EQ(std::get<model::AnswerAlert>(commands[1]).by.name, "desk");
}

}  // namespace
}  // namespace tocsin::testing
