// Grids as lines of text, so that a test shows what it expects; and the sample files.
#pragma once

#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "directory/table/read.h"

namespace tocsin::table {

// "4: A=fire team [2x1] | B=^A4 | C=14400000001# | D=1.44E+10~": the row's number; merged cells with rows x columns; ^
// covered by; # a number; ~ doubted; a hidden row ends in "(hidden)".
inline std::vector<std::string> drawn(const Grid& grid) {
  std::vector<std::string> lines;
  for (const Row& row : grid.rows) {
    std::string line = std::to_string(row.number) + ":";
    for (const Cell& cell : row.cells) {
      line += std::string(&cell == &row.cells.front() ? " " : " | ") +
              column_letter(static_cast<std::size_t>(cell.column - 1)) + "=";
      line += cell.covered_by.row > 0 ? "^" + a1(cell.covered_by) : cell.text;
      if (cell.number) line += "#";
      if (cell.doubt != Doubt::kNone) line += "~";
      if (cell.rows > 1 || cell.columns > 1) {
        line += " [" + std::to_string(cell.rows) + "x" + std::to_string(cell.columns) + "]";
      }
    }
    lines.push_back(line + (row.hidden ? " (hidden)" : ""));
  }
  return lines;
}

inline std::string sample(const std::string& name) {
  std::ifstream in(TOCSIN_OFFICE_SAMPLES "/" + name, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

inline Read read_sample(const std::string& name) {
  return read_tables(sample(name), name);
}

// "code: message" of each finding.
inline std::vector<std::string> said_in(const Read& read) {
  std::vector<std::string> lines;
  for (const base::Diagnostic& finding : read.findings) lines.push_back(finding.code + ": " + finding.message);
  return lines;
}

}  // namespace tocsin::table
