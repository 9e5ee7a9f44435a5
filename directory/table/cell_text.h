// Words of a cell, made plain; and cells that are divided by blanks alone.
//
// Pure functions over UTF-8, safe from any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "directory/table/grid.h"

namespace tocsin::table {

// Trimmed, lines ended by \n and trimmed each, runs of blanks of any width (also U+00A0, U+2002 to U+200A, U+3000) as
// one ASCII space, without controls, direction marks and characters of no width: what a phone book copies along with a
// number.
[[nodiscard]] std::string plain(std::string_view text);

// "1.38E+10": what a spreadsheet shows, or exports, in the place of a long number.
[[nodiscard]] Doubt doubt_of(std::string_view plain_text);

// The pieces of a line between runs of two or more blanks (spaces, U+3000, U+00A0); none for a blank line.
[[nodiscard]] std::vector<std::string_view> split_at_blanks(std::string_view line);
// How many of the first `most` lines that are not blank have such a run inside.
[[nodiscard]] int lines_with_runs_of_blanks(std::string_view text, std::size_t most);

}  // namespace tocsin::table
