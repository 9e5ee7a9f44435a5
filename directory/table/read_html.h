// The tables of an HTML page, or of HTML as an office program puts it on the clipboard, each a sheet.
//
// colspan and rowspan, entities, <br>, tables inside cells as words of the cell, the words before a table as its
// caption; tags that nobody closed are closed as HTML 4 says; scripts, styles and comments are left out.  Where Excel
// says the number itself (x:num) and shows 1.44E+10, the number counts.  Read as a stream by libxml2, so that what a
// page claims to nest costs no memory; nothing is fetched.  Pure, safe from any thread.
#pragma once

#include <string_view>

#include "directory/table/book.h"
#include "directory/table/reading.h"

namespace tocsin::table {

// `text` is UTF-8, whatever the page says.
bool read_html(std::string_view text, Reading& reading, Book& book);

}  // namespace tocsin::table
