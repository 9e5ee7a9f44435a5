#include "directory/table/grid_builder.h"

#include <algorithm>
#include <utility>

#include "directory/table/cell_text.h"
#include "directory/table/number.h"

namespace tocsin::table {

void GridBuilder::begin_row(bool hidden, int skipped_columns) {
  row_ = {};
  row_.number = ++number_;
  row_.hidden = hidden;
  column_ = 1 + std::clamp(skipped_columns, 0, kMaxColumns);
}

GridBuilder::Above& GridBuilder::above(int column) {
  if (above_.size() < static_cast<std::size_t>(column)) above_.resize(static_cast<std::size_t>(column));
  return above_[static_cast<std::size_t>(column) - 1];
}

Cell& GridBuilder::stored_cell(const Above& above) {
  Row& row = above.row == grid_.rows.size() ? row_ : grid_.rows[above.row];
  return row.cells[above.cell];
}

// The cell at column_ is covered by the one of `above`.
bool GridBuilder::cover(const Above& above) {
  if (!reading_.take_cell(grid_, {number_, column_}, 0)) return false;
  Cell cell;
  cell.column = column_++;
  cell.covered_by = above.first;
  row_.cells.push_back(std::move(cell));
  return true;
}

// The cell of `above` covers one row more: this one.
bool GridBuilder::reach(Above& above) {
  if (above.last_row != number_) {
    above.last_row = number_;
    above.rows_left = std::max(above.rows_left - 1, 0);
    if (above.stored) stored_cell(above).rows = number_ - above.first.row + 1;
  }
  return cover(above);
}

bool GridBuilder::step_over_covered() {
  while (column_ <= kMaxColumns && static_cast<std::size_t>(column_) <= above_.size() && above(column_).rows_left > 0 &&
         above(column_).first.row < number_) {
    if (!reach(above(column_))) return false;
  }
  return true;
}

bool GridBuilder::add(std::string_view words, const CellShape& shape) {
  if (!step_over_covered()) return false;
  if (shape.continues && static_cast<std::size_t>(column_) <= above_.size()) {
    Above& up = above(column_);
    if (up.stored && up.last_row == number_ - 1) {
      const int last = column_ + std::max(stored_cell(up).columns, 1) - 1;
      if (stored_cell(up).rows == 1 && !reading_.take_merged(grid_, up.first)) return false;
      while (column_ <= last && column_ <= kMaxColumns) {
        if (!reach(above(column_))) return false;
      }
      return true;
    }
  }
  std::string text = plain(words);
  bool number = false;
  Doubt doubt = doubt_of(text);
  if (doubt != Doubt::kNone && !shape.exact.empty()) {
    const Digits digits = digits_of(shape.exact);
    if (!digits.text.empty()) {
      text = digits.text;
      doubt = digits.doubt;
      number = true;
    }
  }
  return place(std::move(text), number, doubt, shape);
}

bool GridBuilder::place(std::string text, bool number, Doubt doubt, const CellShape& shape) {
  const int columns = std::clamp(shape.columns, 1, kMaxColumns + 1 - std::min(column_, kMaxColumns));
  const int rows = std::max(shape.rows, 1);
  const Place here{number_, column_};
  const bool merged = rows > 1 || columns > 1;
  if (merged && !reading_.take_merged(grid_, here)) return false;
  const bool stored = merged || shape.starts_merge || !text.empty();
  Above mark{here, grid_.rows.size(), row_.cells.size(), stored, number_, rows - 1};
  if (stored) {
    if (!reading_.take_cell(grid_, here, text.size())) return false;
    Cell cell;
    cell.column = column_;
    cell.text = std::move(text);
    cell.columns = columns;
    cell.number = number;
    cell.doubt = doubt;
    row_.cells.push_back(std::move(cell));
  }
  if (column_ <= kMaxColumns) above(column_) = mark;
  ++column_;
  for (int i = 1; i < columns; ++i) {
    above(column_) = mark;
    if (!cover(mark)) return false;
  }
  return true;
}

bool GridBuilder::end_row() {
  for (; static_cast<std::size_t>(column_) <= above_.size(); ++column_) {
    if (!step_over_covered()) return false;
  }
  if (row_.cells.empty()) return true;
  if (!reading_.take_row(grid_, number_)) return false;
  grid_.rows.push_back(std::move(row_));
  row_ = {};
  return true;
}

Grid GridBuilder::finish() {
  int width = 0;
  for (const Row& row : grid_.rows) {
    for (const Cell& cell : row.cells) width = cell.text.empty() ? width : std::max(width, cell.column);
  }
  for (Row& row : grid_.rows) {
    while (!row.cells.empty() && row.cells.back().column > width) row.cells.pop_back();
    for (Cell& cell : row.cells) cell.columns = std::min(cell.columns, width - cell.column + 1);
  }
  grid_.rows.erase(
      std::remove_if(grid_.rows.begin(), grid_.rows.end(), [](const Row& row) { return row.cells.empty(); }),
      grid_.rows.end());
  std::sort(grid_.hidden_columns.begin(), grid_.hidden_columns.end());
  return std::move(grid_);
}

}  // namespace tocsin::table
