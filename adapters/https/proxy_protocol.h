// The header with which a proxy in front says who connected to it: PROXY protocol, version 2 (binary).
//
// Source: "The PROXY protocol, versions 1 & 2" of HAProxy, section 2.2.  Only looked for on connections of listed
// proxies, and then required: a client that could send it itself could be anybody.  Pure.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "adapters/https/address.h"

namespace tocsin::https {

struct ProxyHeader {
  enum class State {
    kNeedMore,  // `size` bytes are needed before anything more can be said
    kRefused,   // not such a header, or one that is no TCP connection
    kComplete,  // the header is the first `size` bytes
  };
  State state = State::kRefused;
  std::size_t size = 0;
  std::optional<Address> source;  // empty: the proxy speaks for itself (a health check), the peer's own address counts
};

// Of what follows the addresses (TLVs), at most 1 KiB is taken, and not looked at.
[[nodiscard]] ProxyHeader read_proxy_header(std::string_view bytes);

}  // namespace tocsin::https
