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

#include "adapters/sms/smpp/incoming.h"
#include "adapters/sms/smpp/link.h"
#include "adapters/sms/smpp/open_turns.h"
#include "adapters/sms/smpp/outbox.h"
#include "adapters/sms/smpp/session.h"
#include "gateway/base/token_bucket.h"

namespace tocsin::sms {

// Everything below runs on the link's thread, but for the functions marked otherwise.
class SmppLink::Impl final : public std::enable_shared_from_this<Impl>, private smpp::SessionOwner {
 public:
  explicit Impl(SmppSettings given)
      : settings(std::move(given)),
        tick_timer_(io_),
        pace_timer_(io_),
        outbox_(settings),
        incoming_(settings),
        bucket_(settings.rate) {}

  void start(model::LinkIndex link, ports::SenderEvents& events);
  [[nodiscard]] int free_window() const;               // any thread
  void send(std::vector<ports::OutMessage> messages);  // engine thread
  void stop(base::Duration limit);                     // engine thread

  const SmppSettings settings;

 private:
  // Answers to give to the peer, from done().
  struct Acknowledged {
    std::vector<smpp::Owed> owed;
    std::size_t octets = 0;
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
  void make_sessions();
  template <typename F>
  void leave(F&& put);  // any thread: puts something into the mailbox and wakes the link's thread
  void open_mailbox();
  void acknowledge(const Acknowledged& acknowledged);
  ports::SenderEvents::DoneFn when_stored(std::vector<smpp::Owed> owed, std::size_t octets);

  // Of smpp::SessionOwner.
  std::uint32_t next_connection() override { return ++last_connection_; }
  void came_up(smpp::Session& session) override;
  void went_down(smpp::Session& session, std::vector<smpp::InFlight> unanswered, const std::string& reason) override;
  void answered(const smpp::InFlight& request, std::uint32_t status, std::string_view carrier_id, bool nacked) override;
  void overdue(const smpp::InFlight& request) override;
  void throttle(base::SteadyTime now);
  std::optional<std::uint32_t> arrived(const smpp::ShortMessage& message, smpp::Owed owed,
                                       base::SteadyTime now) override;
  void turn_ended() override { settle(); }

  [[nodiscard]] bool can_send() const;  // a bind that may send is bound, or has not left yet
  [[nodiscard]] bool all_down() const;
  void set_up(bool up, const std::string& reason);

  [[nodiscard]] smpp::Session* freest();
  void pump(base::SteadyTime now);
  void pace(base::Duration wait);
  void settle();  // the end of each turn: reports what has ended and come, writes what may leave
  void report();
  void end(const smpp::InFlight& request, model::SendOutcome outcome, std::string code, model::Meaning meaning);

  void tick();
  void look_for_absent(base::SteadyTime now);
  void arm_tick();
  void begin_stop(base::Duration limit);
  void go_on_stopping(base::SteadyTime now);
  void finish(const std::string& reason);

  asio::io_context io_{1};
  asio::steady_timer tick_timer_;  // looks for what is overdue
  asio::steady_timer pace_timer_;  // until the rate or a throttle lets the next one out
  std::thread thread_;

  std::mutex mailbox_mutex_;
  Mailbox mailbox_;
  std::atomic<int> held_{0};  // parts (messages, before they are cut) not ended yet
  std::atomic<bool> open_{false};

  ports::SenderEvents* events_ = nullptr;
  model::LinkIndex link_ = -1;

  std::vector<std::shared_ptr<smpp::Session>> sessions_;
  std::uint32_t last_connection_ = 0;
  std::optional<bool> told_up_;  // what link_changed said last
  std::string last_reason_;
  std::optional<base::SteadyTime> some_away_since_;  // while the link is up
  std::string away_reason_;                          // of the bind that was lost last
  bool told_degraded_ = false;
  base::SteadyTime paused_until_{};
  base::Duration throttled_for_{};  // the latest pause; zero once something was accepted
  bool pacing_ = false;
  int unacknowledged_ = 0;  // given to events_, not done() yet
  std::size_t unacknowledged_octets_ = 0;
  std::optional<base::SteadyTime> drain_until_, stop_at_;
  bool unbinding_ = false, finished_ = false;

  smpp::OpenTurns turns_;
  smpp::Outbox outbox_;
  smpp::Incoming incoming_;
  base::TokenBucket bucket_;
  std::vector<model::SendEnd> ends_;
};

}  // namespace tocsin::sms
