// The embedded default link: shows what would be sent, and takes what a phone would answer.
//
// A fresh install and the demo use it in place of a real link (with channel kSms the plan's sms
// rungs go through it).  Nothing leaves the machine.  A message is one part; it ends as accepted and,
// right after, as delivered.
//
// Two ways of working:
//  - at once (the daemon): send() shows each message and reports its ends before it returns.
//  - held (`hold`, for tests): send() only keeps the messages; pump() shows them and reports their ends,
//    on the caller's thread and in the order of sending; stop() returns what is held as `retry`.
// Threads: send() from the engine's; everything else from any.  The sink is called by one thread at a time and
// must neither block nor call the console.  stop() must not be called from inside a call of SenderEvents.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/ports/sender.h"

namespace tocsin::console {

struct ConsoleSettings {
  std::string name = "console";
  model::Channel channel = model::Channel::kSms;
  std::string own_number = "console";  // what answers are addressed to
  bool whole_numbers = false;          // show numbers unmasked
  bool receipts = true;                // report delivered after accepted
  bool hold = false;                   // nothing happens before pump(); see set_held()
  int window = 64;                     // what free_window() starts from
};

// Takes one finished line per message, without a line end (a message of several lines is indented).
using Sink = std::function<void(std::string_view line)>;
// Takes each message, to or from the phone of that number, whole.
using Watcher = std::function<void(std::string_view number, std::string_view text, bool from_phone)>;

class Console final : public ports::Sender {
 public:
  explicit Console(ConsoleSettings settings, Sink sink = {});
  ~Console() override;
  Console(const Console&) = delete;
  Console& operator=(const Console&) = delete;

  [[nodiscard]] const std::string& name() const override { return settings_.name; }
  [[nodiscard]] model::Channel channel() const override { return settings_.channel; }
  [[nodiscard]] ports::LinkCan can() const override { return {true, settings_.receipts, true}; }
  void start(model::LinkIndex link, ports::SenderEvents& events) override;
  [[nodiscard]] int free_window() const override;
  void send(std::vector<ports::OutMessage> messages) override;
  void stop(base::Duration limit) override;

  // With `hold`: shows and ends everything held; how many messages that were.
  int pump();
  // What the owner of `from` (E.164) would text back.  False, and `done` is not called: not started, or stopped.
  bool phone_texts(std::string_view from, std::string_view text, ports::SenderEvents::DoneFn done = {});
  // Holds what is sent from now on until pump() (true), or works at once again.
  void set_held(bool held);
  // Called like the sink, from now on; before anything is sent.
  void watch(Watcher watcher);
  // Plays a link that fails (false) and comes back (true): while down, what is sent ends as `retry`.
  void set_up(bool up, std::string_view reason);

 private:
  class Visit;  // keeps stop() from returning while SenderEvents is being called

  void end(ports::SenderEvents& events, const std::vector<ports::OutMessage>& messages);
  void give_back(ports::SenderEvents& events, const std::vector<ports::OutMessage>& messages, std::string_view why);
  void show(std::string_view number, std::string_view text, bool from_phone);

  const ConsoleSettings settings_;
  const Sink sink_;
  std::mutex sink_mutex_;  // one line after the other
  Watcher watcher_;        // under it

  mutable std::mutex mutex_;  // guards all below
  std::condition_variable idle_;
  ports::SenderEvents* events_ = nullptr;  // null before start() and after stop()
  model::LinkIndex link_ = -1;
  bool up_ = false;
  bool hold_;
  int visits_ = 0;
  std::vector<ports::OutMessage> held_;
};

}  // namespace tocsin::console
