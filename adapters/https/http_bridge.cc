#include "adapters/https/http_bridge.h"

#include <httplib.h>

#include <algorithm>
#include <cstring>

namespace tocsin::https {
namespace {

// What one call of process() carries past the library, which has no place for it and would unescape header values.
struct Passage {
  const HttpResponse& response;
  const std::string& peer;
  bool close;
  int status = 500;
};
thread_local Passage* passage = nullptr;

class MemoryStream final : public httplib::Stream {
 public:
  MemoryStream(std::string input, const std::string& peer) : input_(std::move(input)), peer_(peer) {}

  bool is_readable() const override { return read_ < input_.size(); }
  bool is_writable() const override { return true; }
  ssize_t read(char* to, size_t size) override {
    const std::size_t count = std::min(size, input_.size() - read_);
    std::memcpy(to, input_.data() + read_, count);
    read_ += count;
    return static_cast<ssize_t>(count);
  }
  ssize_t write(const char* from, size_t size) override {
    output_.append(from, size);
    return static_cast<ssize_t>(size);
  }
  void get_remote_ip_and_port(std::string& ip, int& port) const override {
    ip = peer_;
    port = 0;
  }
  void get_local_ip_and_port(std::string& ip, int& port) const override {
    ip.clear();
    port = 0;
  }
  socket_t socket() const override { return INVALID_SOCKET; }
  std::string& output() { return output_; }

 private:
  const std::string input_;
  const std::string& peer_;
  std::size_t read_ = 0;
  std::string output_;
};

bool has_header(const HttpResponse& response, std::string_view name) {
  return std::any_of(response.headers.begin(), response.headers.end(), [&](const auto& h) { return h.first == name; });
}

}  // namespace

const std::vector<std::pair<std::string, std::string>>& common_headers() {
  static const std::vector<std::pair<std::string, std::string>> headers{
      {"Strict-Transport-Security", "max-age=31536000"},
      {"X-Content-Type-Options", "nosniff"},
      {"X-Frame-Options", "DENY"},
      {"Referrer-Policy", "no-referrer"},
      {"Cross-Origin-Resource-Policy", "same-origin"},
      {"Cache-Control", "no-store"},
  };
  return headers;
}

class HttpBridge::Server final : public httplib::Server {
 public:
  Server() {
    Get("/", [](const httplib::Request&, httplib::Response& to) { fill(to); });
    set_exception_handler([](const httplib::Request&, httplib::Response& to, std::exception_ptr) { to.status = 500; });
    // The library has added its own connection headers by now.
    set_post_routing_handler([](const httplib::Request&, httplib::Response& to) {
      passage->status = to.status;
      if (to.status >= 400 && to.status != 429) passage->close = true;
      if (to.status == 304) {  // it has no content, and says nothing of the length of what it stands for
        to.headers.erase("Content-Length");
        to.headers.erase("Content-Type");
      }
      to.headers.erase("Keep-Alive");  // it speaks of the library's own patience
      if (!passage->close) return;
      to.headers.erase("Connection");
      to.set_header("Connection", "close");
    });
  }

  // The library makes tables of its own at its first request: done here, while there is one thread.  Nobody is asked
  // for an answer, since it does not know the method.
  void warm_up() {
    const HttpResponse nothing;
    const std::string nobody;
    Passage here{nothing, nobody, true};
    passage = &here;
    MemoryStream stream("BREW / HTTP/1.1\r\n\r\n", nobody);
    bool closed = false;
    process_request(stream, true, closed, nullptr);
    passage = nullptr;
  }

  std::string run(bool head, bool gzip) {
    // The body has been read and checked by the framing; the library only routes the answer out.
    std::string lines = head ? "HEAD / HTTP/1.1\r\n" : "GET / HTTP/1.1\r\n";
    if (gzip) lines += "Accept-Encoding: gzip\r\n";
    MemoryStream stream(lines + "\r\n", passage->peer);
    bool closed = false;
    process_request(stream, passage->close, closed, nullptr);
    return std::move(stream.output());
  }

 private:
  static void fill(httplib::Response& to) {
    const HttpResponse& from = passage->response;
    to.status = from.status;
    for (const auto& [name, value] : common_headers()) {
      if (!has_header(from, name)) to.set_header(name, value);
    }
    if (!has_header(from, "Content-Security-Policy")) {
      to.set_header("Content-Security-Policy", std::string(kApiContentPolicy));
    }
    for (const auto& [name, value] : from.headers) to.set_header(name, value);
    to.set_content(from.body, from.content_type);
  }
};

HttpBridge::HttpBridge(Answer answer) : answer_(std::move(answer)), server_(std::make_unique<Server>()) {
  server_->warm_up();
}
HttpBridge::~HttpBridge() = default;

HttpBridge::Reply HttpBridge::process(const HttpRequest& request, bool close) const noexcept {
  Reply reply;
  try {
    const HttpResponse response = answer_(request);
    Passage here{response, request.peer, close};
    passage = &here;
    reply.bytes =
        server_->run(request.method == "HEAD", request.takes_gzip && !has_header(response, "Content-Encoding"));
    reply.status = here.status;
    reply.close = here.close;
  } catch (...) {  // no memory; without bytes the connection just ends
    reply.bytes.clear();
  }
  passage = nullptr;
  return reply;
}

namespace {

std::string bytes_of(const HttpResponse& response, std::string_view last_header) {
  std::string bytes = "HTTP/1.1 " + std::to_string(response.status) + " Refused\r\n";
  for (const auto& [name, value] : common_headers()) bytes += name + ": " + value + "\r\n";
  bytes += "Content-Security-Policy: " + std::string(kApiContentPolicy) + "\r\n";
  for (const auto& [name, value] : response.headers) bytes += name + ": " + value + "\r\n";
  bytes += "Content-Type: " + response.content_type + "\r\nContent-Length: " + std::to_string(response.body.size()) +
           "\r\n" + std::string(last_header) + "\r\n" + response.body;
  return bytes;
}

}  // namespace

std::string last_words(const HttpResponse& response) {
  return bytes_of(response, "Connection: close\r\n");
}
std::string plain_answer(const HttpResponse& response) {
  return bytes_of(response, {});
}

}  // namespace tocsin::https
