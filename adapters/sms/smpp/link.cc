#include "adapters/sms/smpp/link.h"

#include <algorithm>
#include <asio/post.hpp>
#include <exception>

#include "adapters/sms/smpp/link_impl.h"
#include "adapters/sms/smpp/status.h"
#include "gateway/base/log.h"

namespace tocsin::sms {

using base::Duration;
using base::SteadyTime;
using model::SendEnd;
using model::SendOutcome;
using ports::OutMessage;
using smpp::CommandId;
using smpp::Owed;

namespace {

using tcp = asio::ip::tcp;

SteadyTime steady_now() {
  return SteadyTime{std::chrono::duration_cast<Duration>(std::chrono::steady_clock::now().time_since_epoch())};
}

}  // namespace

// ---- called by other threads ----

void SmppLink::Impl::start(model::LinkIndex link, ports::SenderEvents& events) {
  link_ = link;
  events_ = &events;
  thread_ = std::thread([this] { run(); });
}

int SmppLink::Impl::free_window() const {
  if (!open_.load(std::memory_order_acquire)) return 0;
  int most = std::max(settings.window, 64);
  if (settings.rate > 0) most = std::min(most, settings.rate);
  return std::max(0, most - held_.load(std::memory_order_relaxed));
}

void SmppLink::Impl::send(std::vector<OutMessage> messages) {
  held_.fetch_add(static_cast<int>(messages.size()), std::memory_order_relaxed);
  leave([&](Mailbox& box) {
    if (box.messages.empty()) {
      box.messages = std::move(messages);
    } else {
      std::move(messages.begin(), messages.end(), std::back_inserter(box.messages));
    }
  });
}

void SmppLink::Impl::stop(Duration limit) {
  if (!thread_.joinable()) return;
  open_.store(false, std::memory_order_release);
  leave([&](Mailbox& box) { box.stop_within = limit; });
  thread_.join();
}

template <typename F>
void SmppLink::Impl::leave(F&& put) {
  {
    const std::lock_guard lock(mailbox_mutex_);
    if (mailbox_.closed) return;
    put(mailbox_);
    if (std::exchange(mailbox_.woken, true)) return;
  }
  asio::post(io_, [this] { open_mailbox(); });
}

ports::SenderEvents::DoneFn SmppLink::Impl::when_stored(std::vector<Owed> owed) {
  unacknowledged_ += static_cast<int>(owed.size());
  return [self = shared_from_this(), number = connection_number_, owed = std::move(owed)](bool stored) {
    self->leave([&](Mailbox& box) { box.acknowledged.push_back({number, owed, stored}); });
  };
}

// ---- the thread ----

void SmppLink::Impl::run() {
  // Posts leave no work behind that would keep the context alive; the ticking timer does.
  arm_tick();
  connect();
  while (!finished_) {
    try {
      io_.run();
    } catch (const std::exception&) {
      base::log(base::LogLevel::kError, "smpp.internal_error", "link=" + settings.name);
      lost("internal error");
      arm_tick();
    }
  }
}

void SmppLink::Impl::open_mailbox() {
  Mailbox got;
  {
    const std::lock_guard lock(mailbox_mutex_);
    std::swap(got, mailbox_);
  }
  for (const OutMessage& message : got.messages) {
    held_.fetch_add(outbox_.take(message, ends_) - 1, std::memory_order_relaxed);
  }
  for (const Acknowledged& acknowledged : got.acknowledged) {
    if (acknowledged.connection != connection_number_ || connection_ == nullptr) continue;
    unacknowledged_ -= static_cast<int>(acknowledged.owed.size());
    const std::uint32_t status = acknowledged.stored ? smpp::kRok : smpp::kRxTAppn;
    for (const Owed owed : acknowledged.owed) {
      smpp::append_message_resp(connection_->out, owed.request, status, owed.sequence, {});
    }
  }
  if (got.stop_within) begin_stop(*got.stop_within);
  settle();
}

// ---- connection ----

void SmppLink::Impl::connect() {
  state_ = State::kConnecting;
  state_since_ = steady_now();
  const ConnectionPtr connection = connection_ = std::make_shared<smpp::TcpConnection>(io_);
  ++connection_number_;
  unacknowledged_ = 0;
  asio::error_code error;
  const auto address = asio::ip::make_address(settings.host, error);
  if (!error) {
    connect_to(connection, {tcp::endpoint(address, static_cast<std::uint16_t>(settings.port))});
    return;
  }
  resolver_.async_resolve(settings.host, std::to_string(settings.port),
                          [this, connection](const asio::error_code& failed, const tcp::resolver::results_type& found) {
                            if (connection != connection_) return;
                            if (failed) {
                              lost("host name: " + failed.message());
                              return;
                            }
                            connect_to(connection, {found.begin(), found.end()});
                          });
}

void SmppLink::Impl::connect_to(const ConnectionPtr& connection, const std::vector<tcp::endpoint>& endpoints) {
  asio::async_connect(
      connection->socket, endpoints,
      [this, connection](const asio::error_code& error, const tcp::endpoint&) { connected(connection, error); });
}

void SmppLink::Impl::connected(const ConnectionPtr& connection, const asio::error_code& error) {
  if (connection != connection_) return;
  if (error) {
    lost("connect: " + error.message());
    return;
  }
  connection->tune();
  state_ = State::kBinding;
  heard_at_ = steady_now();
  smpp::Bind bind;
  bind.system_id = settings.system_id;
  bind.password = settings.password;
  bind.system_type = settings.system_type;
  smpp::append_bind(connection->out, bind, in_flight_.other_sequence());
  read_more(connection);
  flush();
}

void SmppLink::Impl::lost(const std::string& reason) {
  open_.store(false, std::memory_order_release);
  if (connection_ != nullptr) connection_->close();
  connection_.reset();
  resolver_.cancel();
  state_ = State::kDown;
  enquired_at_.reset();
  suspect_ = false;
  in_flight_.take_all([&](const smpp::InFlight& request) { end(request, SendOutcome::kUnknown, "link lost"); });
  outbox_.give_back(ends_, "link down", settings.reconnect_min);
  incoming_.forget_parts();
  report();
  set_up(false, reason);
  if (stop_at_) {
    finish(reason);
  } else {
    reconnect_later();
  }
}

void SmppLink::Impl::set_up(bool up, const std::string& reason) {
  if (!up && reason != last_reason_) {
    base::log(stop_at_ ? base::LogLevel::kInfo : base::LogLevel::kWarning, "smpp.down",
              "link=" + settings.name + " reason=\"" + reason + "\"");
  }
  last_reason_ = up ? std::string() : reason;
  if (told_up_ == up) return;
  told_up_ = up;
  if (up) base::log(base::LogLevel::kInfo, "smpp.up", "link=" + settings.name);
  events_->link_changed({link_, up, reason});
}

void SmppLink::Impl::reconnect_later() {
  // Up to a quarter more, so that many gateways do not knock together.
  const auto jitter = random_.below(static_cast<std::uint64_t>(backoff_.count()) / 4 + 1);
  timer_.expires_after(backoff_ + Duration(static_cast<Duration::rep>(jitter)));
  timer_.async_wait([this](const asio::error_code& error) {
    if (!error && state_ == State::kDown && !stop_at_) connect();
  });
  backoff_ = std::min(backoff_ * 2, settings.reconnect_max);
}

// ---- what comes in ----

void SmppLink::Impl::read_more(const ConnectionPtr& connection) {
  connection->read([this, connection](const asio::error_code& error) { on_bytes(connection, error); });
}

void SmppLink::Impl::on_bytes(const ConnectionPtr& connection, const asio::error_code& error) {
  if (connection != connection_) return;
  if (error) {
    lost(error == asio::error::eof ? "closed by the centre" : "read: " + error.message());
    return;
  }
  heard_at_ = steady_now();
  suspect_ = false;
  while (connection == connection_) {
    const smpp::Frame frame = smpp::next_pdu(connection->received());
    if (frame.framing == smpp::Framing::kNeedMore) break;
    if (frame.framing == smpp::Framing::kBroken) {
      smpp::append_header_only(connection->out, CommandId::kGenericNack, smpp::kRinvCmdLen, frame.pdu.header.sequence);
      lost("impossible command_length");
      return;
    }
    connection->consume(frame.pdu.header.length);
    on_pdu(frame.pdu);
  }
  if (connection != connection_) return;
  connection->compact();
  settle();
  if (connection == connection_) read_more(connection);
}

void SmppLink::Impl::on_pdu(const smpp::Pdu& pdu) {
  const smpp::Header& header = pdu.header;
  switch (header.id) {
    case CommandId::kGenericNack: return on_nack(header);
    case CommandId::kDeliverSm:
    case CommandId::kDataSm: return on_message(pdu);
    case CommandId::kUnbind: return on_unbind(header);
    case CommandId::kEnquireLink:
      return smpp::append_header_only(connection_->out, smpp::response_to(header.id), smpp::kRok, header.sequence);
    case CommandId::kAlertNotification: return;  // 4.12.1: has no response, and tells us nothing
    default: break;
  }
  if (header.id == smpp::response_to(CommandId::kSubmitSm)) return on_submit_resp(pdu);
  if (header.id == smpp::response_to(CommandId::kBindTransceiver)) return on_bind_resp(pdu);
  if (header.id == smpp::response_to(CommandId::kEnquireLink)) return enquired_at_.reset();
  if (header.id == smpp::response_to(CommandId::kUnbind)) {
    if (state_ == State::kUnbinding) lost("stopped");
    return;
  }
  // 4.3: a request nobody knows; a response nobody waits for is dropped.
  if (!smpp::is_response(header.id)) {
    smpp::append_header_only(connection_->out, CommandId::kGenericNack, smpp::kRinvCmdId, header.sequence);
  }
}

void SmppLink::Impl::on_bind_resp(const smpp::Pdu& pdu) {
  if (state_ != State::kBinding) return;
  if (pdu.header.status != smpp::kRok) {
    lost("bind refused: " + smpp::status_name(pdu.header.status));
    return;
  }
  state_ = State::kBound;
  backoff_ = settings.reconnect_min;
  if (stop_at_) return;
  open_.store(true, std::memory_order_release);
  set_up(true, "bound");
}

void SmppLink::Impl::on_submit_resp(const smpp::Pdu& pdu) {
  const auto request = in_flight_.take(pdu.header.sequence);
  if (!request) return;  // too late: it ended as unknown
  const std::uint32_t status = pdu.header.status;
  const SendOutcome outcome = smpp::outcome_of(status);
  if (outcome == SendOutcome::kAccepted) {
    const auto id = smpp::read_message_id(pdu);
    ends_.push_back({request->delivery,
                     request->part,
                     request->parts,
                     outcome,
                     smpp::normal_id(id.value_or(std::string_view()), settings.message_ids, smpp::IdSource::kResponse),
                     {},
                     {}});
    return;
  }
  if (status == smpp::kRthrottled || status == smpp::kRmsgQful) paused_until_ = steady_now() + settings.throttle_pause;
  end(*request, outcome, smpp::status_name(status));
}

void SmppLink::Impl::on_nack(const smpp::Header& header) {
  if (state_ == State::kBinding) {
    lost("bind refused: generic_nack " + smpp::status_name(header.status));
    return;
  }
  const auto request = in_flight_.take(header.sequence);
  if (!request) return;
  const SendOutcome outcome = smpp::outcome_of(header.status);
  end(*request, outcome == SendOutcome::kAccepted ? SendOutcome::kUnknown : outcome,
      "generic_nack " + smpp::status_name(header.status));
}

void SmppLink::Impl::on_message(const smpp::Pdu& pdu) {
  const Owed owed{pdu.header.id, pdu.header.sequence};
  if (state_ != State::kBound && state_ != State::kUnbinding) {
    smpp::append_message_resp(connection_->out, owed.request, smpp::kRinvBndSts, owed.sequence, {});
    return;
  }
  std::optional<smpp::ShortMessage> message;
  if (pdu.header.id == CommandId::kDeliverSm) {
    message = smpp::read_short_message(pdu);
  } else if (const auto data = smpp::read_data_message(pdu)) {
    message = smpp::as_short_message(*data);
  }
  if (!message) {
    smpp::append_header_only(connection_->out, CommandId::kGenericNack, smpp::kRinvCmdLen, owed.sequence);
    return;
  }
  if (unacknowledged_ + static_cast<int>(incoming_.receipts_owed.size()) >= settings.most_unacknowledged) {
    smpp::append_message_resp(connection_->out, owed.request, smpp::kRxTAppn, owed.sequence, {});
    return;
  }
  if (!incoming_.take(*message, owed, heard_at_)) {
    base::log(base::LogLevel::kDebug, "smpp.receipt_without_id", "link=" + settings.name);
    smpp::append_message_resp(connection_->out, owed.request, smpp::kRok, owed.sequence, {});
  }
}

void SmppLink::Impl::on_unbind(const smpp::Header& header) {
  smpp::append_header_only(connection_->out, smpp::response_to(header.id), smpp::kRok, header.sequence);
  lost("unbound by the centre");
}

// ---- what goes out ----

void SmppLink::Impl::pump(SteadyTime now) {
  if (outbox_.empty()) return;
  if (state_ != State::kBound || stop_at_) {
    outbox_.give_back(ends_, stop_at_ ? "stopping" : "link down", settings.reconnect_min);
    return;
  }
  // While a write is under way nothing is cut off for the next one: if the link is lost, what was not written is a
  // retry.
  if (connection_->writing() || suspect_) return;
  if (now < paused_until_) return pace(paused_until_ - now);
  while (!outbox_.empty() && in_flight_.size() < static_cast<std::size_t>(settings.window)) {
    if (!bucket_.take(now)) return pace(bucket_.wait());
    outbox_.write_first(connection_->out, in_flight_, now);
  }
}

void SmppLink::Impl::pace(Duration wait) {
  if (std::exchange(pacing_, true)) return;
  pace_timer_.expires_after(wait);
  pace_timer_.async_wait([this](const asio::error_code&) {
    pacing_ = false;
    settle();
  });
}

void SmppLink::Impl::flush() {
  const ConnectionPtr connection = connection_;
  if (connection == nullptr) return;
  connection->write([this, connection](const asio::error_code& error) {
    if (connection != connection_) return;
    if (error) {
      lost("write: " + error.message());
    } else {
      settle();
    }
  });
}

void SmppLink::Impl::settle() {
  if (finished_) return;
  pump(steady_now());
  report();
  flush();
  if (stop_at_) go_on_stopping(steady_now());
}

void SmppLink::Impl::report() {
  if (!ends_.empty()) {
    held_.fetch_sub(static_cast<int>(ends_.size()), std::memory_order_relaxed);
    model::SendsEnded ended{link_, {}};
    ended.ends.swap(ends_);
    ends_.reserve(static_cast<std::size_t>(settings.window));
    events_->sends_ended(std::move(ended));
  }
  if (!incoming_.receipts.empty()) {
    model::ReceiptsIn receipts{link_, std::exchange(incoming_.receipts, {})};
    events_->receipts(std::move(receipts), when_stored(std::exchange(incoming_.receipts_owed, {})));
  }
  for (smpp::Arrived& arrived : std::exchange(incoming_.arrived, {})) {
    arrived.message.link = link_;
    events_->inbound(std::move(arrived.message), when_stored(std::move(arrived.owed)));
  }
}

void SmppLink::Impl::end(const smpp::InFlight& request, SendOutcome outcome, std::string error) {
  const Duration later = outcome == SendOutcome::kRetry ? settings.throttle_pause : Duration::zero();
  ends_.push_back({request.delivery, request.part, request.parts, outcome, {}, std::move(error), later});
}

// ---- what is overdue ----

void SmppLink::Impl::arm_tick() {
  const Duration shortest = std::min({settings.response_timeout, settings.enquire_link, settings.connect_timeout});
  constexpr Duration kFinest = std::chrono::milliseconds(5), kCoarsest = std::chrono::milliseconds(250);
  tick_timer_.expires_after(stop_at_ ? kFinest : std::clamp<Duration>(shortest / 8, kFinest, kCoarsest));
  tick_timer_.async_wait([this](const asio::error_code& error) {
    if (!error && !finished_) tick();
  });
}

void SmppLink::Impl::tick() {
  arm_tick();
  const SteadyTime now = steady_now();
  if ((state_ == State::kConnecting || state_ == State::kBinding) && now - state_since_ >= settings.connect_timeout) {
    lost(state_ == State::kConnecting ? "connect: no answer" : "bind: no answer");
    return;
  }
  if (state_ == State::kBound) {
    bool overdue = false;
    in_flight_.take_sent_until(now - settings.response_timeout, [&](const smpp::InFlight& request) {
      overdue = true;
      end(request, SendOutcome::kUnknown, "no response in time");
    });
    if (overdue && now - heard_at_ >= settings.response_timeout) suspect_ = true;
    enquire(now);
    if (connection_ == nullptr) return;
    incoming_.expire(now);
  }
  settle();
}

void SmppLink::Impl::enquire(SteadyTime now) {
  if (enquired_at_) {
    if (now - *enquired_at_ >= settings.response_timeout) lost("enquire_link unanswered");
    return;
  }
  if (!suspect_ && now - heard_at_ < settings.enquire_link) return;
  smpp::append_header_only(connection_->out, CommandId::kEnquireLink, 0, in_flight_.other_sequence());
  enquired_at_ = now;
}

// ---- the end ----

void SmppLink::Impl::begin_stop(Duration limit) {
  const SteadyTime now = steady_now();
  drain_until_ = now + limit * 3 / 4;
  stop_at_ = now + limit;
  timer_.cancel();
  pace_timer_.cancel();
  arm_tick();  // finer from now on
}

void SmppLink::Impl::go_on_stopping(SteadyTime now) {
  if (finished_) return;
  if (state_ != State::kBound && state_ != State::kUnbinding) return finish("stopped");
  if (now >= *stop_at_) return finish("stopped");
  if (state_ == State::kBound && (in_flight_.size() == 0 || now >= *drain_until_)) {
    smpp::append_header_only(connection_->out, CommandId::kUnbind, 0, in_flight_.other_sequence());
    state_ = State::kUnbinding;
    flush();
  }
}

void SmppLink::Impl::finish(const std::string& reason) {
  if (std::exchange(finished_, true)) return;
  {
    const std::lock_guard lock(mailbox_mutex_);
    mailbox_.closed = true;
  }
  if (connection_ != nullptr) connection_->close();
  connection_.reset();
  in_flight_.take_all(
      [&](const smpp::InFlight& request) { end(request, SendOutcome::kUnknown, "stopped before the response"); });
  outbox_.give_back(ends_, "stopping", settings.reconnect_min);
  report();
  set_up(false, reason);
  io_.stop();
}

// ---- the class outside ----

SmppLink::SmppLink(SmppSettings settings) : impl_(std::make_shared<Impl>(std::move(settings))) {}
SmppLink::~SmppLink() {
  impl_->stop(Duration::zero());
}
const std::string& SmppLink::name() const {
  return impl_->settings.name;
}
ports::LinkCan SmppLink::can() const {
  return {true, impl_->settings.receipts, true};
}

void SmppLink::start(model::LinkIndex link, ports::SenderEvents& events) {
  impl_->start(link, events);
}
int SmppLink::free_window() const {
  return impl_->free_window();
}
void SmppLink::send(std::vector<ports::OutMessage> messages) {
  impl_->send(std::move(messages));
}
void SmppLink::stop(base::Duration limit) {
  impl_->stop(limit);
}

}  // namespace tocsin::sms
