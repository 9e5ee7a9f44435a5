#include "adapters/https/session.h"

#include <algorithm>
#include <array>
#include <utility>

#include "adapters/https/problems.h"
#include "adapters/https/proxy_protocol.h"
#include "adapters/https/session_room.h"

namespace tocsin::https {
namespace {

using std::chrono::steady_clock;
using Io = Transport::Io;

constexpr std::size_t kReadSize = 16 * 1024, kMaxSwallowed = 256 * 1024, kKeptOutput = 4096;
constexpr int kStepsAtOnce = 32;  // before other connections of the loop have their turn
constexpr auto kClosingWithin = std::chrono::seconds(1);
constexpr auto kLongestRest = std::chrono::seconds(1);

// One buffer a thread: bytes go on to the framer before anybody else reads.
std::array<char, kReadSize>& read_buffer() {
  thread_local std::array<char, kReadSize> buffer;
  return buffer;
}

bool is_open(SessionState state) {
  return state != SessionState::kClosed && state != SessionState::kClosing;
}

}  // namespace

// A request on its way to a worker and back.
struct Session::Exchange {
  HttpRequest request;
  bool close = false;
  HttpBridge::Reply reply;
};

Session::Session(SessionRoom& room, int fd, Peer peer)
    : room_(room),
      front_(room.front()),
      rules_(front_.rules.with([](const RulesPtr& rules) { return rules; })),
      peer_(std::move(peer)),
      unfinished_(!peer_.local),
      transport_(fd),
      timer_(room.loop(), [this] { on_deadline(); }),
      framer_(
          rules_->framing, [this](const HttpRequest& head) { return body_rule(head); }, &rules_->authorities) {}

Session::~Session() {
  close();
}

void Session::start() {
  watch_.emplace(room_.loop(), transport_.fd(), [this] { run(); });
  ++front_.counters.accepted;
  const bool proxy = !peer_.local && rules_->settings.proxy_protocol && rules_->trusted.contains(peer_.address);
  deadline_in(rules_->settings.handshake_within);
  if (proxy) {
    set_state(SessionState::kProxyHeader);
  } else if (!begin()) {
    return;
  }
  run();
}

void Session::set_state(SessionState state) {
  if (state == state_) return;
  auto& open = front_.counters.open;
  --open[static_cast<std::size_t>(state_)];
  ++open[static_cast<std::size_t>(state)];
  const auto unfinished = [](SessionState s) {
    return s == SessionState::kProxyHeader || s == SessionState::kHandshake;
  };
  const bool before = unfinished(state_), after = unfinished(state);
  state_ = state;
  if (!before || !after) since_ = steady_clock::now();  // a handshake's age counts from the connection's first moment
  room_.move(*this, after                          ? SessionPlace::Kind::kUnfinished
                    : state == SessionState::kIdle ? SessionPlace::Kind::kIdle
                                                   : SessionPlace::Kind::kBusy);
  if (!after) leave_handshakes();
}

void Session::leave_handshakes() {
  if (std::exchange(unfinished_, false)) front_.handshakes.leave();
}

void Session::deadline_in(base::Duration from_now) {
  timer_.set(steady_clock::now() + from_now);
}

void Session::on_deadline() {
  auto& counters = front_.counters;
  switch (state_) {
    case SessionState::kProxyHeader:
    case SessionState::kHandshake:
      counters.count(Cut::kHandshakeSlow);
      close();
      return;
    case SessionState::kIdle:
      counters.count(Cut::kIdle);
      finish();
      return;
    case SessionState::kReading:
      counters.count(Cut::kRequestSlow);
      if (refuse(Problem::kTooSlow, {})) run();
      return;
    case SessionState::kWaiting: waited_too_long(); return;
    case SessionState::kWriting:
      counters.count(Cut::kAnswerSlow);
      close();
      return;
    case SessionState::kResting:
      next_request();
      run();
      return;
    case SessionState::kClosing: close(); return;
    case SessionState::kClosed: return;
  }
}

void Session::run() {
  for (int i = 0; i < kStepsAtOnce; ++i) {
    if (!step()) return;
  }
  room_.loop().post([weak = weak_from_this()] {
    if (const auto self = weak.lock()) self->run();
  });
}

bool Session::step() {
  switch (state_) {
    case SessionState::kProxyHeader: return read_proxy_header();
    case SessionState::kHandshake: return shake_hands();
    case SessionState::kIdle:
    case SessionState::kReading: return read();
    case SessionState::kWriting: return write();
    case SessionState::kClosing: return swallow();
    case SessionState::kWaiting:
    case SessionState::kResting:
    case SessionState::kClosed: return false;
  }
  return false;
}

bool Session::wait_for(Io io) {
  if (io == Io::kWantsRead) watch_->wait_readable();
  if (io == Io::kWantsWrite) watch_->wait_writable();
  if (io == Io::kClosed) close();
  return false;
}

// ---- before the first request ----

bool Session::read_proxy_header() {
  const ProxyHeader header = https::read_proxy_header(proxy_header_);
  if (header.state == ProxyHeader::State::kComplete) return take_proxy_header(header.source);
  if (header.state == ProxyHeader::State::kRefused) {
    front_.counters.count(Refusal::kProxyHeader);
    close();
    return false;
  }
  // Exactly the header's bytes: what follows belongs to TLS, which reads the socket itself.
  const Io io = transport_.read_raw(proxy_header_, header.size - proxy_header_.size());
  return io == Io::kOk || wait_for(io);
}

bool Session::take_proxy_header(const std::optional<Address>& source) {
  proxy_header_ = {};
  if (source) {
    peer_.address = *source;
    if (!front_.clients.connect(source->client())) {
      front_.counters.count(Refusal::kPerClient);
      close();
      return false;
    }
    peer_.counted = source->client();
  }
  return begin();
}

bool Session::begin() {
  if (peer_.local) {
    next_request();
    return true;
  }
  if (!transport_.begin_tls(rules_->tls)) {
    close();
    return false;
  }
  set_state(SessionState::kHandshake);
  return true;
}

bool Session::shake_hands() {
  const Io io = transport_.handshake();
  if (io == Io::kClosed) front_.counters.count(Cut::kHandshakeFailed);
  if (io != Io::kOk) return wait_for(io);
  ++front_.counters.handshakes;
  if (transport_.resumed()) ++front_.counters.resumed;
  next_request();
  return true;
}

// ---- reading ----

void Session::next_request() {
  const auto now = steady_clock::now();
  first_byte_at_ = now;  // of what came with the request before
  if (!framer_.idle()) return begin_reading();
  set_state(SessionState::kIdle);
  timer_.set(now + rules_->settings.idle_at_most);
}

void Session::begin_reading() {
  set_state(SessionState::kReading);
  timer_.set(whole_by());
}

Deadline Session::whole_by() const {
  const auto& settings = rules_->settings;
  return first_byte_at_ + (large_body_ ? settings.large_body_within : settings.request_within);
}

bool Session::read() {
  const auto next = framer_.advance();
  if (state_ == SessionState::kIdle && !framer_.idle() && next != Framer::State::kComplete) begin_reading();
  switch (next) {
    case Framer::State::kComplete: return dispatch();
    case Framer::State::kRefused:
      if (!body_refused_) ++front_.counters.malformed;
      return refuse(framer_.problem(), framer_.why());
    case Framer::State::kWantsContinue: return send("HTTP/1.1 100 Continue\r\n\r\n", SessionState::kReading);
    case Framer::State::kNeedMore: return read_more();
  }
  return false;
}

bool Session::read_more() {
  // After an answer most connections fall silent: the socket is asked first, not the other way round.
  if (!std::exchange(may_have_more_, true)) return wait_for(Io::kWantsRead);
  auto& buffer = read_buffer();
  std::size_t count = 0;
  const Io io = transport_.read(buffer.data(), buffer.size(), count);
  if (io != Io::kOk) return wait_for(io);
  framer_.feed({buffer.data(), count});
  if (state_ == SessionState::kIdle) first_byte_at_ = steady_clock::now();
  return true;
}

BodyRule Session::body_rule(const HttpRequest& head) {
  HttpRequest named;
  named.forwarded = head.forwarded;
  named.x_forwarded_for = head.x_forwarded_for;
  name_client(named);
  // Before the store is asked whose token that is: this is not yet a whole request, and costs more than its bytes.
  if (!named.local && front_.requests.take(named.client, steady_clock::now())) {
    front_.counters.count(Shed::kClientRate);
    body_refused_ = true;
    return {0, Problem::kTooManyRequests};
  }
  BodyRule rule = front_.router.body_rule(head);
  body_refused_ = rule.refused.has_value();
  if (rule.refused || rule.most <= static_cast<std::size_t>(rules_->settings.body_bytes)) {
    rule.most = std::min(rule.most, static_cast<std::size_t>(rules_->settings.body_bytes));
    return rule;
  }
  if (!front_.clients.begin_large_body(named.client)) {
    front_.counters.count(Shed::kLargeBodies);
    body_refused_ = true;
    return {0, Problem::kOverloaded};
  }
  large_body_ = true;
  large_client_ = named.client;
  timer_.set(whole_by());
  return rule;
}

void Session::end_large_body() {
  if (!std::exchange(large_body_, false)) return;
  front_.clients.end_large_body(large_client_);
}

void Session::name_client(HttpRequest& request) const {
  if (peer_.local) {
    request.local = true;
    request.peer = request.client = "local";
    return;
  }
  Address address = peer_.address;
  const std::string& said = rules_->forwarded == ForwardedBy::kForwarded ? request.forwarded : request.x_forwarded_for;
  if (!said.empty() && rules_->trusted.contains(address)) {
    address = client_behind(address, rules_->forwarded, said, rules_->trusted);
  }
  request.peer = address.text();
  request.client = address.client();
}

// ---- answering ----

bool Session::dispatch() {
  auto exchange = std::make_shared<Exchange>();
  ++front_.counters.requests;
  ++requests_;
  exchange->close = !framer_.keep_alive() || requests_ >= rules_->settings.requests_per_connection;
  head_only_ = framer_.is_head();
  const bool gzip = framer_.accepts_gzip();
  exchange->request = framer_.take();
  exchange->request.takes_gzip = gzip;
  name_client(exchange->request);
  if (!exchange->request.local) {
    const auto now = steady_clock::now();
    if (const auto wait = front_.requests.take(exchange->request.client, now)) {
      return shed(Shed::kClientRate, Problem::kTooManyRequests, wait);
    }
    if (const auto wait = front_.all_requests.take({}, now)) {
      return shed(Shed::kGlobalRate, Problem::kTooManyRequests, wait);
    }
  }
  return submit(exchange);
}

bool Session::submit(const std::shared_ptr<Exchange>& exchange) {
  lane_ = front_.router.lane(exchange->request);
  client_ = exchange->request.client;
  job_ = std::make_shared<RequestPool::Work>(
      [exchange, weak = weak_from_this(), &bridge = front_.bridge, &loop = room_.loop()] {
        exchange->reply = bridge.process(exchange->request, exchange->close);
        loop.post([exchange, weak] {
          if (const auto self = weak.lock()) self->replied(*exchange);
        });
      });
  switch (front_.pool.submit(lane_, client_, job_)) {
    case RequestPool::Entered::kFull: return shed(Shed::kQueueFull, Problem::kOverloaded, {});
    case RequestPool::Entered::kClientFull: return shed(Shed::kClientQueueFull, Problem::kOverloaded, {});
    case RequestPool::Entered::kYes: break;
  }
  set_state(SessionState::kWaiting);
  deadline_in(rules_->settings.worker_within);
  return false;
}

void Session::waited_too_long() {
  // What a worker has begun is waited for: it ends by itself.
  if (!front_.pool.cancel(lane_, client_, job_)) return;
  if (shed(Shed::kWaitedTooLong, Problem::kOverloaded, {})) run();
}

void Session::replied(Exchange& exchange) {
  if (state_ != SessionState::kWaiting) return;
  if (exchange.reply.bytes.empty()) return close();
  const bool last = exchange.reply.close || winding_up_;
  const bool rest = exchange.reply.status == 429;
  if (rest) front_.counters.count(Shed::kRouteRate);
  ++front_.counters.answers[static_cast<std::size_t>(exchange.reply.status / 100) % 6];
  if (send(std::move(exchange.reply.bytes), last   ? SessionState::kClosing
                                            : rest ? SessionState::kResting
                                                   : SessionState::kIdle)) {
    run();
  }
}

bool Session::shed(Shed why, Problem problem, std::optional<std::chrono::milliseconds> come_back) {
  front_.counters.count(why);
  ++front_.counters.answers[static_cast<std::size_t>(info(problem).status / 100) % 6];
  auto response = problem_response(problem);
  if (head_only_) response.body.clear();
  if (!come_back) return send(last_words(response), SessionState::kClosing);
  response.headers.emplace_back("Retry-After", std::to_string(retry_after_seconds(*come_back)));
  // Closing would cost a new handshake, which is dearer than the request.
  return send(plain_answer(response), SessionState::kResting);
}

bool Session::refuse(Problem problem, std::string_view detail) {
  ++front_.counters.answers[static_cast<std::size_t>(info(problem).status / 100) % 6];
  return send(last_words(problem_response(problem, detail)), SessionState::kClosing);
}

bool Session::send(std::string bytes, SessionState then) {
  job_.reset();
  // An interim answer does not end the request: its deadline stays.
  if (then != SessionState::kReading) {
    end_large_body();
    deadline_in(rules_->settings.answer_within);
  }
  output_ = std::move(bytes);
  written_ = 0;
  after_write_ = then;
  set_state(SessionState::kWriting);
  return true;
}

bool Session::write() {
  std::size_t count = 0;
  const Io io = transport_.write(std::string_view(output_).substr(written_), count);
  if (io != Io::kOk) return wait_for(io);
  written_ += count;
  if (written_ < output_.size()) return true;
  output_.clear();
  if (output_.capacity() > kKeptOutput) output_.shrink_to_fit();
  switch (after_write_) {
    case SessionState::kReading: set_state(SessionState::kReading); return true;
    case SessionState::kClosing: finish(); return true;
    case SessionState::kResting:
      set_state(SessionState::kResting);
      deadline_in(kLongestRest);
      return false;
    default: break;
  }
  next_request();
  may_have_more_ = transport_.has_pending();
  return true;
}

// ---- the end ----

void Session::finish() {
  if (!is_open(state_)) return;
  transport_.finish();
  set_state(SessionState::kClosing);
  deadline_in(kClosingWithin);
  // Swallows what the client is still sending: closing over unread bytes would reset the connection, and the client
  // would never read our last answer.
  watch_->wait_readable();
}

bool Session::swallow() {
  std::size_t count = 0;
  const Io io = transport_.swallow(count);
  if (io != Io::kOk) return wait_for(io);
  swallowed_ += count;
  if (swallowed_ < kMaxSwallowed) return true;
  close();
  return false;
}

void Session::wind_up() {
  winding_up_ = true;
  if (state_ == SessionState::kWaiting || state_ == SessionState::kClosing) return;
  if (state_ == SessionState::kWriting && after_write_ != SessionState::kReading) {
    after_write_ = SessionState::kClosing;
  } else if (state_ == SessionState::kIdle) {
    finish();
  } else {
    close();
  }
}

void Session::close() {
  if (!watch_) return;  // never started, or closed already
  if (job_ != nullptr) (void)front_.pool.cancel(lane_, client_, job_);
  job_.reset();
  end_large_body();
  timer_.clear();
  watch_.reset();
  transport_.close();
  if (!peer_.counted.empty()) front_.clients.disconnect(peer_.counted);
  set_state(SessionState::kClosed);
  leave_handshakes();
  front_.open.leave();
  room_.remove(*this);
}

}  // namespace tocsin::https
