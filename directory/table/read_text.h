// Text in records to one sheet: CSV, TSV, and what people paste.
//
// Pure, safe from any thread.
#pragma once

#include <optional>
#include <string_view>

#include "directory/table/book.h"
#include "directory/table/reading.h"

namespace tocsin::table {

// `text` is UTF-8, as decode() gives it.  `separator`: the caller's word; absent: found, and kept in `book.text`.
// Lines divided by blanks alone have neither quotes nor empty cells; all else is read as CSV (csv.h).
bool read_text(std::string_view text, std::optional<Separator> separator, Reading& reading, Book& book);

}  // namespace tocsin::table
