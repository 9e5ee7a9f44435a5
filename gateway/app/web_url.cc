#include "gateway/app/web_url.h"

#include <arpa/inet.h>

#include <algorithm>

#include "gateway/base/text.h"

namespace tocsin::app {
namespace {

constexpr std::string_view kScheme = "https://";
constexpr std::size_t kMaxName = 253;  // RFC 1035 section 2.3.4, without the dot of the root

bool is_address(const std::string& host, int family) {
  unsigned char parsed[16];
  return inet_pton(family, host.c_str(), parsed) == 1;
}

// Labels of letters, digits and hyphens (RFC 1123 section 2.1).
bool is_dns_name(const std::string& host) {
  if (host.empty() || host.size() > kMaxName) return false;
  for (const auto& label : base::split(host, '.')) {
    if (label.empty() || label.size() > 63 || label.front() == '-' || label.back() == '-') return false;
    const auto fits = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; };
    if (!std::all_of(label.begin(), label.end(), fits)) return false;
  }
  return host.find_first_not_of("0123456789.") != std::string::npos;  // else a mistyped address
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return out;
}

}  // namespace

std::string WebUrl::text() const {
  return std::string(kScheme) + authority();
}

std::string WebUrl::authority() const {
  const bool v6 = host.find(':') != std::string::npos;
  return (v6 ? "[" + host + "]" : host) + (port == 443 ? "" : ":" + std::to_string(port));
}

base::Result<WebUrl> parse_web_url(std::string_view typed) {
  const auto wrong =
      base::invalid("expected a URL such as https://localhost:8443, not \"" + std::string(typed) + "\"", "url");
  std::string rest = lower(typed);
  if (rest.compare(0, kScheme.size(), kScheme) != 0) return wrong;
  rest.erase(0, kScheme.size());
  if (!rest.empty() && rest.back() == '/') rest.pop_back();
  WebUrl url;
  std::string port;
  if (!rest.empty() && rest.front() == '[') {
    const auto end = rest.find(']');
    if (end == std::string::npos) return wrong;
    url.host = rest.substr(1, end - 1);
    port = rest.substr(end + 1);
    if (!is_address(url.host, AF_INET6)) return wrong;
  } else {
    const auto colon = rest.find(':');
    url.host = rest.substr(0, colon);
    if (colon != std::string::npos) port = rest.substr(colon);
    if (!is_address(url.host, AF_INET) && !is_dns_name(url.host)) return wrong;
  }
  if (port.empty()) return url;
  const auto digits = port.substr(1);
  if (port.front() != ':' || digits.empty() || digits.size() > 5 ||
      digits.find_first_not_of("0123456789") != std::string::npos) {
    return wrong;
  }
  url.port = std::stoi(digits);
  if (url.port < 1 || url.port > 65535) return wrong;
  return url;
}

bool is_tile_address(std::string_view text) {
  const auto path = text.find('/', kScheme.size());
  if (path == std::string_view::npos || !parse_web_url(text.substr(0, path)).ok()) return false;
  std::string rest(text.substr(path));
  for (const std::string_view part : {"{z}", "{x}", "{y}"}) {
    const auto at = rest.find(part);
    if (at == std::string::npos) return false;
    rest.erase(at, part.size());
  }
  const auto fits = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("/-._~?=&%").find(c) != std::string_view::npos;
  };
  return std::all_of(rest.begin(), rest.end(), fits);
}

}  // namespace tocsin::app
