// Plans over HTTPS: what is offered reaches the judge whole, and what was found comes back whole.
#include <gmock/gmock.h>

#include <future>
#include <nlohmann/json.hpp>

#include "tests/unit/https/a_server.h"

namespace tocsin::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using Json = nlohmann::json;

constexpr const char* kPlans = "/api/v1/plans";

class PlanRoutesTest : public ServerTest {
 protected:
  Got offer(const Json& body) { return client().post(kPlans, body.dump(), kAdmin); }
  void found(base::Severity severity, const std::string& standing) {
    base::Diagnostic gap;
    gap.severity = severity;
    gap.code = "range-gap";
    gap.file = "plan.toml";
    gap.line = 12;
    gap.column = 3;
    gap.where = "fire/III";
    gap.message = "a gap";
    gap.message_zh = "空缺";
    door_.judged.findings.push_back({gap, standing});
  }
};

TEST_F(PlanRoutesTest, AnOfferReachesTheJudgeAsItIsWithWhoeverAnswersForItsWarnings) {
  start();
  const std::string text = "# 注释\n[plan]\nname = \"\\u9752\"\n";
  const Got got = offer({{"plan", text},
                         {"name", "fire.toml"},
                         {"note", "why"},
                         {"accept", {{{"finding", "range-gap"}, {"where", "fire/III"}, {"reason", "on purpose"}}}}});
  EXPECT_EQ(got.status, 201) << got.body;
  EXPECT_EQ(Json::parse(got.body)["version"], 2);
  EXPECT_EQ(got.header("ETag"), '"' + model::to_text(model::Version{2, 2}) + '"');
  const auto offers = door_.offers();
  ASSERT_THAT(offers, SizeIs(1));
  EXPECT_EQ(offers[0].text, text) << "not a byte of it is changed";
  EXPECT_EQ(offers[0].name, "fire.toml");
  EXPECT_EQ(offers[0].note, "why");
  EXPECT_EQ(offers[0].by.name, "office");
  ASSERT_THAT(offers[0].accept, SizeIs(1));
  EXPECT_EQ(offers[0].accept[0], (model::PlanOverride{"range-gap", "fire/III", "on purpose"}));
}

TEST_F(PlanRoutesTest, TomlIsTakenAsTheWholeBody) {
  start();
  EXPECT_EQ(client().post(kPlans, "[plan]\n", kAdmin, "application/toml").status, 201);
  EXPECT_EQ(door_.offers().at(0).text, "[plan]\n");
  EXPECT_EQ(client().post(kPlans, "[plan]\n", kAdmin, "text/plain").status, 415);
}

TEST_F(PlanRoutesTest, ADryRunSubmitsNothing) {
  start();
  EXPECT_EQ(Json::parse(offer({{"plan", "x"}, {"dry_run", true}}).body)["dry_run"], true);
  EXPECT_EQ(client().post(std::string(kPlans) + "?dry_run=true", "x", kAdmin, "application/toml").status, 200);
  EXPECT_EQ(client().post(std::string(kPlans) + "?dry_run=yes", "x", kAdmin, "application/toml").status, 422);
  EXPECT_THAT(door_.commands(), IsEmpty());
}

TEST_F(PlanRoutesTest, ARefusalHoldsAllFindingsWithTheirPlacesInBothLanguages) {
  start();
  door_.judged.may_stand = false;
  door_.judged.why_not = {"1 warning that nobody answers for", "1条无人负责的警告"};
  found(base::Severity::kWarning, "in_the_way");
  const Got got = offer({{"plan", "x"}});
  EXPECT_EQ(got.status, 422);
  EXPECT_EQ(got.header("Content-Type"), "application/problem+json");
  const auto problem = Json::parse(got.body);
  EXPECT_EQ(problem["type"], "urn:tocsin:problem:plan-refused");
  EXPECT_EQ(problem["detail"], "1 warning that nobody answers for");
  ASSERT_EQ(problem["findings"].size(), 1U);
  const auto& finding = problem["findings"][0];
  EXPECT_EQ(finding["line"], 12);
  EXPECT_EQ(finding["where"], "fire/III");
  EXPECT_EQ(finding["message_zh"], "空缺");
  EXPECT_EQ(finding["standing"], "in_the_way");
  EXPECT_THAT(door_.commands(), IsEmpty());
}

TEST_F(PlanRoutesTest, WhileAPlanIsJudgedReportsAreTakenAndAnsweredByAllOtherWorkers) {
  std::promise<base::Result<ports::PlanJudged>> verdict;
  std::promise<void> asked;
  door_.judge_instead = [&] {
    asked.set_value();
    return verdict.get_future();
  };
  start();
  auto offering = std::async(std::launch::async, [&] { return offer({{"plan", "x"}}); });
  asked.get_future().wait();
  for (int i = 0; i < 10; ++i) {
    const Json report = {{"key", "key-0000" + std::to_string(10 + i)}, {"hazard", "fire"}};
    EXPECT_EQ(client().post("/api/v1/reports", report.dump(), kReporter).status, 201);
  }
  EXPECT_EQ(offering.wait_for(std::chrono::seconds(0)), std::future_status::timeout) << "nobody waited for its verdict";
  verdict.set_value(door_.judged);
  EXPECT_EQ(offering.get().status, 201);
}

TEST_F(PlanRoutesTest, WhoeverOffersOneMeanwhileIsToldWhyAndWhenToComeBack) {
  door_.judge_instead = [] {
    std::promise<base::Result<ports::PlanJudged>> busy;
    busy.set_value(base::Error{base::ErrorCode::kRetryLater, "another plan is being judged", ""});
    return busy.get_future();
  };
  start();
  const Got got = offer({{"plan", "x"}});
  EXPECT_EQ(got.status, 503);
  EXPECT_EQ(got.header("Retry-After"), "5");
  EXPECT_THAT(got.body, HasSubstr("urn:tocsin:problem:retry-later"));
  EXPECT_THAT(got.body, HasSubstr("another plan is being judged"));
  EXPECT_THAT(door_.commands(), IsEmpty());
}

TEST_F(PlanRoutesTest, AJudgeThatFailsTellsNothingAndPutsNothingInForce) {
  door_.judge_instead = [] {
    std::promise<base::Result<ports::PlanJudged>> failed;
    failed.set_exception(std::make_exception_ptr(std::runtime_error("secret exception")));
    return failed.get_future();
  };
  start();
  const Got got = offer({{"plan", "x"}});
  EXPECT_EQ(got.status, 500);
  EXPECT_THAT(got.body, ::testing::Not(HasSubstr("secret")));
  EXPECT_THAT(door_.commands(), IsEmpty());
}

TEST_F(PlanRoutesTest, WhatIsNoOfferIsRefusedBeforeAnybodyJudgesIt) {
  start();
  EXPECT_EQ(offer({{"name", "x"}}).status, 422);
  EXPECT_EQ(offer({{"plan", ""}}).status, 422);
  EXPECT_EQ(offer({{"plan", "x"}, {"accept", {{{"finding", "range-gap"}}}}}).status, 422) << "without a reason";
  EXPECT_EQ(offer({{"plan", "x"}, {"accept", "range-gap"}}).status, 422);
  EXPECT_THAT(door_.offers(), IsEmpty());
}

TEST_F(PlanRoutesTest, APlanMayBeLargeButNotEndless) {
  start();
  EXPECT_EQ(offer({{"plan", std::string(3 * 1024 * 1024, '#')}}).status, 201);
  const std::string head = std::string("POST ") + kPlans + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " +
                           kAdmin + "\r\nContent-Type: application/toml\r\nContent-Length: 10485760\r\n\r\n";
  EXPECT_THAT(say(head), HasSubstr("HTTP/1.1 413"));
  EXPECT_EQ(client().post(kPlans, "#", kDuty, "application/toml").status, 403);
}

TEST_F(PlanRoutesTest, VersionsAreListedAndOneIsReadWhole) {
  start();
  const Got list = client().get(kPlans, kDuty);
  const auto plans = Json::parse(list.body);
  EXPECT_EQ(plans["in_force"], 1);
  EXPECT_EQ(plans["plans"][0]["via"], "start");
  EXPECT_EQ(list.header("ETag"), '"' + model::to_text(model::Version{1, 1}) + '"');
  const Got one = client().get(std::string(kPlans) + "/1", kDuty);
  EXPECT_EQ(one.header("Content-Type"), "application/toml");
  EXPECT_EQ(one.body, "[plan]\n");
  EXPECT_EQ(client().get(std::string(kPlans) + "/7", kDuty).status, 404);
  EXPECT_EQ(client().get(std::string(kPlans) + "/x", kDuty).status, 404);
}

}  // namespace
}  // namespace tocsin::testing
