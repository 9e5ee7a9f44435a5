#include "adapters/console/console.h"

#include <algorithm>
#include <utility>

#include "gateway/base/ids.h"
#include "gateway/base/phone_number.h"
#include "gateway/base/text.h"
#include "gateway/ports/wanted_parts.h"

namespace tocsin::console {
namespace {

using model::SendEnd;
using model::SendOutcome;
using ports::OutMessage;

constexpr auto kRetryAfter = std::chrono::seconds(5);

// The same for a repeat of the same delivery, and never that of another one, whatever is restarted.
std::string carrier_id(const OutMessage& message, int part) {
  return base::to_base32(message.delivery.value) + "." + std::to_string(part);
}

int last_part(const std::vector<int>& parts) {
  return *std::max_element(parts.begin(), parts.end());
}

std::string indented(std::string_view text) {
  std::string out;
  for (const char c : base::without_controls(text)) {
    out += c;
    if (c == '\n') out += "    ";
  }
  return out;
}

}  // namespace

class Console::Visit {
 public:
  // `events` is null when there is nobody to talk to (any more).
  explicit Visit(Console& console) : console_(console) {
    const std::lock_guard lock(console_.mutex_);
    events = console_.events_;
    link = console_.link_;
    up = console_.up_;
    if (events != nullptr) ++console_.visits_;
  }
  ~Visit() {
    if (events == nullptr) return;
    const std::lock_guard lock(console_.mutex_);
    if (--console_.visits_ == 0) console_.idle_.notify_all();
  }
  Visit(const Visit&) = delete;
  Visit& operator=(const Visit&) = delete;

  ports::SenderEvents* events = nullptr;
  model::LinkIndex link = -1;
  bool up = false;

 private:
  Console& console_;
};

Console::Console(ConsoleSettings settings, Sink sink)
    : settings_(std::move(settings)), sink_(std::move(sink)), hold_(settings_.hold) {}

Console::~Console() = default;

void Console::start(model::LinkIndex link, ports::SenderEvents& events) {
  {
    const std::lock_guard lock(mutex_);
    events_ = &events;
    link_ = link;
    up_ = true;
  }
  const Visit visit(*this);
  if (visit.events != nullptr) visit.events->link_changed({link, true, "console"});
}

int Console::free_window() const {
  const std::lock_guard lock(mutex_);
  if (events_ == nullptr || !up_) return 0;
  return std::max(0, std::max(settings_.window, 64) - static_cast<int>(held_.size()));
}

void Console::send(std::vector<OutMessage> messages) {
  if (messages.empty()) return;
  const Visit visit(*this);
  if (visit.events == nullptr) return;
  if (!visit.up) {
    give_back(*visit.events, messages, "link down");
    return;
  }
  {
    const std::lock_guard lock(mutex_);
    if (hold_) {
      std::move(messages.begin(), messages.end(), std::back_inserter(held_));
      return;
    }
  }
  end(*visit.events, messages);
}

int Console::pump() {
  const Visit visit(*this);
  if (visit.events == nullptr) return 0;
  std::vector<OutMessage> messages;
  {
    const std::lock_guard lock(mutex_);
    messages.swap(held_);
  }
  if (!messages.empty()) end(*visit.events, messages);
  return static_cast<int>(messages.size());
}

void Console::end(ports::SenderEvents& events, const std::vector<OutMessage>& messages) {
  model::SendsEnded ended{link_, {}};
  model::ReceiptsIn receipts{link_, {}};
  for (const OutMessage& message : messages) {
    show(message.to, message.text, false);
    const std::vector<int> parts = ports::wanted_parts(message);
    for (const int part : parts) {
      SendEnd end{message.delivery, part, last_part(parts), SendOutcome::kAccepted, carrier_id(message, part), {}, {}};
      if (settings_.receipts) receipts.receipts.push_back({end.carrier_id, model::ReceiptState::kDelivered, {}});
      ended.ends.push_back(std::move(end));
    }
  }
  events.sends_ended(std::move(ended));
  // Nobody waits for an acknowledgement here: a receipt that was not stored becomes overdue.
  if (!receipts.receipts.empty()) events.receipts(std::move(receipts), [](bool) {});
}

void Console::give_back(ports::SenderEvents& events, const std::vector<OutMessage>& messages, std::string_view why) {
  model::SendsEnded ended{link_, {}};
  for (const OutMessage& message : messages) {
    const std::vector<int> parts = ports::wanted_parts(message);
    for (const int part : parts) {
      ended.ends.push_back(
          {message.delivery, part, last_part(parts), SendOutcome::kRetry, {}, std::string(why), kRetryAfter});
    }
  }
  if (!ended.ends.empty()) events.sends_ended(std::move(ended));
}

bool Console::phone_texts(std::string_view from, std::string_view text, ports::SenderEvents::DoneFn done) {
  const Visit visit(*this);
  if (visit.events == nullptr) return false;
  show(from, text, true);
  if (!done) done = [](bool) {};
  visit.events->inbound({visit.link, std::string(from), settings_.own_number, std::string(text), {}}, std::move(done));
  return true;
}

void Console::set_held(bool held) {
  const std::lock_guard lock(mutex_);
  hold_ = held;
}

void Console::set_up(bool up, std::string_view reason) {
  const Visit visit(*this);
  if (visit.events == nullptr) return;
  std::vector<OutMessage> unsent;
  {
    const std::lock_guard lock(mutex_);
    if (up_ == up) return;
    up_ = up;
    if (!up) unsent.swap(held_);
  }
  give_back(*visit.events, unsent, "link down");
  visit.events->link_changed({visit.link, up, std::string(reason)});
}

void Console::stop(base::Duration /*limit*/) {
  ports::SenderEvents* events = nullptr;
  std::vector<OutMessage> unsent;
  bool was_up = false;
  {
    std::unique_lock lock(mutex_);
    events = std::exchange(events_, nullptr);
    was_up = std::exchange(up_, false);
    idle_.wait(lock, [this] { return visits_ == 0; });
    unsent.swap(held_);
  }
  if (events == nullptr) return;
  give_back(*events, unsent, "stopping");
  if (was_up) events->link_changed({link_, false, "stopped"});
}

void Console::watch(Watcher watcher) {
  const std::lock_guard lock(sink_mutex_);
  watcher_ = std::move(watcher);
}

void Console::show(std::string_view number, std::string_view text, bool from_phone) {
  const std::lock_guard lock(sink_mutex_);
  if (watcher_) watcher_(number, text, from_phone);
  if (!sink_) return;
  const std::string who = settings_.whole_numbers ? base::without_controls(number) : base::masked(number);
  sink_((from_phone ? "<-- " : "--> ") + who + "  " + indented(text));
}

}  // namespace tocsin::console
