// What people mean by the words of a cell: names written with blanks, and telephone numbers, several to a cell.
//
// Nothing is repaired that could mean two things: such a cell says so and is left for somebody to look at.
// Pure functions over UTF-8, safe from any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/base/phone_number.h"

namespace tocsin::directory {

struct NameInCell {
  std::string text;
  bool joined = false;   // blanks that only filled the column were taken out: "王 伟" is 王伟
  bool several = false;  // may be two names: "石青松 柳溪桥"; `text` is as it was written
};

// Chinese names of up to four characters are written with blanks between, so that a column looks even: those go.  Two
// pieces of two or more characters each stay apart, unless the first is a surname of two characters.
// Names in other scripts keep one blank between their words.
[[nodiscard]] NameInCell name_in_cell(std::string_view cell);

// Characters of the surname that a Chinese name begins with: 2 for 欧阳 and its like, else 1.
[[nodiscard]] std::size_t surname_length(std::string_view name);

enum class NumberKind {
  kNumber,
  kShortCode,  // three to six digits of an exchange or a group: no way to reach somebody from outside
  kUnreadable,
};

struct NumberInCell {
  NumberKind kind = NumberKind::kUnreadable;
  std::string typed;         // the part of the cell that it was read from
  std::string label;         // words beside it: "办公", "微信同号"
  base::PhoneNumber number;  // of kNumber
  std::string code;          // of kShortCode: its digits
  std::string reason;        // of kUnreadable: "10 digits, a mobile has 11: 1 missing"
};

// Every number of a cell, in order: divided by signs (、 / ， ; | 或 and lines), by labels, or by blanks where each
// piece is a number of its own.  "144 0000 0001" is one number.  Empty for a blank cell and for what says that there is
// none (无, -).
[[nodiscard]] std::vector<NumberInCell> numbers_in_cell(std::string_view cell, const base::DialingRules& rules);

}  // namespace tocsin::directory
