// Which client stands behind a trusted proxy, by the header the proxy adds to.
//
// X-Forwarded-For, or Forwarded (RFC 7239).  Each proxy appends whom it talked to, so the list is read from the right
// and only as far as the speakers are trusted: what stands left of the first address that is not a trusted proxy was
// written by that client and means nothing.  Pure.
#pragma once

#include <string_view>

#include "adapters/https/address.h"

namespace tocsin::https {

enum class ForwardedBy { kXForwardedFor, kForwarded };

// `peer` is a trusted proxy; `value` its header, several lines joined by commas.  What cannot be read as an address
// (also "unknown" and obfuscated names, RFC 7239 section 6) ends the reading: then the last trusted speaker is it.
[[nodiscard]] Address client_behind(const Address& peer, ForwardedBy header, std::string_view value,
                                    const Networks& trusted);

}  // namespace tocsin::https
