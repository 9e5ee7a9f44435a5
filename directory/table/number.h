// Numbers as a spreadsheet stores them, to the digits a person typed; and dates by their format.
//
// A spreadsheet stores every number as a binary double of 15 digits (ECMA-376 part 1, 18.3.1.96), and the form it is
// shown in apart from it.  So 1.38E10 in the file is a whole number whose digits are all there, and 1.38E+10 on the
// screen loses none. Pure functions, safe from any thread.
#pragma once

#include <string>
#include <string_view>

#include "directory/table/grid.h"

namespace tocsin::table {

struct Digits {
  std::string text;  // empty: it was no number
  Doubt doubt = Doubt::kNone;
};

// "1.4400000001E10" to "14400000001"; "0.30000000000000004" to "0.3".
[[nodiscard]] Digits digits_of(std::string_view stored);

enum class FormKind { kPlain, kDate, kTime, kDateAndTime, kElapsed };

// How a number is shown (numFmt, 18.8.30 and 18.8.31).
struct NumberForm {
  FormKind kind = FormKind::kPlain;
  int digits = 0;  // "00000000000": filled with zeros to so many
};

[[nodiscard]] NumberForm form_of_code(std::string_view code);
[[nodiscard]] NumberForm form_of_id(int id);  // of those that have no code in the file

// As shown by `form`: dates as 2026-11-22, 2026-11-22 08:00 or 08:00 (18.17.4; with `from_1904` of the other date
// base). A number that no date has stays a number.
[[nodiscard]] Digits shown(std::string_view stored, const NumberForm& form, bool from_1904);

}  // namespace tocsin::table
