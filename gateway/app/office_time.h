// A time as an operator types it.
#pragma once

#include <optional>
#include <string>

#include "gateway/base/time.h"

namespace tocsin::app {

// RFC 3339, or office time "2026-11-22 14:00".  Empty when it is neither.
[[nodiscard]] std::optional<base::UtcTime> parse_at(const std::string& typed, const std::string& time_zone);

// The same, and a date alone is its midnight; nothing typed is now, at a full minute.
[[nodiscard]] std::optional<base::UtcTime> begin_of_days(const std::string& typed, const std::string& time_zone);

}  // namespace tocsin::app
