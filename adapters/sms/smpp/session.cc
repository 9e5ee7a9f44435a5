#include "adapters/sms/smpp/session.h"

#include <algorithm>
#include <utility>

#include "adapters/sms/smpp/status.h"
#include "adapters/sms/smpp/tls.h"

namespace tocsin::sms::smpp {

using base::Duration;
using base::SteadyTime;
using tcp = asio::ip::tcp;

namespace {

// A peer that asks and never reads: beyond this nothing more is read from it until it has taken some.
constexpr std::size_t kMostUnwritten = 256 * 1024;

SteadyTime steady_now() {
  return SteadyTime{std::chrono::duration_cast<Duration>(std::chrono::steady_clock::now().time_since_epoch())};
}

CommandId command_of(BindRole role) {
  switch (role) {
    case BindRole::kTransmitter: return CommandId::kBindTransmitter;
    case BindRole::kReceiver: return CommandId::kBindReceiver;
    case BindRole::kTransceiver: break;
  }
  return CommandId::kBindTransceiver;
}

}  // namespace

Session::Session(asio::io_context& io, const SmppSettings& settings, BindRole role, SessionOwner& owner)
    : in_flight(static_cast<std::size_t>(settings.window)),
      io_(io),
      settings_(settings),
      role_(role),
      owner_(owner),
      timer_(io),
      resolver_(io),
      random_(static_cast<std::uint64_t>(std::chrono::steady_clock::now().time_since_epoch().count())),
      backoff_(settings.reconnect_min) {}

// ---- from nothing to bound ----

void Session::connect() {
  state_ = State::kConnecting;
  state_since_ = steady_now();
  const ConnectionPtr connection = connection_ = std::make_shared<TcpConnection>(io_);
  connection_number_ = owner_.next_connection();
  reading_ = false;
  asio::error_code error;
  const auto address = asio::ip::make_address(settings_.host, error);
  if (!error) {
    connect_to(connection, {tcp::endpoint(address, static_cast<std::uint16_t>(settings_.port))});
    return;
  }
  const auto self = shared_from_this();
  resolver_.async_resolve(settings_.host, std::to_string(settings_.port),
                          [self, connection](const asio::error_code& failed, const tcp::resolver::results_type& found) {
                            if (connection != self->connection_) return;
                            if (failed) {
                              self->lost("host name: " + failed.message());
                            } else {
                              self->connect_to(connection, {found.begin(), found.end()});
                            }
                          });
}

void Session::connect_to(const ConnectionPtr& connection, const std::vector<tcp::endpoint>& endpoints) {
  const auto self = shared_from_this();
  asio::async_connect(connection->socket, endpoints,
                      [self, connection](const asio::error_code& error, const tcp::endpoint&) {
                        if (connection != self->connection_) return;
                        if (error) {
                          self->lost("connect: " + error.message());
                        } else {
                          self->connected(connection);
                        }
                      });
}

void Session::connected(const ConnectionPtr& connection) {
  connection->tune();
  if (settings_.tls) {
    secure(connection);
  } else {
    bind(connection);
  }
}

void Session::secure(const ConnectionPtr& connection) {
  state_ = State::kSecuring;  // within the time of the connection
  // Read anew each time: authorities are renewed while the office is open.
  auto context = client_tls(settings_.ca_file);
  if (!context.ok()) {
    lost("tls: " + context.error().message);
    return;
  }
  const auto self = shared_from_this();
  connection->start_tls(
      asio::ssl::context(std::move(context).value().release()),
      [this](auto& stream) { expect_host(stream.native_handle(), settings_.host); },
      [self, connection](const asio::error_code& error) {
        if (connection != self->connection_) return;
        if (error) {
          self->lost("tls: " + error.message());
        } else {
          self->bind(connection);
        }
      });
}

void Session::bind(const ConnectionPtr& connection) {
  state_ = State::kBinding;
  heard_at_ = steady_now();
  Bind bind;
  bind.id = command_of(role_);
  bind.system_id = settings_.system_id;
  bind.password = settings_.password;
  bind.system_type = settings_.system_type;
  append_bind(connection->out, bind, in_flight.other_sequence());
  read_more();
  flush();
}

void Session::on_bind_resp(const Pdu& pdu) {
  if (state_ != State::kBinding) return;
  if (pdu.header.status != kRok) {
    lost("bind refused: " + status_name(pdu.header.status));
    return;
  }
  state_ = State::kBound;
  backoff_ = settings_.reconnect_min;
  owner_.came_up(*this);
}

// ---- and back ----

void Session::drop() {
  if (connection_ != nullptr) connection_->close();
  connection_.reset();
  resolver_.cancel();
  timer_.cancel();
  state_ = State::kDown;
  enquired_at_.reset();
  suspect_ = false;
}

std::vector<InFlight> Session::close() {
  drop();
  std::vector<InFlight> unanswered;
  in_flight.take_all([&](const InFlight& request) { unanswered.push_back(request); });
  return unanswered;
}

void Session::lost(const std::string& reason) {
  owner_.went_down(*this, close(), reason);
}

void Session::reconnect_later() {
  // Up to a quarter more, so that many gateways do not knock together.
  const auto jitter = random_.below(static_cast<std::uint64_t>(backoff_.count()) / 4 + 1);
  timer_.expires_after(backoff_ + Duration(static_cast<Duration::rep>(jitter)));
  const auto self = shared_from_this();
  timer_.async_wait([self](const asio::error_code& error) {
    if (!error && self->state_ == State::kDown) self->connect();
  });
  backoff_ = std::min(backoff_ * 2, settings_.reconnect_max);
}

void Session::unbind() {
  append_header_only(connection_->out, CommandId::kUnbind, 0, in_flight.other_sequence());
  state_ = State::kUnbinding;
  flush();
}

// ---- what comes in ----

void Session::read_more() {
  if (reading_ || connection_ == nullptr || connection_->unwritten() > kMostUnwritten) return;
  reading_ = true;
  const auto self = shared_from_this();
  connection_->read(
      [self, connection = connection_](const asio::error_code& error) { self->on_bytes(connection, error); });
}

void Session::on_bytes(const ConnectionPtr& connection, const asio::error_code& error) {
  if (connection != connection_) return;
  reading_ = false;
  if (error) {
    lost(error == asio::error::eof ? "closed by the centre" : "read: " + error.message());
    return;
  }
  heard_at_ = steady_now();
  suspect_ = false;
  while (connection == connection_) {
    const Frame frame = next_pdu(connection->received());
    if (frame.framing == Framing::kNeedMore) break;
    if (frame.framing == Framing::kBroken) {
      append_header_only(connection->out, CommandId::kGenericNack, kRinvCmdLen, frame.pdu.header.sequence);
      lost("impossible command_length");
      return;
    }
    connection->consume(frame.pdu.header.length);
    on_pdu(frame.pdu);
  }
  if (connection != connection_) return;
  if (state_ == State::kLeaving) leave_when_answered(heard_at_);
  if (connection != connection_) return;
  connection->compact();
  owner_.turn_ended();
  if (connection != connection_) return;
  flush();
  read_more();
}

void Session::on_pdu(const Pdu& pdu) {
  const Header& header = pdu.header;
  switch (header.id) {
    case CommandId::kGenericNack: return on_nack(header);
    case CommandId::kDeliverSm:
    case CommandId::kDataSm: return on_message(pdu);
    case CommandId::kUnbind: return on_unbind(header);
    case CommandId::kEnquireLink:
      return append_header_only(connection_->out, response_to(header.id), kRok, header.sequence);
    // 4.12.1: has no response, and tells us nothing.  4.1.7: has none either; it asks for a bind, and this is one.
    case CommandId::kAlertNotification:
    case CommandId::kOutbind: return;
    default: break;
  }
  if (header.id == response_to(CommandId::kSubmitSm)) return on_submit_resp(pdu);
  if (header.id == response_to(command_of(role_))) return on_bind_resp(pdu);
  if (header.id == response_to(CommandId::kEnquireLink)) return enquired_at_.reset();
  if (header.id == response_to(CommandId::kUnbind)) {
    if (state_ == State::kUnbinding) lost("stopped");
    return;
  }
  // 4.3: a request nobody knows; a response nobody waits for is dropped.
  if (!is_response(header.id)) {
    append_header_only(connection_->out, CommandId::kGenericNack, kRinvCmdId, header.sequence);
  }
}

void Session::on_submit_resp(const Pdu& pdu) {
  const auto request = in_flight.take(pdu.header.sequence);
  if (!request) return;  // too late: it ended as unknown
  owner_.answered(*request, pdu.header.status, read_message_id(pdu).value_or(std::string_view()), false);
}

void Session::on_nack(const Header& header) {
  if (state_ == State::kBinding) {
    lost("bind refused: generic_nack " + status_name(header.status));
    return;
  }
  if (const auto request = in_flight.take(header.sequence)) owner_.answered(*request, header.status, {}, true);
}

void Session::on_message(const Pdu& pdu) {
  const Owed owed{pdu.header.id, pdu.header.sequence, connection_number_};
  if (!in_use() && state_ != State::kUnbinding) return acknowledge(owed, kRinvBndSts);
  std::optional<ShortMessage> message;
  if (pdu.header.id == CommandId::kDeliverSm) {
    message = read_short_message(pdu);
  } else if (const auto data = read_data_message(pdu)) {
    message = as_short_message(*data);
  }
  if (!message) {
    append_header_only(connection_->out, CommandId::kGenericNack, kRinvCmdLen, owed.sequence);
    return;
  }
  if (const auto status = owner_.arrived(*message, owed, heard_at_)) acknowledge(owed, *status);
}

void Session::on_unbind(const Header& header) {
  if (state_ == State::kBound) {
    state_ = State::kLeaving;
    state_since_ = heard_at_;
    unbind_sequence_ = header.sequence;
    leave_when_answered(heard_at_);
    return;
  }
  append_header_only(connection_->out, response_to(header.id), kRok, header.sequence);
  lost("unbound by the centre");
}

// What is unanswered when a connection ends may have been taken: its end is unknown, and it is told again.  So the
// centre is given time to answer what it has read.
void Session::leave_when_answered(SteadyTime now) {
  constexpr Duration kPatience = std::chrono::seconds(2);
  if (in_flight.size() > 0 && now - state_since_ < std::min(kPatience, settings_.response_timeout)) return;
  append_header_only(connection_->out, response_to(CommandId::kUnbind), kRok, unbind_sequence_);
  lost("unbound by the centre");
}

// ---- what goes out ----

void Session::acknowledge(Owed owed, std::uint32_t status) {
  if (connection_ != nullptr) append_message_resp(connection_->out, owed.request, status, owed.sequence, {});
}

void Session::flush() {
  const ConnectionPtr connection = connection_;
  if (connection == nullptr) return;
  connection->write([self = shared_from_this(), connection](const asio::error_code& error) {
    if (connection != self->connection_) return;
    if (error) {
      self->lost("write: " + error.message());
      return;
    }
    self->owner_.turn_ended();
    if (connection != self->connection_) return;
    self->flush();
    self->read_more();
  });
}

// ---- what is overdue ----

void Session::tick(SteadyTime now) {
  if (trying() && now - state_since_ >= settings_.connect_timeout) {
    lost(state_ == State::kConnecting ? "connect: no answer"
         : state_ == State::kSecuring ? "tls: handshake not finished"
                                      : "bind: no answer");
    return;
  }
  if (state_ == State::kLeaving) return leave_when_answered(now);
  if (!bound()) return;
  bool overdue = false;
  in_flight.take_sent_until(now - settings_.response_timeout, [&](const InFlight& request) {
    overdue = true;
    owner_.overdue(request);
  });
  if (overdue && now - heard_at_ >= settings_.response_timeout) suspect_ = true;
  enquire(now);
}

void Session::enquire(SteadyTime now) {
  if (enquired_at_) {
    if (now - *enquired_at_ >= settings_.response_timeout) lost("enquire_link unanswered");
    return;
  }
  if (!suspect_ && now - heard_at_ < settings_.enquire_link) return;
  append_header_only(connection_->out, CommandId::kEnquireLink, 0, in_flight.other_sequence());
  enquired_at_ = now;
}

}  // namespace tocsin::sms::smpp
