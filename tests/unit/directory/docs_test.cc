// docs/directory.md says what the code does: its examples are read, its columns are the columns.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <map>

#include "directory/columns.h"
#include "directory/import.h"

namespace tocsin::directory {
namespace {

struct Documented {
  std::vector<std::string> columns, required;
  std::string example;
};

// By the heading "### name": the rows of its table and its block of CSV.
std::map<std::string, Documented> read_document() {
  std::ifstream in(TOCSIN_SOURCE_DIR "/docs/directory.md");
  std::map<std::string, Documented> tables;
  std::string table;
  bool in_example = false;
  for (std::string line; std::getline(in, line);) {
    if (line.rfind("## ", 0) == 0) table.clear();
    if (line.rfind("### ", 0) == 0) table = line.substr(4);
    if (table.empty()) continue;
    Documented& documented = tables[table];
    if (line == "```csv") {
      in_example = true;
    } else if (line == "```") {
      in_example = false;
    } else if (in_example) {
      documented.example += line + "\n";
    } else if (line.rfind("| ", 0) == 0 && line.rfind("| column ", 0) != 0 && line.rfind("| --- ", 0) != 0) {
      const std::string name = line.substr(2, line.find(' ', 2) - 2);
      documented.columns.push_back(name);
      if (line.find("| yes |") != std::string::npos) documented.required.push_back(name);
    }
  }
  return tables;
}

TEST(DirectoryDocumentTest, NamesEveryTableWithExactlyItsColumns) {
  const auto documented = read_document();
  EXPECT_EQ(documented.size(), kTables);
  for (const TableShape& shape : all_shapes()) {
    const auto found = documented.find(std::string(shape.name));
    ASSERT_NE(found, documented.end()) << shape.name;
    EXPECT_EQ(found->second.columns, column_names(shape)) << shape.name;
    std::vector<std::string> required;
    for (const Column& column : shape.columns) {
      if (column.required) required.emplace_back(column.name);
    }
    EXPECT_EQ(found->second.required, required) << shape.name;
  }
}

TEST(DirectoryDocumentTest, ItsExamplesAreADirectoryWithoutFindings) {
  std::vector<Sheet> sheets;
  for (const auto& [table, documented] : read_document()) sheets.push_back({table, documented.example});
  const Imported imported = read_sheets(sheets, true, {});
  EXPECT_EQ(render_findings(imported), "");
  EXPECT_EQ(imported.tables.persons.size(), 3U);
  EXPECT_EQ(imported.tables.duty.size(), 2U);
}

}  // namespace
}  // namespace tocsin::directory
