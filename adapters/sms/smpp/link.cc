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
using model::Meaning;
using model::SendEnd;
using model::SendOutcome;
using ports::OutMessage;
using smpp::Owed;
using smpp::Session;

namespace {

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

ports::SenderEvents::DoneFn SmppLink::Impl::when_stored(std::vector<Owed> owed, std::size_t octets) {
  unacknowledged_ += static_cast<int>(owed.size());
  unacknowledged_octets_ += octets;
  return [self = shared_from_this(), owed = std::move(owed), octets](bool stored) {
    self->leave([&](Mailbox& box) { box.acknowledged.push_back({owed, octets, stored}); });
  };
}

// ---- the thread ----

void SmppLink::Impl::run() {
  make_sessions();
  // Posts leave no work behind that would keep the context alive; the ticking timer does.
  arm_tick();
  for (const auto& session : sessions_) session->connect();
  while (!finished_) {
    try {
      io_.run();
    } catch (const std::exception&) {
      base::log(base::LogLevel::kError, "smpp.internal_error", "link=" + settings.name);
      for (const auto& session : sessions_) {
        if (!session->down()) session->lost("internal error");
      }
      arm_tick();
    }
  }
}

void SmppLink::Impl::make_sessions() {
  const auto roles = smpp::roles_of(settings.bind);
  for (int i = 0; i < settings.binds; ++i) {
    for (const smpp::BindRole role : roles) {
      sessions_.push_back(std::make_shared<Session>(io_, settings, role, static_cast<smpp::SessionOwner&>(*this)));
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
  for (const Acknowledged& acknowledged : got.acknowledged) acknowledge(acknowledged);
  if (got.stop_within) begin_stop(*got.stop_within);
  settle();
}

void SmppLink::Impl::acknowledge(const Acknowledged& acknowledged) {
  unacknowledged_ -= static_cast<int>(acknowledged.owed.size());
  unacknowledged_octets_ -= acknowledged.octets;
  const std::uint32_t status = acknowledged.stored ? smpp::kRok : smpp::kRxTAppn;
  for (const Owed owed : acknowledged.owed) {
    // A later connection does not know these numbers.
    const auto found = std::find_if(sessions_.begin(), sessions_.end(), [owed](const auto& session) {
      return session->connection_number() == owed.connection;
    });
    if (found != sessions_.end()) (*found)->acknowledge(owed, status);
  }
}

// ---- up and down ----

bool SmppLink::Impl::can_send() const {
  return std::any_of(sessions_.begin(), sessions_.end(), [](const auto& one) { return one->in_use() && one->sends(); });
}

bool SmppLink::Impl::all_down() const {
  return std::all_of(sessions_.begin(), sessions_.end(), [](const auto& one) { return one->down(); });
}

void SmppLink::Impl::came_up(Session& session) {
  if (stop_at_ || !session.sends()) return;
  open_.store(true, std::memory_order_release);
  set_up(true, "bound");
}

void SmppLink::Impl::went_down(Session& session, std::vector<smpp::InFlight> unanswered, const std::string& reason) {
  const bool up = can_send();
  away_reason_ = reason;
  if (!up) open_.store(false, std::memory_order_release);
  for (const smpp::InFlight& request : unanswered) end(request, SendOutcome::kUnknown, "link lost", Meaning::kLinkLost);
  if (!up) outbox_.give_back(ends_, "link down", settings.reconnect_min);
  incoming_.forget_parts(session.connection_number());
  report();
  // At the start one bind may be refused while others are still being made.
  const bool others_try =
      std::any_of(sessions_.begin(), sessions_.end(), [](const auto& one) { return one->trying() && one->sends(); });
  if (up || !session.sends() || (!told_up_ && others_try)) {
    base::log(base::LogLevel::kWarning, "smpp.bind_down", "link=" + settings.name + " reason=\"" + reason + "\"");
  } else {
    set_up(false, reason);
  }
  if (!stop_at_) {
    session.reconnect_later();
  } else if (all_down()) {
    finish(reason);
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
  told_degraded_ = false;
  if (up) base::log(base::LogLevel::kInfo, "smpp.up", "link=" + settings.name);
  events_->link_changed({link_, up, reason});
}

// Traffic goes on by the others, so that nobody would see it before the last of them is lost too.
void SmppLink::Impl::look_for_absent(SteadyTime now) {
  const auto away = std::count_if(sessions_.begin(), sessions_.end(), [](const auto& one) { return !one->in_use(); });
  if (away == 0 || !told_up_.value_or(false) || stop_at_) {
    some_away_since_.reset();
    if (away == 0 && std::exchange(told_degraded_, false)) events_->link_changed({link_, true, "all are bound"});
    return;
  }
  if (!some_away_since_) some_away_since_ = now;
  if (told_degraded_ || now - *some_away_since_ < settings.degraded_after) return;
  told_degraded_ = true;
  const std::string words = std::to_string(away) + " of " + std::to_string(sessions_.size()) + " binds are away";
  events_->link_changed({link_, true, away_reason_.empty() ? words : words + ": " + away_reason_, true});
}

// ---- what comes in ----

void SmppLink::Impl::answered(const smpp::InFlight& request, std::uint32_t status, std::string_view carrier_id,
                              bool nacked) {
  SendOutcome outcome = smpp::outcome_of(status);
  if (outcome == SendOutcome::kAccepted && !nacked) {
    turns_.end(request.turn);
    throttled_for_ = Duration::zero();
    const auto dialect = smpp::dialect_of(settings.message_ids).value_or(smpp::IdDialect::kSame);
    ends_.push_back({request.delivery,
                     request.part,
                     request.parts,
                     outcome,
                     smpp::normal_id(carrier_id, dialect, smpp::IdSource::kResponse),
                     smpp::status_name(status),
                     {},
                     smpp::meaning_of(status)});
    return;
  }
  if (status == smpp::kRthrottled || status == smpp::kRmsgQful) throttle(steady_now());
  if (outcome == SendOutcome::kAccepted) outcome = SendOutcome::kUnknown;  // a nack that says ESME_ROK
  const auto meaning = status == smpp::kRok ? Meaning::kUnclear : smpp::meaning_of(status);
  end(request, outcome, (nacked ? "generic_nack " : "") + smpp::status_name(status), meaning);
}

// Doubles with each pause that did not help, however many of one window were answered so.
void SmppLink::Impl::throttle(SteadyTime now) {
  constexpr int kMost = 8;
  if (now >= paused_until_) {
    throttled_for_ = std::clamp(throttled_for_ * 2, settings.throttle_pause, settings.throttle_pause * kMost);
  }
  paused_until_ = now + throttled_for_;
}

void SmppLink::Impl::overdue(const smpp::InFlight& request) {
  end(request, SendOutcome::kUnknown, "no response in time", Meaning::kNoResponse);
}

std::optional<std::uint32_t> SmppLink::Impl::arrived(const smpp::ShortMessage& message, Owed owed, SteadyTime now) {
  // Unbinding: nobody will be here to acknowledge it.
  if (unbinding_ || unacknowledged_ + static_cast<int>(incoming_.waiting()) >= settings.most_unacknowledged ||
      unacknowledged_octets_ + incoming_.waiting_octets() + message.text.size() > settings.most_unacknowledged_bytes) {
    return smpp::kRxTAppn;
  }
  if (incoming_.take(message, owed, now, turns_.next())) return std::nullopt;
  base::log(base::LogLevel::kDebug, "smpp.receipt_without_id", "link=" + settings.name);
  return smpp::kRok;
}

// ---- what goes out ----

Session* SmppLink::Impl::freest() {
  Session* best = nullptr;
  for (const auto& session : sessions_) {
    if (session->ready() && (best == nullptr || session->in_flight.size() < best->in_flight.size())) {
      best = session.get();
    }
  }
  return best;
}

void SmppLink::Impl::pump(SteadyTime now) {
  if (outbox_.empty()) return;
  if (!can_send() || stop_at_) {
    outbox_.give_back(ends_, stop_at_ ? "stopping" : "link down", settings.reconnect_min);
    return;
  }
  if (now < paused_until_) return pace(paused_until_ - now);
  while (!outbox_.empty() && turns_.open() < static_cast<std::size_t>(settings.window)) {
    Session* session = freest();
    if (session == nullptr) return;
    if (!bucket_.take(now)) return pace(bucket_.wait());
    outbox_.write_first(session->out(), session->in_flight, now, turns_.begin());
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

void SmppLink::Impl::settle() {
  if (finished_) return;
  pump(steady_now());
  report();
  for (const auto& session : sessions_) session->flush();
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
  std::vector<Owed> owed;
  if (auto receipts = incoming_.ready_receipts(turns_.oldest(), owed); !receipts.empty()) {
    events_->receipts({link_, std::move(receipts)}, when_stored(std::move(owed), 0));
  }
  for (smpp::Arrived& arrived : incoming_.ready_messages()) {
    arrived.message.link = link_;
    const std::size_t octets = arrived.message.text.size();
    events_->inbound(std::move(arrived.message), when_stored(std::move(arrived.owed), octets));
  }
}

void SmppLink::Impl::end(const smpp::InFlight& request, SendOutcome outcome, std::string code, Meaning meaning) {
  turns_.end(request.turn);
  const Duration later =
      outcome == SendOutcome::kRetry ? std::max(settings.throttle_pause, throttled_for_) : Duration::zero();
  ends_.push_back({request.delivery, request.part, request.parts, outcome, {}, std::move(code), later, meaning});
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
  for (const auto& session : sessions_) {
    session->tick(now);
    if (finished_) return;
  }
  incoming_.expire(now);
  look_for_absent(now);
  settle();
}

// ---- the end ----

void SmppLink::Impl::begin_stop(Duration limit) {
  const SteadyTime now = steady_now();
  drain_until_ = now + limit * 3 / 4;
  stop_at_ = now + limit;
  pace_timer_.cancel();
  arm_tick();  // finer from now on
}

void SmppLink::Impl::go_on_stopping(SteadyTime now) {
  if (finished_) return;
  const bool nobody =
      std::none_of(sessions_.begin(), sessions_.end(), [](const auto& one) { return !one->down() && !one->trying(); });
  if (nobody || now >= *stop_at_) return finish("stopped");
  if (turns_.open() != 0 && now < *drain_until_) return;
  unbinding_ = true;
  for (const auto& session : sessions_) {
    if (session->bound()) session->unbind();
  }
}

void SmppLink::Impl::finish(const std::string& reason) {
  if (std::exchange(finished_, true)) return;
  {
    const std::lock_guard lock(mailbox_mutex_);
    mailbox_.closed = true;
  }
  for (const auto& session : sessions_) {
    for (const smpp::InFlight& request : session->close()) {
      end(request, SendOutcome::kUnknown, "stopped before the response", Meaning::kNoResponse);
    }
  }
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

int SmppLink::parts_of(std::string_view text) const {
  const auto cut = cut_text(impl_->settings, text);
  return cut.ok() ? static_cast<int>(cut->parts.size()) : base::count_short_messages(text);
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
