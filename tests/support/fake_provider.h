// An HTTP server for tests, over TLS (tls_peer.h): it keeps each request, and answers as the test says.
//
// Any thread.  Tests wait for what they expect to see, never for time to pass.
#pragma once

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "tests/support/tls_peer.h"

namespace tocsin::testing {

struct ReceivedRequest {
  std::string method, target, body;
  std::map<std::string, std::string> headers;  // names in lower case
};

class FakeProvider {
 public:
  // The whole answer as it goes on the wire; empty: none comes, and the connection is closed.
  using Answer = std::function<std::string(const ReceivedRequest&)>;

  [[nodiscard]] static std::string response(int status, const std::string& body = "", const std::string& more = "") {
    return "HTTP/1.1 " + std::to_string(status) + " x\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" +
           more + "\r\n" + body;
  }

  [[nodiscard]] std::string url(const std::string& target = "/hook") const {
    return "https://127.0.0.1:" + std::to_string(peer_.port()) + target;
  }
  [[nodiscard]] std::string certificate() const { return peer_.certificate(); }
  TlsPeer& peer() { return peer_; }

  void answer_with(Answer answer) {
    const std::lock_guard lock(mutex_);
    answer_ = std::move(answer);
  }
  // Takes requests and never answers.
  void be_silent() {
    const std::lock_guard lock(mutex_);
    silent_ = true;
  }
  [[nodiscard]] std::vector<ReceivedRequest> requests() const {
    const std::lock_guard lock(mutex_);
    return requests_;
  }
  [[nodiscard]] bool wait_requests(std::size_t count) const {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, std::chrono::seconds(20), [&] { return requests_.size() >= count; });
  }

 private:
  void serve(TlsConnection& connection) {
    ReceivedRequest request;
    while (read(connection, request)) {
      std::string answer;
      {
        std::unique_lock lock(mutex_);
        requests_.push_back(request);
        changed_.notify_all();
        if (silent_) {
          lock.unlock();
          return connection.wait_for_the_end();
        }
        answer = answer_(request);
      }
      if (answer.empty() || !connection.write(answer)) return;
    }
  }

  static bool read(TlsConnection& connection, ReceivedRequest& request) {
    request = {};
    std::string line;
    if (!connection.read_line(line)) return false;
    const auto space = line.find(' '), end = line.rfind(' ');
    request.method = line.substr(0, space);
    request.target = line.substr(space + 1, end - space - 1);
    while (connection.read_line(line) && !line.empty()) {
      const auto colon = line.find(':');
      std::string name = line.substr(0, colon);
      std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return std::tolower(c); });
      request.headers[name] = line.substr(line.find_first_not_of(' ', colon + 1));
    }
    const auto length = request.headers.find("content-length");
    return length == request.headers.end() || connection.read(request.body, std::stoul(length->second));
  }

  mutable std::mutex mutex_;
  mutable std::condition_variable changed_;
  Answer answer_ = [](const ReceivedRequest&) { return response(200); };
  bool silent_ = false;
  std::vector<ReceivedRequest> requests_;
  TlsPeer peer_{[this](TlsConnection& connection) { serve(connection); }};  // last: it ends first
};

}  // namespace tocsin::testing
