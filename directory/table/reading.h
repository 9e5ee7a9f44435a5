// One file being read: what was found, and how much of what is allowed is used up.  For this room's .cc files.
//
// The first excess or damage ends the reading: every reader returns as soon as it meets a false.
#pragma once

#include <string>

#include "directory/table/grid.h"
#include "directory/table/limits.h"
#include "gateway/base/diagnostic.h"

namespace tocsin::table {

class Reading {
 public:
  // `file` is what findings call it.
  explicit Reading(std::string file) : file_(std::move(file)) {}

  // Notes an error, at a cell of a sheet when they are known.  Always false.
  bool fail(std::string code, base::Said message, base::Said hint = {}, const std::string& sheet = {},
            Place place = {});
  // The same in text: line and character.
  bool fail_in_text(std::string code, base::Said message, base::Said hint, int line, int column);

  // One more cell (with words, or covered), row, merged cell: false, and noted, when that is more than allowed.
  bool take_cell(const Grid& grid, Place place, std::size_t bytes);
  bool take_row(const Grid& grid, int number);
  bool take_merged(const Grid& grid, Place place);
  bool take_grid();

  [[nodiscard]] bool failed() const { return base::has_errors(findings); }
  [[nodiscard]] const std::string& file() const { return file_; }

  base::Diagnostics findings;

 private:
  std::string file_;
  std::size_t cells_ = 0, bytes_ = 0, merged_ = 0, grids_ = 0;
};

}  // namespace tocsin::table
