// Calendars by their address, and the proof of coverage.
#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "gateway/model/feed_link.h"
#include "tests/unit/https/a_server.h"

namespace tocsin::testing {
namespace {

using ::testing::HasSubstr;
using Json = nlohmann::json;

class RosterRoutesTest : public ServerTest {
 protected:
  [[nodiscard]] std::string path() { return Json::parse(client().get("/api/v1/me/feed", kCommander).body)["path"]; }
};

TEST_F(RosterRoutesTest, TheAddressOfOnesOwnCalendarOpensItWithoutAToken) {
  start();
  const auto address = path();
  const Got feed = client().get(address);
  EXPECT_EQ(feed.status, 200);
  EXPECT_EQ(feed.header("Content-Type"), "text/calendar; charset=utf-8");
  EXPECT_THAT(feed.body, HasSubstr("BEGIN:VCALENDAR"));
  EXPECT_EQ(client().get(address.substr(0, address.size() - 4)).status, 404);
}

TEST_F(RosterRoutesTest, AnAddressFromBeforeOpensNothingAnyMore) {
  start();
  const auto before = path();
  door_.fake_queries.feed = 1;
  EXPECT_EQ(client().get(before).status, 404);
  EXPECT_NE(path(), before);
  EXPECT_EQ(client().get(path()).status, 200);
}

TEST_F(RosterRoutesTest, WhatDoesNotDifferIsNotSentAgain) {
  start();
  const auto tag = client().get(path()).header("ETag");
  ASSERT_FALSE(tag.empty());
  const Got again = client().get(path(), {}, tag);
  EXPECT_EQ(again.status, 304);
  EXPECT_EQ(again.body, "");
}

TEST_F(RosterRoutesTest, ACalendarAskedForAllTheTimeIsAnsweredLater) {
  start([](https::HttpsSettings& settings) { settings.requests_per_second = 0; });
  const auto address = path();
  int refused = 0;
  for (int i = 0; i < 40; ++i) refused += client().get(address).status == 429 ? 1 : 0;
  EXPECT_GT(refused, 0);
}

TEST_F(RosterRoutesTest, WhoIsGoneFromTheDirectoryHasNoCalendar) {
  start();
  EXPECT_EQ(client().get("/feeds/" + model::feed_token({model::PersonId{99}, 0}, door_.key) + ".ics").status, 404);
}

TEST_F(RosterRoutesTest, CoverageTakesADateAndSoManyDays) {
  start();
  const Got found = client().get("/api/v1/directory/coverage?from=2026-12-01&days=2", kDuty);
  EXPECT_EQ(found.status, 200) << found.body;
  EXPECT_EQ(Json::parse(found.body)["covered"], true);
  EXPECT_EQ(client().get("/api/v1/directory/coverage?days=93", kDuty).status, 422);
  EXPECT_EQ(client().get("/api/v1/directory/coverage?from=someday", kDuty).status, 422);
}

TEST_F(RosterRoutesTest, TheDutiesOfAMonthAreListedFromTheDayAsked) {
  start();
  const auto duties = Json::parse(client().get("/api/v1/directory/duties?from=2026-12-01&days=31", kDuty).body);
  EXPECT_EQ(duties["from"], "2026-12-01T12:00:00.000Z");  // an instant of that day: the desk knows where it begins
  EXPECT_EQ(duties["to"], "2027-01-01T12:00:00.000Z");
  EXPECT_EQ(client().get("/api/v1/directory/duties?from=tomorrow", kDuty).status, 422);
  EXPECT_EQ(client().get("/api/v1/directory/duties?days=93", kDuty).status, 422);
}

TEST_F(RosterRoutesTest, PostsAndUnitsNameWhoFillsThem) {
  start();
  const auto post = Json::parse(client().get("/api/v1/directory/posts", kDuty).body)["posts"][0];
  EXPECT_EQ(post["holder"], Json({{"code", "chen"}, {"name", "Chen Gang"}}));
  EXPECT_EQ(post["area"], Json(nullptr));
  EXPECT_EQ(post["on_leave"], true);
  EXPECT_EQ(post["deputies"], Json({{{"code", "li"}, {"name", "Li Na"}, {"on_leave", true}}}));
  const auto unit = Json::parse(client().get("/api/v1/directory/units", kDuty).body)["units"][0];
  EXPECT_EQ(unit["area"]["path"], "青石 / 东湖");
  EXPECT_EQ(unit["members"][0]["role"], "responsible");
  EXPECT_EQ(unit["members"][1]["role"], "member");
}

}  // namespace
}  // namespace tocsin::testing
