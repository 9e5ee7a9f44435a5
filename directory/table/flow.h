// Words and tables as they come along in a document: tables become sheets, the words before a table its caption.
//
// What HTML and DOCX share: a table inside a cell is words of that cell, and the words between two tables (headings,
// "work area one") stand above the second.  Calls that come out of order are forgiven: documents are.  For this room's
// .cc files.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "directory/table/book.h"
#include "directory/table/grid_builder.h"
#include "directory/table/reading.h"

namespace tocsin::table {

struct RowShape {
  bool hidden = false;
  bool left_out = false;  // a deletion that somebody proposed and nobody took back
  int skipped_columns = 0;
};

class Flow {
 public:
  Flow(Reading& reading, Book& book) : reading_(reading), book_(book) {}

  void text(std::string_view words);
  void end_line() { text("\n"); }
  void end_paragraph();

  bool open_table();
  bool open_row();
  bool open_cell();
  bool close_cell();
  bool close_row();
  bool close_table();
  // At the end: closes what is open.  No table at all is an error.
  bool finish();

  // Of the row and cell being read, while inside() is 1.
  [[nodiscard]] RowShape& row() { return row_; }
  [[nodiscard]] CellShape& cell() { return cell_; }
  [[nodiscard]] int inside() const { return inside_; }  // tables
  [[nodiscard]] bool in_cell() const { return in_cell_; }
  void hide_column(int column);

 private:
  bool begin_row();

  Reading& reading_;
  Book& book_;
  std::unique_ptr<GridBuilder> builder_;
  int inside_ = 0, tables_ = 0;
  bool in_row_ = false, row_begun_ = false, in_cell_ = false;
  RowShape row_;
  CellShape cell_;
  std::string words_;      // of the cell
  std::string paragraph_;  // outside tables
  std::string caption_;
};

}  // namespace tocsin::table
