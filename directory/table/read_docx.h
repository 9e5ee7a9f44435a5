// The tables of a Word document (WordprocessingML, ECMA-376 part 1, 17.4), each a sheet.
//
// Merged cells (gridSpan, vMerge), tables inside cells as words of the cell, the words before a table as its caption.
// Left out: what a tracked change deleted or moved away (17.13.5), hidden runs (vanish), field codes.  Pure, safe from
// any thread.
#pragma once

#include "directory/table/book.h"
#include "directory/table/package.h"

namespace tocsin::table {

bool read_docx(Package& package, Reading& reading, Book& book);

}  // namespace tocsin::table
