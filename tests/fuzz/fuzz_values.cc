// Any text as the words of a cell: names and numbers that stand for themselves, within limits.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "directory/values.h"
#include "gateway/base/text.h"

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace directory = tocsin::directory;
  const std::string cell = tocsin::base::to_valid_utf8({reinterpret_cast<const char*>(data), size});  // as cells are
  const auto name = directory::name_in_cell(cell);
  require(tocsin::base::is_utf8(name.text) && name.text.size() <= cell.size() && !(name.joined && name.several));
  // Joined once, a name stays as it is.
  require(directory::name_in_cell(name.text).text == name.text);
  const auto numbers = directory::numbers_in_cell(cell, {"CN", "539"});
  for (const auto& one : numbers) {
    require(tocsin::base::is_utf8(one.typed) && tocsin::base::is_utf8(one.label));
    switch (one.kind) {
      case directory::NumberKind::kNumber: require(one.number.e164.starts_with('+') && one.reason.empty()); break;
      case directory::NumberKind::kShortCode: require(one.code.size() >= 3 && one.code.size() <= 6); break;
      case directory::NumberKind::kUnreadable: require(!one.reason.empty()); break;
    }
  }
  return 0;
}
