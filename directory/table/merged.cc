#include "directory/table/merged.h"

#include <algorithm>

namespace tocsin::table {
namespace {

int last_column_of(const Grid& grid) {
  int last = 0;
  for (const Row& row : grid.rows) {
    if (!row.cells.empty()) last = std::max(last, row.cells.back().column);
  }
  return last;
}

bool is_merged(const Cell& cell) {
  return cell.covered_by.row > 0 || cell.rows > 1 || cell.columns > 1;
}

struct Stretch {
  std::vector<Cell>::iterator begin, end;
};
Stretch cells_in(Row& row, int first, int last) {
  const auto before = [](const Cell& cell, int column) { return cell.column < column; };
  return {std::lower_bound(row.cells.begin(), row.cells.end(), first, before),
          std::lower_bound(row.cells.begin(), row.cells.end(), last + 1, before)};
}

// The cells of `row` from `first` to `last` are covered from now on.
bool cover(Grid& grid, Row& row, int first, int last, Place by, Reading& reading) {
  std::vector<Cell> covered;
  for (int column = first; column <= last; ++column) {
    if (!reading.take_cell(grid, {row.number, column}, 0)) return false;
    Cell cell;
    cell.column = column;
    cell.covered_by = by;
    covered.push_back(std::move(cell));
  }
  const Stretch old = cells_in(row, first, last);
  row.cells.insert(row.cells.erase(old.begin, old.end), covered.begin(), covered.end());
  return true;
}

}  // namespace

bool cover_merged(Grid& grid, const std::vector<Merged>& ranges, Reading& reading) {
  const int width = last_column_of(grid);
  for (const Merged& range : ranges) {
    auto row = std::lower_bound(grid.rows.begin(), grid.rows.end(), range.first.row,
                                [](const Row& one, int number) { return one.number < number; });
    if (row == grid.rows.end() || row->number != range.first.row) continue;
    const auto [first, behind] = cells_in(*row, range.first.column, range.first.column);
    if (first == behind || is_merged(*first)) continue;
    const int last_column = std::min(range.last.column, std::max(width, range.first.column));
    Row& first_row = *row;
    const auto index = static_cast<std::size_t>(first - first_row.cells.begin());
    int last_row = range.last.row;
    for (; row != grid.rows.end() && row->number <= range.last.row; ++row) {
      const int from = row->number == range.first.row ? range.first.column + 1 : range.first.column;
      const Stretch stretch = cells_in(*row, from, last_column);
      if (std::any_of(stretch.begin, stretch.end, is_merged)) {
        last_row = row->number - 1;
        break;
      }
      if (from <= last_column && !cover(grid, *row, from, last_column, range.first, reading)) return false;
    }
    if (last_row < range.first.row) continue;
    first_row.cells[index].rows = last_row - range.first.row + 1;
    first_row.cells[index].columns = last_column - range.first.column + 1;
  }
  return true;
}

}  // namespace tocsin::table
