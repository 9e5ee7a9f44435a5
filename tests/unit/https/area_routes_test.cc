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

}  // namespace
}  // namespace tocsin::testing
