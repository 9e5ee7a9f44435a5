#include <netinet/in.h>
#include <openssl/ssl.h>
#include <sys/stat.h>

#include <thread>

#include "gateway/base/ids.h"
#include "tests/unit/https/a_server.h"

namespace tocsin::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const std::string kReport =
    R"({"key":"key-00001","hazard":"fire","facts":{"serious":2,"spreading":null},"text":"smoke"})";

TEST_F(ServerTest, AReportIsAnsweredWithItsAssessmentAndWhatToAsk) {
  start();
  const Got got = client().post("/api/v1/reports", kReport, kReporter);
  EXPECT_EQ(got.status, 201);
  EXPECT_EQ(got.body,
            R"({"report":"0000000000007","incident":101,"opened":true,"repeated":false,"numbers_removed":false,)"
            R"("assessment":{"hazard":"fire","level":"IV","clause":"fire/IV/1","clause_text":"serious = 2 is in 1..3",)"
            R"("questions":[{"attribute":"spreading","text":"Is it spreading?","could_reach":"III"}]}})");
  const auto commands = door_.commands();
  ASSERT_EQ(commands.size(), 1U);
  const auto& report = std::get<model::SubmitReport>(commands[0]);
  EXPECT_EQ(report.by.name, "grid-7");
  EXPECT_EQ(report.by.role, model::Role::kReporter);
  EXPECT_EQ(model::to_text(report.facts), "serious=2") << "null is unknown, not zero";
}

TEST_F(ServerTest, WhatIsReportedByASessionOfTheDeskWasToldToTheDesk) {
  const auto signed_in = [&](const std::string& token, model::Role role) {
    model::Session session;
    session.id = model::SessionId{static_cast<std::int64_t>(door_.fake_queries.session_list.size()) + 1};
    session.account = model::AccountId{session.id.value};
    session.role = role;
    session.name = token.substr(0, 5);
    session.made_at = session.renewed_at = door_.now();
    session.expires_at = door_.now() + std::chrono::hours(12);
    door_.fake_queries.add_session(token, session);
    return token;
  };
  const auto duty = signed_in("duty-session-" + std::string(30, 'a'), model::Role::kDuty);
  const auto worker = signed_in("work-session-" + std::string(30, 'a'), model::Role::kReporter);
  start();
  const auto way_of = [&](const Got& got) {
    EXPECT_EQ(got.status, 201);
    return std::get<model::SubmitReport>(door_.commands().back()).via;
  };
  const auto from_our_page = [&](const std::string& token) {
    const auto said =
        say("POST /api/v1/reports HTTP/1.1\r\nHost: localhost:" + std::to_string(port()) +
            "\r\nOrigin: https://localhost:" + std::to_string(port()) +
            "\r\nX-Tocsin: 1\r\nContent-Type: application/json\r\nCookie: __Host-sid=" + token +
            "\r\nContent-Length: " + std::to_string(kReport.size()) + "\r\nConnection: close\r\n\r\n" + kReport);
    EXPECT_THAT(said, ::testing::StartsWith("HTTP/1.1 201"));
    return std::get<model::SubmitReport>(door_.commands().back()).via;
  };
  EXPECT_EQ(from_our_page(duty), model::ReportVia::kDesk);
  EXPECT_EQ(from_our_page(worker), model::ReportVia::kWeb);
  door_.reply_instead = [](const model::Command&) {
    return std::optional<model::CommandResult>(model::Reply(model::SubmittedReport{}));
  };
  EXPECT_EQ(way_of(client().post("/api/v1/reports", kReport, duty)), model::ReportVia::kDesk);
  EXPECT_EQ(way_of(client().post("/api/v1/reports", kReport, worker)), model::ReportVia::kApi);
  EXPECT_EQ(way_of(client().post("/api/v1/reports", kReport, kDuty)), model::ReportVia::kApi) << "a program's token";
  const auto waiting = base::to_base32(door_.fake_queries.inbox_entries.front().id);
  EXPECT_EQ(way_of(client().post("/api/v1/inbox/" + waiting + "/take", "{}", duty)), model::ReportVia::kDesk);
}

TEST_F(ServerTest, TheSameKeyAndBodyAgainIs200AndAnotherBodyIsAConflict) {
  start();
  EXPECT_EQ(client().post("/api/v1/reports", kReport, kReporter).status, 201);
  const Got again = client().post("/api/v1/reports", kReport, kReporter);
  EXPECT_EQ(again.status, 200);
  EXPECT_THAT(again.body, HasSubstr("\"repeated\":true"));
  const Got other =
      client().post("/api/v1/reports", R"({"key":"key-00001","hazard":"fire","text":"flames"})", kReporter);
  EXPECT_EQ(other.status, 409);
  EXPECT_THAT(other.body, HasSubstr("urn:tocsin:problem:conflict"));
}

TEST_F(ServerTest, AnUnknownHazardOrAreaNamesItsField) {
  start();
  const Got hazard = client().post("/api/v1/reports", R"({"key":"key-00002","hazard":"dragon"})", kReporter);
  EXPECT_EQ(hazard.status, 422);
  EXPECT_THAT(hazard.body, HasSubstr(R"("field":"hazard")"));
  const Got area = client().post("/api/v1/reports", R"({"key":"key-00003","area":"atlantis"})", kReporter);
  EXPECT_EQ(area.status, 422);
  EXPECT_THAT(area.body, HasSubstr(R"("field":"area")"));
}

TEST_F(ServerTest, AStoreThatCannotWriteMakesTheClientComeBack) {
  start();
  door_.reply_instead = [](const model::Command&) {
    return std::optional<model::CommandResult>(base::Error{base::ErrorCode::kRetryLater, "the disk is full", {}});
  };
  const Got got = client().post("/api/v1/reports", kReport, kReporter);
  EXPECT_EQ(got.status, 503);
  EXPECT_EQ(got.header("Retry-After"), "5");
}

TEST_F(ServerTest, AnInternalErrorOrAnExceptionTellsNothing) {
  start();
  door_.reply_instead = [](const model::Command&) {
    return std::optional<model::CommandResult>(base::Error{base::ErrorCode::kInternal, "secret detail", {}});
  };
  const Got error = client().post("/api/v1/reports", kReport, kReporter);
  EXPECT_EQ(error.status, 500);
  EXPECT_THAT(error.body, Not(HasSubstr("secret")));
  door_.reply_instead = [](const model::Command&) -> std::optional<model::CommandResult> {
    throw std::runtime_error("secret exception");
  };
  const Got thrown = client().post("/api/v1/reports", kReport, kReporter);
  EXPECT_EQ(thrown.status, 500);
  EXPECT_THAT(thrown.body, Not(HasSubstr("secret")));
  for (const auto& [name, value] : thrown.headers) EXPECT_THAT(value, Not(HasSubstr("secret"))) << name;
}

TEST_F(ServerTest, EveryAnswerCarriesTheProtectiveHeaders) {
  start();
  const std::vector<Got> answers{client().get("/"),
                                 client().get("/healthz"),
                                 client().get("/nothing-here"),
                                 client().get("/api/v1/status"),
                                 client().get("/api/v1/status", kDuty),
                                 client().post("/api/v1/reports", "{", kReporter)};
  for (const Got& got : answers) {
    EXPECT_EQ(got.header("Strict-Transport-Security"), "max-age=31536000") << got.status;
    EXPECT_EQ(got.header("X-Content-Type-Options"), "nosniff");
    EXPECT_EQ(got.header("X-Frame-Options"), "DENY");
    EXPECT_EQ(got.header("Referrer-Policy"), "no-referrer");
    EXPECT_EQ(got.header("Cache-Control"), "no-store");
    EXPECT_THAT(got.header("Content-Security-Policy"), HasSubstr("default-src 'none'"));
    EXPECT_EQ(got.headers.count("Content-Security-Policy"), 1U);
    EXPECT_EQ(got.headers.count("Server"), 0U);
    EXPECT_EQ(got.header("Connection"), "close") << "after an error, and because this client asks for it";
  }
}

TEST_F(ServerTest, TheFrontPageSpeaksBothLanguagesUnderAPolicyForItsOwnStyle) {
  start();
  const Got page = client().get("/");
  EXPECT_EQ(page.header("Content-Type"), "text/html; charset=utf-8");
  EXPECT_THAT(page.body, HasSubstr("警钟"));
  EXPECT_THAT(page.body, HasSubstr("An alarm bell"));
  EXPECT_THAT(page.header("Content-Security-Policy"), HasSubstr("style-src 'sha256-"));
  EXPECT_THAT(page.header("Content-Security-Policy"), Not(HasSubstr("unsafe")));
}

TEST_F(ServerTest, ReadinessIs200WithWarningsAnd503WhenIntakeIsClosed) {
  start();
  door_.ready = {true, {{"link main is down", "通道main已中断"}}};
  const Got warned = client().get("/readyz");
  EXPECT_EQ(warned.status, 200);
  EXPECT_EQ(warned.body, R"({"ready":true,"problems":["link main is down"]})");
  EXPECT_THAT(say("GET /readyz HTTP/1.1\r\nHost: localhost\r\nAccept-Language: zh-CN\r\nConnection: close\r\n\r\n"),
              HasSubstr("通道main已中断"));
  door_.ready = {false, {base::same("the store cannot be written")}};
  EXPECT_EQ(client().get("/readyz").status, 503);
}

TEST_F(ServerTest, WhatIsNoRouteIs404AndAKnownPathWithAnotherMethodSaysWhichItKnows) {
  start();
  EXPECT_EQ(client().get("/api/v1/people", kAdmin).status, 404);
  EXPECT_EQ(client().get("/api/v1/incidents/", kAdmin).status, 404);
  EXPECT_EQ(client().get("/api/v1/incidents/0101", kAdmin).status, 404);
  EXPECT_EQ(client().get("/api/v1/incidents/999", kAdmin).status, 404);
  EXPECT_EQ(client().get("/api/v1/alerts/short", kAdmin).status, 404);
  const Got put = client().put("/api/v1/reports", kAdmin);
  EXPECT_EQ(put.status, 405);
  EXPECT_EQ(put.header("Allow"), "POST, GET, HEAD");
}

TEST_F(ServerTest, HeadIsAnsweredLikeGetWithoutABody) {
  start();
  const Got got = client().head("/healthz");
  EXPECT_EQ(got.status, 200);
  EXPECT_EQ(got.body, "");
  EXPECT_EQ(got.header("Content-Length"), "3");
}

TEST_F(ServerTest, TheTitleOfAProblemComesInTheLanguageTheClientAsksFor) {
  start();
  const std::string got = say("GET /nothing HTTP/1.1\r\nHost: localhost\r\nAccept-Language: zh-CN,en\r\n\r\n");
  EXPECT_THAT(got, HasSubstr("不存在"));
}

TEST_F(ServerTest, QueriesAreCheckedToo) {
  start();
  const Got unknown = client().get("/api/v1/record?aftr=1", kDuty);
  EXPECT_EQ(unknown.status, 422);
  EXPECT_THAT(unknown.body, HasSubstr("did you mean \\\"after\\\"?"));
  EXPECT_EQ(client().get("/api/v1/record?limit=0", kDuty).status, 422);
  EXPECT_EQ(client().get("/api/v1/record?limit=5&limit=6", kDuty).status, 422);
  EXPECT_EQ(client().get("/api/v1/plan?lang=fr", kDuty).status, 422);
  const Got of_one = client().get("/api/v1/record?incident=101", kDuty);
  EXPECT_THAT(of_one.body, HasSubstr("\"next\":\"r0000000000002\""));
  EXPECT_THAT(of_one.body, Not(HasSubstr("\"seq\":1,")));
}

TEST_F(ServerTest, KeepAliveAndPipelinedRequestsAreAnsweredInOrder) {
  start();
  const std::string two =
      "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\nGET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: "
      "close\r\n\r\n";
  const std::string got = say(two);
  const auto first = got.find("ok\n"), second = got.find("\"ready\":true");
  ASSERT_NE(first, std::string::npos) << got;
  ASSERT_NE(second, std::string::npos) << got;
  EXPECT_LT(first, second);
  EXPECT_EQ(got.find("Keep-Alive:"), std::string::npos) << "how long it may idle is the front door's to say";
}

TEST_F(ServerTest, AChunkedBodyWithinTheLimitIsTaken) {
  start();
  const std::string got =
      say("POST /api/v1/reports HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + kReporter +
          "\r\nContent-Type: application/json\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
          "5\r\n{\"key\r\n1b\r\n\":\"key-00009\",\"text\":\"x\"  }\r\n0\r\n\r\n");
  EXPECT_THAT(got, HasSubstr("HTTP/1.1 201"));
}

TEST_F(ServerTest, AClientThatWaitsFor100ContinueIsToldToGoOn) {
  start();
  RawConnection raw(port());
  raw.send("POST /api/v1/reports HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + kReporter +
           "\r\nContent-Type: application/json\r\nContent-Length: 19\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_THAT(raw.read_until("\r\n\r\n"), HasSubstr("100 Continue"));
  raw.send(R"({"key":"key-00001"})");
  EXPECT_THAT(raw.read_until("\r\n\r\n"), HasSubstr("HTTP/1.1 201"));
}

TEST_F(ServerTest, CompressesWhenTheClientTakesIt) {
  start();
  const std::string got = say("GET /api/v1/areas HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + kAdmin +
                              "\r\nAccept-Encoding: gzip\r\nConnection: close\r\n\r\n");
  EXPECT_THAT(got, HasSubstr("Content-Encoding: gzip"));
}

TEST_F(ServerTest, ASecondServerOnTheSamePortIsRefusedWithAClearError) {
  start();
  auto second_settings = settings_;
  second_settings.port = port();
  https::HttpsServer second(second_settings, door_);
  const auto started = second.start();
  ASSERT_FALSE(started.ok());
  EXPECT_EQ(started.error().code, base::ErrorCode::kConflict);
  EXPECT_THAT(started.error().message, HasSubstr("listens there already"));
}

TEST_F(ServerTest, SpeaksTls12And13AndNothingOlder) {
  start();
  EXPECT_TRUE(RawConnection(port(), TLS1_3_VERSION).connected());
  EXPECT_TRUE(RawConnection(port(), TLS1_2_VERSION).connected());
  EXPECT_FALSE(RawConnection(port(), TLS1_1_VERSION).connected());
}

TEST_F(ServerTest, StoppingEndsIdleConnectionsAtOnce) {
  start();
  RawConnection raw(port());
  raw.send("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n");
  EXPECT_THAT(raw.read_until("ok\n"), HasSubstr("200"));
  server_->stop();
  raw.read_to_end();
  EXPECT_TRUE(raw.closed());
  EXPECT_FALSE(RawConnection(port()).connected());
}

}  // namespace
}  // namespace tocsin::testing
