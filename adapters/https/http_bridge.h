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
  explicit HttpBridge(Answer answer);
  ~HttpBridge();
  HttpBridge(const HttpBridge&) = delete;
  HttpBridge& operator=(const HttpBridge&) = delete;

  struct Reply {
    std::string bytes;  // status line, headers, body
    int status = 500;
    // The connection must not be used again: always so after a status of 400 or more, but for 429.
    bool close = true;
  };
  // An answer with a Content-Encoding of its own goes as it is; another is compressed where the request takes gzip.
  // `close`: the answer says that the connection ends.
  [[nodiscard]] Reply process(const HttpRequest& request, bool close) const noexcept;

 private:
  class Server;
  const Answer answer_;
  std::unique_ptr<Server> server_;
};

// An answer as bytes without the library, "Connection: close" included: for what never became a request.
[[nodiscard]] std::string last_words(const HttpResponse& response);
// The same, but the connection lives on.
[[nodiscard]] std::string plain_answer(const HttpResponse& response);

}  // namespace tocsin::https
