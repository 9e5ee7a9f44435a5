// What a reader of office tables gives: sheets of rows of cells, as a person sees them, before anything is made of
// them.
//
// Rows and columns count from 1, as a spreadsheet shows them ("B7" is row 7, column 2); in a text file a row is a
// record, blank ones counted.  Text is UTF-8, trimmed, with \n between lines, without invisible control characters.
// Only rows and cells that hold something are kept: both ascend, with gaps.  Plain values: safe from any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin::table {

struct Place {
  int row = 0, column = 0;  // from 1; 0 = none
  bool operator==(const Place&) const = default;
};

// "A", "Z", "AA": how a spreadsheet names column `index` (from 0).
[[nodiscard]] std::string column_letter(std::size_t index);
// "B7"; empty for no place.
[[nodiscard]] std::string a1(Place place);
// The place that "B7" or "$B$7" names; absent when it names none of a spreadsheet (ECMA-376 part 1, 18.18.62).
[[nodiscard]] std::optional<Place> place_named(std::string_view name);

// Why a cell must not be believed as it stands.
enum class Doubt {
  kNone,
  kScientific,  // the text is 1.38E+10: an office program put it in the place of a number, and the digits are gone
  kTooLong,     // stored as a number of more than 15 digits: a spreadsheet keeps 15, the rest became zeros
  kRounded,     // a long number that ends in many zeros: perhaps what is left of 1.38E+10
  kNoValue,     // a formula whose value the file does not hold
  kErrorValue,  // #N/A, #REF! and the like
};

struct Cell {
  int column = 0;
  std::string text;  // of a covered cell empty: the words stand in the first
  int rows = 1;      // that a merged cell spans, this one counted
  int columns = 1;
  Place covered_by;     // the first cell of the merged cell that covers this one
  bool number = false;  // the file holds a number, and `text` is its digits
  Doubt doubt = Doubt::kNone;
};

struct Row {
  int number = 0;
  int line = 0;  // of a text file, where the record begins; else 0
  bool hidden = false;
  std::vector<Cell> cells;
};

struct Grid {
  std::string name;     // of the sheet; of a document the number of the table; of text empty
  std::string caption;  // words that stood before the table (DOCX, HTML)
  bool hidden = false;
  std::vector<int> hidden_columns;  // ascending
  std::vector<Row> rows;

  // The cell stored there, a covered one too; null when there is none.
  [[nodiscard]] const Cell* at(Place place) const;
  // The same, but what is covered shows the cell that covers it.
  [[nodiscard]] const Cell* seen_at(Place place) const;
};

}  // namespace tocsin::table
