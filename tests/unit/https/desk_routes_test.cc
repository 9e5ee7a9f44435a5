// The desk's look, its handover and the opening of what waits in its inbox, through the real router.
#include <gmock/gmock.h>

#include "adapters/https/routes.h"
#include "gateway/base/ids.h"
#include "tests/unit/https/a_server.h"

namespace tocsin::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class DeskRoutesTest : public ::testing::Test {
 protected:
  DeskRoutesTest() {
    fill(door_);
    auto& look = door_.look;
    look.at = base::from_micros(1'700'000'000'000'000);
    look.dangers.push_back({model::DangerKind::kLink, {"Link main is down.", "通道main已中断。"}, look.at});
    look.dangers.push_back({model::DangerKind::kLink, {"Link other is down.", "通道other已中断。"}, {}});
    look.dangers.push_back({model::DangerKind::kNobodyOnDuty, {"Nobody.", "无人。"}, {}});
    look.on_duty.push_back({"leader", {{model::PersonId{1}, "duty leader"}}});
    look.on_duty.push_back({"desk", {}});
    model::LinkLook link;
    link.name = "main";
    link.kind = "smpp";
    link.state = model::LinkState::kDown;
    link.why = base::same("connection refused");
    link.waiting = 3;
    look.links.push_back(link);
    look.counts.open_incidents = 2;
    look.unanswered = 8;
  }

  https::HttpResponse ask(const std::string& method, const std::string& target, const std::string& token,
                          const std::string& body = "", const std::string& tag = "") {
    https::HttpRequest request;
    request.method = method;
    request.target = target;
    request.authorization = "Bearer " + token;
    if (method == "POST") request.content_type = "application/json";
    request.body = body;
    request.if_none_match = tag;
    return router_.answer(request);
  }
  static std::string tag_of(const https::HttpResponse& response) {
    for (const auto& [key, value] : response.headers) {
      if (key == "ETag") return value;
    }
    return "";
  }

  FakeFrontDoor door_;
  https::Router router_{door_};
};

TEST_F(DeskRoutesTest, AnIncidentIsReadWithoutItsPeopleWhoComeAPageAtATime) {
  const auto read = [&](const std::string& more) { return ask("GET", "/api/v1/incidents/101" + more, kDuty).status; };
  EXPECT_EQ(read("?alerts=0"), 200);
  EXPECT_EQ(door_.fake_queries.alerts_read, 0);
  EXPECT_EQ(read(""), 200);
  EXPECT_EQ(door_.fake_queries.alerts_read, 2000);
  for (const auto* wrong : {"?alerts=-1", "?alerts=2001", "?alerts=all"}) EXPECT_EQ(read(wrong), 422) << wrong;

  EXPECT_EQ(read("/alerts?asking=true&waiting=true&limit=50"), 200);
  const auto& wanted = door_.fake_queries.alerts_wanted;
  EXPECT_TRUE(wanted.asking);
  EXPECT_TRUE(wanted.waiting);
  EXPECT_EQ(wanted.limit, 50);
  EXPECT_EQ(read("/alerts"), 200);
  EXPECT_FALSE(wanted.asking);
  EXPECT_FALSE(wanted.waiting);
  for (const auto* wrong : {"?asking=1", "?waiting=yes"}) EXPECT_EQ(read("/alerts" + std::string(wrong)), 422) << wrong;
}

TEST_F(DeskRoutesTest, TheLookSaysWhatIsInDangerWhoIsThereAndWhatWaits) {
  const auto look = ask("GET", "/api/v1/desk", kDuty);
  EXPECT_EQ(look.status, 200);
  EXPECT_THAT(look.body, HasSubstr(R"({"at":"2023-11-14T22:13:20.000Z","dangers":[{"code":"link",)"
                                   R"("text":"Link main is down.","text_zh":"通道main已中断。",)"
                                   R"("since":"2023-11-14T22:13:20.000Z"})"));
  EXPECT_THAT(look.body, HasSubstr(R"({"duty":"leader","people":[{"person":{"code":"chen","name":"Chen Gang"},)"
                                   R"("as":"duty leader"}]},{"duty":"desk","people":[]})"));
  EXPECT_THAT(look.body, HasSubstr(R"({"name":"main","kind":"smpp","channel":"sms","state":"down",)"
                                   R"("why":"connection refused","why_zh":"connection refused","since":null,)"
                                   R"("waiting":3,"handed_over_1h":0,"last_receipt_at":null})"));
  EXPECT_THAT(look.body, HasSubstr(R"("open_incidents":2,"unopened":0,"unanswered":8,)"));
  EXPECT_THAT(ask("GET", "/api/v1/links", kAuditor).body, HasSubstr(R"({"links":[{"name":"main")"));
}

TEST_F(DeskRoutesTest, ALookThatSaysTheSameIsAnEmpty304HoweverMuchLaterItIs) {
  const auto tag = tag_of(ask("GET", "/api/v1/desk", kDuty));
  door_.look.at += std::chrono::seconds(30);
  const auto again = ask("GET", "/api/v1/desk", kDuty, "", tag);
  EXPECT_EQ(again.status, 304);
  EXPECT_EQ(again.body, "");
  EXPECT_EQ(tag_of(again), tag);
  ++door_.look.counts.call_lines;
  EXPECT_EQ(ask("GET", "/api/v1/desk", kDuty, "", tag).status, 200);
}

TEST_F(DeskRoutesTest, TheSheetHoldsOpenIncidentsWithHowTheyStandAndTheLastHandover) {
  model::Handover before;
  before.id = model::HandoverId{9};
  before.taken_over_by = "Wang";
  door_.fake_queries.past_handovers = {before};
  model::OpenTask task;
  task.task.text = {"119 told?", "119通知了吗？"};
  task.incident_code = 101;
  door_.fake_queries.tasks = {task};
  const auto sheet = ask("GET", "/api/v1/handover", kAuditor).body;
  EXPECT_THAT(sheet, HasSubstr("\"seen\":2,"));
  EXPECT_THAT(sheet, HasSubstr(R"("summary":{"people":1,)"));
  EXPECT_THAT(sheet, HasSubstr(R"("text":"119 told?","text_zh":"119通知了吗？")"));
  EXPECT_THAT(sheet, HasSubstr(R"("last":{"handover":")" + base::to_base32(9)));
}

TEST_F(DeskRoutesTest, WhoTakesOverIsKeptWithWhatIsOpenThatMoment) {
  const auto taken =
      ask("POST", "/api/v1/handover", kDuty, R"({"taken_over_by":"Li Na","person":"chen","note":"quiet","seen":2})");
  EXPECT_EQ(taken.status, 201) << taken.body;
  EXPECT_THAT(taken.body, HasSubstr(R"("taken_over_by":"Li Na","person":{"code":"chen","name":"Chen Gang"})"));
  const auto commands = door_.commands();
  ASSERT_EQ(commands.size(), 1U);
  const auto& sheet = std::get<model::HandOver>(commands[0]).sheet;
  EXPECT_EQ(sheet.person, model::PersonId{1});
  EXPECT_EQ(sheet.seen, 2);
  EXPECT_EQ(sheet.open_incidents, (std::vector<int>{102, 101}));
  EXPECT_EQ(sheet.dangers, (std::vector<std::string>{"link", "nobody_on_duty"}));  // each kind once
}

TEST_F(DeskRoutesTest, NobodyTakesOverWithoutANameOrUnderACodeThatNobodyHas) {
  EXPECT_EQ(ask("POST", "/api/v1/handover", kDuty, "{}").status, 422);
  EXPECT_EQ(ask("POST", "/api/v1/handover", kDuty, R"({"taken_over_by":"Li","person":"nobody"})").status, 422);
  EXPECT_EQ(ask("POST", "/api/v1/handover", kDuty, R"({"taken_over_by":"Li","more":1})").status, 422);
  EXPECT_TRUE(door_.commands().empty());
}

TEST_F(DeskRoutesTest, AMessageSaysUntilWhenItIsToBeOpenedAndNotOnceItWas) {
  auto& entries = door_.fake_queries.inbox_entries;
  entries[0].open_by = entries[0].at + std::chrono::minutes(2);
  EXPECT_THAT(ask("GET", "/api/v1/inbox", kDuty).body,
              HasSubstr(R"("opened_at":null,"open_by":"2026-11-22T02:01:59.000Z"})"));
  entries[0].opened_at = entries[0].at;
  const auto opened = ask("POST", "/api/v1/inbox/" + base::to_base32(13) + "/open", kDuty);
  EXPECT_EQ(opened.status, 200);
  EXPECT_THAT(opened.body, HasSubstr(R"("opened_at":"2026-11-22T01:59:59.000Z","open_by":null})"));
  EXPECT_EQ(std::get<model::OpenMessage>(door_.commands().back()).message, 13);
}

}  // namespace
}  // namespace tocsin::testing
