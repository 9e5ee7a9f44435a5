// Any bytes as a workbook: as the packed file itself, and as its parts (sheet, shared strings, styles, separated by
// 0x1E), so that what is found lies behind the packing too.
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tests/fuzz/a_book.h"
#include "tests/fuzz/stored_zip.h"

namespace {

constexpr const char* kWorkbook =
    R"(<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="r"><sheets><sheet name="a" r:id="1"/></sheets></workbook>)";
constexpr const char* kRelations =
    R"(<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="1" Type="x/worksheet" Target="s.xml"/><Relationship Id="2" Type="x/sharedStrings" Target="t.xml"/><Relationship Id="3" Type="x/styles" Target="u.xml"/></Relationships>)";

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace table = tocsin::table;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  table::require_sound(table::read_tables(bytes, "fuzz"));
  if (bytes.starts_with("PK")) return 0;
  const std::vector<std::string> parts = tocsin::base::split(bytes, '\x1E');
  std::vector<std::pair<std::string, std::string>> named = {{"xl/workbook.xml", kWorkbook},
                                                            {"xl/_rels/workbook.xml.rels", kRelations}};
  const char* const names[] = {"xl/s.xml", "xl/t.xml", "xl/u.xml"};
  for (std::size_t i = 0; i < parts.size() && i < 3; ++i) named.emplace_back(names[i], parts[i]);
  table::require_sound(table::read_tables(table::stored_zip(named), "fuzz"));
  return 0;
}
