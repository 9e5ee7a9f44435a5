// The engine's life: it starts, takes commands from any thread, runs batch after batch, stops.
#include "gateway/engine/engine.h"

#include <algorithm>

#include "gateway/base/log.h"
#include "gateway/engine/links.h"
#include "gateway/engine/plan_swap.h"
#include "gateway/engine/sends.h"
#include "gateway/engine/steps.h"

namespace tocsin::engine {
namespace {

constexpr base::Duration kRoomPoll = std::chrono::milliseconds(5);
constexpr base::Duration kIdle = std::chrono::milliseconds(500);

}  // namespace

Engine::Engine(Parts parts)
    : store_(*parts.store),
      ballast_(parts.ballast),
      options_(parts.options),
      core_(store_, options_, metrics_),
      timeline_(*parts.clock, options_.clock_tolerance),
      queue_(options_.queue_limit),
      heartbeat_(std::move(parts.heartbeat)),
      senders_(std::move(parts.senders)),
      policies_(std::move(parts.policies)),
      first_plan_(std::move(parts.plan)),
      first_how_(std::move(parts.plan_how)) {
  first_how_.source = std::move(parts.plan_source);
  first_how_.digest = first_plan_->digest;
  first_how_.name = first_plan_->name;
  first_how_.label = first_plan_->version;
  core_.attachments = parts.attachments;
  core_.forget_more = parts.forget_more;
  core_.use_roster(parts.roster);
  shown_roster_ = parts.roster;
  shared_.with([&](Swaps& s) {
    s.plan = first_plan_;
    s.roster = parts.roster;
  });
}

Engine::~Engine() {
  stop(std::chrono::seconds(1));
}

base::Status Engine::start() {
  if (auto begun = store_.begin(); !begun) return begun;
  timeline_.start(store_.last_recorded_at());
  core_.now = timeline_.stamp();
  core_.ids.start_after(store_.highest_id());
  core_.epoch = store_.begin_epoch();
  for (auto* sender : senders_) {
    Link link;
    link.sender = sender;
    link.index = store_.link_index(sender->name());
    link.channel = sender->channel();
    link.down_since = core_.now;  // until it says otherwise
    if (core_.links.size() < policies_.size()) link.policy = policies_[core_.links.size()];
    core_.links.push_back(std::move(link));
    remember_link(core_, core_.links.back());
    metrics_.links.emplace_back().name = sender->name();
  }
  core_.record(model::RecordKind::kStarted, {}, 0, core_.epoch);
  take_in_queues(core_);
  if (auto taken = start_with_plan(core_, first_how_, first_plan_); !taken) {
    store_.rollback();
    return taken;
  }
  if (auto failed = store_.status(); !failed) {
    store_.rollback();
    return failed;
  }
  if (auto done = store_.commit(core_.now); !done) return done;
  show_swaps();
  if (auto done = abandon_old_claims(); !done) return done;
  for (auto& link : core_.links) link.sender->start(link.index, *this);
  return base::Done{};
}

// Whatever another epoch had claimed may or may not have been sent: unknown at once, and its alert goes on.
base::Status Engine::abandon_old_claims() {
  for (;;) {
    if (auto begun = store_.begin(); !begun) return begun;
    core_.now = timeline_.stamp();
    const auto ids = store_.abandon_claims(core_.epoch, core_.now, 500);
    const auto rows = store_.deliveries(ids);
    count_abandoned(core_, rows);
    std::vector<model::AlertId> alerts;
    for (const auto& d : rows) {
      ++metrics_.unknown;
      core_.record(model::RecordKind::kEndUnknown, d.incident, d.id.value, d.alert.value, 0,
                   "claimed before a restart");
      if (d.alert) alerts.push_back(d.alert);
    }
    climb_alerts_of(core_, alerts);
    settle_steps(core_);
    core_.end_command();
    if (auto failed = store_.status(); !failed) {
      store_.rollback();
      return failed;
    }
    if (auto done = store_.commit(core_.now); !done) return done;
    last_seq_.store(store_.last_seq(), std::memory_order_release);
    if (ids.empty()) return base::Done{};
  }
}

std::future<model::CommandResult> Engine::submit(model::Command command) {
  auto promise = std::make_shared<std::promise<model::CommandResult>>();
  auto future = promise->get_future();
  submit(std::move(command), [promise](model::CommandResult result) { promise->set_value(std::move(result)); });
  return future;
}

void Engine::submit(model::Command command, Completion done) {
  Pending pending{std::move(command), std::move(done), false};
  if (queue_.push(pending)) return;
  if (pending.done) pending.done(base::Error{base::ErrorCode::kRetryLater, "the queue is full", ""});
}

void Engine::sends_ended(model::SendsEnded ended) {
  Pending pending{std::move(ended), {}, true};
  queue_.push(pending);
}

void Engine::link_changed(model::LinkChanged change) {
  Pending pending{std::move(change), {}, true};
  queue_.push(pending);
}

void Engine::receipts(model::ReceiptsIn receipts, DoneFn done) {
  submit(std::move(receipts), [done = std::move(done)](const model::CommandResult& result) {
    if (done) done(result.ok());
  });
}

void Engine::inbound(model::InboundMessage message, DoneFn done) {
  // What tocsin refuses for good is taken from the carrier all the same: sent again it would be refused again.
  submit(std::move(message), [done = std::move(done)](const model::CommandResult& result) {
    if (done) done(result.ok() || result.error().code != base::ErrorCode::kRetryLater);
  });
}

void Engine::notice_clock() {
  const auto step = timeline_.step();
  if (!step) return;
  clock_behind_ = *step < base::Duration{} ? -*step : base::Duration{};
  clock_ahead_ = std::max(*step, base::Duration{});
  clock_stepped_at_ = timeline_.stamp();
  base::log(base::LogLevel::kWarning, "clock.stepped", "microseconds=" + std::to_string(step->count()));
  Pending pending{model::ClockStepped{*step}, {}, true};
  queue_.push_front([&] {
    std::vector<Pending> one;
    one.push_back(std::move(pending));
    return one;
  }());
}

bool Engine::pump(base::Duration wait) {
  notice_clock();
  try_to_recover();
  metrics_.queue_length = static_cast<std::int64_t>(queue_.size());
  auto batch = queue_.take(options_.batch_commands, wait);
  const auto now = timeline_.stamp();
  const bool due = !due_known_ || (next_due_ && *next_due_ <= now);
  const bool idle = batch.empty() && !due && !work_waits_ && !swap_waits_ && !(more_owed_ && any_room());
  if (idle) {
    update_problems();
    return false;
  }
  const bool done = run_batch(std::move(batch), due);
  update_problems();
  return done;
}

bool Engine::any_room() const {
  return std::any_of(core_.links.begin(), core_.links.end(),
                     [](const Link& l) { return l.wants_room && l.up && l.sender->free_window() > 0; });
}

std::optional<base::UtcTime> Engine::next_wake() {
  if (!due_known_ || work_waits_) return timeline_.stamp();
  return next_due_;
}

void Engine::run() {
  thread_ = std::thread([this] { loop(); });
}

void Engine::loop() {
  while (!stopping_) {
    base::Duration wait = kIdle;
    if (const auto wake = next_wake()) {
      const auto ahead = *wake - timeline_.stamp();
      wait = std::clamp<base::Duration>(ahead, base::Duration{0}, kIdle);
    }
    // A link of limited rate makes room as time passes, without telling.
    if (more_owed_) wait = std::min<base::Duration>(wait, kRoomPoll);
    // A store that keeps failing is asked again after a moment, not in a tight loop.
    if (failures_in_a_row_ > 0) {
      const auto pause = std::chrono::milliseconds(std::min(50 << std::min(failures_in_a_row_, 6), 1000));
      std::this_thread::sleep_for(pause);
      wait = base::Duration{0};
    }
    pump(wait);
    if (heartbeat_ && (failures_in_a_row_ == 0 || core_.storage_full)) heartbeat_();
  }
}

void Engine::stop(base::Duration limit) {
  if (std::exchange(stopped_, true)) return;
  stopping_ = true;
  queue_.close();
  queue_.wake();
  if (thread_.joinable()) thread_.join();
  for (auto& link : core_.links) link.sender->stop(limit);
  // What came back is written down; nothing new is claimed because no link is up any more.
  for (auto& link : core_.links) link.up = false;
  for (int i = 0; i < 1000 && queue_.size() > 0 && failures_in_a_row_ < 3; ++i) pump();
}

}  // namespace tocsin::engine
