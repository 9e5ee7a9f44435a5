// One bind of a link: its connection, its state, what it has sent and nobody has answered.
//
// Connects, binds as its role (SMPP 3.4, 4.1), answers enquire_link and what it does not know, answers unbind (4.2)
// once what is in flight has been answered, or after a short while, asks enquire_link itself, and connects again for
// ever, from `reconnect_min` doubling to `reconnect_max`, with jitter. What it hears of messages goes to its owner.
// Everything runs on the link's thread.  Heavy (Asio): included by the .cc files of this room alone.
#pragma once

#include <asio/io_context.hpp>
#include <asio/steady_timer.hpp>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "adapters/sms/smpp/connection.h"
#include "adapters/sms/smpp/in_flight.h"
#include "adapters/sms/smpp/incoming.h"
#include "adapters/sms/smpp/settings.h"
#include "gateway/base/random.h"

namespace tocsin::sms::smpp {

class Session;

// The link, as its sessions see it.
class SessionOwner {
 public:
  virtual ~SessionOwner() = default;
  // A number that no connection of this link had before.
  [[nodiscard]] virtual std::uint32_t next_connection() = 0;
  virtual void came_up(Session& session) = 0;
  // After it: nothing is in flight.  The owner says reconnect() or leaves it.
  virtual void went_down(Session& session, std::vector<InFlight> unanswered, const std::string& reason) = 0;
  // submit_sm_resp, or a generic_nack for it: `carrier_id` as it came.
  virtual void answered(const InFlight& request, std::uint32_t status, std::string_view carrier_id, bool nacked) = 0;
  virtual void overdue(const InFlight& request) = 0;
  // The status to answer a deliver_sm or data_sm with at once; empty: acknowledge() follows.
  [[nodiscard]] virtual std::optional<std::uint32_t> arrived(const ShortMessage& message, Owed owed,
                                                             base::SteadyTime now) = 0;
  // All that one read or write brought has been told.
  virtual void turn_ended() = 0;
};

class Session : public std::enable_shared_from_this<Session> {
 public:
  // `settings` and `owner` outlive it.
  Session(asio::io_context& io, const SmppSettings& settings, BindRole role, SessionOwner& owner);

  void connect();
  void reconnect_later();
  void tick(base::SteadyTime now);
  // Ends the connection; the owner hears went_down().
  void lost(const std::string& reason);
  void unbind();
  // Closes without a word to the owner; what was in flight.
  [[nodiscard]] std::vector<InFlight> close();
  void flush();
  void acknowledge(Owed owed, std::uint32_t status);

  [[nodiscard]] BindRole role() const { return role_; }
  [[nodiscard]] bool sends() const { return role_ != BindRole::kReceiver; }
  [[nodiscard]] bool bound() const { return state_ == State::kBound; }
  // Bound, or asked by the centre to unbind and waiting for its last answers.
  [[nodiscard]] bool in_use() const { return bound() || state_ == State::kLeaving; }
  [[nodiscard]] bool down() const { return state_ == State::kDown; }
  [[nodiscard]] bool trying() const {
    return state_ == State::kConnecting || state_ == State::kSecuring || state_ == State::kBinding;
  }
  // Takes a submit_sm now.  While a write is under way nothing is cut off for the next one: if the connection is lost,
  // what was not written is a retry.
  [[nodiscard]] bool ready() const { return bound() && sends() && !suspect_ && !connection_->writing(); }
  [[nodiscard]] std::uint32_t connection_number() const { return connection_number_; }

  InFlightTable in_flight;
  [[nodiscard]] std::string& out() { return connection_->out; }  // while bound()

 private:
  enum class State : std::uint8_t { kDown, kConnecting, kSecuring, kBinding, kBound, kLeaving, kUnbinding };
  using ConnectionPtr = std::shared_ptr<TcpConnection>;

  void connect_to(const ConnectionPtr& connection, const std::vector<asio::ip::tcp::endpoint>& endpoints);
  void connected(const ConnectionPtr& connection);
  void secure(const ConnectionPtr& connection);
  void bind(const ConnectionPtr& connection);
  void drop();

  void read_more();
  void on_bytes(const ConnectionPtr& connection, const asio::error_code& error);
  void on_pdu(const Pdu& pdu);
  void on_bind_resp(const Pdu& pdu);
  void on_submit_resp(const Pdu& pdu);
  void on_nack(const Header& header);
  void on_message(const Pdu& pdu);
  void on_unbind(const Header& header);
  void leave_when_answered(base::SteadyTime now);
  void enquire(base::SteadyTime now);

  asio::io_context& io_;
  const SmppSettings& settings_;
  const BindRole role_;
  SessionOwner& owner_;
  asio::steady_timer timer_;  // until the next connection
  asio::ip::tcp::resolver resolver_;
  base::Random random_;

  State state_ = State::kDown;
  ConnectionPtr connection_;
  std::uint32_t connection_number_ = 0;
  bool reading_ = false;
  base::SteadyTime state_since_{}, heard_at_{};
  std::optional<base::SteadyTime> enquired_at_;
  std::uint32_t unbind_sequence_ = 0;
  bool suspect_ = false;  // a response is overdue and nothing was heard since
  base::Duration backoff_;
};

}  // namespace tocsin::sms::smpp
