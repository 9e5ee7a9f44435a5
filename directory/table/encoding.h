// Bytes of a text file to UTF-8: the encoding found, or the one the caller says.
//
// A byte order mark decides (Unicode 15, 23.8).  Without one: NUL bytes mean UTF-16; else the whole file must be strict
// UTF-8; else GB18030 without one bad byte, in which most characters are of GB 2312, the common ones.  Short GBK text
// may be UTF-8 by chance: then what is likelier is taken and said not to be certain.  No other encoding is guessed at.
// Safe from any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "directory/table/book.h"
#include "directory/table/reading.h"

namespace tocsin::table {

struct Decoded {
  TextForm form;
  std::string text;  // without the mark
};

// `forced`: no other is tried.  Absent when the bytes are not of that encoding, or of none; `reading` says where.
[[nodiscard]] std::optional<Decoded> decode(std::string_view bytes, std::optional<Encoding> forced, Reading& reading);

}  // namespace tocsin::table
