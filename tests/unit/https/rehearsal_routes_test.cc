// What would happen, what differs, and probes over HTTPS: asked by those who read, changing nothing.
#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "tests/unit/https/a_server.h"

namespace tocsin::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Json = nlohmann::json;

class RehearsalRoutesTest : public ServerTest {
 protected:
  Got simulate(const std::string& body) { return client().post("/api/v1/plans/simulate", body, kDuty); }
  Got compare(const std::string& body) { return client().post("/api/v1/plans/compare", body, kDuty); }
  ports::RehearsalWish wish() {
    return door_.rehearsed.with([](const auto& last) { return last; });
  }
};

TEST_F(RehearsalRoutesTest, AReportAsItWouldBeSentIsRehearsedUnderThePlanInForce) {
  start();
  const Got got =
      simulate(R"({"report":{"hazard":"fire","facts":{"serious":2},"area":"donghu","place":"gate","text":"smoke"},)"
               R"("at":"2026-11-22T14:00:00Z","on_leave":["chen"],"all_answer":true,"plan":null,"version":null})");
  EXPECT_EQ(got.status, 200) << got.body;
  EXPECT_EQ(Json::parse(got.body)["level"], "III");
  EXPECT_EQ(wish().plan.text, "");
  EXPECT_EQ(wish().plan.version, 0);
  EXPECT_EQ(wish().hazard, "fire");
  EXPECT_EQ(model::to_text(wish().facts), "serious=2");
  EXPECT_EQ(wish().area, "donghu");
  EXPECT_THAT(wish().on_leave, ElementsAre("chen"));
  EXPECT_TRUE(wish().all_answer);
  ASSERT_TRUE(wish().at);
  EXPECT_EQ(base::to_rfc3339(*wish().at).substr(0, 16), "2026-11-22T14:00");
  EXPECT_THAT(door_.commands(), IsEmpty());
}

TEST_F(RehearsalRoutesTest, FactsOfAnotherPlanAreForThatPlanToJudge) {
  start();
  EXPECT_EQ(simulate(R"({"report":{"facts":{"serious":"many"}}})").status, 422);
  EXPECT_EQ(simulate(R"({"version":2,"report":{"facts":{"serious":"many"}}})").status, 200);
}

TEST_F(RehearsalRoutesTest, APlanOrAVersionButNotBothAndNothingUnknown) {
  start();
  EXPECT_EQ(simulate("{}").status, 422);
  EXPECT_EQ(simulate(R"({"report":{},"plan":"x","version":1})").status, 422);
  EXPECT_EQ(simulate(R"({"report":{"nonsense":1}})").status, 422);
  EXPECT_EQ(simulate(R"({"report":{},"nonsense":1})").status, 422);
  EXPECT_EQ(compare(R"({"before":{"version":1}})").status, 422);
  EXPECT_EQ(compare(R"({"before":{"version":1},"after":{"plan":"x","version":2}})").status, 422);
}

TEST_F(RehearsalRoutesTest, APlanThatCannotBeReadComesBackWithItsFindings) {
  base::Diagnostic wrong;
  wrong.code = "unknown-key";
  door_.looked_at = {false, {}, ""};
  door_.looked_at.refused.findings.push_back({wrong, "error"});
  start();
  const Got got = simulate(R"({"report":{},"plan":"nonsense = 1"})");
  EXPECT_EQ(got.status, 422);
  EXPECT_EQ(Json::parse(got.body)["type"], "urn:tocsin:problem:plan-refused");
  EXPECT_EQ(Json::parse(got.body)["findings"][0]["code"], "unknown-key");
  EXPECT_EQ(compare(R"({"before":{},"after":{"plan":"nonsense = 1"}})").status, 422);
}

TEST_F(RehearsalRoutesTest, TwoPlansAreComparedAsTheyAreNamed) {
  start();
  EXPECT_EQ(compare(R"({"before":{"version":1},"after":{"plan":"[plan]"}})").status, 200);
  const auto asked = door_.compared.with([](const auto& last) { return last; });
  EXPECT_EQ(asked.before.version, 1);
  EXPECT_EQ(asked.after.text, "[plan]");
}

TEST_F(RehearsalRoutesTest, AProbeIsSentOverTheLinkThatIsNamed) {
  start();
  const Got sent = client().post("/api/v1/links/sms/probe", "", kAdmin);
  EXPECT_EQ(sent.status, 202) << sent.body;
  EXPECT_EQ(Json::parse(sent.body)["probe"].get<std::string>().size(), 13U);
  EXPECT_EQ(client().post("/api/v1/links/dead/probe", "", kAdmin).status, 409);
}

}  // namespace
}  // namespace tocsin::testing
