#include "directory/table/read_text.h"

#include <algorithm>
#include <utility>

#include "directory/table/cell_text.h"
#include "directory/table/csv.h"

namespace tocsin::table {
namespace {

using base::said;

bool add_cell(Reading& reading, const Grid& grid, Row& row, int column, std::string_view raw) {
  Cell cell;
  cell.column = column;
  cell.text = plain(raw);
  if (cell.text.empty()) return true;
  cell.doubt = doubt_of(cell.text);
  if (!reading.take_cell(grid, {row.number, column}, cell.text.size())) return false;
  row.cells.push_back(std::move(cell));
  return true;
}

bool add_row(Reading& reading, Grid& grid, Row& row) {
  if (row.cells.empty()) return true;
  if (!reading.take_row(grid, row.number)) return false;
  grid.rows.push_back(std::move(row));
  return true;
}

bool read_records(std::string_view text, Separator separator, Reading& reading, Grid& grid) {
  CsvReader reader(text, reading.file(), reading.findings, sign_of(separator));
  for (CsvRow record; reader.next(record);) {
    Row row;
    row.number = record.number;
    row.line = record.line;
    for (std::size_t i = 0; i < record.cells.size(); ++i) {
      if (!add_cell(reading, grid, row, static_cast<int>(i) + 1, record.cells[i])) return false;
    }
    if (!add_row(reading, grid, row)) return false;
  }
  return !reader.failed();
}

bool read_lines(std::string_view text, Reading& reading, Grid& grid) {
  for (int line = 1; !text.empty(); ++line) {
    const std::size_t end = std::min(text.find_first_of("\r\n"), text.size());
    if (end > kMaxRowBytes) {
      return reading.fail_in_text("row-too-long", said("the line has more than 64 KB", "一行超过64 KB"), {}, line, 0);
    }
    Row row;
    row.number = line;
    row.line = line;
    int column = 0;
    for (const std::string_view piece : split_at_blanks(text.substr(0, end))) {
      if (!add_cell(reading, grid, row, ++column, piece)) return false;
    }
    if (!add_row(reading, grid, row)) return false;
    text.remove_prefix(std::min(end + (text.substr(end).starts_with("\r\n") ? 2 : 1), text.size()));
  }
  return true;
}

}  // namespace

bool read_text(std::string_view text, std::optional<Separator> separator, Reading& reading, Book& book) {
  const Separator used = separator.value_or(separator_or_blanks_of(text));
  if (book.text) book.text->separator = used;
  Grid grid;
  const bool read =
      used == Separator::kBlanks ? read_lines(text, reading, grid) : read_records(text, used, reading, grid);
  if (!read) return false;
  if (grid.rows.empty()) {
    return reading.fail("empty-file", said("there are no words in the text", "文本中没有内容"));
  }
  book.grids.push_back(std::move(grid));
  return true;
}

}  // namespace tocsin::table
