// Rows as a workbook of one sheet (ECMA-376, SpreadsheetML): every cell a text, so that no office program
// makes 1.44E+10 of a number, or a formula of a word.
//
// The smallest set of parts that the standard asks for, in memory: personal numbers never lie in a temporary file.
// Equal rows give equal bytes.  Pure; any thread.
#pragma once

#include <string>
#include <string_view>

#include "directory/paper/shapes.h"
#include "gateway/base/result.h"

namespace tocsin::paper {

// `sheet`: its name, at most 31 characters, none of []:*?/\.
[[nodiscard]] base::Result<std::string> xlsx_of(const Rows& rows, std::string_view sheet);

}  // namespace tocsin::paper
