// What a file is, by its bytes.
//
// Pure functions, safe from any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "gateway/base/said.h"

namespace tocsin::table {

// A file that is no table tocsin reads: what it is, and what to do.
struct NoTable {
  std::string code;  // "old-office-file", "password-protected", "not-a-table"
  base::Said message, hint;
};

// Absent: it may be a table, packed or in text.
[[nodiscard]] std::optional<NoTable> no_table_in(std::string_view bytes);

// By its signature; which of the packed formats it is, its parts say (package.h).
[[nodiscard]] bool is_packed(std::string_view bytes);

// Of text in UTF-8.
[[nodiscard]] bool is_html(std::string_view text);

}  // namespace tocsin::table
