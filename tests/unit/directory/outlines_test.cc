// Outlines of areas: read with every mistake named, written and read back, and asked where a position lies.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

#include "directory/map/metres.h"
#include "directory/write_sheets.h"
#include "gateway/base/random.h"
#include "tests/unit/directory/a_town.h"

namespace tocsin::directory {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// Of the town: hill 36.050/118.050, lake 36.050/118.070, lake-1 36.050/118.071, lake-2 36.050/118.080.
std::string square(double west, double south, double side) {
  const auto position = [](double x, double y) { return "[" + std::to_string(x) + "," + std::to_string(y) + "]"; };
  return R"({"type":"Polygon","coordinates":[[)" + position(west, south) + "," + position(west + side, south) + "," +
         position(west + side, south + side) + "," + position(west, south + side) + "," + position(west, south) + "]]}";
}
std::string feature(const std::string& code, const std::string& geometry) {
  return R"({"type":"Feature","properties":{"code":")" + code + R"("},"geometry":)" + geometry + "}";
}
std::string collection(const std::vector<std::string>& features) {
  std::string text;
  for (const auto& one : features) text += (text.empty() ? "" : ",") + one;
  return R"({"type":"FeatureCollection","features":[)" + text + "]}";
}

Imported outlined(const std::string& geojson, const Tables& before = Town().tables()) {
  ImportOptions options;
  options.keep = &before;
  return read_sheets({{"map.geojson", geojson}}, false, options);
}
std::shared_ptr<const Snapshot> town(const std::vector<std::string>& features) {
  auto read = outlined(collection(features));
  EXPECT_FALSE(base::has_errors(read.findings)) << render_findings(read);
  std::int64_t next_id = 1;
  number_rows(read.tables, {}, next_id);
  return std::make_shared<const Snapshot>(read.tables, 1);
}
std::string code_at(const Snapshot& roster, double latitude, double longitude) {
  const auto found = roster.area_at(latitude, longitude);
  return found ? roster.area(found->area)->code : "";
}

TEST(OutlinesTest, AFeatureNamesItsAreaByCodeOrByName) {
  const auto by_name =
      R"({"type":"Feature","properties":{"name":"Lake"},"geometry":)" + square(118.06, 36.04, 0.03) + "}";
  const auto read = outlined(collection({by_name, feature("lake-1", square(118.0705, 36.0495, 0.001))}));
  EXPECT_THAT(read.findings, IsEmpty()) << render_findings(read);
  ASSERT_EQ(read.tables.areas.size(), 5U);
  EXPECT_THAT(read.tables.areas[2].outline, HasSubstr("Polygon"));
  EXPECT_THAT(read.tables.areas[3].outline, HasSubstr("118.0705"));
  EXPECT_EQ(read.tables.persons.size(), 5U) << "the rest of the directory stays";
}

TEST(OutlinesTest, EveryMistakeIsNamedWithItsFeatureAndNothingIsTaken) {
  const auto crossing =
      R"({"type":"Polygon","coordinates":[[[118.06,36.04],[118.08,36.06],[118.08,36.04],[118.06,36.06],[118.06,36.04]]]})";
  const auto open = R"({"type":"Polygon","coordinates":[[[118.06,36.04],[118.08,36.06],[118.08,36.04]]]})";
  const auto read = outlined(
      collection({feature("pond", square(118, 36, 0.1)), feature("lake", crossing),
                  feature("hill", R"({"type":"Point","coordinates":[118,36]})"),
                  feature("lake-1", square(36.05, 118.07, 0.01)), feature("lake-2", square(218.07, 36.05, 0.01)),
                  feature("hill-east", open), feature("hill", square(118, 36, 0.1))}));
  EXPECT_THAT(codes_of(read),
              ElementsAre("outline-unknown-area", "outline-not-valid", "outline-wrong-shape", "coordinates-swapped",
                          "coordinate-out-of-range", "outline-wrong-shape", "outline-twice"));
  EXPECT_THAT(read.findings[0].message, HasSubstr("feature 1 (\"pond\")"));
  EXPECT_THAT(read.findings[1].message,
              AllOf(HasSubstr("feature 2 (\"lake\")"), HasSubstr("elf-intersection"), HasSubstr("longitude 118.07")));
  EXPECT_TRUE(read.tables.areas.empty());
}

TEST(OutlinesTest, CoordinatesThatOnlyFitSwappedAreFoundByTheCentreOfTheArea) {
  // Both halves are in range, so that only the place itself tells.
  const Tables abroad = Town()
                            .sheet("areas", "code,name,kind,latitude,longitude\nhill,Hill,subdistrict,47.05,8.05\n")
                            .sheet("area_roles", "area,role,person\n")
                            .sheet("posts", "code,name,person\n")
                            .sheet("deputies", "post,order,person\n")
                            .sheet("duty", "duty,who\n")
                            .tables();
  ASSERT_EQ(abroad.areas.size(), 1U);
  EXPECT_THAT(codes_of(outlined(collection({feature("hill", square(47.0, 8.0, 0.1))}), abroad)),
              ElementsAre("coordinates-swapped"));
  EXPECT_THAT(codes_of(outlined(collection({feature("hill", square(8.0, 47.0, 0.1))}), abroad)), IsEmpty());
  EXPECT_THAT(codes_of(outlined(collection({feature("hill", square(20, 60, 0.1))}), abroad)),
              Contains("outline-far-away"));
}

TEST(OutlinesTest, AGridThatLiesOutsideItsParentIsAWarning) {
  const auto read = outlined(
      collection({feature("lake", square(118.06, 36.04, 0.02)), feature("lake-2", square(118.075, 36.045, 0.01))}));
  EXPECT_THAT(codes_of(read), ElementsAre("outside-parent"));
  EXPECT_THAT(read.findings[0].message, HasSubstr("\"lake-2\" lies outside \"lake\" by 50%"));
  EXPECT_FALSE(read.tables.areas.empty()) << "a warning stops nothing";
}

TEST(OutlinesTest, WhatIsNoGeoJsonIsSaidToBeNone) {
  EXPECT_THAT(codes_of(outlined("{")), ElementsAre("outline-not-geojson"));
  EXPECT_THAT(codes_of(outlined("{\"type\":\"Feature\"}")), ElementsAre("outline-not-geojson"));
  EXPECT_THAT(codes_of(outlined(collection({}))), ElementsAre("no-features"));
  const std::string deep = feature("lake", R"({"type":"Polygon","coordinates":)" + std::string(1'000'000, '['));
  EXPECT_THAT(codes_of(outlined(R"({"type":"FeatureCollection","features":[)" + deep)),
              ElementsAre("outline-not-geojson"));
  const std::string closed = std::string(1'000'000, '[') + std::string(1'000'000, ']');
  EXPECT_THAT(codes_of(outlined(collection({feature("lake", R"({"type":"Polygon","coordinates":)" + closed + "}")}))),
              ElementsAre("outline-not-geojson"));
  std::string ring;
  for (int i = 0; i < 6000; ++i) ring += "[118." + std::to_string(100000 + i) + ",36.05],";
  EXPECT_THAT(codes_of(outlined(collection(
                  {feature("lake", R"({"type":"Polygon","coordinates":[[)" + ring + "[118.100000,36.05]]]}")}))),
              Each("outline-too-large"));
}

TEST(OutlinesTest, WhatWasWrittenIsReadBackAndNullTakesAnOutlineAway) {
  const auto read = outlined(collection({feature("lake", square(118.06, 36.04, 0.03))}));
  const auto written = write_outlines(read.tables);
  ASSERT_EQ(written.size(), 1U);
  EXPECT_EQ(written[0].name, "outlines.geojson");
  EXPECT_EQ(outlined(written[0].text).tables.areas.at(2).outline, read.tables.areas[2].outline);
  EXPECT_EQ(outlined(collection({feature("lake", "null")}), read.tables).tables.areas.at(2).outline, "");
  EXPECT_THAT(write_outlines(Town().tables()), IsEmpty());
}

TEST(OutlinesTest, AnElevationIsLeftOut) {
  const auto geometry = R"({"type":"Polygon","coordinates":[[[118,36,5],[118.1,36,5],[118.1,36.1,5],[118,36,5]]]})";
  EXPECT_EQ(outlined(collection({feature("hill", geometry)})).tables.areas.at(0).outline,
            R"({"coordinates":[[[118,36],[118.1,36],[118.1,36.1],[118,36]]],"type":"Polygon"})");
}

// ---- where a position lies ----

TEST(AreaAtTest, TheInnermostOutlineHoldsThePosition) {
  const auto roster = town({feature("hill", square(118.0, 36.0, 0.1)), feature("lake", square(118.06, 36.04, 0.03)),
                            feature("lake-1", square(118.065, 36.045, 0.01))});
  EXPECT_EQ(code_at(*roster, 36.050, 118.070), "lake-1");
  EXPECT_EQ(code_at(*roster, 36.060, 118.080), "lake");
  EXPECT_EQ(code_at(*roster, 36.010, 118.010), "hill");
  EXPECT_TRUE(roster->area_at(36.050, 118.070)->inside);
  EXPECT_EQ(roster->area_at(36.050, 118.070)->metres, 0);
}

TEST(AreaAtTest, OutsideEveryOutlineTheNearestCentreCountsWithItsDistance) {
  const auto roster = town({feature("lake", square(118.06, 36.04, 0.03))});
  const auto found = roster->area_at(36.051, 118.050);
  ASSERT_TRUE(found);
  EXPECT_EQ(roster->area(found->area)->code, "hill");
  EXPECT_FALSE(found->inside);
  EXPECT_NEAR(found->metres, 111, 1);
  EXPECT_FALSE(roster->area_at(36.2, 118.5)) << "more than five kilometres from all";
  EXPECT_EQ(code_at(*Town().snapshot(), 36.0501, 118.0712), "lake-1") << "without any outline";
}

TEST(AreaAtTest, AHoleIsNotInside) {
  const auto ring =
      R"({"type":"Polygon","coordinates":[[[118.06,36.04],[118.09,36.04],[118.09,36.07],[118.06,36.07],[118.06,36.04]],)"
      R"([[118.07,36.05],[118.07,36.06],[118.08,36.06],[118.08,36.05],[118.07,36.05]]]})";
  const auto roster = town({feature("lake", ring)});
  EXPECT_TRUE(roster->area_at(36.045, 118.065)->inside);
  EXPECT_FALSE(roster->area_at(36.055, 118.075)->inside);
}

// A grid of 100 x 100 squares, against looking at every one.
TEST(AreaAtTest, TenThousandAreasAreAskedByTheirIndexAndTheAnswerIsThatOfLookingAtAll) {
  Tables tables;
  for (int i = 0; i < 10'000; ++i) {
    AreaRow row;
    row.id.value = i + 1;
    row.code = "a" + std::to_string(i);
    row.kind = "grid";
    const double west = 118 + 0.01 * (i % 100), south = 36 + 0.01 * (i / 100);
    if (i % 3 != 0) row.outline = square(west, south, 0.009);
    row.has_centre = true;
    row.longitude = west + 0.0045;
    row.latitude = south + 0.0045;
    tables.areas.push_back(row);
  }
  const Snapshot roster(tables, 1);
  ASSERT_TRUE(roster.area_at(36.5, 118.5));  // reads the outlines
  base::Random random(7);
  for (int i = 0; i < 500; ++i) {
    const double latitude = 36 + 1e-6 * static_cast<double>(random.below(1'000'000));
    const double longitude = 118 + 1e-6 * static_cast<double>(random.below(1'000'000));
    const auto found = roster.area_at(latitude, longitude);
    ASSERT_TRUE(found);
    const AreaRow* inside = nullptr;
    const AreaRow* nearest = nullptr;
    double least = 1e9;
    for (const AreaRow& row : tables.areas) {
      const bool held = !row.outline.empty() && std::abs(latitude - row.latitude) <= 0.0045 &&
                        std::abs(longitude - row.longitude) <= 0.0045;
      if (held) inside = &row;
      const double metres = map::metres_between(latitude, longitude, row.latitude, row.longitude);
      if (metres < least) {
        least = metres;
        nearest = &row;
      }
    }
    if (found->inside) {
      ASSERT_NE(inside, nullptr);
      EXPECT_EQ(found->area, inside->id);
    } else {
      // The plane is stretched for the middle of the town: where two centres are all but equally far, either may be
      // named.
      EXPECT_NEAR(found->metres, least, 3);
      EXPECT_EQ(found->area == nearest->id || found->metres - least < 3, true);
    }
  }
  const auto begun = std::chrono::steady_clock::now();
  for (int i = 0; i < 1000; ++i) (void)roster.area_at(36 + 0.0009 * i, 118 + 0.0009 * i);
  const auto took = std::chrono::steady_clock::now() - begun;
  RecordProperty("microseconds_each",
                 static_cast<int>(std::chrono::duration_cast<std::chrono::nanoseconds>(took).count() / 1000 / 1000));
  EXPECT_LT(took / 1000, std::chrono::milliseconds(1)) << "far more than it needs, far less than looking at all";
}

}  // namespace
}  // namespace tocsin::directory
