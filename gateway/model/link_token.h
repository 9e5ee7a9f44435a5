// What alert_link.h and feed_link.h have in common: twelve bytes that the office signed, as the end of an address.
//
// base64url of eight bytes, four bytes, and the beginning of a keyed BLAKE2b over them and what the address is for.  A
// token made for one purpose is none for another.  Pure, thread-safe.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tocsin::model {

// What a kind of address is for, and how many bytes of the digest it carries.
struct LinkPurpose {
  std::string_view name;
  std::size_t mac_bytes = 16;
};
struct LinkNumbers {
  std::int64_t first = 0;
  std::uint32_t second = 0;
};

// `key`: 16 to 64 bytes.
[[nodiscard]] std::string link_token(const LinkPurpose& purpose, const LinkNumbers& numbers, std::string_view key);
// Empty when it was not made so with `key`; compared in constant time.
[[nodiscard]] std::optional<LinkNumbers> read_link_token(const LinkPurpose& purpose, std::string_view token,
                                                         std::string_view key);

}  // namespace tocsin::model
