// Time-based one-time passwords (RFC 6238: SHA-1, 6 digits, 30 s), the second factor of accounts.  Thread-safe.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "gateway/base/time.h"

namespace tocsin::base {

// 20 secret bytes (RFC 4226 section 4 R6).
[[nodiscard]] std::string new_totp_secret();

// The step (30 s since 1970) whose code that is: the current one, the one before or the one after.  The caller refuses
// a step that is not greater than the last one used, so that a code overheard is worth nothing.
[[nodiscard]] std::optional<std::int64_t> totp_step(std::string_view secret, std::string_view code, UtcTime now);

// The code of that moment: for tests and for the demo.
[[nodiscard]] std::string totp_code(std::string_view secret, UtcTime at);

// What authenticator apps read from a QR code (Google's key URI format).
[[nodiscard]] std::string otpauth_uri(std::string_view issuer, std::string_view account, std::string_view secret);

}  // namespace tocsin::base
