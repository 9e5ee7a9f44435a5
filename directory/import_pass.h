// One import under way: the rows so far, where each came from, and what was found.  For this room's .cc files.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "directory/columns.h"
#include "directory/finding_words.h"
#include "directory/import.h"
#include "directory/table/csv.h"

namespace tocsin::directory {

inline constexpr std::size_t kMostFindings = 500;  // of errors, and of everything else; the rest is only counted

struct RowOrigin {
  int sheet = -1;  // -1: kept from before, not read now
  int line = 0;
  std::array<int, kMostColumns> characters{};  // by the table's column; 0 = not known
};

// Where a sheet's own columns lie: position of each of the table's columns in the sheet, -1 = not there.
struct SheetLayout {
  std::string name;
  std::array<int, kMostColumns> positions{};
};

class ImportPass {
 public:
  explicit ImportPass(const ImportOptions& import_options) : options(import_options) {}

  const ImportOptions& options;
  Tables tables;
  base::Diagnostics findings;
  std::vector<SheetLayout> layouts;
  std::size_t errors = 0, others = 0;  // reported, shown or not
  // Parallel to the vectors in `tables`.
  std::array<std::vector<RowOrigin>, kTables> origins;
  // Rows of that table could not be read: what refers to it is not judged, one mistake is not told a hundred times.
  std::array<bool, kTables> incomplete{};

  [[nodiscard]] bool is_incomplete(Table table) const { return incomplete[static_cast<std::size_t>(table)]; }
  [[nodiscard]] std::vector<RowOrigin>& origins_of(Table table) { return origins[static_cast<std::size_t>(table)]; }

  // About one cell: row `row` (from 0) of `table`, its column `column`.
  void error(Finding found, Table table, std::size_t row, std::string_view column) {
    report(base::Severity::kError, std::move(found), table, row, column);
  }
  void warn(Finding found, Table table, std::size_t row, std::string_view column) {
    report(base::Severity::kWarning, std::move(found), table, row, column);
  }
  // About a file, or one place of it; not counted.
  void report_in(base::Severity severity, Finding found, std::string file, int line = 0, int character = 0);

 private:
  void report(base::Severity severity, Finding found, Table table, std::size_t row, std::string_view column);
};

// Index of a column in its table; the name is one of columns.cc.
[[nodiscard]] std::size_t column_index(Table table, std::string_view column);

// All rows of `kept`, which come from no sheet (import.cc).
void keep_all(ImportPass& pass, const Tables& kept);
// Reads one sheet into `pass` (read_sheet.cc).
void read_sheet(ImportPass& pass, const Sheet& sheet);
// What the desk of an office's section cannot be (check_sections.cc).
void check_sections(ImportPass& pass);
// Columns that a sheet leaves out and that keep what the row of the same key had (keep_left_out.cc).
void keep_left_out(ImportPass& pass, const Tables& kept);
// Is that sheet no table, but outlines of areas?
[[nodiscard]] bool is_outlines(const Sheet& sheet);
// Gives the areas of `pass` the outlines that the sheet names them with (outlines.cc).
void read_outlines(ImportPass& pass, const Sheet& sheet);
// What only shows once all rows are there (check_tables.cc).
void check_tables(ImportPass& pass);

}  // namespace tocsin::directory
