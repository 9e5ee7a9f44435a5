// The inside of SmppLink.  Included by link.cc alone (Asio).
#pragma once

#include <asio/io_context.hpp>
#include <asio/steady_timer.hpp>
#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "adapters/sms/smpp/connection.h"
#include "adapters/sms/smpp/in_flight.h"
#include "adapters/sms/smpp/incoming.h"
#include "adapters/sms/smpp/link.h"
#include "adapters/sms/smpp/outbox.h"
#include "adapters/sms/token_bucket.h"
#include "gateway/base/random.h"

namespace tocsin::sms {

// Everything below runs on the link's thread, but for the functions marked otherwise.
class SmppLink::Impl : public std::enable_shared_from_this<Impl> {
 public:
  explicit Impl(SmppSettings given)
      : settings(std::move(given)),
        timer_(io_),
        tick_timer_(io_),
        pace_timer_(io_),
        resolver_(io_),
        random_(static_cast<std::uint64_t>(std::chrono::steady_clock::now().time_since_epoch().count())),
        in_flight_(static_cast<std::size_t>(settings.window)),
        outbox_(settings),
        incoming_(settings),
        bucket_(settings.rate),
        backoff_(settings.reconnect_min) {}

  void start(model::LinkIndex link, ports::SenderEvents& events);
  [[nodiscard]] int free_window() const;               // any thread
  void send(std::vector<ports::OutMessage> messages);  // engine thread
  void stop(base::Duration limit);                     // engine thread

  const SmppSettings settings;

 private:
  enum class State : std::uint8_t { kDown, kConnecting, kBinding, kBound, kUnbinding };
  using ConnectionPtr = std::shared_ptr<smpp::TcpConnection>;

  // Answers to give to the peer, from done().
  struct Acknowledged {
    std::uint64_t connection = 0;  // a later connection does not know these numbers
    std::vector<smpp::Owed> owed;
    bool stored = false;
  };
  // What other threads leave for the link's thread.
  struct Mailbox {
    std::vector<ports::OutMessage> messages;
    std::vector<Acknowledged> acknowledged;
    std::optional<base::Duration> stop_within;
    bool woken = false;   // the link's thread will look
    bool closed = false;  // nobody looks any more
  };

  void run();
  template <typename F>
  void leave(F&& put);  // any thread: puts something into the mailbox and wakes the link's thread
  void open_mailbox();
  ports::SenderEvents::DoneFn when_stored(std::vector<smpp::Owed> owed);

  void connect();
  void connect_to(const ConnectionPtr& connection, const std::vector<asio::ip::tcp::endpoint>& endpoints);
  void connected(const ConnectionPtr& connection, const asio::error_code& error);
  void lost(const std::string& reason);
  void set_up(bool up, const std::string& reason);
  void reconnect_later();

  void read_more(const ConnectionPtr& connection);
  void on_bytes(const ConnectionPtr& connection, const asio::error_code& error);
  void on_pdu(const smpp::Pdu& pdu);
  void on_bind_resp(const smpp::Pdu& pdu);
  void on_submit_resp(const smpp::Pdu& pdu);
  void on_nack(const smpp::Header& header);
  void on_message(const smpp::Pdu& pdu);
  void on_unbind(const smpp::Header& header);

  void pump(base::SteadyTime now);
  void pace(base::Duration wait);
  void flush();
  void settle();  // the end of each turn: reports what has ended and come, writes what may leave
  void report();
  void end(const smpp::InFlight& request, model::SendOutcome outcome, std::string error);

  void tick();
  void arm_tick();
  void enquire(base::SteadyTime now);
  void begin_stop(base::Duration limit);
  void go_on_stopping(base::SteadyTime now);
  void finish(const std::string& reason);

  asio::io_context io_{1};
  asio::steady_timer timer_;       // until the next connection
  asio::steady_timer tick_timer_;  // looks for what is overdue
  asio::steady_timer pace_timer_;  // until the rate or a throttle lets the next one out
  asio::ip::tcp::resolver resolver_;
  std::thread thread_;

  std::mutex mailbox_mutex_;
  Mailbox mailbox_;
  std::atomic<int> held_{0};  // parts (messages, before they are cut) not ended yet
  std::atomic<bool> open_{false};

  ports::SenderEvents* events_ = nullptr;
  model::LinkIndex link_ = -1;
  base::Random random_;

  State state_ = State::kDown;
  ConnectionPtr connection_;
  std::uint64_t connection_number_ = 0;
  std::optional<bool> told_up_;  // what link_changed said last
  std::string last_reason_;
  base::SteadyTime state_since_{}, heard_at_{}, paused_until_{};
  std::optional<base::SteadyTime> enquired_at_;
  bool suspect_ = false;  // a response is overdue and nothing was heard since
  bool pacing_ = false;
  int unacknowledged_ = 0;
  std::optional<base::SteadyTime> drain_until_, stop_at_;
  bool finished_ = false;

  smpp::InFlightTable in_flight_;
  smpp::Outbox outbox_;
  smpp::Incoming incoming_;
  TokenBucket bucket_;
  base::Duration backoff_;
  std::vector<model::SendEnd> ends_;
};

}  // namespace tocsin::sms
