// What proxies and clients write about where a request came from: whoever is named is an address that can be shown and
// read again, and nothing left of an untrusted speaker counts.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "adapters/https/forwarded.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tocsin::https;
  const std::string value(reinterpret_cast<const char*>(data), size);
  static const Networks trusted = *Networks::parse("10.0.0.0/8, fd00::/8");
  const Address peer = *parse_address("10.0.0.1");
  for (const auto by : {ForwardedBy::kXForwardedFor, ForwardedBy::kForwarded}) {
    const Address client = client_behind(peer, by, value, trusted);
    if (parse_address(client.text()) != client) std::abort();
    const std::string lied = (by == ForwardedBy::kForwarded ? "for=192.0.2.66, " : "192.0.2.66, ") + value;
    const Address still = client_behind(peer, by, lied, trusted);
    // A lie in front counts only where everybody behind it is trusted.
    if (!trusted.contains(client) && !(still == client)) std::abort();
  }
  (void)Networks::parse(value);
  return 0;
}
