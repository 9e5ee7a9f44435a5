// One TLS connection over a non-blocking socket, where every wait has an absolute end.
//
// A byte that trickles in does not move the deadline: whoever is slow is cut, not waited for.
// Not thread-safe, except that another thread may shut the socket down to end a wait.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>

#include "gateway/base/result.h"

struct ssl_ctx_st;
struct ssl_st;

namespace tocsin::https {

using Deadline = std::chrono::steady_clock::time_point;

using TlsContext = std::shared_ptr<ssl_ctx_st>;

// TLS 1.2 and up, forward-secret AEAD suites only, no renegotiation, no compression, ALPN http/1.1.
// kInvalid when certificate and key cannot be used together.
[[nodiscard]] base::Result<TlsContext> make_tls_context(const std::string& certificate_file,
                                                        const std::string& key_file);

class Connection {
 public:
  enum class Io { kOk, kClosed, kTimeout };

  // Does not own `fd` (non-blocking), which must outlive this.
  Connection(ssl_ctx_st& context, int fd);
  ~Connection();
  Connection(const Connection&) = delete;  // owns the TLS session
  Connection& operator=(const Connection&) = delete;

  [[nodiscard]] Io handshake(Deadline deadline);
  // Adds what has come to `buffer`, at least one byte with kOk, at most 16 KiB.
  [[nodiscard]] Io read_some(std::string& buffer, Deadline deadline);
  [[nodiscard]] Io write_all(std::string_view bytes, Deadline deadline);
  // Says goodbye; then, for at most a second and 256 KiB, swallows what the client is still sending, because closing
  // over unread bytes would reset the connection and the client would never read our last answer.
  void finish();

 private:
  // Waits for what the last TLS call wanted.  kOk: call it again.
  [[nodiscard]] Io wait_after(int returned, Deadline deadline);

  struct FreeSession {
    void operator()(ssl_st* session) const;
  };
  const int fd_;
  std::unique_ptr<ssl_st, FreeSession> session_;
  bool broken_ = false;
};

}  // namespace tocsin::https
