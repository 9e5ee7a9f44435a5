// Any bytes as an HTML page, in UTF-8 or with what else they are.
#include <cstdint>
#include <string>
#include <string_view>

#include "tests/fuzz/a_book.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace table = tocsin::table;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  table::require_sound(table::read_tables("<html><table>" + std::string(bytes), "fuzz"));
  table::require_sound(table::read_tables(bytes, "fuzz"));
  return 0;
}
