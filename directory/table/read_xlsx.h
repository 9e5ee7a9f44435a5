// The sheets of a workbook (SpreadsheetML, ECMA-376 part 1, 18), as Excel, WPS, LibreOffice and programs write it.
//
// Shared and inline strings (runs joined, phonetic readings left out), numbers by their digits (number.h), dates by
// their format, booleans, what formulas came to when the file was saved, merged cells, hidden sheets, rows and columns.
// Nothing is calculated, and no link is followed.  Pure, safe from any thread.
#pragma once

#include "directory/table/book.h"
#include "directory/table/package.h"

namespace tocsin::table {

bool read_xlsx(Package& package, Reading& reading, Book& book);

}  // namespace tocsin::table
