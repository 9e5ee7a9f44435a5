// One table whose cells come row by row and say how far they span, as in HTML and DOCX: each cell takes the next place
// that no cell above it covers.  For this room's .cc files.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "directory/table/grid.h"
#include "directory/table/reading.h"

namespace tocsin::table {

struct CellShape {
  int rows = 1, columns = 1;  // as the file says; what lies outside the table is cut off
  bool starts_merge = false;  // DOCX: a cell of a row below may continue this one
  bool continues = false;     // DOCX: covered by the cell above it
  std::string exact;          // the number itself, where what is shown may be rounded; empty: not known
};

class GridBuilder {
 public:
  GridBuilder(Reading& reading, Grid grid) : reading_(reading), grid_(std::move(grid)) {}

  void begin_row(bool hidden, int skipped_columns = 0);
  bool add(std::string_view words, const CellShape& shape);
  bool end_row();
  void hide_column(int column) { grid_.hidden_columns.push_back(column); }
  // Without what spans beyond the last column that holds words.
  [[nodiscard]] Grid finish();

 private:
  // The cell that last stood in a column, and whether it reaches into the rows below.
  struct Above {
    Place first;
    std::size_t row = 0, cell = 0;  // where it is stored; meaningful when `stored`
    bool stored = false;
    int last_row = 0;   // the last that it covers so far
    int rows_left = 0;  // that it still covers
  };

  bool step_over_covered();
  bool cover(const Above& above);
  bool reach(Above& above);
  bool place(std::string text, bool number, Doubt doubt, const CellShape& shape);
  [[nodiscard]] Above& above(int column);
  [[nodiscard]] Cell& stored_cell(const Above& above);

  Reading& reading_;
  Grid grid_;
  Row row_;
  int number_ = 0;  // of the row
  int column_ = 1;  // the next free one
  std::vector<Above> above_;
};

}  // namespace tocsin::table
