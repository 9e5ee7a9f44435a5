#include "adapters/sms/modem/link.h"

#include <algorithm>

#include "adapters/sms/modem/link_impl.h"
#include "gateway/base/log.h"

namespace tocsin::sms {
namespace {

// A stick needs seconds for each.  What it holds can be neither overtaken by what is more urgent nor carried by another
// link, and counts for the cap.
constexpr int kWindow = 8;
constexpr auto kReportsFor = std::chrono::hours(72);
constexpr auto kTidyEvery = std::chrono::hours(1);

}  // namespace

ModemLink::ModemLink(ModemSettings settings, const KeeperMaker& make)
    : impl_(std::make_shared<Impl>(std::move(settings), make)) {}

ModemLink::~ModemLink() {
  impl_->stop(base::Duration::zero());
}

const std::string& ModemLink::name() const {
  return impl_->settings.name;
}
ports::LinkCan ModemLink::can() const {
  ports::LinkCan can;
  can.receipts = impl_->settings.receipts;
  return can;
}
int ModemLink::parts_of(std::string_view text) const {
  const auto cut = cut_text(impl_->settings, text);
  return cut.ok() ? static_cast<int>(cut->parts.size()) : base::count_short_messages(text);
}
ports::LinkCondition ModemLink::condition() const {
  return impl_->condition();
}
void ModemLink::start(model::LinkIndex link, ports::SenderEvents& events) {
  impl_->start(link, events);
}
int ModemLink::free_window() const {
  return impl_->free_window();
}
void ModemLink::send(std::vector<ports::OutMessage> messages) {
  impl_->send(std::move(messages));
}
void ModemLink::stop(base::Duration limit) {
  impl_->stop(limit);
}

void ModemLink::Impl::start(model::LinkIndex link, ports::SenderEvents& events) {
  events_ = &events;
  link_ = link;
  {
    const std::lock_guard lock(mutex_);
    shared_.open = true;
  }
  thread_ = std::thread([this] { run(); });
}

int ModemLink::Impl::free_window() const {
  const std::lock_guard lock(mutex_);
  if (!shared_.open || !shared_.up) return 0;
  return std::max(0, kWindow - shared_.held);
}

ports::LinkCondition ModemLink::Impl::condition() const {
  const std::lock_guard lock(mutex_);
  return shared_.condition;
}

void ModemLink::Impl::send(std::vector<ports::OutMessage> messages) {
  {
    const std::lock_guard lock(mutex_);
    if (!shared_.open) return;
    shared_.held += static_cast<int>(messages.size());
    std::move(messages.begin(), messages.end(), std::back_inserter(shared_.messages));
    shared_.woken = true;
  }
  wake_.notify_one();
}

void ModemLink::Impl::stop(base::Duration limit) {
  {
    const std::lock_guard lock(mutex_);
    if (!thread_.joinable()) return;
    shared_.stop_within = limit;
    shared_.woken = true;
  }
  wake_.notify_one();
  thread_.join();
}

Moment ModemLink::Impl::now() const {
  return {clock_.steady_now(), clock_.utc_now()};
}

void ModemLink::Impl::run() {
  if (const auto ready = spool_.prepare(); !ready) why_ = base::same(ready.error().message);
  if (const auto written = spool_.write_smsdrc(smsdrc_of(settings)); written.ok()) {
    changed_ = *written;
    if (changed_) spool_.empty_log();  // what it said of other settings, of a wrong PIN above all
  } else {
    why_ = base::same(written.error().message);
  }
  for (;;) {
    turn(now());
    std::unique_lock lock(mutex_);
    wake_.wait_for(lock, settings.poll, [this] { return shared_.woken; });
    shared_.woken = false;
    if (!shared_.stop_within) continue;
    const base::Duration limit = *shared_.stop_within;
    lock.unlock();
    return finish(limit);
  }
}

void ModemLink::Impl::turn(const Moment& now) {
  take_mail(now);
  // Listed before the log is read: why a file failed stands there before the file is moved.
  const auto sent = spool_.list(Box::kSent), failed = spool_.list(Box::kError);
  log_.take(spool_.read_log(state_ == State::kUp && !outgoing_.in_outbox()));
  outgoing_.settle(sent, failed, log_, now);
  watch(now);
  if (state_ == State::kUp) outgoing_.pump(now);
  report();
  inbox_.look(now.steady);
  report();
  if (now.steady - tidied_at_ > kTidyEvery) {
    spool_.forget_older_than(now.utc - kReportsFor);
    tidied_at_ = now.steady;
  }
  publish();
}

void ModemLink::Impl::take_mail(const Moment& now) {
  std::vector<ports::OutMessage> messages;
  std::vector<Answered> answered;
  {
    const std::lock_guard lock(mutex_);
    messages.swap(shared_.messages);
    answered.swap(shared_.answered);
  }
  for (const Answered& one : answered) inbox_.answered(one.what, one.stored, now.steady);
  for (const ports::OutMessage& message : messages) outgoing_.take(message);
  if (!messages.empty() && state_ != State::kUp) outgoing_.give_back(why_.empty() ? "link down" : why_.en);
}

// In the order in which things happened: a report never comes before the end of what it is about.
void ModemLink::Impl::report() {
  if (!outgoing_.ends.empty()) {
    {
      const std::lock_guard lock(mutex_);
      shared_.held = static_cast<int>(shared_.messages.size()) + outgoing_.size();
    }
    events_->sends_ended({link_, std::exchange(outgoing_.ends, {})});
  }
  if (!inbox_.receipts.files.empty()) {
    auto receipts = std::exchange(inbox_.receipts, {});
    auto done = when_stored(receipts);
    if (receipts.receipts.empty()) {
      done(true);
    } else {
      events_->receipts({link_, std::move(receipts.receipts)}, std::move(done));
    }
  }
  for (auto& arrived : std::exchange(inbox_.messages, {})) {
    arrived.message.link = link_;
    events_->inbound(std::move(arrived.message), when_stored({{}, std::move(arrived.files)}));
  }
}

ports::SenderEvents::DoneFn ModemLink::Impl::when_stored(ModemInbox::Receipts what) {
  return [self = weak_from_this(), what = std::move(what)](bool stored) {
    const auto link = self.lock();
    if (!link) return;
    const std::lock_guard lock(link->mutex_);
    if (link->shared_.open) link->shared_.answered.push_back({what, stored});
  };
}

void ModemLink::Impl::publish() {
  const bool up = state_ == State::kUp;
  ports::LinkCondition condition;
  condition.signal_percent = up ? status_.signal : -1;
  if (!up) condition.words = why_;
  const std::lock_guard lock(mutex_);
  shared_.held = static_cast<int>(shared_.messages.size()) + outgoing_.size();
  shared_.up = up;
  shared_.condition = std::move(condition);
}

// Changes alone; another reason for being down is in condition().  Who is told may look at once: shown first.
void ModemLink::Impl::set_up(bool up, const std::string& reason) {
  publish();
  if (told_up_ == up) return;
  told_up_ = up;
  events_->link_changed({link_, up, reason});
}

void ModemLink::Impl::finish(base::Duration limit) {
  const auto end_at = now().steady + limit * 3 / 4;
  take_mail(now());
  outgoing_.give_back("stopping", true);
  report();
  while (outgoing_.in_outbox() && now().steady < end_at) {
    const auto sent = spool_.list(Box::kSent), failed = spool_.list(Box::kError);
    log_.take(spool_.read_log(false));
    outgoing_.settle(sent, failed, log_, now());
    report();
    std::unique_lock lock(mutex_);
    wake_.wait_for(lock, std::min<base::Duration>(settings.poll, std::chrono::milliseconds(20)), [] { return false; });
  }
  outgoing_.give_back("stopping");
  report();
  keeper_->stop(limit / 4);
  std::vector<Answered> answered;
  {
    const std::lock_guard lock(mutex_);
    shared_.open = false;
    answered.swap(shared_.answered);
  }
  for (const Answered& one : answered) inbox_.answered(one.what, one.stored, now().steady);
  state_ = State::kAbsent;
  why_ = {"stopped", "已停止"};
  set_up(false, why_.en);
}

}  // namespace tocsin::sms
