// The bytes of one connection, with TLS or without, over a non-blocking socket that it owns.
//
// No call waits: what cannot go on now says for what it waits.  OpenSSL works on the socket itself and gives its
// buffers back between records, which makes an idle connection a third of what Asio's own stream would hold.
// Not thread-safe.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "adapters/https/tls_context.h"

struct ssl_st;

namespace tocsin::https {

class Transport {
 public:
  enum class Io {
    kOk,
    kWantsRead,   // call again when the socket is readable
    kWantsWrite,  // call again when it is writable
    kClosed,      // the other side hung up, or broke the protocol
  };

  explicit Transport(int fd) : fd_(fd) {}
  ~Transport();                          // closes
  Transport(const Transport&) = delete;  // owns socket and TLS session
  Transport& operator=(const Transport&) = delete;

  [[nodiscard]] int fd() const { return fd_; }

  // Up to `most` bytes as they come from the socket; before TLS begins.
  [[nodiscard]] Io read_raw(std::string& to, std::size_t most);
  // Bytes have come that nobody has read yet.
  [[nodiscard]] bool has_unread() const;
  // From here on bytes are inside TLS.  False when there is no memory.
  [[nodiscard]] bool begin_tls(const TlsContext& context);
  [[nodiscard]] Io handshake();
  [[nodiscard]] bool resumed() const;  // by ticket; after the handshake

  // Up to `size` bytes; `count` says how many, at least one with kOk.
  [[nodiscard]] Io read(char* to, std::size_t size, std::size_t& count);
  // Bytes have come that read() gives without the socket becoming readable again.
  [[nodiscard]] bool has_pending() const;
  // `count` says how many went, at least one with kOk.
  [[nodiscard]] Io write(std::string_view bytes, std::size_t& count);

  // Says goodbye and sends no more.
  void finish();
  // Throws away what comes after finish(); `count` says how much.
  [[nodiscard]] Io swallow(std::size_t& count);
  // Before the end of its life, so that the descriptor is free at once.  Idempotent.
  void close();

 private:
  struct FreeSession {
    void operator()(ssl_st* session) const;
  };
  [[nodiscard]] Io why(int returned);

  int fd_;
  std::unique_ptr<ssl_st, FreeSession> tls_;
  bool broken_ = false;
};

}  // namespace tocsin::https
