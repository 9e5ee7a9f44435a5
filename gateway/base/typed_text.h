// What people type with a Chinese keyboard, or copy from a phone, as the ASCII it stands for.
//
// Pure functions, safe from any thread.
#pragma once

#include <string>
#include <string_view>

namespace tocsin::base {

// Full-width forms, dashes and odd spaces as the ASCII they stand for; invisible characters vanish; trimmed.  UTF-8.
[[nodiscard]] std::string to_plain_ascii(std::string_view typed);

}  // namespace tocsin::base
