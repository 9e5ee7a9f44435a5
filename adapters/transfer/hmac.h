// Digests, keyed and not, that signed requests are made of (RFC 2104, FIPS 180-4).  Pure, thread-safe.
#pragma once

#include <string>
#include <string_view>

namespace tocsin::transfer {

// Raw octets: 32 and 20.
[[nodiscard]] std::string hmac_sha256(std::string_view key, std::string_view text);
[[nodiscard]] std::string hmac_sha1(std::string_view key, std::string_view text);

[[nodiscard]] std::string sha256_hex(std::string_view text);
[[nodiscard]] std::string to_hex(std::string_view octets);  // in lower case

}  // namespace tocsin::transfer
