// What differs between two states of the directory, row by row, exactly: enough to go from either to the other.
//
// A table is a sequence, because the office's order counts.  Rows with an id (areas, persons, contacts) are the same
// row under the same id; rows of the other tables have no identity but what they say, so that one that says something
// else is another row.  A row that stands elsewhere among those that stayed is gone and added. Pure, safe from any
// thread.  Linear in the rows, but for the order of those that moved (n log n).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "directory/row_text.h"
#include "directory/tables.h"
#include "gateway/base/result.h"
#include "gateway/model/directory_change.h"

namespace tocsin::directory {

struct PlacedRow {
  std::size_t at = 0;   // gone: in the table before; added: in the table after
  std::int64_t id = 0;  // 0 in tables without ids
  Cells cells;          // exact_cells()
  bool operator==(const PlacedRow&) const = default;
};
struct ChangedRow {
  std::int64_t id = 0;
  Cells before, after;
  bool operator==(const ChangedRow&) const = default;
};
struct TableDelta {
  Table table = Table::kAreas;
  std::vector<PlacedRow> gone, added;  // each in ascending order of `at`
  std::vector<ChangedRow> changed;     // in the table's order
  bool operator==(const TableDelta&) const = default;
};
struct Delta {
  std::vector<TableDelta> tables;  // those that differ
  [[nodiscard]] bool empty() const { return tables.empty(); }
  bool operator==(const Delta&) const = default;
};

// Both numbered (number_rows).
[[nodiscard]] Delta difference(const Tables& before, const Tables& after);
[[nodiscard]] Delta reversed(Delta delta);
[[nodiscard]] model::DirectoryCounts counts_of(const Delta& delta);

// Takes `tables` from the state before to the state after.  kConflict, and `tables` is of no use, when they are not the
// state the delta was made from.
[[nodiscard]] base::Status apply(const Delta& delta, Tables& tables);

// One table's part, as it is kept: JSON.  kCorrupt when it is not such a text.  Rows kept by a program that knew fewer
// fields get empty cells for the rest.
[[nodiscard]] std::string to_text(const TableDelta& delta);
[[nodiscard]] base::Result<TableDelta> read_delta(Table table, std::string_view text);

}  // namespace tocsin::directory
