// Files of the web app as the front door serves them: pages, scripts, styles, pictures.
//
// Plain values that live as long as the program; web/build.mjs makes them, gateway/app embeds them.
#pragma once

#include <span>
#include <string_view>

namespace tocsin::ports {

struct WebFile {
  std::string_view path;   // as asked for: "/", "/desk", "/app/desk-5QK2.js"
  std::string_view type;   // media type, with its charset
  std::string_view bytes;  // as it is
  std::string_view gzip;   // RFC 1952; empty: not worth it
  std::string_view etag;   // strong entity tag with its quotes (RFC 9110 section 8.8.3)
  bool lasting = false;    // another content has another path: browsers may keep it for good
  bool demo = false;       // served by the demo only
};

using WebFiles = std::span<const WebFile>;  // by path

}  // namespace tocsin::ports
