// The door of this room: the bytes of a file, or of pasted text, to sheets of cells.
//
// What a file is shows in its bytes, never in its name.  CSV, TSV and pasted text; HTML as office programs put it on
// the clipboard or save it; XLSX and DOCX (ECMA-376).  Old and other formats are refused with the sentence that says
// what to do. Everything is limited (limits.h); nothing outside the bytes is ever read, and nothing is thrown. No
// store, no clock, no state: safe from any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "directory/table/book.h"
#include "gateway/base/diagnostic.h"

namespace tocsin::table {

// What somebody who saw the preview of a text says against what was found.
struct ReadOptions {
  std::optional<Encoding> encoding;
  std::optional<Separator> separator;
};

struct Read {
  Book book;  // without sheets when `findings` has errors
  // `line` and `column` of a finding: row and column of the cell, or in text line and character; `where`: the sheet.
  base::Diagnostics findings;
};

// What is wrong with a cell of that doubt, and what to do; empty for kNone.
struct Explained {
  base::Said message, hint;
};
[[nodiscard]] Explained explained(Doubt doubt);

// `file` is what findings call it.
[[nodiscard]] Read read_tables(std::string_view bytes, std::string file, const ReadOptions& options = {});

}  // namespace tocsin::table
