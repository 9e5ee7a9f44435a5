#include "adapters/transfer/link.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>

#include "adapters/transfer/loop.h"
#include "gateway/base/log.h"
#include "gateway/base/token_bucket.h"
#include "gateway/ports/wanted_parts.h"

namespace tocsin::transfer {

using base::Duration;
using base::SteadyTime;
using model::SendOutcome;
using ports::OutMessage;

namespace {

constexpr Duration kLongestPause = std::chrono::minutes(1);

}  // namespace

// All of it but the functions of ports::Sender belongs to the loop's thread.
class TransferLink::Impl {
 public:
  Impl(LinkSettings s, std::unique_ptr<Courier> c)
      : settings(std::move(s)),
        courier(std::move(c)),
        one_peer_(courier->probe().has_value()),
        bucket_(settings.rate) {}

  void start(model::LinkIndex link, ports::SenderEvents& events);
  [[nodiscard]] int free_window() const;
  void send(std::vector<OutMessage> messages);
  void stop(Duration limit);

  const LinkSettings settings;
  const std::unique_ptr<Courier> courier;

 private:
  void take(std::vector<OutMessage> messages);
  void pump();
  void pump_at(SteadyTime when);
  void transfer(OutMessage message);
  base::Result<Transfer> wrap(const OutMessage& message);
  Judged judge(const OutMessage& message, const Ended& ended);
  void ended(const OutMessage& message, const Ended& ended);
  void end(const OutMessage& message, const Outcome& outcome, const std::string& carrier_id = {});
  void give_back(const char* why);
  void probe();
  void probe_at(SteadyTime when);
  void probed(const Ended& ended);
  void set_up(bool up, const std::string& reason);
  void fell(const std::string& reason);
  void begin_stop(Duration limit);
  void go_on_stopping();

  const bool one_peer_;
  ports::SenderEvents* events_ = nullptr;
  model::LinkIndex link_ = -1;
  std::atomic<bool> open_{false};
  std::atomic<int> held_{0};  // messages taken and not ended

  std::deque<OutMessage> waiting_;
  int running_ = 0;
  base::TokenBucket bucket_;
  SteadyTime paused_until_{}, heard_{};
  SteadyTime pump_due_ = SteadyTime::max();
  std::uint64_t probe_turn_ = 0;  // of the probe that is awaited; an older one is void
  Duration again_{};
  bool up_ = false, told_ = false, stopping_ = false;
  std::string last_reason_;

  std::mutex stopped_mutex_;
  std::condition_variable stopped_changed_;
  bool stopped_ = false;
  std::unique_ptr<Loop> loop_;  // last: it ends first
};

// ---- called by other threads ----

void TransferLink::Impl::start(model::LinkIndex link, ports::SenderEvents& events) {
  link_ = link;
  events_ = &events;
  again_ = settings.again_min;
  loop_ = std::make_unique<Loop>(settings.transfers);
  loop_->post([this] { probe(); });
}

int TransferLink::Impl::free_window() const {
  if (!open_.load(std::memory_order_acquire)) return 0;
  int most = std::max(settings.window, 64);
  if (settings.rate > 0) most = std::min(most, settings.rate);
  return std::max(0, most - held_.load(std::memory_order_relaxed));
}

void TransferLink::Impl::send(std::vector<OutMessage> messages) {
  if (loop_ == nullptr) return;
  held_.fetch_add(static_cast<int>(messages.size()), std::memory_order_relaxed);
  loop_->post([this, messages = std::move(messages)]() mutable { take(std::move(messages)); });
}

void TransferLink::Impl::stop(Duration limit) {
  if (loop_ == nullptr) return;
  open_.store(false, std::memory_order_release);
  loop_->post([this, limit] { begin_stop(limit); });
  std::unique_lock lock(stopped_mutex_);
  stopped_changed_.wait(lock, [this] { return stopped_; });
  lock.unlock();
  loop_.reset();
}

// ---- the loop's thread ----

void TransferLink::Impl::take(std::vector<OutMessage> messages) {
  std::move(messages.begin(), messages.end(), std::back_inserter(waiting_));
  pump();
}

void TransferLink::Impl::pump() {
  if (stopping_) return give_back("stopping");
  if (!up_) return give_back(told_ ? "link down" : "link not ready");
  while (!waiting_.empty() && running_ < settings.window) {
    const SteadyTime now = Loop::now();
    if (now < paused_until_) return pump_at(paused_until_);
    if (!bucket_.take(now)) return pump_at(now + bucket_.wait());
    OutMessage message = std::move(waiting_.front());
    waiting_.pop_front();
    transfer(std::move(message));
  }
}

void TransferLink::Impl::pump_at(SteadyTime when) {
  if (when >= pump_due_) return;
  pump_due_ = when;
  loop_->at(when, [this] {
    pump_due_ = SteadyTime::max();
    pump();
  });
}

void TransferLink::Impl::transfer(OutMessage message) {
  auto wrapped = wrap(message);
  if (!wrapped) {
    const bool no_template = wrapped.error().code == base::ErrorCode::kNotFound;
    return end(message, {SendOutcome::kRefused,
                         wrapped.error().message,
                         {},
                         no_template ? model::Meaning::kTemplateUnknown : model::Meaning::kNone});
  }
  ++running_;
  message.text.clear();  // it lives on in the transfer alone
  loop_->begin(std::move(*wrapped), [this, message = std::move(message)](const Ended& e) { ended(message, e); });
}

base::Result<Transfer> TransferLink::Impl::wrap(const OutMessage& message) {
  try {
    return courier->wrap(message, base::SystemClock().utc_now());
  } catch (const std::exception&) {
    return base::Error{base::ErrorCode::kInternal, "cannot be put into a transfer", ""};
  }
}

Judged TransferLink::Impl::judge(const OutMessage& message, const Ended& ended) {
  try {
    return courier->judge(message, ended);
  } catch (const std::exception&) {
    return {{SendOutcome::kUnknown, "the answer cannot be read", {}}, {}, {}};
  }
}

void TransferLink::Impl::ended(const OutMessage& message, const Ended& ended) {
  --running_;
  const Judged judged = judge(message, ended);
  end(message, judged.outcome, judged.carrier_id);
  const SteadyTime now = Loop::now();
  if (ended.fault == Fault::kNone) heard_ = now;
  if (judged.hold_back > Duration::zero()) {
    paused_until_ = std::max(paused_until_, now + std::min(judged.hold_back, kLongestPause));
  }
  if (stopping_) return go_on_stopping();
  if (ended.fault != Fault::kNone && one_peer_ && up_) fell(ended.error);
  pump();
}

void TransferLink::Impl::end(const OutMessage& message, const Outcome& outcome, const std::string& carrier_id) {
  model::SendsEnded all{link_, {}};
  const std::vector<int> parts = ports::wanted_parts(message);
  const int last = *std::max_element(parts.begin(), parts.end());
  for (const int part : parts) {
    all.ends.push_back({message.delivery, part, last, outcome.outcome, carrier_id, outcome.error, outcome.retry_after,
                        outcome.meaning});
  }
  held_.fetch_sub(1, std::memory_order_relaxed);
  events_->sends_ended(std::move(all));
}

void TransferLink::Impl::give_back(const char* why) {
  std::deque<OutMessage> all;
  all.swap(waiting_);
  for (const OutMessage& message : all) end(message, {SendOutcome::kRetry, why, again_});
}

// ---- up and down ----

void TransferLink::Impl::probe() {
  if (stopping_) return;
  auto probe = courier->probe();
  if (!probe) return set_up(true, "ready");
  const std::uint64_t turn = ++probe_turn_;
  loop_->begin(std::move(*probe), [this, turn](const Ended& ended) {
    if (turn == probe_turn_ && !stopping_) probed(ended);
  });
}

void TransferLink::Impl::probe_at(SteadyTime when) {
  const std::uint64_t turn = ++probe_turn_;
  loop_->at(when, [this, turn] {
    if (turn != probe_turn_) return;
    // What was heard since says as much as a probe would.
    if (up_ && heard_ + settings.probe_every > Loop::now()) return probe_at(heard_ + settings.probe_every);
    probe();
  });
}

void TransferLink::Impl::probed(const Ended& ended) {
  if (!ended.whole) return fell(ended.error);
  again_ = settings.again_min;
  heard_ = Loop::now();
  set_up(true, "reached");
  probe_at(heard_ + settings.probe_every);
}

void TransferLink::Impl::fell(const std::string& reason) {
  if (stopping_) return;
  set_up(false, reason);
  give_back("link down");
  probe_at(Loop::now() + again_);
  again_ = std::min(again_ * 2, settings.again_max);
}

void TransferLink::Impl::set_up(bool up, const std::string& reason) {
  if (!up && reason != last_reason_) {
    base::log(stopping_ ? base::LogLevel::kInfo : base::LogLevel::kWarning, "link.down",
              "link=" + settings.name + " reason=\"" + reason + "\"");
  }
  last_reason_ = up ? std::string() : reason;
  open_.store(up && !stopping_, std::memory_order_release);
  if (told_ && up_ == up) return;
  told_ = true;
  up_ = up;
  if (up) base::log(base::LogLevel::kInfo, "link.up", "link=" + settings.name);
  events_->link_changed({link_, up, reason});
}

// ---- the end ----

void TransferLink::Impl::begin_stop(Duration limit) {
  stopping_ = true;
  give_back("stopping");
  loop_->at(Loop::now() + limit * 3 / 4, [this] {
    loop_->end_all();
    go_on_stopping();
  });
  go_on_stopping();
}

void TransferLink::Impl::go_on_stopping() {
  if (running_ > 0 || stopped_) return;
  if (up_) set_up(false, "stopped");
  loop_->quit();
  const std::lock_guard lock(stopped_mutex_);
  stopped_ = true;
  stopped_changed_.notify_all();
}

// ---- ports::Sender ----

TransferLink::TransferLink(LinkSettings settings, std::unique_ptr<Courier> courier)
    : impl_(std::make_unique<Impl>(std::move(settings), std::move(courier))) {}

TransferLink::~TransferLink() {
  impl_->stop(Duration::zero());
}

const std::string& TransferLink::name() const {
  return impl_->settings.name;
}
model::Channel TransferLink::channel() const {
  return impl_->courier->channel();
}
ports::LinkCan TransferLink::can() const {
  return impl_->courier->can();
}
int TransferLink::parts_of(std::string_view text) const {
  return impl_->courier->parts_of(text);
}
void TransferLink::start(model::LinkIndex link, ports::SenderEvents& events) {
  impl_->start(link, events);
}
int TransferLink::free_window() const {
  return impl_->free_window();
}
void TransferLink::send(std::vector<OutMessage> messages) {
  impl_->send(std::move(messages));
}
void TransferLink::stop(Duration limit) {
  impl_->stop(limit);
}

}  // namespace tocsin::transfer
