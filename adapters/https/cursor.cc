#include "adapters/https/cursor.h"

#include "gateway/base/ids.h"

namespace tocsin::https {

std::string cursor_text(CursorOf list, std::int64_t position) {
  return static_cast<char>(list) + base::to_base32(position);
}

std::optional<std::int64_t> read_cursor(CursorOf list, std::string_view text) {
  if (text.empty() || text.front() != static_cast<char>(list)) return std::nullopt;
  const auto position = base::from_base32(text.substr(1));
  // One spelling each: what we did not write is refused.
  if (!position || *position <= 0 || cursor_text(list, *position) != text) return std::nullopt;
  return position;
}

}  // namespace tocsin::https
