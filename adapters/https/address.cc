#include "adapters/https/address.h"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>
#include <cstring>

#include "gateway/base/text.h"

namespace tocsin::https {
namespace {

constexpr std::array<std::uint8_t, 12> kMapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
constexpr std::size_t kMaxNetworks = 256;

bool same_bits(const Address& a, const Address& b, int bits) {
  const auto whole = static_cast<std::size_t>(bits) / 8;
  if (!std::equal(a.bytes.begin(), a.bytes.begin() + static_cast<std::ptrdiff_t>(whole), b.bytes.begin())) return false;
  const int rest = bits % 8;
  return rest == 0 || ((a.bytes[whole] ^ b.bytes[whole]) >> (8 - rest)) == 0;
}

}  // namespace

bool Address::is_v4() const {
  return std::equal(kMapped.begin(), kMapped.end(), bytes.begin());
}

std::string Address::text() const {
  char shown[INET6_ADDRSTRLEN] = {};
  if (is_v4()) {
    ::inet_ntop(AF_INET, bytes.data() + kMapped.size(), shown, sizeof(shown));
  } else {
    ::inet_ntop(AF_INET6, bytes.data(), shown, sizeof(shown));
  }
  return shown;
}

std::string Address::client() const {
  if (is_v4()) return text();
  Address prefix;
  std::copy_n(bytes.begin(), 8, prefix.bytes.begin());
  return prefix.text() + "/64";
}

Address v4_address(const std::uint8_t* four_bytes) {
  Address address;
  std::copy(kMapped.begin(), kMapped.end(), address.bytes.begin());
  std::copy_n(four_bytes, 4, address.bytes.begin() + kMapped.size());
  return address;
}

Address v6_address(const std::uint8_t* sixteen_bytes) {
  Address address;
  std::copy_n(sixteen_bytes, 16, address.bytes.begin());
  return address;
}

std::optional<Address> parse_address(std::string_view text) {
  if (text.empty() || text.size() >= INET6_ADDRSTRLEN) return std::nullopt;
  const std::string whole(text);
  std::array<std::uint8_t, 16> bytes{};
  if (::inet_pton(AF_INET, whole.c_str(), bytes.data()) == 1) return v4_address(bytes.data());
  if (::inet_pton(AF_INET6, whole.c_str(), bytes.data()) == 1) return v6_address(bytes.data());
  return std::nullopt;
}

base::Result<Networks> Networks::parse(std::string_view list) {
  Networks networks;
  for (const auto& piece : base::split(list, ',')) {
    const std::string entry = base::trim(piece);
    if (entry.empty()) continue;
    const auto slash = entry.find('/');
    const auto prefix = parse_address(std::string_view(entry).substr(0, slash));
    const int most = prefix && prefix->is_v4() && entry.find(':') == std::string::npos ? 32 : 128;
    int bits = most;
    bool fits = prefix.has_value() && networks.all_.size() < kMaxNetworks;
    if (slash != std::string::npos) {
      const char* end = entry.data() + entry.size();
      const auto [stop, error] = std::from_chars(entry.data() + slash + 1, end, bits);
      fits = fits && error == std::errc{} && stop == end && bits >= 0 && bits <= most;
    }
    if (!fits) {
      return base::invalid("\"" + base::cut(base::without_controls(entry), 64) +
                           "\" is not an address or a network such as 10.1.0.0/16");
    }
    networks.all_.push_back({*prefix, most == 32 ? bits + 96 : bits});
  }
  return networks;
}

bool Networks::contains(const Address& address) const {
  return std::any_of(all_.begin(), all_.end(),
                     [&](const Network& network) { return same_bits(network.prefix, address, network.bits); });
}

}  // namespace tocsin::https
