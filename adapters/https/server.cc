#include "adapters/https/server.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <optional>
#include <system_error>
#include <thread>
#include <vector>

#include "adapters/https/acceptor.h"
#include "adapters/https/rules.h"
#include "adapters/https/session_room.h"
#include "adapters/https/signals_blocked.h"
#include "gateway/base/log.h"

namespace tocsin::https {
namespace {

using base::Done;
using base::Error;
using base::ErrorCode;
using base::Status;

constexpr auto kAnswersWithin = std::chrono::seconds(3);
constexpr int kHandshakesDroppedAtOnce = 32;
constexpr base::Duration kOnePress = std::chrono::milliseconds(200);  // pauses shorter than this do not end it
constexpr double kLeastTurnover = 0.25;    // of the places for handshakes, each second: fewer, and somebody holds them
constexpr rlim_t kOtherDescriptors = 256;  // database, links, log

RequestPool::Size pool_size(const HttpsSettings& s) {
  return {s.workers, s.urgent_share, s.waiting_requests, s.waiting_per_client};
}

ClientLimits::Shares shares(const HttpsSettings& s) {
  return {s.connections_per_address, s.large_bodies, s.large_bodies_per_client};
}

Address address_of(const sockaddr_storage& from) {
  if (from.ss_family == AF_INET) {
    const auto& v4 = reinterpret_cast<const sockaddr_in&>(from);
    return v4_address(reinterpret_cast<const std::uint8_t*>(&v4.sin_addr));
  }
  const auto& v6 = reinterpret_cast<const sockaddr_in6&>(from);
  return v6_address(reinterpret_cast<const std::uint8_t*>(&v6.sin6_addr));
}

// As many descriptors as the connections need, if the system's hard limit lets us.
void raise_descriptor_limit(int connections) {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  const rlim_t wanted = static_cast<rlim_t>(connections) + kOtherDescriptors;
  if (limit.rlim_cur >= wanted) return;
  limit.rlim_cur = std::min(limit.rlim_max, wanted);
  if (::setrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur < wanted) {
    base::log(base::LogLevel::kWarning, "https.few_descriptors",
              "limit=" + std::to_string(limit.rlim_cur) + " wanted=" + std::to_string(wanted));
  }
}

}  // namespace

class HttpsServer::Impl {
 public:
  Impl(const HttpsSettings& settings, ports::FrontDoor& door)
      : settings_(settings),
        reports_({settings.reports_per_second, settings.reports_burst}),
        router_(door, &reports_, [this] { return metrics(); }, {settings.web_files, settings.stage}),
        bridge_([this](const HttpRequest& request) { return router_.answer(request); }),
        pool_(pool_size(settings)),
        clients_(shares(settings)) {}

  Status start();
  void stop();
  Status reconfigure(const HttpsSettings& settings);
  [[nodiscard]] int port() const { return port_; }
  [[nodiscard]] std::string fingerprint() const {
    return rules_.with([](const RulesPtr& rules) { return rules ? rules->fingerprint : std::string(); });
  }
  [[nodiscard]] std::string metrics() const;

 private:
  // One IO thread with what lives on it.
  struct Io {
    EventLoop loop;
    std::optional<SessionRoom> room;
    std::thread thread;
  };

  Status listen();
  Status run_threads();
  void put_in_force(const RulesPtr& rules);
  [[nodiscard]] Acceptor::Hooks hooks();
  [[nodiscard]] RulesPtr rules() const {
    return rules_.with([](const RulesPtr& now) { return now; });
  }
  void take_tcp(int fd, const sockaddr_storage& from);
  void take_local(int fd);
  void pressed();
  void place(int fd, Peer peer);
  void refuse(int fd, const Peer& peer, Refusal why);
  SessionRoom& next_room();
  SessionRoom& room_of_longest_idle();

  const HttpsSettings settings_;  // as at the start
  Counters counters_;
  RateLimiter requests_, all_requests_, reports_;
  const Router router_;
  const HttpBridge bridge_;
  RequestPool pool_;
  ClientLimits clients_;
  base::Guarded<RulesPtr> rules_;
  Front front_{router_, bridge_, pool_, clients_, requests_, all_requests_, counters_, rules_, {}, {}};

  std::vector<std::unique_ptr<Io>> ios_;
  std::optional<Acceptor> tcp_, local_;  // on the first loop
  // Of the first loop's thread: where the next connection goes, and how the press for handshakes goes.
  std::size_t next_ = 0;
  Deadline pressed_at_{}, judged_at_{};
  std::uint64_t finished_then_ = 0;
  bool stuck_ = false;
  int port_ = 0;
  bool started_ = false, stopped_ = false;
};

Status HttpsServer::Impl::start() {
  raise_descriptor_limit(settings_.connections);
  for (int i = 0; i < std::max(1, settings_.io_threads); ++i) {
    ios_.push_back(std::make_unique<Io>());
    ios_.back()->room.emplace(ios_.back()->loop, front_);
  }
  front_.handshakes.when_room([this] {
    ios_.front()->loop.post([this] {
      if (tcp_) tcp_->resume();
    });
  });
  if (auto listening = listen(); !listening.ok()) return listening;
  auto rules = make_rules(settings_, port_);
  if (!rules.ok()) return rules.error();
  put_in_force(*rules);
  if (auto running = run_threads(); !running.ok()) return running;
  base::log(base::LogLevel::kInfo, "https.listening",
            "address=" + settings_.address + " port=" + std::to_string(port_));
  return Done{};
}

Status HttpsServer::Impl::listen() {
  auto tcp = listen_tcp(settings_.address, settings_.port);
  if (!tcp.ok()) return tcp.error();
  port_ = tcp->port;
  tcp_.emplace(ios_.front()->loop, tcp->fd, hooks());
  if (settings_.local_socket.empty()) return Done{};
  auto local = listen_local(settings_.local_socket);
  if (!local.ok()) return local.error();
  // Our own user is let in however full it is.
  auto own = hooks();
  own.has_room = [] { return true; };
  own.take = [this](int fd, const sockaddr_storage&) { take_local(fd); };
  local_.emplace(ios_.front()->loop, *local, std::move(own));
  return Done{};
}

Status HttpsServer::Impl::run_threads() {
  started_ = true;
  if (auto working = pool_.start(); !working.ok()) return working;
  const SignalsBlocked block;
  try {
    for (auto& io : ios_)
      io->thread = std::thread([loop = &io->loop] {
        ::pthread_setname_np(::pthread_self(), "https-io");
        loop->run();
      });
  } catch (const std::system_error&) {
    return Error{ErrorCode::kRetryLater, "the system gives no more threads for connections", "io_threads"};
  }
  return Done{};
}

Acceptor::Hooks HttpsServer::Impl::hooks() {
  Acceptor::Hooks hooks;
  hooks.has_room = [this] { return !front_.handshakes.full(rules()->settings.handshakes); };
  hooks.pressed = [this] { pressed(); };
  hooks.take = [this](int fd, const sockaddr_storage& from) { take_tcp(fd, from); };
  hooks.out_of_descriptors = [this] {
    counters_.count(Refusal::kDescriptors);
    SessionRoom& room = room_of_longest_idle();
    room.loop().post([&room] { room.make_room(); });
  };
  return hooks;
}

// ---- on the first loop's thread ----

void HttpsServer::Impl::take_tcp(int fd, const sockaddr_storage& from) {
  const int on = 1;
  ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
  Peer peer;
  peer.address = address_of(from);
  // Many stand behind a trusted proxy: it has no share of its own.
  if (!rules()->trusted.contains(peer.address)) {
    const std::string client = peer.address.client();
    if (!clients_.connect(client)) return refuse(fd, peer, Refusal::kPerClient);
    peer.counted = client;
  }
  place(fd, std::move(peer));
}

void HttpsServer::Impl::take_local(int fd) {
  Peer peer;
  peer.local = true;
  if (!is_own_user(fd)) return refuse(fd, peer, Refusal::kForeignUser);
  place(fd, std::move(peer));
}

// All places for handshakes are taken.  While they change hands quickly that is a crowd, which only has to wait; else
// those who do not go on make room.
void HttpsServer::Impl::pressed() {
  const auto now = std::chrono::steady_clock::now();
  const std::uint64_t finished = counters_.handshakes;
  const auto settings = rules();
  const base::Duration patience = settings->settings.handshake_patience;
  const bool again = now - pressed_at_ < std::max<base::Duration>(2 * patience, kOnePress);
  pressed_at_ = now;
  if (!again || now - judged_at_ >= patience) {
    const double seconds = std::chrono::duration<double>(patience).count();
    const double least = std::max(1.0, settings->settings.handshakes * seconds * kLeastTurnover);
    stuck_ = again && static_cast<double>(finished - finished_then_) < least;
    judged_at_ = now;
    finished_then_ = finished;
  }
  if (!stuck_) return;
  for (auto& io : ios_) {
    io->loop.post([room = &*io->room] { room->drop_slow_handshakes(kHandshakesDroppedAtOnce); });
  }
}

void HttpsServer::Impl::place(int fd, Peer peer) {
  if (!peer.local) front_.handshakes.enter();
  if (peer.local || front_.open.count() < rules()->settings.connections) {
    front_.open.enter();
    SessionRoom& room = next_room();
    room.loop().post([&room, fd, peer = std::move(peer)] { room.adopt(fd, peer); });
    return;
  }
  // The one idle longest makes room, and only then is the new one counted.
  SessionRoom& room = room_of_longest_idle();
  room.loop().post([this, &room, fd, peer = std::move(peer)] {
    if (!room.make_room()) {
      front_.handshakes.leave();
      return refuse(fd, peer, Refusal::kAllTaken);
    }
    front_.open.enter();
    room.adopt(fd, peer);
  });
}

void HttpsServer::Impl::refuse(int fd, const Peer& peer, Refusal why) {
  counters_.count(why);
  if (!peer.counted.empty()) clients_.disconnect(peer.counted);
  ::close(fd);
}

SessionRoom& HttpsServer::Impl::next_room() {
  next_ = (next_ + 1) % ios_.size();
  return *ios_[next_]->room;
}

SessionRoom& HttpsServer::Impl::room_of_longest_idle() {
  const auto found = std::min_element(ios_.begin(), ios_.end(), [](const auto& a, const auto& b) {
    return a->room->longest_idle() < b->room->longest_idle();
  });
  return *(*found)->room;
}

// ---- any thread ----

void HttpsServer::Impl::put_in_force(const RulesPtr& rules) {
  const HttpsSettings& s = rules->settings;
  rules_.with([&](RulesPtr& now) { now = rules; });
  clients_.set(shares(s));
  requests_.set({s.requests_per_second, s.requests_burst});
  all_requests_.set({s.all_requests_per_second, s.all_requests_burst});
  reports_.set({s.reports_per_second, s.reports_burst});
}

Status HttpsServer::Impl::reconfigure(const HttpsSettings& settings) {
  auto wanted = settings;
  wanted.address = settings_.address;
  wanted.port = settings_.port;
  wanted.local_socket = settings_.local_socket;
  wanted.io_threads = settings_.io_threads;
  auto rules = make_rules(wanted, port_);
  if (!rules.ok()) return rules.error();
  if (auto resized = pool_.resize(pool_size(wanted)); !resized.ok()) return resized;
  put_in_force(*rules);
  raise_descriptor_limit(wanted.connections);
  return Done{};
}

std::string HttpsServer::Impl::metrics() const {
  return counters_.exposition() +
         "# HELP tocsin_https_workers_busy Workers answering a request.\n"
         "# TYPE tocsin_https_workers_busy gauge\n"
         "tocsin_https_workers_busy " +
         std::to_string(pool_.busy()) +
         "\n# HELP tocsin_https_clients Clients with a connection.\n"
         "# TYPE tocsin_https_clients gauge\n"
         "tocsin_https_clients " +
         std::to_string(clients_.clients()) + "\n";
}

void HttpsServer::Impl::stop() {
  if (std::exchange(stopped_, true)) return;
  if (!started_) return;
  ios_.front()->loop.post([this] {
    tcp_.reset();
    local_.reset();
  });
  // First no more requests: who waits for one ends, who is being answered gets the answer.  Then everybody goes.
  for (auto& io : ios_) io->loop.post([room = &*io->room] { room->wind_up(); });
  if (!front_.open.wait_for_none(kAnswersWithin)) {
    for (auto& io : ios_) io->loop.post([room = &*io->room] { room->close_all(); });
    (void)front_.open.wait_for_none(kAnswersWithin);
  }
  pool_.stop();
  router_.flush();
  for (auto& io : ios_) {
    io->loop.stop();
    if (io->thread.joinable()) io->thread.join();
  }
  tcp_.reset();
  local_.reset();
  if (!settings_.local_socket.empty()) ::unlink(settings_.local_socket.c_str());
  for (auto& io : ios_) io->room.reset();
}

HttpsServer::HttpsServer(const HttpsSettings& settings, ports::FrontDoor& door)
    : impl_(std::make_unique<Impl>(settings, door)) {}
HttpsServer::~HttpsServer() {
  impl_->stop();
}
Status HttpsServer::start() {
  return impl_->start();
}
void HttpsServer::stop() {
  impl_->stop();
}
Status HttpsServer::reconfigure(const HttpsSettings& settings) {
  return impl_->reconfigure(settings);
}
int HttpsServer::port() const {
  return impl_->port();
}
std::string HttpsServer::fingerprint() const {
  return impl_->fingerprint();
}
std::string HttpsServer::metrics() const {
  return impl_->metrics();
}

}  // namespace tocsin::https
