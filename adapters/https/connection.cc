#include "adapters/https/connection.h"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>

namespace tocsin::https {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr std::size_t kReadSize = 16 * 1024;
constexpr std::size_t kMaxSwallowed = 256 * 1024;

int choose_http_1_1(SSL*, const unsigned char** chosen, unsigned char* chosen_size, const unsigned char* offered,
                    unsigned int offered_size, void*) {
  static constexpr unsigned char kOurs[] = "\x08http/1.1";
  unsigned char* found = nullptr;
  if (SSL_select_next_proto(&found, chosen_size, kOurs, sizeof(kOurs) - 1, offered, offered_size) !=
      OPENSSL_NPN_NEGOTIATED) {
    return SSL_TLSEXT_ERR_ALERT_FATAL;
  }
  *chosen = found;
  return SSL_TLSEXT_ERR_OK;
}

int milliseconds_until(Deadline deadline) {
  const auto left = std::chrono::ceil<milliseconds>(deadline - steady_clock::now()).count();
  return static_cast<int>(std::clamp<decltype(left)>(left, 0, INT_MAX));
}

// Waits for `events` on the socket; kOk as well when the other side hung up, which the next call then finds.
Connection::Io wait_for(int fd, short events, Deadline deadline) {
  for (;;) {
    pollfd one{fd, events, 0};
    const int left = milliseconds_until(deadline);
    if (left == 0) return Connection::Io::kTimeout;
    const int ready = ::poll(&one, 1, left);
    if (ready > 0) return Connection::Io::kOk;
    if (ready < 0 && errno != EINTR) return Connection::Io::kClosed;
  }
}

}  // namespace

base::Result<TlsContext> make_tls_context(const std::string& certificate_file, const std::string& key_file) {
  const TlsContext context(SSL_CTX_new(TLS_server_method()), SSL_CTX_free);
  if (!context) return base::Error{base::ErrorCode::kInternal, "TLS cannot be set up", {}};
  SSL_CTX* c = context.get();
  SSL_CTX_set_min_proto_version(c, TLS1_2_VERSION);
  SSL_CTX_set_options(c, SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION | SSL_OP_CIPHER_SERVER_PREFERENCE |
                             SSL_OP_IGNORE_UNEXPECTED_EOF);
  SSL_CTX_set_mode(c, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SSL_MODE_RELEASE_BUFFERS);
  SSL_CTX_set_cipher_list(c, "ECDHE+AESGCM:ECDHE+CHACHA20:!aNULL");
  SSL_CTX_set_alpn_select_cb(c, choose_http_1_1, nullptr);
  SSL_CTX_set_session_id_context(c, reinterpret_cast<const unsigned char*>("tocsin"), 6);
  const bool usable = SSL_CTX_use_certificate_chain_file(c, certificate_file.c_str()) == 1 &&
                      SSL_CTX_use_PrivateKey_file(c, key_file.c_str(), SSL_FILETYPE_PEM) == 1 &&
                      SSL_CTX_check_private_key(c) == 1;
  ERR_clear_error();
  if (!usable) {
    return base::invalid("the certificate " + certificate_file + " and the key " + key_file +
                         " cannot be used: they must be readable PEM files that belong together");
  }
  return context;
}

void Connection::FreeSession::operator()(ssl_st* session) const {
  SSL_free(session);
}

Connection::Connection(ssl_ctx_st& context, int fd) : fd_(fd), session_(SSL_new(&context)) {
  broken_ = !session_ || SSL_set_fd(session_.get(), fd) != 1;
  if (session_) SSL_set_accept_state(session_.get());
}

Connection::~Connection() = default;

Connection::Io Connection::wait_after(int returned, Deadline deadline) {
  const int wanted = SSL_get_error(session_.get(), returned);
  ERR_clear_error();
  if (wanted == SSL_ERROR_WANT_READ) return wait_for(fd_, POLLIN, deadline);
  if (wanted == SSL_ERROR_WANT_WRITE) return wait_for(fd_, POLLOUT, deadline);
  broken_ = wanted != SSL_ERROR_ZERO_RETURN;
  return Io::kClosed;
}

Connection::Io Connection::handshake(Deadline deadline) {
  if (broken_) return Io::kClosed;
  for (;;) {
    const int done = SSL_do_handshake(session_.get());
    if (done == 1) return Io::kOk;
    if (const Io io = wait_after(done, deadline); io != Io::kOk) {
      broken_ = true;
      return io;
    }
  }
}

Connection::Io Connection::read_some(std::string& buffer, Deadline deadline) {
  if (broken_) return Io::kClosed;
  std::array<char, kReadSize> bytes;
  for (;;) {
    // A client that sends without pause must meet its deadline too.
    if (steady_clock::now() >= deadline) return Io::kTimeout;
    const int count = SSL_read(session_.get(), bytes.data(), static_cast<int>(bytes.size()));
    if (count > 0) {
      buffer.append(bytes.data(), static_cast<std::size_t>(count));
      return Io::kOk;
    }
    if (const Io io = wait_after(count, deadline); io != Io::kOk) return io;
  }
}

Connection::Io Connection::write_all(std::string_view bytes, Deadline deadline) {
  if (broken_) return Io::kClosed;
  while (!bytes.empty()) {
    const int count =
        SSL_write(session_.get(), bytes.data(), static_cast<int>(std::min<std::size_t>(bytes.size(), INT_MAX)));
    if (count > 0) {
      bytes.remove_prefix(static_cast<std::size_t>(count));
      continue;
    }
    if (const Io io = wait_after(count, deadline); io != Io::kOk) {
      broken_ = true;
      return io;
    }
  }
  return Io::kOk;
}

void Connection::finish() {
  if (broken_) return;
  SSL_shutdown(session_.get());
  ERR_clear_error();
  ::shutdown(fd_, SHUT_WR);
  const Deadline deadline = steady_clock::now() + std::chrono::seconds(1);
  std::array<char, kReadSize> bytes;
  for (std::size_t swallowed = 0; swallowed < kMaxSwallowed;) {
    const ssize_t count = ::recv(fd_, bytes.data(), bytes.size(), 0);
    if (count == 0) return;
    if (count > 0) {
      swallowed += static_cast<std::size_t>(count);
      if (steady_clock::now() >= deadline) return;
    } else if ((errno != EAGAIN && errno != EINTR) || wait_for(fd_, POLLIN, deadline) != Io::kOk) {
      return;
    }
  }
}

}  // namespace tocsin::https
