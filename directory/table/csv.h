// Rows out of a CSV file (RFC 4180), with limits, because the file comes from outside.
//
// Quotes as in RFC 4180 section 2; lines end with CRLF, LF or CR.  UTF-8, with or without a byte order mark.  Blank
// rows are passed over, but counted.  Cells are trimmed. Reads row by row: a file of 16 MB never stands in memory as a
// million strings. Not thread-safe; the text must outlive the reader.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "directory/table/limits.h"
#include "gateway/base/diagnostic.h"

namespace tocsin::table {

struct CsvRow {
  int number = 0;  // of the record, from 1, blank ones counted
  int line = 0;    // where it begins, from 1
  std::vector<std::string> cells;
  std::vector<int> columns;  // of each cell: the character it begins at in `line`; 0 when on a later line
};

class CsvReader {
 public:
  // `file` is what findings call it.  `separator`: of cells, one character; empty: the one that separator_of() finds.
  CsvReader(std::string_view text, std::string file, base::Diagnostics& findings, std::string_view separator = {});

  // The next row that is not blank.  False at the end, or when what follows cannot be read as rows (too long, a quote
  // never closed, not UTF-8): a finding says so, and the caller must not use the rows before it.
  [[nodiscard]] bool next(CsvRow& row);
  [[nodiscard]] bool failed() const { return failed_; }

 private:
  [[nodiscard]] bool read_row(CsvRow& row);
  [[nodiscard]] bool read_cell(CsvRow& row);
  [[nodiscard]] bool read_quoted(CsvRow& row, std::string& cell);
  [[nodiscard]] bool fail(std::string code, int line, int column, base::Said message, base::Said hint = {});
  [[nodiscard]] bool at_separator() const { return text_.substr(at_, separator_.size()) == separator_; }
  [[nodiscard]] int character();  // of `at_`, in its line, from 1
  [[nodiscard]] bool at_line_end() const;
  void step_over_line_end();

  std::string_view text_;
  std::string file_;
  base::Diagnostics& findings_;
  std::string separator_;
  std::size_t at_ = 0;
  std::size_t row_start_ = 0;
  std::size_t counted_to_ = 0;  // characters of the line are counted up to here
  int counted_ = 0;
  int line_ = 1;
  int number_ = 0;
  bool failed_ = false;
};

}  // namespace tocsin::table
