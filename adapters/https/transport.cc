#include "adapters/https/transport.h"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>

namespace tocsin::https {
namespace {

using Io = Transport::Io;

Io io_of_errno(bool reading) {
  if (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR) return reading ? Io::kWantsRead : Io::kWantsWrite;
  return Io::kClosed;
}

int clamped(std::size_t size) {
  return static_cast<int>(std::min<std::size_t>(size, INT_MAX));
}

}  // namespace

void Transport::FreeSession::operator()(ssl_st* session) const {
  SSL_free(session);
}

Transport::~Transport() {
  close();
}

void Transport::close() {
  tls_.reset();
  if (fd_ >= 0) ::close(fd_);
  fd_ = -1;
}

bool Transport::resumed() const {
  return SSL_session_reused(tls_.get()) == 1;
}

Io Transport::read_raw(std::string& to, std::size_t most) {
  std::array<char, 512> bytes;
  const ssize_t count = ::recv(fd_, bytes.data(), std::min(most, bytes.size()), 0);
  if (count == 0) return Io::kClosed;
  if (count < 0) return io_of_errno(true);
  to.append(bytes.data(), static_cast<std::size_t>(count));
  return Io::kOk;
}

bool Transport::has_unread() const {
  char byte = 0;
  return ::recv(fd_, &byte, 1, MSG_PEEK | MSG_DONTWAIT) > 0;
}

bool Transport::begin_tls(const TlsContext& context) {
  tls_.reset(SSL_new(context.get()));
  if (!tls_ || SSL_set_fd(tls_.get(), fd_) != 1) return false;
  SSL_set_accept_state(tls_.get());
  return true;
}

Io Transport::why(int returned) {
  const int wanted = SSL_get_error(tls_.get(), returned);
  ERR_clear_error();
  if (wanted == SSL_ERROR_WANT_READ) return Io::kWantsRead;
  if (wanted == SSL_ERROR_WANT_WRITE) return Io::kWantsWrite;
  broken_ = wanted != SSL_ERROR_ZERO_RETURN;
  return Io::kClosed;
}

Io Transport::handshake() {
  const int done = SSL_do_handshake(tls_.get());
  return done == 1 ? Io::kOk : why(done);
}

Io Transport::read(char* to, std::size_t size, std::size_t& count) {
  count = 0;
  if (broken_) return Io::kClosed;
  if (tls_) {
    const int got = SSL_read(tls_.get(), to, clamped(size));
    if (got <= 0) return why(got);
    count = static_cast<std::size_t>(got);
    return Io::kOk;
  }
  const ssize_t got = ::recv(fd_, to, size, 0);
  if (got == 0) return Io::kClosed;
  if (got < 0) return io_of_errno(true);
  count = static_cast<std::size_t>(got);
  return Io::kOk;
}

bool Transport::has_pending() const {
  return tls_ && SSL_has_pending(tls_.get()) == 1;
}

Io Transport::write(std::string_view bytes, std::size_t& count) {
  count = 0;
  if (broken_) return Io::kClosed;
  if (tls_) {
    const int went = SSL_write(tls_.get(), bytes.data(), clamped(bytes.size()));
    if (went <= 0) return why(went);
    count = static_cast<std::size_t>(went);
    return Io::kOk;
  }
  const ssize_t went = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
  if (went < 0) return io_of_errno(false);
  count = static_cast<std::size_t>(went);
  return Io::kOk;
}

void Transport::finish() {
  if (tls_ && !broken_ && SSL_is_init_finished(tls_.get()) == 1) {
    SSL_shutdown(tls_.get());
    ERR_clear_error();
  }
  ::shutdown(fd_, SHUT_WR);
}

Io Transport::swallow(std::size_t& count) {
  std::array<char, 16 * 1024> bytes;
  const ssize_t got = ::recv(fd_, bytes.data(), bytes.size(), 0);
  count = got > 0 ? static_cast<std::size_t>(got) : 0;
  if (got == 0) return Io::kClosed;
  return got < 0 ? io_of_errno(true) : Io::kOk;
}

}  // namespace tocsin::https
