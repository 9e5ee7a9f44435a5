// Where a list goes on: an opaque word in `next` of one answer and `cursor` of the next request.
//
// It holds a position (an id or a sequence number), not a page number, so that what is added meanwhile neither repeats
// nor skips a row.  One list's cursor is refused by another.  Pure, safe from any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tocsin::https {

// The letter each begins with.
enum class CursorOf : char {
  kIncidents = 'i',
  kAlerts = 'a',
  kAlertsOf = 'b',
  kRecord = 'r',
  kReports = 'p',
  kReportsOf = 'q',
  kUsers = 'u',
  kInbox = 'n'
};

// `position` > 0.
[[nodiscard]] std::string cursor_text(CursorOf list, std::int64_t position);
// Empty when it is no cursor of that list.
[[nodiscard]] std::optional<std::int64_t> read_cursor(CursorOf list, std::string_view text);

}  // namespace tocsin::https
