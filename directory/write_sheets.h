// The directory as the sheets docs/directory.md describes: what read_sheets (import.h) takes back unchanged.
//
// Pure, safe from any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "directory/import.h"
#include "directory/tables.h"

namespace tocsin::directory {

// One sheet per table, in the order they are read in, named "persons.csv"; a table without rows is its header alone.
// CSV as in RFC 4180, UTF-8 with a byte order mark (without one, office programs take it for their own encoding), lines
// end with CRLF.  Times are in `zone`, which must exist.  Of an hour that comes twice the first is read back.
// Behind them the outlines of areas, where there are any.
[[nodiscard]] std::vector<Sheet> write_sheets(const Tables& tables, const std::string& zone);

// "outlines.geojson", "outlines-2.geojson": FeatureCollections (RFC 7946) of some megabytes each, whose features name
// their area by `code`.  None when no area has an outline.
[[nodiscard]] std::vector<Sheet> write_outlines(const Tables& tables);

// Rows of any table in that form, cells guarded.
[[nodiscard]] std::string csv_text(const std::vector<std::vector<std::string>>& rows);

// A cell that begins with = + - or @ is a formula to office programs: it gets an apostrophe in front, as one types
// there; a cell that begins with apostrophes and then such a sign gets one more.  OWASP, "CSV Injection".
[[nodiscard]] std::string guarded(std::string_view cell);
[[nodiscard]] std::string_view unguarded(std::string_view cell);

}  // namespace tocsin::directory
