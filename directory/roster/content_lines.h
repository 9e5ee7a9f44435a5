// The lines of an iCalendar file (RFC 5545, 3.1), unfolded and divided: name, parameters, value.  For this room's .cc
// files.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tocsin::roster {

struct ContentLine {
  std::string name;                                             // upper case
  std::vector<std::pair<std::string, std::string>> parameters;  // names in upper case, values without quotes
  std::string value;                                            // as written
  int line = 0;                                                 // of its first piece
  [[nodiscard]] std::string_view parameter(std::string_view wanted) const;
};

// Lines that have no colon are left out; `too_long`: the first line that was cut at the limit, 0 for none.
struct ContentLines {
  std::vector<ContentLine> lines;
  int too_long = 0;
};
[[nodiscard]] ContentLines content_lines(std::string_view text);

// TEXT (3.3.11) without its escapes; line breaks are blanks.
[[nodiscard]] std::string plain_text(std::string_view value);

}  // namespace tocsin::roster
