// Clients of the HTTPS tests: a well-behaved one, and a raw one that says whatever it is told to.
#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <string>
#include <string_view>

struct ssl_ctx_st;
struct ssl_st;

namespace tocsin::testing {

struct Got {
  int status = 0;  // 0: no answer at all
  std::multimap<std::string, std::string> headers;
  std::string body;
  [[nodiscard]] std::string header(const std::string& name) const {
    const auto found = headers.find(name);
    return found == headers.end() ? "" : found->second;
  }
};

// Trusts the server by its certificate file, and checks the name.
class Client {
 public:
  Client(int port, std::string certificate_file) : port_(port), certificate_file_(std::move(certificate_file)) {}
  // `none_match`: of If-None-Match; empty: no such header.
  [[nodiscard]] Got get(const std::string& path, const std::string& token = {},
                        const std::string& none_match = {}) const;
  [[nodiscard]] Got post(const std::string& path, const std::string& body, const std::string& token = {},
                         const std::string& type = "application/json") const;
  [[nodiscard]] Got remove(const std::string& path, const std::string& token = {}) const;  // DELETE
  [[nodiscard]] Got put(const std::string& path, const std::string& token = {}) const;
  [[nodiscard]] Got head(const std::string& path) const;

 private:
  const int port_;
  const std::string certificate_file_;
};

// A TLS connection byte by byte.
class RawConnection {
 public:
  // From `from` of 127.0.0.0/8; `before_tls` is sent as it is.
  explicit RawConnection(int port, int highest_version = 0, bool handshake = true, const char* from = "127.0.0.1",
                         std::string_view before_tls = {});
  ~RawConnection();
  RawConnection(const RawConnection&) = delete;
  RawConnection& operator=(const RawConnection&) = delete;

  [[nodiscard]] bool connected() const { return connected_; }
  // False when the server has hung up.
  bool send(std::string_view bytes);
  // What comes until the server closes, or 20 s have passed (then `closed` stays false).
  std::string read_to_end();
  // What comes until `text` is in it, or the connection ends.
  std::string read_until(std::string_view text);
  [[nodiscard]] bool closed() const { return closed_; }

 private:
  int fd_ = -1;
  ssl_ctx_st* context_ = nullptr;
  ssl_st* session_ = nullptr;
  bool connected_ = false, closed_ = false;
};

}  // namespace tocsin::testing
