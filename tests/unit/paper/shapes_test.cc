// The directory as a list of each shape reads back as it was: nothing of it changes, whatever the list cannot say.
// The lists stand in tests/golden/paper.  After a wanted change run with TOCSIN_UPDATE_GOLDEN=1, then read the
// difference.
#include "directory/paper/shapes.h"

#include <gmock/gmock.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>

#include "directory/delta.h"
#include "directory/intake/compare.h"
#include "directory/paper/xlsx.h"
#include "directory/table/read.h"
#include "directory/write_sheets.h"
#include "tests/unit/paper/an_office_on_paper.h"

namespace tocsin::paper {
namespace {

namespace fs = std::filesystem;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;

const fs::path kGolden = fs::path(TOCSIN_SOURCE_DIR) / "tests/golden/paper";

ShapeOptions options_of(bool chinese) {
  ShapeOptions options;
  options.chinese = chinese;
  options.dialing = kRules;
  options.at = kNow;
  return options;
}

intake::CompareOptions with_all_posts(const directory::Tables& tables) {
  intake::CompareOptions how;
  how.at = kNow;
  std::vector<std::string> codes;
  for (const auto& row : tables.posts) {
    if (std::find(codes.begin(), codes.end(), row.code) != codes.end()) continue;
    codes.push_back(row.code);
    how.posts.push_back({row.code, {row.name}});
  }
  return how;
}

// As `directory read` does with the file: nothing is asked, nothing differs.
void expect_no_change(const std::string& bytes, const std::string& file, const directory::Tables& tables) {
  const auto read = table::read_tables(bytes, file);
  ASSERT_FALSE(base::has_errors(read.findings)) << file << ": " << base::render(read.findings.front(), {});
  const auto draft = intake::read_draft(read.book, intake::guess_mapping(read.book), kRules);
  const auto found = intake::compare(draft, {}, tables, with_all_posts(tables));
  EXPECT_THAT(found.open, IsEmpty()) << file;
  EXPECT_THAT(found.new_units, IsEmpty()) << file;
  for (const auto& person : found.persons) {
    EXPECT_EQ(person.verdict, intake::Verdict::kSame) << file << ": " << person.name;
  }
  auto after = found.after;
  std::int64_t next_id = 100'000;
  directory::number_rows(after, tables, next_id);
  EXPECT_TRUE(directory::difference(tables, after).empty()) << file;
}

std::string bytes_of(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

class ShapeTest : public testing::TestWithParam<std::tuple<Shape, bool>> {};

TEST_P(ShapeTest, ReadsBackWithoutAChange) {
  const auto& [shape, chinese] = GetParam();
  const auto tables = an_office_on_paper();
  const auto list = shaped(tables, shape, options_of(chinese));
  ASSERT_TRUE(list.ok()) << list.error().message;
  const auto name = std::string(name_of(shape)) + (chinese ? ".zh.csv" : ".en.csv");
  const auto csv = directory::csv_text(list->rows);
  expect_no_change(csv, name, tables);
  const auto workbook = xlsx_of(list->rows, name_of(shape));
  ASSERT_TRUE(workbook.ok());
  expect_no_change(*workbook, std::string(name_of(shape)) + ".xlsx", tables);
  if (std::getenv("TOCSIN_UPDATE_GOLDEN") != nullptr) {
    fs::create_directories(kGolden);
    std::ofstream(kGolden / name, std::ios::binary) << csv;
    return;
  }
  EXPECT_EQ(csv, bytes_of(kGolden / name)) << "run with TOCSIN_UPDATE_GOLDEN=1";
}

INSTANTIATE_TEST_SUITE_P(All, ShapeTest,
                         testing::Combine(testing::Values(Shape::kPeople, Shape::kSideBySide, Shape::kUnits,
                                                          Shape::kAreas, Shape::kOffices),
                                          testing::Bool()));

TEST(Shapes, WhoCannotBeReadBackIsLeftOutAndNamed) {
  const auto list = shaped(an_office_on_paper(), Shape::kPeople, options_of(true));
  ASSERT_TRUE(list.ok());
  EXPECT_THAT(list->left_out, ElementsAre("hao-duo")) << "a cell of two names is nobody's";
}

TEST(Shapes, TwoOfOneNameAreBothThereWhenTheirNumbersTellThemApart) {
  const auto list = shaped(an_office_on_paper(), Shape::kSideBySide, options_of(true));
  ASSERT_TRUE(list.ok());
  std::size_t count = 0;
  for (const auto& row : list->rows) count += static_cast<std::size_t>(std::count(row.begin(), row.end(), "王伟"));
  EXPECT_EQ(count, 2U);
}

TEST(Shapes, ATitleThatIsAlsoThatOfAnEmptyPostIsNotWritten) {
  const auto list = shaped(an_office_on_paper(), Shape::kPeople, options_of(true));
  ASSERT_TRUE(list.ok());
  const auto row = std::find_if(list->rows.begin(), list->rows.end(), [](auto& one) { return one[0] == "柳溪桥"; });
  ASSERT_NE(row, list->rows.end());
  EXPECT_EQ((*row)[1], "副指挥长") << "联络员 would fill the other post of that name, too";
}

TEST(Shapes, NumbersAreAsPeopleTypeThemAndNoneIsThatItsOwnerTookBack) {
  const auto list = shaped(an_office_on_paper(), Shape::kPeople, options_of(true));
  ASSERT_TRUE(list.ok());
  const auto row = std::find_if(list->rows.begin(), list->rows.end(), [](auto& one) { return one[0] == "石青松"; });
  ASSERT_NE(row, list->rows.end());
  EXPECT_EQ((*row)[4], "14400000001");
  EXPECT_EQ((*row)[5], "0539-0000001转8001");
  for (const auto& one : list->rows) EXPECT_THAT(one, Not(Contains(testing::HasSubstr("14400000092"))));
}

TEST(Shapes, ASignOfAFormulaIsGuardedInTextAndReadBackWithoutTheGuard) {
  const auto list = shaped(an_office_on_paper(), Shape::kPeople, options_of(true));
  ASSERT_TRUE(list.ok());
  EXPECT_NE(directory::csv_text(list->rows).find("\n'=1+1,"), std::string::npos);
}

TEST(Shapes, TheSampleDirectoryReadsBackInEveryShape) {
  directory::ImportOptions import;
  import.dialing = kRules;
  const auto sample = directory::read_directory(TOCSIN_SOURCE_DIR "/plans/sample-subdistrict/directory", import);
  ASSERT_TRUE(sample.ok());
  auto tables = sample->tables;
  std::int64_t next_id = 1;
  directory::number_rows(tables, {}, next_id);
  for (const auto shape : {Shape::kPeople, Shape::kSideBySide, Shape::kUnits, Shape::kAreas, Shape::kOffices}) {
    for (const bool chinese : {true, false}) {
      const auto list = shaped(tables, shape, options_of(chinese));
      ASSERT_TRUE(list.ok()) << name_of(shape) << ": " << list.error().message;
      EXPECT_THAT(list->left_out, IsEmpty()) << name_of(shape);
      expect_no_change(directory::csv_text(list->rows), std::string(name_of(shape)) + ".csv", tables);
    }
  }
}

// Few names, numbers, titles and units, so that everything meets everything.
directory::Tables by_chance(std::mt19937& random) {
  const auto pick = [&](const std::vector<std::string>& words) { return words[random() % words.size()]; };
  const std::vector<std::string> names = {"王伟", "石青松", "柳溪桥", "应急办", "Ann Reed", "无", "备注", "李 四"};
  const std::vector<std::string> titles = {"指挥长", "总指挥", "站长", "书记", "值班员", "负责人", "甲队站长"};
  std::string persons = "code,name,language\n", contacts = "person,kind,address,agreed_when,agreed_how\n";
  std::string posts = "code,name,person\n", units = "code,name,responsible\n", members = "unit,person\n";
  std::string areas = "code,name,kind,parent\ntop,青石街道,subdistrict,\n", roles = "area,role,person\n";
  std::vector<std::string> codes;
  for (int i = 0; i < 8; ++i) {
    codes.push_back("p" + std::to_string(i));
    persons += codes.back() + "," + pick(names) + ",zh\n";
    for (auto n = random() % 3; n > 0; --n) {
      const bool mobile = random() % 3 != 0;
      contacts += codes.back() + (mobile ? ",mobile,1440000000" : ",landline,0539-000000") +
                  std::to_string(random() % 10) + ",2026-01-05,x\n";
    }
  }
  for (int i = 0; i < 4; ++i) {
    const auto number = std::to_string(i);
    posts += "post-" + number + "," + pick(titles) + "," + (random() % 3 == 0 ? "" : pick(codes)) + "\n";
    units +=
        "unit-" + number + "," + pick({"甲队", "乙队", "东村"}) + "," + (random() % 3 == 0 ? "" : pick(codes)) + "\n";
    areas += "area-" + number + "," + pick({"东村", "西村", "甲队"}) + ",community,top\n";
  }
  for (int i = 0; i < 6; ++i) {
    members += "unit-" + std::to_string(random() % 4) + "," + pick(codes) + "\n";
    roles += "area-" + std::to_string(random() % 4) + "," + pick({"heads", "workers"}) + "," + pick(codes) + "\n";
  }
  directory::ImportOptions options;
  options.dialing = kRules;
  const auto imported = directory::read_sheets({{"areas", areas},
                                                {"persons", persons},
                                                {"contacts", contacts},
                                                {"posts", posts},
                                                {"units", units},
                                                {"unit_members", members},
                                                {"area_roles", roles}},
                                               true, options);
  auto tables = imported.tables;
  std::int64_t next_id = 1;
  directory::number_rows(tables, {}, next_id);
  return tables;
}

TEST(Shapes, WhateverTheDirectorySaysItReadsBackOrIsRefused) {
  std::mt19937 random(7);
  int made = 0;
  for (int i = 0; i < 60; ++i) {
    const auto tables = by_chance(random);
    if (tables.persons.empty()) continue;  // import had errors: rows twice
    for (const auto shape : {Shape::kPeople, Shape::kSideBySide, Shape::kUnits, Shape::kAreas}) {
      const auto list = shaped(tables, shape, options_of(true));
      if (!list.ok()) continue;
      ++made;
      expect_no_change(directory::csv_text(list->rows), std::string(name_of(shape)) + std::to_string(i), tables);
      if (HasFailure()) return;
    }
  }
  EXPECT_GT(made, 100);
}

TEST(Shapes, NamesOfShapesAreReadBack) {
  for (const auto shape : {Shape::kPeople, Shape::kSideBySide, Shape::kUnits, Shape::kAreas, Shape::kOffices}) {
    EXPECT_EQ(shape_named(name_of(shape)), shape);
  }
  EXPECT_FALSE(shape_named("vcard"));
}

}  // namespace
}  // namespace tocsin::paper
