// One book being read into a draft: its rows, before rows of one person are joined.  For this room's .cc files.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "directory/intake/draft.h"

namespace tocsin::intake {

// What one record of one row says.
struct RawRow {
  std::string name;
  bool office = false;
  Hat hat;
  std::vector<DraftNumber> numbers;
  bool unread = false;  // a number is written, and cannot be used
  Source at;            // the cell of the name, or of what stands for it
  Source place_at;      // of the unit, or the area
};

class Reading {
 public:
  Reading(const table::Book& read_book, const base::DialingRules& rules) : book(read_book), dialing(rules) {}

  const table::Book& book;
  const base::DialingRules& dialing;
  std::vector<RawRow> rows;
  std::vector<Finding> findings;
  // Units, or areas, of rows that should name a head and name nobody.
  struct Headless {
    std::string name;
    Source at;
  };
  std::vector<Headless> headless;
  std::set<int> sheets_with_heads;  // by their columns

  void find(base::Severity severity, std::string code, const Source& at, std::string_view cell, base::Said message,
            base::Said proposal = {});

 private:
  std::size_t left_out_ = 0;
};

// The rows of one sheet (read_rows.cc).
void read_sheet_rows(Reading& reading, const SheetMapping& mapping);
// The numbers of one cell, findings about those that cannot be used (read_numbers.cc).
void read_number_cell(Reading& reading, const table::Cell& cell, const Source& at, Field field,
                      std::vector<DraftNumber>& numbers);
// Rows to entries, and what shows only when all are there (join_rows.cc).
void join_rows(Reading& reading, Draft& draft);

// Appends what `to` has not yet.
void add_number(std::vector<DraftNumber>& to, const DraftNumber& number);
void add_hat(std::vector<Hat>& to, const Hat& hat);

}  // namespace tocsin::intake
