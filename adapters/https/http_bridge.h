// Answers one whole request through cpp-httplib's Server::process_request over a stream in memory.
//
// The library never sees a socket, an unbounded line or a header it could misread: it gets a request
// written anew from the checked parts, and its answer is bytes for the connection layer.
// Thread-safe: one bridge serves all connections.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "adapters/https/http.h"

namespace tocsin::https {

class HttpBridge {
 public:
  using Answer = std::function<HttpResponse(const HttpRequest&)>;
  // `answer` is called from any thread and must not throw.
  HttpBridge(Answer answer, std::size_t body_limit);
  ~HttpBridge();
  HttpBridge(const HttpBridge&) = delete;
  HttpBridge& operator=(const HttpBridge&) = delete;

  struct Reply {
    std::string bytes;  // status line, headers, body
    bool close = true;  // the connection must not be used again: always so after a status of 400 or more
  };
  // `gzip`: the client takes it.  `close`: the answer says that the connection ends.
  [[nodiscard]] Reply process(const HttpRequest& request, bool gzip, bool close) const;

 private:
  class Server;
  std::unique_ptr<Server> server_;
};

// An answer as bytes without the library, "Connection: close" included: for what never became a request.
[[nodiscard]] std::string last_words(const HttpResponse& response);

}  // namespace tocsin::https
