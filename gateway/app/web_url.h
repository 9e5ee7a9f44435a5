// An https URL that names a server and nothing in it: where tocsin is asked, or says it is.
#pragma once

#include <string>
#include <string_view>

#include "gateway/base/result.h"

namespace tocsin::app {

struct WebUrl {
  std::string host;  // a DNS name in lower case, or an address without brackets
  int port = 443;
  // "https://host" or "https://host:port", without a slash at its end; an IPv6 address in brackets.
  [[nodiscard]] std::string text() const;
  [[nodiscard]] std::string authority() const;  // the same without the scheme
};

// kInvalid: not https, no host, a port out of range, or anything behind it but one slash (path, query, user).
[[nodiscard]] base::Result<WebUrl> parse_web_url(std::string_view typed);

// Where a map's tiles lie: https, a server, and a path with {z}, {x} and {y} each once, of characters that mean nothing
// in markup or in a Content-Security-Policy.
[[nodiscard]] bool is_tile_address(std::string_view text);

}  // namespace tocsin::app
