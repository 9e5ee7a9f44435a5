// BLAKE2b-256 (libsodium), for the record's chain, token hashes and text digests.  Thread-safe.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace tocsin::base {

using Digest = std::array<std::uint8_t, 32>;

// Digest of `data`, keyed when `key` is not empty (16..64 bytes).
[[nodiscard]] Digest digest(std::string_view data, std::string_view key = {});
[[nodiscard]] std::string to_hex(const Digest& d);
[[nodiscard]] std::string_view as_bytes(const Digest& d);

}  // namespace tocsin::base
