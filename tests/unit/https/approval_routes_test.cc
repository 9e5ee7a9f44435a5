// Deciding on an approval, and ending with conditions, through the real router.
#include "adapters/https/routes.h"
#include "gateway/base/ids.h"
#include "gateway/model/alert_link.h"
#include "tests/unit/https/a_server.h"

namespace tocsin::testing {
namespace {

using model::ApprovalOutcome;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

class ApprovalRoutesTest : public ::testing::Test {
 protected:
  ApprovalRoutesTest() { fill(door_); }

  https::HttpResponse post(const std::string& target, const std::string& token, const std::string& body) {
    https::HttpRequest request;
    request.method = "POST";
    request.target = target;
    request.authorization = "Bearer " + token;
    request.content_type = "application/json";
    request.body = body;
    return router_.answer(request);
  }
  void answer(ApprovalOutcome outcome) {
    door_.reply_instead = [outcome](const model::Command& command) -> std::optional<model::CommandResult> {
      if (std::holds_alternative<model::IdentityCommand>(command)) return std::nullopt;
      model::ApprovalReply reply;
      reply.outcome = outcome;
      reply.retry_after = std::chrono::seconds(60);
      return model::CommandResult(model::Reply(reply));
    };
  }
  const std::string code_ = "/api/v1/incidents/101/approval/code", decision_ = "/api/v1/incidents/101/approval",
                    approve_ = R"({"decision":"approve","request":"0000000000007","code":"123456"})";

  FakeFrontDoor door_;
  https::Router router_{door_};
};

TEST_F(ApprovalRoutesTest, TheCodeGoesToThePhoneAndNotIntoTheAnswer) {
  const auto asked = post(code_, kCommander, "{}");
  EXPECT_EQ(asked.status, 202);
  const auto commands = door_.commands();
  ASSERT_EQ(commands.size(), 1U);
  const auto& command = std::get<model::AskApprovalCode>(commands.front());
  EXPECT_EQ(command.code, 101);
  EXPECT_EQ(command.one_time_code.size(), 6U);
  EXPECT_THAT(asked.body, ::testing::Not(HasSubstr(command.one_time_code)));
  EXPECT_THAT(asked.body, HasSubstr(base::to_base32(command.request.value)));
}

TEST_F(ApprovalRoutesTest, ADecisionIsTheCallersOwn) {
  const auto decided =
      post(decision_, kCommander, R"({"decision":"decline","request":"0000000000007","code":"123456"})");
  EXPECT_EQ(decided.status, 200);
  EXPECT_EQ(decided.body, R"({"incident":101,"state":"declined"})");
  const auto commands = door_.commands();
  ASSERT_EQ(commands.size(), 1U);
  const auto& command = std::get<model::Approve>(commands.front());
  EXPECT_FALSE(command.approved);
  EXPECT_EQ(command.request, model::SignInId{7});
  EXPECT_EQ(command.one_time_code, "123456");
  EXPECT_TRUE(command.by.person) << "who asks is the token's person, never the body's";
}

TEST_F(ApprovalRoutesTest, RefusalsSayWhichOfThem) {
  answer(ApprovalOutcome::kNotNamed);
  EXPECT_THAT(post(decision_, kCommander, approve_).body, HasSubstr("urn:tocsin:problem:forbidden"));
  answer(ApprovalOutcome::kWrongCode);
  const auto wrong = post(decision_, kCommander, approve_);
  EXPECT_EQ(wrong.status, 403);
  EXPECT_THAT(wrong.body, HasSubstr("urn:tocsin:problem:wrong-code"));
  answer(ApprovalOutcome::kTooMany);
  const auto many = post(code_, kCommander, "{}");
  EXPECT_EQ(many.status, 429);
  EXPECT_TRUE(std::any_of(many.headers.begin(), many.headers.end(),
                          [](const auto& h) { return h.first == "Retry-After" && h.second == "60"; }));
}

TEST_F(ApprovalRoutesTest, WhatIsNoDecisionReachesNobody) {
  for (const auto* body : {"{}", R"({"decision":"yes","request":"0000000000007","code":"123456"})",
                           R"({"decision":"approve","code":"123456"})",
                           R"({"decision":"approve","request":"0000000000007","code":"123456","by":"commander"})"}) {
    EXPECT_EQ(post(decision_, kCommander, body).status, 422) << body;
  }
  EXPECT_TRUE(door_.commands().empty());
}

TEST_F(ApprovalRoutesTest, AnAlertsLinkDecidesAboutItsOwnIncidentAlone) {
  const auto link = model::alert_token(model::AlertId{kAlert}, door_.key);
  EXPECT_EQ(post(decision_, link, approve_).status, 200);
  EXPECT_EQ(post("/api/v1/incidents/102/approval", link, approve_).status, 404);
  EXPECT_EQ(post("/api/v1/incidents/102/approval/code", link, "{}").status, 404);
  EXPECT_EQ(door_.commands().size(), 1U);
}

TEST_F(ApprovalRoutesTest, WhatIsTickedAndWhoseWordItWasGoAlong) {
  const std::string end = "/api/v1/incidents/101/stand-down";
  EXPECT_EQ(post(end, kDuty, R"({"reason":"out","conditions":["fire-out","counted"],"ordered_by":"commander"})").status,
            200);
  const auto commands = door_.commands();
  ASSERT_EQ(commands.size(), 1U);
  const auto& command = std::get<model::StandDown>(commands.front());
  EXPECT_THAT(command.conditions, ElementsAre("fire-out", "counted"));
  EXPECT_EQ(command.ordered_by, "commander");
  EXPECT_EQ(post(end, kDuty, R"({"reason":"out","conditions":["Fire out!"]})").status, 422);
  EXPECT_EQ(post(end, kDuty, R"({"reason":"out","conditions":"fire-out"})").status, 422);
}

TEST_F(ApprovalRoutesTest, AnIncidentShowsWhoseWordItWaitsForAndWhatEndsIt) {
  auto& view = door_.fake_queries.views.front();
  model::Approval approval;
  approval.callout = model::CallOutId{3};
  approval.by = "post:commander duty:leader";
  approval.starts_by_default = false;
  view.approvals.push_back(approval);
  view.incident.desk_questions = {{"roof", {"Is the roof on fire?", "屋顶着火了吗？"}}};
  view.incident.grade_id = "III";
  model::CallOut callout;
  callout.stand_down_by = "post:commander";
  callout.conditions = {{"fire-out", {"Flames out?", "明火已灭？"}}};
  view.callouts = {callout};
  https::HttpRequest request;
  request.method = "GET";
  request.target = "/api/v1/incidents/101";
  request.authorization = std::string("Bearer ") + kDuty;
  const auto body = router_.answer(request).body;
  EXPECT_THAT(body, HasSubstr(R"("state":"pending","by":["post:commander","duty:leader"],"otherwise":"leave")"));
  EXPECT_THAT(body, HasSubstr(R"("stand_down":{"by":["post:commander"],"conditions":[{"name":"fire-out",)"
                              R"("text":"Flames out?","text_zh":"明火已灭？"}]})"));
  EXPECT_THAT(body, HasSubstr(R"("desk_questions":[{"attribute":"roof","text":"Is the roof on fire?",)"
                              R"("text_zh":"屋顶着火了吗？"}])"));
  EXPECT_THAT(body, HasSubstr(R"("grade":"III")"));
}

}  // namespace
}  // namespace tocsin::testing
