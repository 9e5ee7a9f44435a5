// One request and one response, as routes see them: plain values, no socket, no library.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tocsin::https {

enum class Problem;  // problems.h

struct HttpRequest {
  std::string method;  // upper case; HEAD is answered like GET, its body left out below
  std::string target;  // origin form: path, optional query
  // Header values without the blanks around them; empty when absent.  Of these each is there once, or the request was
  // refused; the lists (If-…, Accept-Language, …Forwarded…) may be, and are then joined by commas.
  std::string authorization, cookie, origin, sec_fetch_site, x_tocsin;
  std::string host, content_type, accept_language;
  std::string if_match, if_none_match;
  std::string forwarded, x_forwarded_for;  // of the connection layer: `peer` and `client` say what they come to
  std::string body;                        // whole, at most what BodyLimit allows
  std::string peer;    // address of the other side; of the client itself when the other side is a trusted proxy
  std::string client;  // whom limits count: the IPv4 address or the IPv6 /64; of the unix socket "local"
  bool local = false;  // came over the unix socket, from our own user or root
  bool takes_gzip = false;
};

// What a body may be, asked once at the end of a head that announces one larger than the smallest limit (or of unknown
// length): from method, target and the credential headers.
struct BodyRule {
  std::size_t most = 0;            // bytes, after de-chunking
  std::optional<Problem> refused;  // no body at all: the request ends with this
};
using BodyLimit = std::function<BodyRule(const HttpRequest& head)>;

struct HttpResponse {
  int status = 200;
  std::string content_type = "application/json";
  std::vector<std::pair<std::string, std::string>> headers;  // besides those every answer carries
  std::string body;
};

[[nodiscard]] inline HttpResponse json_response(int status, std::string body) {
  HttpResponse response;
  response.status = status;
  response.body = std::move(body);
  return response;
}

// What every answer carries unless it has that header of its own, refusals by the connection layer included.
[[nodiscard]] const std::vector<std::pair<std::string, std::string>>& common_headers();
// The policy of an answer that is not a page.
inline constexpr std::string_view kApiContentPolicy = "default-src 'none'; frame-ancestors 'none'";

}  // namespace tocsin::https
