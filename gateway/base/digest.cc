#include "gateway/base/digest.h"

#include <sodium.h>

#include <cassert>

namespace tocsin::base {

Digest digest(std::string_view data, std::string_view key) {
  assert(key.empty() ||
         (key.size() >= crypto_generichash_KEYBYTES_MIN && key.size() <= crypto_generichash_KEYBYTES_MAX));
  const auto bytes = [](std::string_view s) { return reinterpret_cast<const unsigned char*>(s.data()); };
  Digest out{};
  crypto_generichash(out.data(), out.size(), bytes(data), data.size(), key.empty() ? nullptr : bytes(key), key.size());
  return out;
}

std::string to_hex(const Digest& d) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string out;
  out.reserve(d.size() * 2);
  for (const std::uint8_t byte : d) {
    out.push_back(kDigits[byte >> 4U]);
    out.push_back(kDigits[byte & 15U]);
  }
  return out;
}

std::string_view as_bytes(const Digest& d) {
  return {reinterpret_cast<const char*>(d.data()), d.size()};
}

}  // namespace tocsin::base
