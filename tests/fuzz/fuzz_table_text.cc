// Any bytes as a file or as pasted text: read as something, or refused with a reason.
#include <cstdint>
#include <string_view>

#include "tests/fuzz/a_book.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace table = tocsin::table;
  std::string_view bytes(reinterpret_cast<const char*>(data), size);
  table::require_sound(table::read_tables(bytes, "fuzz"));
  // The first byte says what somebody who saw the preview might have chosen.
  if (bytes.empty()) return 0;
  table::ReadOptions options;
  options.encoding = static_cast<table::Encoding>(bytes.front() % 4);
  options.separator = static_cast<table::Separator>(bytes.front() / 4 % 5);
  table::require_sound(table::read_tables(bytes.substr(1), "fuzz", options));
  return 0;
}
