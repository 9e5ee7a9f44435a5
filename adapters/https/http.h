// One request and one response, as routes see them: plain values, no socket, no library.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tocsin::https {

struct HttpRequest {
  std::string method;  // upper case; HEAD is answered like GET, its body left out below
  std::string target;  // as sent, origin form: path, optional query
  std::string authorization, content_type, accept_language;  // header values, empty when absent
  std::string body;                                          // whole, at most the limit of the settings
  std::string peer;                                          // address of the other side
};

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

// What every answer carries, refusals by the connection layer included.
[[nodiscard]] const std::vector<std::pair<std::string, std::string>>& common_headers();
// The policy of an answer that is not a page.
inline constexpr std::string_view kApiContentPolicy = "default-src 'none'; frame-ancestors 'none'";

}  // namespace tocsin::https
