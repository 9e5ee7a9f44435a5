// One row as texts, two ways: as the cells of a sheet that people read, and exactly, to be kept and compared.
//
// A kind of value that a table brings along gets its three functions here.  Pure, safe from any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "directory/fields.h"

namespace tocsin::directory {

using Cells = std::vector<std::string>;  // in the order of the table's columns
using MaybeTime = std::optional<base::UtcTime>;

// ---- one value ----
[[nodiscard]] inline std::string exact_cell(const std::string& text) {
  return text;
}
[[nodiscard]] std::string exact_cell(int order);  // 0: empty
[[nodiscard]] std::string exact_cell(bool yes);   // false: empty
[[nodiscard]] std::string exact_cell(model::ContactKind kind);
[[nodiscard]] std::string exact_cell(const std::vector<std::string>& words);
[[nodiscard]] std::string exact_cell(const MaybeTime& time);
[[nodiscard]] std::string exact_cell(const Degrees<const bool, const double>& degrees);
[[nodiscard]] std::string exact_cell(const TimeOfDay<const int>& time);
[[nodiscard]] std::string exact_cell(const Day<const std::int32_t>& day);
[[nodiscard]] std::string exact_cell(const LastDay<const std::optional<std::int32_t>>& last);

// As exact_cell() but for what depends on the office.
template <typename Value>
[[nodiscard]] std::string sheet_cell(std::string_view /*column*/, const Value& value, const std::string& /*zone*/) {
  return exact_cell(value);
}
[[nodiscard]] std::string sheet_cell(std::string_view column, const std::vector<std::string>& words,
                                     const std::string& zone);
// "yes"; under `kind` "section".
[[nodiscard]] std::string sheet_cell(std::string_view column, const bool& yes, const std::string& zone);
[[nodiscard]] std::string sheet_cell(std::string_view column, const MaybeTime& time, const std::string& zone);
[[nodiscard]] std::string sheet_cell(std::string_view column, const TimeOfDay<const int>& time,
                                     const std::string& zone);
[[nodiscard]] std::string sheet_cell(std::string_view column, const Day<const std::int32_t>& day,
                                     const std::string& zone);
[[nodiscard]] std::string sheet_cell(std::string_view column, const LastDay<const std::optional<std::int32_t>>& last,
                                     const std::string& zone);

// False: it is no such cell.
[[nodiscard]] inline bool read_exact_cell(const std::string& cell, std::string& text) {
  text = cell;
  return true;
}
[[nodiscard]] bool read_exact_cell(const std::string& cell, int& order);
[[nodiscard]] bool read_exact_cell(const std::string& cell, bool& yes);
[[nodiscard]] bool read_exact_cell(const std::string& cell, model::ContactKind& kind);
[[nodiscard]] bool read_exact_cell(const std::string& cell, std::vector<std::string>& words);
[[nodiscard]] bool read_exact_cell(const std::string& cell, MaybeTime& time);
[[nodiscard]] bool read_exact_cell(const std::string& cell, const Degrees<bool, double>& degrees);
[[nodiscard]] bool read_exact_cell(const std::string& cell, const TimeOfDay<int>& time);
[[nodiscard]] bool read_exact_cell(const std::string& cell, const Day<std::int32_t>& day);
[[nodiscard]] bool read_exact_cell(const std::string& cell, const LastDay<std::optional<std::int32_t>>& last);

// ---- one row ----

// As docs/directory.md describes them: times in `zone`, a date alone for its first minute.
template <typename Row>
[[nodiscard]] Cells sheet_cells(const Row& row, const std::string& zone) {
  Cells cells;
  each_field(row, [&](std::string_view column, const auto& value) {
    if (column != kNoColumn) cells.push_back(sheet_cell(column, value, zone));
  });
  return cells;
}

// Exactly: microseconds since 1970, every digit of a coordinate.
template <typename Row>
[[nodiscard]] Cells exact_cells(const Row& row) {
  Cells cells;
  each_field(row, [&](std::string_view /*column*/, const auto& value) { cells.push_back(exact_cell(value)); });
  return cells;
}

// The row of exact_cells(), without its id.  False: these are not such cells.
template <typename Row>
[[nodiscard]] bool read_exact(const Cells& cells, Row& row) {
  std::size_t next = 0;
  bool good = true;
  each_field(row, [&](std::string_view /*column*/, auto&& value) {
    good = good && next < cells.size() && read_exact_cell(cells[next], value);
    ++next;
  });
  return good && next == cells.size();
}

}  // namespace tocsin::directory
