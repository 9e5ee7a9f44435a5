// Where a position lies, and the outlines for a map, over HTTPS.
#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "tests/unit/https/a_server.h"

namespace tocsin::testing {
namespace {

using ::testing::HasSubstr;
using Json = nlohmann::json;

using AreaRoutesTest = ServerTest;

TEST_F(AreaRoutesTest, APositionIsAnsweredWithItsAreaAndHowItWasFound) {
  start();
  const Got inside = client().get("/api/v1/areas/at?latitude=35.31&longitude=118.61", kReporter);
  ASSERT_EQ(inside.status, 200) << inside.body;
  const Json found = Json::parse(inside.body);
  EXPECT_EQ(found["found_by"], "nearest_centre");
  EXPECT_EQ(found["metres"], 120);
  EXPECT_TRUE(found["area"].is_object());
  const Json nowhere = Json::parse(client().get("/api/v1/areas/at?latitude=-1&longitude=0", kReporter).body);
  EXPECT_TRUE(nowhere["area"].is_null());
  EXPECT_TRUE(nowhere["found_by"].is_null());
}

TEST_F(AreaRoutesTest, WhatIsNoPositionIsRefusedByItsField) {
  start();
  for (const char* query : {"", "?latitude=35", "?latitude=91&longitude=0", "?latitude=35&longitude=181",
                            "?latitude=nan&longitude=0", "?latitude=1e1&longitude=0"}) {
    EXPECT_EQ(client().get(std::string("/api/v1/areas/at") + query, kReporter).status, 422) << query;
  }
}

TEST_F(AreaRoutesTest, OutlinesAreOneCollectionThatIsSentAgainOnlyWhenTheDirectoryChanged) {
  start();
  const Got got = client().get("/api/v1/areas/outlines", kReporter);
  ASSERT_EQ(got.status, 200);
  EXPECT_THAT(got.header("Content-Type"), HasSubstr("application/geo+json"));
  const Json collection = Json::parse(got.body);
  EXPECT_EQ(collection["type"], "FeatureCollection");
  ASSERT_EQ(collection["features"].size(), 1U);
  EXPECT_EQ(collection["features"][0]["geometry"]["type"], "Polygon");
  EXPECT_FALSE(got.header("ETag").empty());
}

TEST_F(AreaRoutesTest, AnybodyReadsTheAreasButOnlyWhoIsKnownIsToldWherePeopleGather) {
  start();
  const auto known = client().get("/api/v1/areas", kReporter).body;
  EXPECT_THAT(known, HasSubstr("\"assembly_point\":\"school\""));
  EXPECT_THAT(known, HasSubstr("\"latitude\":35.1"));
  for (const char* stranger : {"", "a-token-that-nobody-ever-had"}) {
    const auto got = client().get("/api/v1/areas", stranger);
    ASSERT_EQ(got.status, 200);
    const auto told = Json::parse(got.body);
    EXPECT_EQ(told["areas"].size(), 2U);
    EXPECT_THAT(got.body, HasSubstr("东湖社区"));
    for (const auto& area : told["areas"]) {
      EXPECT_TRUE(area["latitude"].is_null() && area["longitude"].is_null() && area["assembly_point"].is_null())
          << area;
    }
  }
}

TEST_F(AreaRoutesTest, TheFormTellsAnybodyWhomToPhoneAndWhatAMapIsMadeOf) {
  start();
  const Json plain = Json::parse(client().get("/api/v1/plan", "").body);
  EXPECT_EQ(plain["hazards"][0]["class"], "accident");
  EXPECT_EQ(plain["levels"][0]["colour"], "blue");
  EXPECT_EQ(plain["open_within_s"], 120);
  EXPECT_EQ(plain["time_zone"], "Asia/Shanghai");
  EXPECT_EQ(plain["demo"], false);
  for (const char* key : {"desk_phone", "sms_number", "map_tiles", "map_attribution"})
    EXPECT_TRUE(plain.contains(key) && plain[key].is_null()) << key;
  door_.office_card = {"0539-0000001", "+8614400000099", "https://tiles.example/{z}/{x}/{y}.png", "© Office", true};
  const Json told = Json::parse(client().get("/api/v1/plan", "").body);
  EXPECT_EQ(told["desk_phone"], "0539-0000001");
  EXPECT_EQ(told["sms_number"], "+8614400000099");
  EXPECT_EQ(told["map_tiles"], "https://tiles.example/{z}/{x}/{y}.png");
  EXPECT_EQ(told["map_attribution"], "© Office");
  EXPECT_EQ(told["demo"], true);
}

}  // namespace
}  // namespace tocsin::testing
