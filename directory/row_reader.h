// The cells of one row by the table's column names, with the checks every cell of that sort gets.
//
// What is wrong is reported to the pass, at the cell; the value returned is then of no use.  For this room's .cc files.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "directory/import_pass.h"

namespace tocsin::directory {

inline constexpr std::size_t kLongestCode = 64;
inline constexpr std::size_t kLongestName = 100;   // characters
inline constexpr std::size_t kLongestWords = 500;  // characters
inline constexpr int kHighestOrder = 1000;

[[nodiscard]] bool is_code(std::string_view text);
[[nodiscard]] std::string lower(std::string_view text);

class RowReader {
 public:
  RowReader(ImportPass& pass, Table table, const table::CsvRow& row);

  void error(Finding found, std::string_view column);
  void warn(Finding found, std::string_view column);

  // As typed, without the apostrophe that keeps it from being a formula; empty when the sheet has no such column.
  [[nodiscard]] std::string cell(std::string_view column) const;

  // A code this row gives itself.
  std::string code(std::string_view column);

  // The code of another row; whether that row exists is judged later.
  std::string reference(std::string_view column, bool required = true);

  // Words to be shown.
  std::string words(std::string_view column, std::size_t longest, bool required = false);

  // Words that must not hold numbers of people: those are removed, and the office learns it.
  std::string words_without_numbers(std::string_view column);

  int order();

  // From 1 to `most`; 1 when it is none.
  int count(std::string_view column, int most);

  // "08:00" or "8:00", in minutes since midnight.
  int time_of_day(std::string_view column);

  // A date alone, in days since 1970-01-01; absent when empty or wrong.
  std::optional<std::int32_t> day(std::string_view column);

  // Office local time; a date alone means its beginning, or with `whole_day` its end.
  std::optional<base::UtcTime> time(std::string_view column, bool whole_day = false);

  Period period();

  // Degrees; absent when empty or wrong.
  std::optional<double> degrees(std::string_view column, double limit);

  // "yes", "no", 是, 否, or empty.
  bool yes(std::string_view column);

  // One of a closed list; `code` of the finding when it is not.
  std::string one_of(std::string_view column, const std::vector<std::string>& allowed, std::string code);

  [[nodiscard]] const ImportOptions& options() const { return pass_.options; }

 private:
  ImportPass& pass_;
  Table table_;
  const table::CsvRow& cells_;
  std::size_t number_ = 0;  // of the row in its table
};

}  // namespace tocsin::directory
