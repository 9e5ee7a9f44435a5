// The directory goes out as sheets and comes back the same.
#include <gtest/gtest.h>

#include "directory/delta.h"
#include "directory/import.h"
#include "directory/write_sheets.h"
#include "gateway/base/local_time.h"

namespace tocsin::directory {
namespace {

constexpr const char* kZone = "Asia/Shanghai";

ImportOptions options() {
  ImportOptions options;
  options.dialing.area_code = "539";
  options.time_zone = kZone;
  return options;
}

Tables numbered(Tables tables) {
  std::int64_t next_id = 1;
  number_rows(tables, {}, next_id);
  return tables;
}

Tables sample() {
  auto imported = read_directory(TOCSIN_SOURCE_DIR "/plans/sample-subdistrict/directory", options());
  EXPECT_TRUE(imported.ok());
  return numbered(std::move(imported->tables));
}

Tables back(const Tables& tables) {
  auto sheets = write_sheets(tables, kZone);
  for (auto& outlines : write_outlines(tables)) sheets.push_back(std::move(outlines));
  auto read = read_sheets(sheets, true, options());
  EXPECT_FALSE(base::has_errors(read.findings)) << render_findings(read);
  return numbered(std::move(read.tables));
}

base::UtcTime at(const char* text) {
  return base::parse_local(text, kZone).value();
}

TEST(WriteSheetsTest, TheSampleComesBackWithoutAChange) {
  const Tables tables = sample();
  ASSERT_FALSE(tables.contacts.empty());
  EXPECT_TRUE(difference(tables, back(tables)).empty());
}

TEST(WriteSheetsTest, EveryKindOfCellComesBack) {
  Tables tables;
  tables.areas.push_back(
      {{}, "town", "青石, \"老\"街", "subdistrict", "", {"a", "b，c"}, true, 35.30005, -118.6, "=门口", ""});
  tables.persons.push_back({{}, "wu", "吴 -x", "en", "-2 stairs", "'=note", true});
  tables.contacts.push_back({{},
                             "wu",
                             2,
                             model::ContactKind::kLandline,
                             "+865390000001",
                             "8001",
                             at("2026-01-05 09:30"),
                             "+ signed",
                             at("2026-02-01 00:00"),
                             at("2026-03-01 00:00"),
                             "contact check",
                             true});
  tables.posts.push_back({"chief", "Chief", "town", "wu", {at("2026-01-01 00:00"), at("2026-12-08 00:00")}});
  tables.posts.push_back({"chief", "Chief", "town", "", {at("2026-12-08 00:00"), std::nullopt}});
  tables.persons.push_back({{}, "li", "李", "zh", "", ""});
  tables.deputies.push_back({"chief", 1, "li"});
  tables.leave.push_back({"li", {at("2026-03-01 08:00"), at("2026-03-01 08:00:30")}});
  tables.duty.push_back({"desk", "post:chief", {}});
  tables.rotations.push_back({"desk", "days", {"-", "wu", "post:chief"}, 7, 8 * 60 + 30, 20'454, 20'820, kZone});
  tables.rotations.push_back({"leader", "always", {"wu"}, 1, 0, 20'454, std::nullopt, kZone});
  tables.overrides.push_back({"desk", "", {at("2026-03-01 08:00"), at("2026-03-02 00:00")}, "wu"});
  EXPECT_TRUE(difference(numbered(tables), back(numbered(tables))).empty());
}

TEST(WriteSheetsTest, ACellThatLooksLikeAFormulaIsGuardedAndReadBack) {
  for (const char* cell : {"=1+1", "+8614400000001", "-x", "@here", "'=x", "''+x"}) {
    EXPECT_EQ(guarded(cell), "'" + std::string(cell));
    EXPECT_EQ(unguarded(guarded(cell)), cell);
  }
  for (const char* cell : {"", "'", "'quoted'", "x=1", "144 0000 0001"}) EXPECT_EQ(guarded(cell), cell);
  EXPECT_EQ(unguarded("'quoted'"), "'quoted'");
}

TEST(WriteSheetsTest, TheListOfFieldsIsThatOfTheColumns) {
  const Tables tables;
  std::size_t count = 0;
  each_table(tables, [&](Table table, const auto& rows) {
    const TableShape& shape = shape_of(table);
    typename std::decay_t<decltype(rows)>::value_type row;
    std::vector<std::string> names;
    each_field(row, [&](std::string_view name, auto&& /*value*/) {
      if (name != kNoColumn) names.emplace_back(name);
    });
    EXPECT_EQ(names, column_names(shape)) << shape.name;
    ++count;
  });
  EXPECT_EQ(count, all_shapes().size());
}

// ---- differences ----

class DeltaTest : public ::testing::Test {
 protected:
  // There and back, as itself and as it is kept.
  void expect_both_ways(const Tables& before, const Tables& after) {
    const Delta delta = difference(before, after);
    Delta read;
    for (const TableDelta& table : delta.tables) {
      auto one = read_delta(table.table, to_text(table));
      ASSERT_TRUE(one.ok());
      read.tables.push_back(std::move(*one));
    }
    EXPECT_EQ(read, delta);
    Tables there = before;
    ASSERT_TRUE(apply(read, there).ok());
    EXPECT_TRUE(difference(there, after).empty());
    ASSERT_TRUE(apply(reversed(read), there).ok());
    EXPECT_TRUE(difference(there, before).empty());
    for (std::size_t i = 0; i < before.persons.size(); ++i) EXPECT_EQ(there.persons[i].id, before.persons[i].id);
  }
};

TEST_F(DeltaTest, AddedChangedAndGoneRowsGoThereAndBack) {
  const Tables before = sample();
  Tables after = before;
  after.persons[3].name = "another name";
  after.persons.erase(after.persons.begin() + 7);
  after.persons.insert(after.persons.begin() + 2, {model::PersonId{9000}, "new-one", "New", "zh", "", ""});
  after.contacts.pop_back();
  after.group_members.push_back(after.group_members.front());  // the same row twice
  after.duty.clear();
  expect_both_ways(before, after);
  expect_both_ways(Tables{}, after);
  const auto counts = counts_of(difference(before, after));
  EXPECT_EQ(counts.added, 2);
  EXPECT_EQ(counts.changed, 1);
  EXPECT_EQ(counts.gone, 2 + static_cast<std::int64_t>(before.duty.size()));
}

TEST_F(DeltaTest, RowsThatOnlyMovedAreKept) {
  const Tables before = sample();
  Tables after = before;
  std::swap(after.persons[0], after.persons[5]);
  std::reverse(after.areas.begin() + 1, after.areas.begin() + 4);
  std::reverse(after.duty.begin(), after.duty.end());
  expect_both_ways(before, after);
}

TEST_F(DeltaTest, AnotherStateIsRefused) {
  const Tables before = sample();
  Tables after = before;
  after.persons[3].name = "another name";
  const Delta delta = difference(before, after);
  Tables other = before;
  other.persons[3].name = "a third name";
  EXPECT_EQ(apply(delta, other).error().code, base::ErrorCode::kConflict);
  Tables shorter = before;
  shorter.persons.erase(shorter.persons.begin() + 3);
  EXPECT_EQ(apply(delta, shorter).error().code, base::ErrorCode::kConflict);
}

TEST_F(DeltaTest, AChangeKeptBeforeAFieldWasKnownIsReadWithThatFieldEmpty) {
  Tables before, after;
  after.persons.push_back({model::PersonId{7}, "wu", "吴", "zh", "", ""});
  before.persons = after.persons;
  before.persons.front().name = "武";
  const auto read = read_delta(
      Table::kPersons, R"({"gone":[],"added":[],"changed":[[7,["wu","武","zh","",""],["wu","吴","zh","",""]]]})");
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(*read, difference(before, after).tables.at(0));
}

TEST_F(DeltaTest, WhatIsKeptAndBrokenIsRefused) {
  for (const char* text : {"", "{", "[]", R"({"gone":[],"added":[]})", R"({"gone":[[1]],"added":[],"changed":[]})",
                           R"({"gone":[],"added":[["x",1,[]]],"changed":[]})"}) {
    EXPECT_EQ(read_delta(Table::kDuty, text).error().code, base::ErrorCode::kCorrupt) << text;
  }
}

}  // namespace
}  // namespace tocsin::directory
