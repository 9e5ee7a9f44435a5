// One transfer as libcurl sees it.  For .cc files of this room only; the loop's thread.
#pragma once

#include <curl/curl.h>

#include <memory>
#include <set>

#include "adapters/transfer/loop.h"

namespace tocsin::transfer {

// The sockets of a loop that are open.  Closing a kept connection of SMTP, libcurl says QUIT and blocks until it is
// answered, two minutes if need be: so the loop shuts them first when it ends.
using Sockets = std::set<curl_socket_t>;

class Easy {
 public:
  // `sockets` outlives every connection.  Null when libcurl has no memory or does not know what is asked of it.
  [[nodiscard]] static std::unique_ptr<Easy> make(const Settings& settings, Sockets& sockets, Transfer transfer,
                                                  Loop::Then then);
  ~Easy();
  Easy(const Easy&) = delete;
  Easy& operator=(const Easy&) = delete;

  [[nodiscard]] CURL* handle() const { return handle_; }
  // What came of it; `code` as libcurl ended it.
  [[nodiscard]] Ended ended(CURLcode code);
  Loop::Then then;

 private:
  Easy(std::size_t answer_bytes, Transfer transfer, Loop::Then then);
  bool prepare(const Settings& settings, Sockets& sockets);
  bool prepare(const Request& request, const Settings& settings);
  bool prepare(const Mail& mail);
  template <typename V>
  bool set(CURLoption option, V value);
  bool add(curl_slist*& list, const std::string& line);

  static curl_socket_t on_open(void* sockets, curlsocktype, curl_sockaddr* address);
  static int on_close(void* sockets, curl_socket_t socket);
  static int on_ready(void* self, char*, char*, int, int);
  static std::size_t on_answer(char* bytes, std::size_t one, std::size_t count, void* self);
  static std::size_t on_header(char* bytes, std::size_t one, std::size_t count, void* self);
  static std::size_t on_room(char* into, std::size_t one, std::size_t count, void* self);

  CURL* handle_ = nullptr;
  curl_slist* headers_ = nullptr;
  curl_slist* recipients_ = nullptr;
  const Transfer transfer_;
  const std::size_t answer_bytes_;
  std::size_t header_bytes_ = 0, given_ = 0;
  bool sent_ = false;
  std::string body_;
};

}  // namespace tocsin::transfer
