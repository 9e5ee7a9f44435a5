// What an HTTP provider posts to us about messages of a link: receipts, and messages that came in.
//
// The front door knows links by name alone, and of a link only that it takes callbacks; who may post is the link's to
// say.  The token is a secret: it stands in no log and in no error.
#pragma once

#include <future>
#include <optional>
#include <string>
#include <string_view>

namespace tocsin::ports {

struct CallbackAnswer {
  int status = 200;  // 200; 400: nothing of it could be read; 503: not stored, to be posted again
  std::string content_type, body;
};

// One link's side.
class TakesCallbacks {
 public:
  virtual ~TakesCallbacks() = default;
  // Nullopt: it is not its token, compared in constant time.  Else the answer, after the commit.  Any thread, also
  // before start() and after stop() (503 then).  `body`: at most 64 KiB.
  [[nodiscard]] virtual std::optional<std::future<CallbackAnswer>> called_back(std::string_view token,
                                                                               std::string_view body) = 0;
};

}  // namespace tocsin::ports
