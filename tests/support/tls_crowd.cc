#include "tests/support/tls_crowd.h"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstdlib>
#include <stdexcept>
#include <string_view>
#include <utility>

namespace tocsin::testing {
namespace {

using std::chrono::steady_clock;

constexpr auto kAgainAfter = std::chrono::milliseconds(20);

enum class Step { kNothing, kConnecting, kShaking, kTalking, kGone };

struct FreeSession {
  void operator()(ssl_st* session) const { SSL_free(session); }
};

}  // namespace

struct Crowd::Member {
  Script script;
  int group = 0;
  int fd = -1;
  std::unique_ptr<ssl_st, FreeSession> tls;
  Step step = Step::kNothing;
  std::uint32_t watched = 0;
  std::string out;
  std::size_t sent = 0;
  bool waits = false;  // for an answer
  steady_clock::time_point said_at{}, next_drip{}, connect_at{}, go_on_at{};
  // The answer that is coming.
  std::string head, body;  // `body` only where somebody hears it
  bool in_body = false;
  std::size_t body_left = 0;
  int status = 0, answered = 0;
};

int Crowd::Tally::answered() const {
  int all = 0;
  for (const auto& [status, count] : answers) all += count;
  return all;
}

Crowd::Crowd(int port)
    : port_(port), epoll_(::epoll_create1(EPOLL_CLOEXEC)), context_(SSL_CTX_new(TLS_client_method())) {
  ::signal(SIGPIPE, SIG_IGN);  // a server that hangs up is an answer, not an accident
  if (epoll_ < 0 || context_ == nullptr) throw std::runtime_error("no epoll or no TLS");
  SSL_CTX_set_mode(context_,
                   SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SSL_MODE_RELEASE_BUFFERS);
  SSL_CTX_set_options(context_, SSL_OP_IGNORE_UNEXPECTED_EOF);
  SSL_CTX_set_session_cache_mode(context_, SSL_SESS_CACHE_OFF);
  SSL_CTX_set_read_ahead(context_, 1);
}

Crowd::~Crowd() {
  for (auto& member : members_) {
    member->tls.reset();
    if (member->fd >= 0) ::close(member->fd);
  }
  SSL_CTX_free(context_);
  ::close(epoll_);
}

void Crowd::add(Script script, int group) {
  members_.push_back(std::make_unique<Member>());
  members_.back()->script = std::move(script);
  members_.back()->group = group;
  waiting_to_connect_.push_back(members_.back().get());
}

void Crowd::reset() {
  tallies_.clear();
}

int Crowd::open(int group) const {
  return static_cast<int>(std::count_if(members_.begin(), members_.end(), [&](const auto& member) {
    return member->group == group && member->step == Step::kTalking;
  }));
}

void Crowd::connect(Member& member) {
  member.fd = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (member.fd < 0) throw std::runtime_error("no descriptor left for a client");
  const int on = 1;
  ::setsockopt(member.fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
  sockaddr_in own{}, to{};
  own.sin_family = to.sin_family = AF_INET;
  ::inet_pton(AF_INET, member.script.from.c_str(), &own.sin_addr);
  to.sin_port = htons(static_cast<std::uint16_t>(port_));
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  // The port is chosen as the connection is made: thousands from one address find one.
  ::setsockopt(member.fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof(on));
  ::bind(member.fd, reinterpret_cast<const sockaddr*>(&own), sizeof(own));
  member.step = Step::kConnecting;
  member.out.clear();
  member.sent = 0;
  member.waits = member.in_body = false;
  member.head.clear();
  member.watched = 0;
  epoll_event event{};
  event.data.ptr = &member;
  ::epoll_ctl(epoll_, EPOLL_CTL_ADD, member.fd, &event);
  if (::connect(member.fd, reinterpret_cast<const sockaddr*>(&to), sizeof(to)) != 0 && errno != EINPROGRESS) {
    ++tallies_[member.group].failed;
    lost(member);
    return;
  }
  watch(member, EPOLLOUT);
}

void Crowd::watch(Member& member, std::uint32_t events) {
  if (member.fd < 0 || member.watched == events) return;
  member.watched = events;
  epoll_event event{};
  event.events = events;
  event.data.ptr = &member;
  ::epoll_ctl(epoll_, EPOLL_CTL_MOD, member.fd, &event);
}

void Crowd::lost(Member& member) {
  member.tls.reset();
  if (member.fd >= 0) ::close(member.fd);
  member.fd = -1;
  member.step = Step::kGone;
  std::erase(dripping_, &member);
  std::erase(pausing_, &member);
  if (!member.script.again) return;
  member.connect_at = steady_clock::now() + kAgainAfter;
  waiting_to_connect_.push_back(&member);
}

void Crowd::on_ready(Member& member, std::uint32_t events) {
  switch (member.step) {
    case Step::kConnecting: {
      int error = 0;
      socklen_t size = sizeof(error);
      ::getsockopt(member.fd, SOL_SOCKET, SO_ERROR, &error, &size);
      if (error != 0) {
        ++tallies_[member.group].failed;
        return lost(member);
      }
      if (!member.script.handshake) {
        member.step = Step::kTalking;
        return watch(member, EPOLLIN);
      }
      member.tls.reset(SSL_new(context_));
      SSL_set_fd(member.tls.get(), member.fd);
      SSL_set_connect_state(member.tls.get());
      member.step = Step::kShaking;
      return shake(member);
    }
    case Step::kShaking: return shake(member);
    case Step::kTalking:
      if ((events & EPOLLOUT) != 0) speak(member);
      if (member.step == Step::kTalking && (events & (EPOLLIN | EPOLLHUP | EPOLLERR)) != 0) listen(member);
      return;
    case Step::kNothing:
    case Step::kGone: return;
  }
}

void Crowd::shake(Member& member) {
  const int done = SSL_do_handshake(member.tls.get());
  if (done == 1) {
    ++tallies_[member.group].connected;
    member.step = Step::kTalking;
    watch(member, EPOLLIN);
    return say_more(member);
  }
  const int wanted = SSL_get_error(member.tls.get(), done);
  ERR_clear_error();
  if (wanted == SSL_ERROR_WANT_READ) return watch(member, EPOLLIN);
  if (wanted == SSL_ERROR_WANT_WRITE) return watch(member, EPOLLOUT);
  ++tallies_[member.group].failed;
  lost(member);
}

void Crowd::say_more(Member& member) {
  member.out = member.script.say ? member.script.say(member.answered) : std::string();
  member.sent = 0;
  if (member.out.empty()) return;
  member.waits = member.script.expects_answers;
  member.said_at = steady_clock::now();
  if (member.script.drip.count() > 0) {
    member.next_drip = member.said_at;
    dripping_.push_back(&member);
    return;
  }
  speak(member);
}

void Crowd::go_on(Member& member) {
  if (member.script.pause.count() == 0) return say_more(member);
  member.go_on_at = steady_clock::now() + member.script.pause;
  pausing_.push_back(&member);
}

void Crowd::speak(Member& member) {
  const bool drips = member.script.drip.count() > 0;
  while (member.sent < member.out.size()) {
    const std::size_t part = drips ? 1 : std::min<std::size_t>(member.out.size() - member.sent, 1U << 20U);
    const int went = SSL_write(member.tls.get(), member.out.data() + member.sent, static_cast<int>(part));
    if (went > 0) {
      member.sent += static_cast<std::size_t>(went);
      if (drips) break;
      continue;
    }
    const int wanted = SSL_get_error(member.tls.get(), went);
    ERR_clear_error();
    if (wanted == SSL_ERROR_WANT_WRITE) return watch(member, EPOLLIN | EPOLLOUT);
    if (wanted != SSL_ERROR_WANT_READ) {
      ++tallies_[member.group].hung_up;
      return lost(member);
    }
    break;
  }
  watch(member, EPOLLIN);
  if (!member.script.expects_answers && !drips && member.sent >= member.out.size()) say_more(member);
}

void Crowd::listen(Member& member) {
  std::array<char, 16 * 1024> bytes;
  for (;;) {
    if (!member.tls) {  // silent from the start: only the end is to be seen
      const ssize_t count = ::recv(member.fd, bytes.data(), bytes.size(), 0);
      if (count > 0 || (count < 0 && errno == EAGAIN)) return;
      ++tallies_[member.group].hung_up;
      return lost(member);
    }
    const int count = SSL_read(member.tls.get(), bytes.data(), static_cast<int>(bytes.size()));
    if (count <= 0) {
      const int wanted = SSL_get_error(member.tls.get(), count);
      ERR_clear_error();
      if (wanted == SSL_ERROR_WANT_READ || wanted == SSL_ERROR_WANT_WRITE) return;
      ++tallies_[member.group].hung_up;
      return lost(member);
    }
    take(member, bytes.data(), static_cast<std::size_t>(count));
    if (member.step != Step::kTalking || SSL_has_pending(member.tls.get()) == 0) return;
  }
}

void Crowd::take(Member& member, const char* bytes, std::size_t size) {
  if (!member.script.expects_answers) return;
  std::string_view rest(bytes, size);
  while (!rest.empty()) {
    if (!member.in_body) {
      const std::size_t had = member.head.size();
      member.head += rest;
      const auto end = member.head.find("\r\n\r\n", had > 3 ? had - 3 : 0);
      if (end == std::string::npos) return;
      rest.remove_prefix(end + 4 - had);
      member.status = std::atoi(member.head.c_str() + 9);
      const auto length = member.head.find("Content-Length: ");
      member.body_left = 0;
      if (length < end) {
        const char* digits = member.head.data() + length + 16;
        std::from_chars(digits, digits + 12, member.body_left);
      }
      if (member.script.heard) {
        member.body.clear();
        member.head.resize(end);
      } else {
        member.head.clear();
      }
      member.in_body = true;
    }
    const std::size_t part = std::min(rest.size(), member.body_left);
    if (member.script.heard) member.body += rest.substr(0, part);
    rest.remove_prefix(part);
    member.body_left -= part;
    if (member.body_left > 0) return;
    member.in_body = false;
    if (member.script.heard) {
      member.script.heard(member.status, member.head, member.body);
      member.head.clear();
    }
    ++member.answered;
    auto& tally = tallies_[member.group];
    ++tally.answers[member.status];
    tally.latency_ms.push_back(std::chrono::duration<double, std::milli>(steady_clock::now() - member.said_at).count());
    if (std::exchange(member.waits, false)) go_on(member);
    if (member.step != Step::kTalking) return;
  }
}

bool Crowd::run(const std::function<bool()>& done, std::chrono::milliseconds limit) {
  const auto end = steady_clock::now() + limit;
  std::array<epoll_event, 256> ready;
  while (!done()) {
    const auto now = steady_clock::now();
    if (now >= end) return false;
    std::vector<Member*> later;
    for (Member* member : std::exchange(waiting_to_connect_, {})) {
      if (member->connect_at <= now) {
        connect(*member);
      } else {
        later.push_back(member);
      }
    }
    waiting_to_connect_.insert(waiting_to_connect_.end(), later.begin(), later.end());
    for (Member* member : std::vector<Member*>(dripping_)) {
      if (member->next_drip > now || member->step != Step::kTalking) continue;
      member->next_drip = now + member->script.drip;
      speak(*member);
    }
    for (Member* member : std::vector<Member*>(pausing_)) {
      if (member->go_on_at > now) continue;
      std::erase(pausing_, member);
      say_more(*member);
    }
    const int count = ::epoll_wait(epoll_, ready.data(), static_cast<int>(ready.size()), 2);
    for (int i = 0; i < count; ++i) {
      const auto& event = ready[static_cast<std::size_t>(i)];
      on_ready(*static_cast<Member*>(event.data.ptr), event.events);
    }
  }
  return true;
}

}  // namespace tocsin::testing
