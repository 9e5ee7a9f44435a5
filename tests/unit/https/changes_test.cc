// The poll, the pages and the versions of edits, through the real router.
#include "tests/unit/https/a_server.h"

#include "adapters/https/cursor.h"
#include "adapters/https/routes.h"

namespace tocsin::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class RoutesTest : public ::testing::Test {
 protected:
  RoutesTest() { fill(door_); }

  https::HttpResponse ask(const std::string& method, const std::string& target, const std::string& token,
                          const std::function<void(https::HttpRequest&)>& also = {}) {
    https::HttpRequest request;
    request.method = method;
    request.target = target;
    request.authorization = "Bearer " + token;
    if (method == "POST") request.content_type = "application/json";
    if (also) also(request);
    return router_.answer(request);
  }
  https::HttpResponse get(const std::string& target, const std::string& token) { return ask("GET", target, token); }

  static std::string header(const https::HttpResponse& response, const std::string& name) {
    for (const auto& [key, value] : response.headers) {
      if (key == name) return value;
    }
    return "";
  }

  FakeFrontDoor door_;
  https::Router router_{door_};
};

TEST_F(RoutesTest, WhileNothingHappensAPollIsAnEmpty304AndAsksNobody) {
  const auto first = get("/api/v1/changes?since=0", kDuty);
  EXPECT_EQ(first.status, 200);
  EXPECT_THAT(first.body, HasSubstr("\"cursor\":2"));
  EXPECT_EQ(header(first, "ETag"), "\"2\"");
  const int asked = door_.fake_queries.changes_asked;
  for (const auto* since : {"2", "0"}) {
    const auto again = ask("GET", std::string("/api/v1/changes?since=") + since, kDuty,
                           [](auto& request) { request.if_none_match = "\"2\""; });
    EXPECT_EQ(again.status, 304);
    EXPECT_EQ(again.body, "");
    EXPECT_EQ(header(again, "ETag"), "\"2\"");
  }
  EXPECT_EQ(door_.fake_queries.changes_asked, asked);
  const auto stale =
      ask("GET", "/api/v1/changes?since=1", kDuty, [](auto& request) { request.if_none_match = "\"1\""; });
  EXPECT_EQ(stale.status, 200);
}

TEST_F(RoutesTest, AnIncidentShownAsItStoodAMomentAgoIsToldOfAgain) {
  door_.fake_queries.entries.push_back({3, {}, model::RecordKind::kAnswered, model::IncidentId{1010}, 1, 1, 1, ""});
  door_.fake_queries.summaries_of = 2;  // remembered from before the last entry
  EXPECT_THAT(get("/api/v1/changes?since=1", kDuty).body, HasSubstr("\"cursor\":2"));
  EXPECT_THAT(get("/api/v1/changes?since=3", kDuty).body, HasSubstr("\"cursor\":3"));  // never back behind `since`
  door_.fake_queries.summaries_of = 3;
  const auto fresh = get("/api/v1/changes?since=1", kDuty);
  EXPECT_THAT(fresh.body, HasSubstr("\"cursor\":3"));
  EXPECT_THAT(fresh.body, HasSubstr(R"("summary":{"people":1,)"));
}

TEST_F(RoutesTest, APollShowsOnlyWhatTheCallerMaySee) {
  const auto desk = get("/api/v1/changes", kDuty), commander = get("/api/v1/changes", kCommander),
             reporter = get("/api/v1/changes", kReporter);
  EXPECT_THAT(desk.body, HasSubstr("\"incident\":102"));
  EXPECT_THAT(desk.body, HasSubstr("\"call_sheet\":true"));
  EXPECT_THAT(commander.body, HasSubstr("\"incident\":101"));
  EXPECT_THAT(commander.body, Not(HasSubstr("\"incident\":102")));
  EXPECT_THAT(commander.body, HasSubstr("\"call_sheet\":false"));
  EXPECT_THAT(reporter.body, HasSubstr("\"incidents\":[]"));
}

TEST_F(RoutesTest, AListGoesOnWhereItsCursorStands) {
  const auto first = get("/api/v1/incidents?limit=1", kDuty);
  const std::string next = https::cursor_text(https::CursorOf::kIncidents, 1020);
  EXPECT_THAT(first.body, HasSubstr("\"incident\":102"));
  EXPECT_THAT(first.body, HasSubstr("\"next\":\"" + next + "\""));
  const auto second = get("/api/v1/incidents?limit=1&cursor=" + next, kDuty);
  EXPECT_THAT(second.body, HasSubstr("\"incident\":101"));
  EXPECT_THAT(second.body, HasSubstr("\"next\":null"));
}

TEST_F(RoutesTest, ACursorThatIsNotOfThisListIsRefused) {
  for (const auto& cursor : {https::cursor_text(https::CursorOf::kAlerts, 5), std::string("x"), std::string("-1")}) {
    EXPECT_EQ(get("/api/v1/incidents?cursor=" + cursor, kDuty).status, 422) << cursor;
  }
  EXPECT_EQ(get("/api/v1/incidents?limit=501", kDuty).status, 422);
  EXPECT_EQ(get("/api/v1/record?after=1&cursor=r0000000000001", kDuty).status, 422);
}

TEST_F(RoutesTest, AnEditCarriesTheVersionItWasDecidedOn) {
  const std::string tag = header(get("/api/v1/incidents/101", kDuty), "ETag");
  EXPECT_EQ(tag, "\"" + model::to_text(model::Version{1010, 0}) + "\"");
  const auto level = [&](const std::string& if_match) {
    return ask("POST", "/api/v1/incidents/101/level", kDuty, [&](auto& request) {
      request.body = R"({"level":"III"})";
      request.if_match = if_match;
    });
  };
  EXPECT_EQ(level(tag).status, 200);
  EXPECT_EQ(level("").status, 200);
  const auto commands = door_.commands();
  ASSERT_EQ(commands.size(), 2U);
  EXPECT_EQ(std::get<model::SetLevel>(commands[0]).expected, (model::Expected{{1010, 0}}));
  EXPECT_TRUE(std::get<model::SetLevel>(commands[1]).expected.empty());
}

TEST_F(RoutesTest, WhatChangedMeanwhileIs412) {
  door_.reply_instead = [](const model::Command&) {
    return base::Error{base::ErrorCode::kChanged, "somebody changed it meanwhile", {}};
  };
  const auto refused = ask("POST", "/api/v1/incidents/101/open", kDuty);
  EXPECT_EQ(refused.status, 412);
  EXPECT_THAT(refused.body, HasSubstr("urn:tocsin:problem:changed"));
}

}  // namespace
}  // namespace tocsin::testing
