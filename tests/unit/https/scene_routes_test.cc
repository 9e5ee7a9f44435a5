// What became of reports, and the scene of an alert, over HTTPS.
#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "gateway/base/ids.h"
#include "gateway/model/alert_link.h"
#include "gateway/ports/scenes.h"
#include "tests/unit/https/a_server.h"

namespace tocsin::testing {
namespace {

using ::testing::HasSubstr;
using Json = nlohmann::json;

class FakeScenes final : public ports::Scenes {
 public:
  base::Result<std::map<model::IncidentId, ports::ReportStanding>> standings(
      std::span<const model::IncidentId> incidents, const std::string& language) const override {
    ++asked;
    std::map<model::IncidentId, ports::ReportStanding> found;
    for (const auto id : incidents) {
      auto& standing = found[id];
      standing.stage = ports::ReportStage::kHandled;
      standing.read_by = base::from_micros(1'700'000'000'000'000);
      standing.coming = 3;
      standing.questions = {{"spreading", language == "zh" ? "火在蔓延吗？" : "Is it spreading?", 2, "II", false}};
    }
    return found;
  }
  base::Result<ports::Scene> scene(model::IncidentId incident, const std::string& language) const override {
    ports::Scene shown;
    shown.incident.id = incident;
    shown.incident.code = 101;
    shown.hazard_name = language == "zh" ? "火灾" : "Fire";
    shown.levels = 4;
    shown.people = {{"<b>王丽</b>", "", model::AnswerKind::kComing, base::from_micros(0)}};
    shown.leader = shown.people[0];
    shown.timeline = {{base::from_micros(0), "opened", "Incident 101: Fire"}};
    shown.approval = ports::SceneApproval{model::ApprovalState::kPending, base::from_micros(0), true, {}};
    shown.approval->sets_off = {{"Rescue", 12, {model::Channel::kSms, model::Channel::kDeskCall}}};
    return shown;
  }
  mutable std::atomic<int> asked{0};
};

class SceneRoutesTest : public ServerTest {
 protected:
  SceneRoutesTest() { door_.fake_scenes = &scenes_; }
  static std::string alert(const std::string& more = "") { return "/api/v1/alerts/" + base::to_base32(kAlert) + more; }
  static std::string link() { return model::alert_token(model::AlertId{kAlert}, FakeFrontDoor().key); }
  FakeScenes scenes_;
};

TEST_F(SceneRoutesTest, OnesOwnReportsSayWhatBecameOfThemByOneQueryForThePage) {
  start();
  const Json page = Json::parse(client().get("/api/v1/reports", kReporter).body);
  ASSERT_FALSE(page["reports"].empty());
  EXPECT_EQ(scenes_.asked, 1);
  const auto& report = page["reports"][0];
  EXPECT_EQ(report["stage"], "handled");
  EXPECT_EQ(report["coming"], 3);
  EXPECT_EQ(report["read_by"], "2023-11-14T22:13:20.000Z");
  EXPECT_TRUE(report["read_at"].is_null());
  EXPECT_TRUE(report["ended_at"].is_null());
  EXPECT_EQ(report["questions"][0]["text"], "Is it spreading?");
  EXPECT_EQ(report["questions"][0]["could_reach"], "II");
}

TEST_F(SceneRoutesTest, AnAlertsLinkSeesTheSceneOfItsAlertAndNothingElse) {
  start();
  const auto got = client().get(alert(), link());
  ASSERT_EQ(got.status, 200) << got.body;
  const Json scene = Json::parse(got.body)["scene"];
  EXPECT_EQ(scene["incident"], 101);
  EXPECT_EQ(scene["hazard_name"], "Fire");
  EXPECT_TRUE(scene["level_rank"].is_null());
  EXPECT_EQ(scene["leader"]["name"], "<b>王丽</b>");
  EXPECT_EQ(scene["leader"]["answer"], "coming");
  EXPECT_EQ(scene["people"][0]["name"], "<b>王丽</b>");
  EXPECT_TRUE(scene["people"][0]["post"].is_null());
  EXPECT_EQ(scene["timeline"][0]["what"], "opened");
  EXPECT_EQ(scene["approval"]["sets_off"][0]["people"], 12);
  EXPECT_EQ(scene["approval"]["sets_off"][0]["channels"], Json({"sms", "desk_call"}));
  EXPECT_EQ(client().get("/api/v1/alerts/" + base::to_base32(kAlert + 1), link()).status, 404);
  EXPECT_EQ(client().get("/api/v1/incidents/101", link()).status, 403);
}

TEST_F(SceneRoutesTest, AnAnswerIsAnsweredWithoutTheScene) {
  start();
  const auto got = client().post(alert("/answer"), R"({"answer":"coming"})", link());
  ASSERT_EQ(got.status, 200) << got.body;
  EXPECT_FALSE(Json::parse(got.body).contains("scene"));
}

TEST_F(SceneRoutesTest, WhatAReportFollowsIsAnIdOrNothingAtAll) {
  start();
  auto send = [&, key = 10001](const std::string& follows) mutable {
    return client().post("/api/v1/reports",
                         R"({"key":"key-)" + std::to_string(key++) + R"(","follows":)" + follows + "}", kReporter);
  };
  ASSERT_EQ(send("\"" + base::to_base32(900) + "\"").status, 201);
  EXPECT_EQ(std::get<model::SubmitReport>(door_.commands().back()).follows, model::ReportId{900});
  ASSERT_EQ(send("null").status, 201);
  EXPECT_FALSE(std::get<model::SubmitReport>(door_.commands().back()).follows);
  const auto wrong = send("\"nonsense\"");
  EXPECT_EQ(wrong.status, 404);
  EXPECT_THAT(wrong.body, HasSubstr("\"field\":\"follows\""));
}

}  // namespace
}  // namespace tocsin::testing
