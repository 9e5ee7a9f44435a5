// The link at the end of an alert's SMS: opens that alert alone, for a day, without signing in.
//
// 30 characters: base64url of the alert's id (8 bytes), its end (4 bytes, seconds since 1970) and a keyed BLAKE2b over
// both (10 bytes).  Nothing is stored, and one alert has one link, so that a part sent again is the same text.
// Pure, thread-safe.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "gateway/base/time.h"
#include "gateway/model/ids.h"

namespace tocsin::model {

inline constexpr std::size_t kAlertTokenLength = 30;
inline constexpr base::Duration kAlertLinkLives = std::chrono::hours(24);

// `key`: 16 to 64 bytes.
[[nodiscard]] std::string alert_token(AlertId alert, std::string_view key);

// The alert it opens at `now`; empty when it was not made with `key`, or its day is over.
[[nodiscard]] std::optional<AlertId> read_alert_token(std::string_view token, std::string_view key, base::UtcTime now);

}  // namespace tocsin::model
