// Bytes as text that survives URLs and typing.  Pure, thread-safe.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tocsin::base {

// base64url without padding (RFC 4648 section 5).
[[nodiscard]] std::string to_base64url(std::string_view bytes);
// Empty when it is not exactly what to_base64url gives (padding, other letters, stray bits).
[[nodiscard]] std::optional<std::string> from_base64url(std::string_view text);

// base64 with padding (RFC 4648 section 4).
[[nodiscard]] std::string to_base64(std::string_view bytes);
// Empty when it is not exactly what to_base64 gives.
[[nodiscard]] std::optional<std::string> from_base64(std::string_view text);

// Base32 without padding (RFC 4648 section 6): how authenticator apps take a secret.
[[nodiscard]] std::string to_rfc_base32(std::string_view bytes);

// Everything but unreserved characters as %XX (RFC 3986 section 2.1).
[[nodiscard]] std::string percent_encoded(std::string_view text);

// The lowest `bytes` bytes of a number, most significant first; and the number that at most eight such bytes are.
[[nodiscard]] std::string big_endian(std::uint64_t number, int bytes);
[[nodiscard]] std::uint64_t from_big_endian(std::string_view bytes);

}  // namespace tocsin::base
