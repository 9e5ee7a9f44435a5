// Network addresses as values: read, shown, counted as a client, found in a list of networks.
//
// An IPv4 address and the same one mapped into IPv6 are equal.  Pure; safe from any thread.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/base/result.h"

namespace tocsin::https {

struct Address {
  std::array<std::uint8_t, 16> bytes{};  // IPv4 as ::ffff:a.b.c.d

  [[nodiscard]] bool is_v4() const;
  // "10.0.0.7", "2001:db8::1".
  [[nodiscard]] std::string text() const;
  // Whom limits count: the IPv4 address, or the IPv6 /64 ("2001:db8::/64"), of which one household has a whole one.
  [[nodiscard]] std::string client() const;
  bool operator==(const Address&) const = default;
};

[[nodiscard]] Address v4_address(const std::uint8_t* four_bytes);
[[nodiscard]] Address v6_address(const std::uint8_t* sixteen_bytes);
// Numeric, without port, brackets or zone.
[[nodiscard]] std::optional<Address> parse_address(std::string_view text);

class Networks {
 public:
  // "10.0.0.7, 10.1.0.0/16, fd00::/8"; empty is none.  kInvalid names the entry that is none.
  [[nodiscard]] static base::Result<Networks> parse(std::string_view list);
  [[nodiscard]] bool contains(const Address& address) const;
  [[nodiscard]] bool empty() const { return all_.empty(); }

 private:
  struct Network {
    Address prefix;
    int bits = 128;
  };
  std::vector<Network> all_;
};

}  // namespace tocsin::https
