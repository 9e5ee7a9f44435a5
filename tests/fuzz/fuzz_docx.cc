// Any bytes as a Word document: as the packed file itself, and as the main part of one.
#include <cstdint>
#include <string>
#include <string_view>

#include "tests/fuzz/a_book.h"
#include "tests/fuzz/stored_zip.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace table = tocsin::table;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  table::require_sound(table::read_tables(bytes, "fuzz"));
  if (bytes.starts_with("PK")) return 0;
  table::require_sound(table::read_tables(table::stored_zip({{"word/document.xml", std::string(bytes)}}), "fuzz"));
  return 0;
}
