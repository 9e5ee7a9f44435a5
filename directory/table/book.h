// One file, or one piece of pasted text, as read: what it was taken for, and its sheets.
//
// Plain values: safe from any thread.
#pragma once

#include <optional>
#include <vector>

#include "directory/table/grid.h"
#include "directory/table/separator.h"

namespace tocsin::table {

enum class FileKind { kText, kHtml, kXlsx, kDocx };

enum class Encoding { kUtf8, kUtf16Le, kUtf16Be, kGb18030 };

// "UTF-8", "UTF-16LE", "UTF-16BE", "GB18030".
[[nodiscard]] std::string_view name_of(Encoding encoding);

// What a text file was read as: to be shown with its first rows, before somebody believes them.
struct TextForm {
  Encoding encoding = Encoding::kUtf8;
  bool marked = false;  // it began with a byte order mark
  // False: another encoding would have been possible as well.
  bool certain = true;
  std::optional<Separator> separator;  // of text that is no HTML
};

struct Book {
  FileKind kind = FileKind::kText;
  std::optional<TextForm> text;  // of kText and kHtml
  std::vector<Grid> grids;
};

}  // namespace tocsin::table
