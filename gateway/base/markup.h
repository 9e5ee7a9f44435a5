// Text put into HTML, SVG or any XML: as it is read, never as markup.  Pure.
#pragma once

#include <string>
#include <string_view>

namespace tocsin::base {

// For content and quoted attributes.  Control characters that XML does not have are left out.
[[nodiscard]] inline std::string escaped_markup(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\'': out += "&#39;"; break;
      default:
        if (static_cast<unsigned char>(c) >= 0x20 || c == '\n' || c == '\t') out.push_back(c);
    }
  }
  return out;
}

}  // namespace tocsin::base
