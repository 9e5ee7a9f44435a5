// What stands between the cells of a text: found by how evenly each sign divides the first lines.
//
// Pure functions, safe from any thread.
#pragma once

#include <string_view>

namespace tocsin::table {

enum class Separator {
  kComma,
  kTab,
  kSemicolon,
  kFullWidthComma,  // ，
  kBlanks,          // two or more blanks, as in a table pasted from a chat or typed by hand
};

// The sign itself; empty for kBlanks.
[[nodiscard]] std::string_view sign_of(Separator separator);

// Of UTF-8 text, by its first records; what stands in quotes does not count.  A tab goes before the others, since no
// name or number holds one.  Never kBlanks; kComma when no sign is found.
[[nodiscard]] Separator separator_of(std::string_view text);
// The same, or kBlanks when there is no tab and runs of blanks divide most lines, and more than any sign does.
[[nodiscard]] Separator separator_or_blanks_of(std::string_view text);

}  // namespace tocsin::table
