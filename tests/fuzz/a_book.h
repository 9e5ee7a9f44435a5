// What holds of every reading of an office file, whatever the bytes were.
#pragma once

#include <cstdlib>

#include "directory/table/limits.h"
#include "directory/table/read.h"
#include "gateway/base/text.h"

namespace tocsin::table {

inline void require(bool holds) {
  if (!holds) std::abort();
}

inline void require_sound(const Grid& grid, std::size_t& cells, std::size_t& bytes) {
  require(!grid.rows.empty() && grid.rows.size() <= kMaxRows && base::is_utf8(grid.name) &&
          base::is_utf8(grid.caption));
  int last_row = 0;
  for (const Row& row : grid.rows) {
    require(row.number > last_row && row.number <= kLastRow && !row.cells.empty());
    last_row = row.number;
    int last_column = 0;
    for (const Cell& cell : row.cells) {
      require(cell.column > last_column && cell.column <= kMaxColumns);
      last_column = cell.column;
      ++cells;
      bytes += cell.text.size();
      require(base::is_utf8(cell.text) && cell.text.size() <= kMaxCellBytes && base::trim(cell.text) == cell.text);
      require(cell.rows >= 1 && cell.columns >= 1);
      if (cell.covered_by.row == 0) continue;
      const Cell* first = grid.at(cell.covered_by);
      require(first != nullptr && first->covered_by.row == 0 && cell.text.empty());
      require(row.number < cell.covered_by.row + first->rows && cell.column < cell.covered_by.column + first->columns);
    }
  }
}

inline void require_sound(const Read& read) {
  require(read.book.grids.empty() == base::has_errors(read.findings));
  for (const base::Diagnostic& finding : read.findings) {
    require(base::is_utf8(finding.message) && !finding.message.empty() && !finding.message_zh.empty());
  }
  std::size_t cells = 0, bytes = 0;
  for (const Grid& grid : read.book.grids) require_sound(grid, cells, bytes);
  require(cells <= kMaxCells && bytes <= kMaxTextBytes && read.book.grids.size() <= kMaxGrids);
}

}  // namespace tocsin::table
