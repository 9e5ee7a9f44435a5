#include "adapters/https/server.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <condition_variable>
#include <csignal>
#include <cstring>
#include <list>
#include <mutex>
#include <thread>

#include "adapters/https/certificate.h"
#include "adapters/https/connection.h"
#include "adapters/https/http_bridge.h"
#include "adapters/https/problems.h"
#include "adapters/https/routes.h"
#include "gateway/base/log.h"

namespace tocsin::https {
namespace {

using base::Done;
using base::Error;
using base::ErrorCode;
using base::Status;
using std::chrono::steady_clock;

constexpr int kBacklog = 1024;

// Lets at most `count` threads in at once.
class Gate {
 public:
  explicit Gate(int count) : free_(count) {}
  [[nodiscard]] bool enter(Deadline deadline) {
    std::unique_lock lock(mutex_);
    if (!changed_.wait_until(lock, deadline, [&] { return free_ > 0; })) return false;
    --free_;
    return true;
  }
  void leave() {
    {
      const std::lock_guard lock(mutex_);
      ++free_;
    }
    changed_.notify_one();
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  int free_;
};

// A connection being served.  Guarded by Impl::mutex_, except for what its own thread alone uses.
struct Live {
  int fd = -1;  // -1 once closed, so that nobody shuts down a number used anew
  std::string peer, network;
  bool idle = false;  // between two requests
  steady_clock::time_point idle_since{};
  bool done = false;  // its thread is about to end
  std::thread thread;
};

// Text of the address, and what counts as one client: the IPv4 address or the IPv6 /64.
void name_peer(const sockaddr_storage& from, Live& live) {
  char text[INET6_ADDRSTRLEN] = {};
  if (from.ss_family == AF_INET) {
    const auto& v4 = reinterpret_cast<const sockaddr_in&>(from);
    ::inet_ntop(AF_INET, &v4.sin_addr, text, sizeof(text));
    live.peer = live.network = text;
    return;
  }
  const auto& v6 = reinterpret_cast<const sockaddr_in6&>(from);
  ::inet_ntop(AF_INET6, &v6.sin6_addr, text, sizeof(text));
  live.peer = text;
  const bool mapped = IN6_IS_ADDR_V4MAPPED(&v6.sin6_addr);
  live.network.assign(reinterpret_cast<const char*>(&v6.sin6_addr), mapped ? 16 : 8);
}

// Threads made while this lives leave the process's signals to the main thread.
class SignalsBlocked {
 public:
  SignalsBlocked() {
    sigset_t all;
    sigfillset(&all);
    for (const int fault : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT}) sigdelset(&all, fault);
    pthread_sigmask(SIG_BLOCK, &all, &before_);
  }
  ~SignalsBlocked() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  SignalsBlocked(const SignalsBlocked&) = delete;
  SignalsBlocked& operator=(const SignalsBlocked&) = delete;

 private:
  sigset_t before_{};
};

}  // namespace

class HttpsServer::Impl {
 public:
  Impl(HttpsSettings settings, ports::FrontDoor& door)
      : settings_(std::move(settings)),
        router_(door),
        bridge_([this](const HttpRequest& request) { return router_.answer(request); }, settings_.framing.body),
        gate_(settings_.workers) {}

  Status start();
  void stop();
  [[nodiscard]] int port() const { return port_; }
  [[nodiscard]] const std::string& fingerprint() const { return fingerprint_; }

 private:
  Status listen();
  Status listen_on(const addrinfo& where);
  void accept_loop();
  void take(int fd, const sockaddr_storage& from);
  bool has_room(const std::string& network);
  void reap();
  void serve(Live& live);
  void talk(Live& live);
  // The bytes to answer with, and whether the connection ends after them.
  HttpBridge::Reply answer(Framer& framer, const Live& live, bool last);
  void mark_idle(Live& live, bool idle);

  const HttpsSettings settings_;
  const Router router_;
  const HttpBridge bridge_;
  Gate gate_;
  TlsContext tls_;
  std::string fingerprint_;
  int port_ = 0, listener_ = -1, wake_ = -1;
  std::thread acceptor_;

  std::mutex mutex_;
  std::condition_variable ended_;  // a connection's thread is done
  std::list<Live> live_;           // guarded by mutex_
  bool stopping_ = false;          // guarded by mutex_
};

Status HttpsServer::Impl::start() {
  if (auto made = ensure_certificate(settings_.certificate_file, settings_.key_file); !made.ok()) return made;
  auto context = make_tls_context(settings_.certificate_file, settings_.key_file);
  if (!context.ok()) return context.error();
  auto print = https::fingerprint(settings_.certificate_file);
  if (!print.ok()) return print.error();
  tls_ = std::move(*context);
  fingerprint_ = std::move(*print);
  if (auto listening = listen(); !listening.ok()) return listening;
  wake_ = ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  if (wake_ < 0) return Error{ErrorCode::kInternal, std::string("eventfd: ") + std::strerror(errno), {}};
  const SignalsBlocked block;
  acceptor_ = std::thread([this] { accept_loop(); });
  base::log(base::LogLevel::kInfo, "https.listening",
            "address=" + settings_.address + " port=" + std::to_string(port_));
  return Done{};
}

Status HttpsServer::Impl::listen() {
  addrinfo hints{};
  hints.ai_family = AF_UNSPEC;
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
  addrinfo* found = nullptr;
  const std::string service = std::to_string(settings_.port);
  if (::getaddrinfo(settings_.address.c_str(), service.c_str(), &hints, &found) != 0 || found == nullptr) {
    return base::invalid("cannot listen on \"" + settings_.address + "\": it is not an address of this machine",
                         "address");
  }
  const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> owner(found, ::freeaddrinfo);
  return listen_on(*found);
}

Status HttpsServer::Impl::listen_on(const addrinfo& where) {
  const int fd = ::socket(where.ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  const int on = 1, off = 0;
  // REUSEADDR for a quick restart; never REUSEPORT, with which a second daemon would silently take half of the calls.
  ::setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
  if (where.ai_family == AF_INET6) ::setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof(off));
  if (fd < 0 || ::bind(fd, where.ai_addr, where.ai_addrlen) != 0 || ::listen(fd, kBacklog) != 0) {
    const int why = errno;
    if (fd >= 0) ::close(fd);
    const std::string what = "cannot listen on " + settings_.address + " port " + std::to_string(settings_.port) + ": ";
    if (why == EADDRINUSE) {
      return Error{ErrorCode::kConflict, what + "another process (a second tocsin?) listens there already", "port"};
    }
    return base::invalid(what + std::strerror(why), "address");
  }
  sockaddr_storage bound{};
  socklen_t size = sizeof(bound);
  ::getsockname(fd, reinterpret_cast<sockaddr*>(&bound), &size);
  port_ = ntohs(bound.ss_family == AF_INET6 ? reinterpret_cast<sockaddr_in6&>(bound).sin6_port
                                            : reinterpret_cast<sockaddr_in&>(bound).sin_port);
  listener_ = fd;
  return Done{};
}

void HttpsServer::Impl::accept_loop() {
  for (;;) {
    pollfd both[2] = {{listener_, POLLIN, 0}, {wake_, POLLIN, 0}};
    if (::poll(both, 2, 1000) < 0 && errno != EINTR) return;
    if (both[1].revents != 0) return;
    reap();
    for (int i = 0; i < kBacklog; ++i) {
      sockaddr_storage from{};
      socklen_t size = sizeof(from);
      const int fd = ::accept4(listener_, reinterpret_cast<sockaddr*>(&from), &size, SOCK_NONBLOCK | SOCK_CLOEXEC);
      if (fd >= 0) {
        take(fd, from);
        continue;
      }
      if (errno == EMFILE || errno == ENFILE || errno == ENOMEM || errno == ENOBUFS) {
        base::log(base::LogLevel::kWarning, "https.accept_failed", std::string("reason=") + std::strerror(errno));
        pollfd only_wake{wake_, POLLIN, 0};
        ::poll(&only_wake, 1, 100);  // until a descriptor is free again
      }
      if (errno != ECONNABORTED && errno != EINTR) break;
    }
  }
}

void HttpsServer::Impl::take(int fd, const sockaddr_storage& from) {
  const int on = 1;
  ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
  const std::lock_guard lock(mutex_);
  Live named;
  name_peer(from, named);
  if (stopping_ || !has_room(named.network)) {
    ::close(fd);
    return;
  }
  Live& live = live_.emplace_back();
  live.fd = fd;
  live.peer = named.peer;
  live.network = named.network;
  try {
    live.thread = std::thread([this, &live] { serve(live); });
  } catch (const std::system_error&) {
    ::close(fd);
    live_.pop_back();
    base::log(base::LogLevel::kWarning, "https.no_thread");
  }
}

// Under mutex_.
bool HttpsServer::Impl::has_room(const std::string& network) {
  int all = 0, of_network = 0;
  Live* longest_idle = nullptr;
  for (Live& live : live_) {
    if (live.done) continue;
    ++all;
    if (live.network == network) ++of_network;
    if (live.idle && (longest_idle == nullptr || live.idle_since < longest_idle->idle_since)) longest_idle = &live;
  }
  if (of_network >= settings_.connections_per_address) return false;
  if (all < settings_.connections) return true;
  if (longest_idle == nullptr || longest_idle->fd < 0) return false;
  ::shutdown(longest_idle->fd, SHUT_RDWR);
  longest_idle->idle = false;
  return true;
}

void HttpsServer::Impl::reap() {
  std::list<Live> gone;
  {
    const std::lock_guard lock(mutex_);
    for (auto at = live_.begin(); at != live_.end();) {
      const auto here = at++;
      if (here->done) gone.splice(gone.end(), live_, here);
    }
  }
  for (Live& live : gone) live.thread.join();
}

void HttpsServer::Impl::serve(Live& live) {
  try {
    talk(live);
  } catch (const std::exception&) {
    base::log(base::LogLevel::kError, "https.connection_failed");  // no memory: only this connection goes
  }
  {
    const std::lock_guard lock(mutex_);
    ::close(live.fd);
    live.fd = -1;
    live.done = true;
    live.idle = false;
  }
  ended_.notify_all();
}

void HttpsServer::Impl::mark_idle(Live& live, bool idle) {
  const std::lock_guard lock(mutex_);
  live.idle = idle;
  live.idle_since = steady_clock::now();
}

void HttpsServer::Impl::talk(Live& live) {
  using Io = Connection::Io;
  Connection connection(*tls_, live.fd);
  if (connection.handshake(steady_clock::now() + settings_.handshake_within) != Io::kOk) return;
  Framer framer(settings_.framing, [this](const HttpRequest& head) { return router_.body_rule(head); });
  const auto refuse = [&](const HttpResponse& response) {
    if (connection.write_all(last_words(response), steady_clock::now() + settings_.answer_within) == Io::kOk) {
      connection.finish();
    }
  };

  for (int count = 1;; ++count) {
    const Deadline idle_until = steady_clock::now() + settings_.idle_at_most;
    std::optional<Deadline> whole_by;
    if (!framer.idle()) whole_by = steady_clock::now() + settings_.request_within;
    if (framer.idle()) mark_idle(live, true);
    for (auto state = framer.advance(); state != Framer::State::kComplete; state = framer.advance()) {
      if (state == Framer::State::kRefused) return refuse(problem_response(framer.problem(), framer.why()));
      if (state == Framer::State::kWantsContinue) {
        if (connection.write_all("HTTP/1.1 100 Continue\r\n\r\n", *whole_by) != Io::kOk) return;
        continue;
      }
      std::string bytes;
      const Io io = connection.read_some(bytes, whole_by.value_or(idle_until));
      if (io == Io::kTimeout && whole_by) return refuse(problem_response(Problem::kTooSlow));
      if (io == Io::kTimeout) return connection.finish();
      if (io == Io::kClosed) return;
      framer.feed(bytes);
      if (!whole_by && !framer.idle()) {
        whole_by = steady_clock::now() + settings_.request_within;
        mark_idle(live, false);
      }
    }
    const auto reply = answer(framer, live, count >= settings_.requests_per_connection);
    if (connection.write_all(reply.bytes, steady_clock::now() + settings_.answer_within) != Io::kOk) return;
    if (reply.close) return connection.finish();
  }
}

HttpBridge::Reply HttpsServer::Impl::answer(Framer& framer, const Live& live, bool last) {
  const bool close = last || !framer.keep_alive();
  const bool gzip = framer.accepts_gzip();
  HttpRequest request = framer.take();
  request.peer = request.client = live.peer;
  if (!gate_.enter(steady_clock::now() + settings_.worker_within)) {
    return {last_words(problem_response(Problem::kOverloaded)), true};
  }
  struct Leave {
    Gate& gate;
    ~Leave() { gate.leave(); }
  } const leave{gate_};
  return bridge_.process(request, gzip, close);
}

void HttpsServer::Impl::stop() {
  {
    const std::lock_guard lock(mutex_);
    if (stopping_) return;
    stopping_ = true;
  }
  if (wake_ >= 0) {
    const std::uint64_t one = 1;
    [[maybe_unused]] const auto written = ::write(wake_, &one, sizeof(one));
  }
  if (acceptor_.joinable()) acceptor_.join();
  if (listener_ >= 0) ::close(listener_);
  if (wake_ >= 0) ::close(wake_);
  std::unique_lock lock(mutex_);
  const auto all_done = [this] {
    for (const Live& live : live_) {
      if (!live.done) return false;
    }
    return true;
  };
  // First no more reading: who waits for a request ends, who is being answered gets the answer.
  for (const int how : {SHUT_RD, SHUT_RDWR}) {
    for (const Live& live : live_) {
      if (live.fd >= 0) ::shutdown(live.fd, how);
    }
    if (ended_.wait_for(lock, std::chrono::seconds(3), all_done)) break;
  }
  lock.unlock();
  for (Live& live : live_) live.thread.join();
  live_.clear();
}

HttpsServer::HttpsServer(HttpsSettings settings, ports::FrontDoor& door)
    : impl_(std::make_unique<Impl>(std::move(settings), door)) {}
HttpsServer::~HttpsServer() {
  impl_->stop();
}
Status HttpsServer::start() {
  return impl_->start();
}
void HttpsServer::stop() {
  impl_->stop();
}
int HttpsServer::port() const {
  return impl_->port();
}
const std::string& HttpsServer::fingerprint() const {
  return impl_->fingerprint();
}

}  // namespace tocsin::https
