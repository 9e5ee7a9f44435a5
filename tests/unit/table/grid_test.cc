#include "directory/table/grid.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tocsin::table {
namespace {

TEST(GridTest, AColumnHasASpreadsheetsName) {
  EXPECT_EQ(column_letter(0), "A");
  EXPECT_EQ(column_letter(25), "Z");
  EXPECT_EQ(column_letter(26), "AA");
  EXPECT_EQ(column_letter(701), "ZZ");
  EXPECT_EQ(column_letter(702), "AAA");
}

TEST(GridTest, APlaceIsNamedAsInASpreadsheetAndReadBack) {
  EXPECT_EQ(a1({7, 2}), "B7");
  EXPECT_EQ(a1({}), "");
  EXPECT_EQ(place_named("B7"), (Place{7, 2}));
  EXPECT_EQ(place_named("$xfd$1048576"), (Place{1048576, 16384}));
}

TEST(GridTest, WhatIsNoPlaceOfASpreadsheetIsNone) {
  for (const char* name : {"", "B", "7", "7B", "B0", "XFE1", "A1048577", "A1 ", "A99999999999", "A1:B2", "[1"}) {
    EXPECT_EQ(place_named(name), std::nullopt) << name;
  }
}

TEST(GridTest, ACoveredCellShowsTheOneThatCoversIt) {
  Grid grid;
  grid.rows.push_back({2, 0, false, {{3, "值班", 2, 1, {}, false, Doubt::kNone}}});
  grid.rows.push_back({3, 0, false, {{3, "", 1, 1, {2, 3}, false, Doubt::kNone}}});
  EXPECT_EQ(grid.at({3, 3})->text, "");
  EXPECT_EQ(grid.seen_at({3, 3})->text, "值班");
  EXPECT_EQ(grid.at({2, 4}), nullptr);
  EXPECT_EQ(grid.at({1, 3}), nullptr);
}

}  // namespace
}  // namespace tocsin::table
