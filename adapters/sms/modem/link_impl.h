// The inside of ModemLink.  Included by link.cc and link_stick.cc alone.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "adapters/sms/modem/inbox.h"
#include "adapters/sms/modem/link.h"
#include "adapters/sms/modem/outgoing.h"
#include "adapters/sms/modem/smsd_log.h"
#include "adapters/sms/modem/spool.h"

namespace tocsin::sms {

// Everything below runs on the link's thread, but for the functions marked otherwise.
class ModemLink::Impl : public std::enable_shared_from_this<Impl> {
 public:
  Impl(ModemSettings given, const KeeperMaker& make)
      : settings(std::move(given)),
        spool_(settings.folder),
        keeper_(make(settings, spool_)),
        outgoing_(settings, spool_),
        inbox_(settings, spool_) {}

  void start(model::LinkIndex link, ports::SenderEvents& events);
  [[nodiscard]] int free_window() const;                 // any thread
  [[nodiscard]] ports::LinkCondition condition() const;  // any thread
  void send(std::vector<ports::OutMessage> messages);    // engine thread
  void stop(base::Duration limit);                       // engine thread

  const ModemSettings settings;

 private:
  enum class State : std::uint8_t {
    kAbsent,    // the device is not there
    kStarting,  // until the stick answers
    kUp,
    kPausing,  // until the next start
    kResting,  // it refuses to send; looked at again later
    kBlocked,  // the SIM is in the way
  };
  struct Answered {
    ModemInbox::Receipts what;  // of a message only its files
    bool stored = false;
  };
  // What other threads leave for the link's thread, and what they read.
  struct Shared {
    std::vector<ports::OutMessage> messages;
    std::vector<Answered> answered;
    std::optional<base::Duration> stop_within;
    int held = 0;  // parts not ended (messages, before they are cut)
    bool up = false, open = false, woken = false;
    ports::LinkCondition condition;
  };

  [[nodiscard]] Moment now() const;
  void run();
  void turn(const Moment& now);
  void take_mail(const Moment& now);
  void report();
  void publish();
  void set_up(bool up, const std::string& reason);
  void finish(base::Duration limit);
  ports::SenderEvents::DoneFn when_stored(ModemInbox::Receipts what);

  // link_stick.cc
  void watch(const Moment& now);
  void begin(const Moment& now, bool changed);
  void watch_start(const Moment& now);
  void watch_work(const Moment& now);
  void in_trouble(const Moment& now, const base::Said& reason);
  void go_down(const base::Said& reason);

  base::SystemClock clock_;
  std::thread thread_;
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  Shared shared_;

  ports::SenderEvents* events_ = nullptr;
  model::LinkIndex link_ = -1;
  Spool spool_;
  std::unique_ptr<Keeper> keeper_;
  SmsdLog log_;
  ModemOutgoing outgoing_;
  ModemInbox inbox_;

  State state_ = State::kAbsent;
  std::optional<bool> told_up_;
  base::Said why_;
  base::SteadyTime since_{}, status_at_{}, next_try_{}, tidied_at_{};
  StickStatus status_;
  bool begun_ = false, changed_ = false;
  int restarts_ = 0, unanswered_ = 0, sent_at_start_ = 0;
};

}  // namespace tocsin::sms
