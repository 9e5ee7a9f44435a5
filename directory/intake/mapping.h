// Which column of an office's table means what: found by the words of its header, shown, changed, remembered.
//
// A mapping is a plain value with a text of one line per sheet:
//
//     1@3: A=unit+ B=name:1 C=title:1 D=number:1 E=name:2 F=title:2 G=number:2
//     2: skip
//
// Sheet 1, whose header is row 3 (@2-3: two rows; @0: none, rows begin at 1); "+": a blank cell means "as above"; ":2":
// of the second record side by side; columns without it belong to every record of the row; "name(网格长)": a title all
// below it have.  Columns that are not named are not read.  Pure functions, safe from any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "directory/table/book.h"
#include "gateway/base/result.h"

namespace tocsin::intake {

enum class Field {
  kNone,
  kName,
  kHead,    // the name of who answers for the unit or area of the row
  kWorker,  // the name of who works in the area of the row
  kTitle,
  kUnit,
  kSection,  // of the unit: 科室
  kArea,
  kNumber,  // of any kind
  kMobile,
  kLandline,
  kEmail,
};

// "name", "head", "worker", "title", "unit", "section", "area", "number", "mobile", "landline", "email".
[[nodiscard]] std::string_view name_of(Field field);

[[nodiscard]] constexpr bool names_somebody(Field field) {
  return field == Field::kName || field == Field::kHead || field == Field::kWorker;
}
[[nodiscard]] constexpr bool holds_numbers(Field field) {
  return field == Field::kNumber || field == Field::kMobile || field == Field::kLandline || field == Field::kEmail;
}

struct ColumnUse {
  int column = 0;  // from 1
  Field field = Field::kNone;
  int record = 0;         // from 1; 0: of every record of the row
  bool as_above = false;  // a blank cell repeats the one above it
  std::string title;      // of everybody this column names
  std::string header;     // the words over it; not part of the text
  bool operator==(const ColumnUse&) const = default;
};

struct SheetMapping {
  int sheet = 0;  // from 1
  bool skip = false;
  int header_first = 0, header_last = 0;  // rows; 0: none
  std::vector<ColumnUse> columns;         // ascending
  [[nodiscard]] int records() const;      // side by side; at least 1
  [[nodiscard]] bool has(Field field) const;
  bool operator==(const SheetMapping&) const = default;
};

struct Mapping {
  std::vector<SheetMapping> sheets;  // ascending; a sheet that is not named is skipped
  bool operator==(const Mapping&) const = default;
};

// By header words.  Hidden sheets, and sheets in which no header is found, are skipped.
[[nodiscard]] Mapping guess_mapping(const table::Book& book);

// The words over the columns that `mapping` names, a line each: "1!A=姓名".  A mapping that is remembered says
// something about another file only when these are the same there.
[[nodiscard]] std::string header_of(const table::Book& book, const Mapping& mapping);

[[nodiscard]] std::string mapping_text(const Mapping& mapping);
// Lines, or sheets divided by ";".  kInvalid says which part is not understood.
[[nodiscard]] base::Result<Mapping> parse_mapping(std::string_view text);

}  // namespace tocsin::intake
