#include "adapters/https/acceptor.h"

#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <memory>
#include <utility>

#include "gateway/base/log.h"

namespace tocsin::https {
namespace {

using base::Error;
using base::ErrorCode;

constexpr int kBacklog = 4096;  // the system may allow less
constexpr int kAcceptedAtOnce = 64;
constexpr auto kPressedAgain = std::chrono::milliseconds(50);
constexpr auto kDescriptorsAgain = std::chrono::milliseconds(100);

base::Result<ListeningSocket> bind_tcp(const addrinfo& where, const std::string& what) {
  const int fd = ::socket(where.ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  const int on = 1, off = 0;
  // REUSEADDR for a quick restart; never REUSEPORT, with which a second daemon would silently take half of the calls.
  ::setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
  if (where.ai_family == AF_INET6) ::setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof(off));
  if (fd < 0 || ::bind(fd, where.ai_addr, where.ai_addrlen) != 0 || ::listen(fd, kBacklog) != 0) {
    const int why = errno;
    if (fd >= 0) ::close(fd);
    if (why == EADDRINUSE) {
      return Error{ErrorCode::kConflict, what + "another process (a second tocsin?) listens there already", "port"};
    }
    return base::invalid(what + std::strerror(why), "address");
  }
  sockaddr_storage bound{};
  socklen_t size = sizeof(bound);
  ::getsockname(fd, reinterpret_cast<sockaddr*>(&bound), &size);
  const auto port = bound.ss_family == AF_INET6 ? reinterpret_cast<sockaddr_in6&>(bound).sin6_port
                                                : reinterpret_cast<sockaddr_in&>(bound).sin_port;
  return ListeningSocket{fd, ntohs(port)};
}

}  // namespace

base::Result<ListeningSocket> listen_tcp(const std::string& address, int port) {
  addrinfo hints{};
  hints.ai_family = AF_UNSPEC;
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
  addrinfo* found = nullptr;
  const std::string service = std::to_string(port);
  if (::getaddrinfo(address.c_str(), service.c_str(), &hints, &found) != 0 || found == nullptr) {
    return base::invalid("cannot listen on \"" + address + "\": it is not an address of this machine", "address");
  }
  const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> owner(found, ::freeaddrinfo);
  return bind_tcp(*found, "cannot listen on " + address + " port " + service + ": ");
}

base::Result<int> listen_local(const std::string& path) {
  sockaddr_un where{};
  where.sun_family = AF_UNIX;
  if (path.empty() || path.size() >= sizeof(where.sun_path)) {
    return base::invalid(
        "the path of the local socket has more than " + std::to_string(sizeof(where.sun_path) - 1) + " bytes: " + path,
        "local_socket");
  }
  std::memcpy(where.sun_path, path.c_str(), path.size() + 1);
  struct stat there {};
  if (::lstat(path.c_str(), &there) == 0) {
    if (!S_ISSOCK(there.st_mode)) {
      return Error{ErrorCode::kConflict, path + " is there already and is no socket", "local_socket"};
    }
    ::unlink(path.c_str());  // whoever has the database's lock is the only one who may live here
  }
  const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  // The file takes its mode from the socket: at no moment can others open it.
  if (fd < 0 || ::fchmod(fd, 0600) != 0 || ::bind(fd, reinterpret_cast<const sockaddr*>(&where), sizeof(where)) != 0 ||
      ::listen(fd, kBacklog) != 0) {
    const int why = errno;
    if (fd >= 0) ::close(fd);
    return base::invalid("cannot make the local socket " + path + ": " + std::strerror(why), "local_socket");
  }
  return fd;
}

bool is_own_user(int fd) {
  ucred other{};
  socklen_t size = sizeof(other);
  return ::getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &other, &size) == 0 && (other.uid == ::geteuid() || other.uid == 0);
}

Acceptor::Acceptor(EventLoop& loop, int fd, Hooks hooks)
    : fd_(fd),
      hooks_(std::move(hooks)),
      watch_(loop, fd, [this] { accept_some(); }),
      timer_(loop, [this] { accept_some(); }) {
  watch_.wait_readable();
}

Acceptor::~Acceptor() {
  ::close(fd_);
}

void Acceptor::resume() {
  accept_some();
}

void Acceptor::accept_some() {
  for (int i = 0; i < kAcceptedAtOnce; ++i) {
    if (!hooks_.has_room()) {
      hooks_.pressed();
      timer_.set(std::chrono::steady_clock::now() + kPressedAgain);
      return;
    }
    sockaddr_storage from{};
    socklen_t size = sizeof(from);
    const int fd = ::accept4(fd_, reinterpret_cast<sockaddr*>(&from), &size, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (fd >= 0) {
      hooks_.take(fd, from);
    } else if (errno == EMFILE || errno == ENFILE || errno == ENOMEM || errno == ENOBUFS) {
      base::log(base::LogLevel::kWarning, "https.accept_failed", std::string("reason=") + std::strerror(errno));
      hooks_.out_of_descriptors();
      timer_.set(std::chrono::steady_clock::now() + kDescriptorsAgain);
      return;
    } else if (errno != ECONNABORTED && errno != EINTR) {
      break;
    }
  }
  watch_.wait_readable();
}

}  // namespace tocsin::https
