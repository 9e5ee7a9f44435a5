#include "gateway/engine/engine.h"

#include <algorithm>
#include <span>
#include <type_traits>

#include "gateway/base/log.h"
#include "gateway/engine/answers.h"
#include "gateway/engine/approval.h"
#include "gateway/engine/attachments.h"
#include "gateway/engine/desk.h"
#include "gateway/engine/identity.h"
#include "gateway/engine/inbound.h"
#include "gateway/engine/intake.h"
#include "gateway/engine/plan_swap.h"
#include "gateway/engine/purge.h"
#include "gateway/engine/response.h"
#include "gateway/engine/sends.h"
#include "gateway/engine/steps.h"
#include "gateway/engine/timers.h"
#include "gateway/engine/work.h"

namespace tocsin::engine {
namespace {

constexpr base::Duration kFullRetry = std::chrono::seconds(5);
constexpr base::Duration kRoomPoll = std::chrono::milliseconds(5);
constexpr std::size_t kOfferedPlans = 4;
constexpr base::Duration kIdle = std::chrono::milliseconds(500);

base::Error retry_later(const std::string& why) {
  return {base::ErrorCode::kRetryLater, why, ""};
}

bool told_only_once(const model::Command& command) {
  return std::holds_alternative<model::SendsEnded>(command) || std::holds_alternative<model::LinkChanged>(command) ||
         std::holds_alternative<model::ClockStepped>(command);
}

// What people send, as opposed to what links tell of messages under way.
bool somebody_waits(const Pending& pending) {
  return std::holds_alternative<model::SubmitReport>(pending.command) ||
         std::holds_alternative<model::InboundMessage>(pending.command) ||
         std::holds_alternative<model::AnswerAlert>(pending.command) ||
         std::holds_alternative<model::Approve>(pending.command) ||
         std::holds_alternative<model::StandDown>(pending.command);
}

// Whoever was let in may not be any more.
bool takes_access_away(const Pending& pending) {
  const auto* identity = std::get_if<model::IdentityCommand>(&pending.command);
  return identity != nullptr &&
         (std::holds_alternative<model::ResetAccount>(*identity) ||
          std::holds_alternative<model::DisableAccount>(*identity) ||
          std::holds_alternative<model::RevokeToken>(*identity) || std::holds_alternative<model::SignOut>(*identity) ||
          std::holds_alternative<model::RevokeSession>(*identity));
}

model::CommandResult clock_stepped(Core& core, const model::ClockStepped& c) {
  ++core.metrics.clock_steps;
  core.record(model::RecordKind::kClockStepped, {}, 0, c.by.count());
  // Forward, time itself jumped: running waits move with it, legal clocks do not.
  if (c.by > base::Duration{}) core.store.shift_waits(c.by);
  return model::Reply{base::Done{}};
}

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
      first_plan_(std::move(parts.plan)),
      first_how_(std::move(parts.plan_how)) {
  first_how_.source = std::move(parts.plan_source);
  first_how_.digest = first_plan_->digest;
  first_how_.name = first_plan_->name;
  first_how_.label = first_plan_->version;
  core_.attachments = parts.attachments;
  core_.use_roster(parts.roster);
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
    core_.links.push_back(std::move(link));
  }
  core_.record(model::RecordKind::kStarted, {}, 0, core_.epoch);
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
  if (pending.done) pending.done(retry_later("the queue is full"));
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

void Engine::offer_plan(plan::PlanPtr plan) {
  shared_.with([&](Swaps& s) {
    if (s.offered.size() >= kOfferedPlans) s.offered.erase(s.offered.begin());
    s.offered.push_back(std::move(plan));
  });
}

plan::PlanPtr Engine::offered_plan(const std::string& digest) const {
  return shared_.with([&](const Swaps& s) {
    const auto found =
        std::find_if(s.offered.rbegin(), s.offered.rend(), [&](const auto& plan) { return plan->digest == digest; });
    return found == s.offered.rend() ? plan::PlanPtr() : *found;
  });
}

void Engine::use_roster(ports::RosterPtr roster) {
  shared_.with([&](Swaps& s) { s.new_roster = std::move(roster); });
  swap_waits_ = true;
  queue_.wake();
}

void Engine::use_link_base(std::string link_base) {
  shared_.with([&](Swaps& s) { s.new_link_base = std::move(link_base); });
  swap_waits_ = true;
  queue_.wake();
}

ports::RosterPtr Engine::roster() const {
  return shared_.with([](const Swaps& s) { return s.roster; });
}

plan::PlanPtr Engine::plan() const {
  return shared_.with([](const Swaps& s) { return s.plan; });
}

model::PlanSwap Engine::plan_swap() const {
  return shared_.with([](const Swaps& s) { return s.plan_swap; });
}

std::vector<base::Said> Engine::problems() const {
  return shared_.with([](const Swaps& s) { return s.problems; });
}

// Inside a transaction: it is recorded there.
void Engine::take_swaps() {
  taken_roster_ = nullptr;
  if (!swap_waits_.exchange(false)) return;
  taken_roster_ = shared_.with([this](Swaps& s) {
    if (s.new_link_base) options_.link_base = *std::exchange(s.new_link_base, std::nullopt);
    return std::exchange(s.new_roster, nullptr);
  });
  if (!taken_roster_) return;
  core_.use_roster(taken_roster_);
  core_.record(model::RecordKind::kDirectoryImported, {}, 0, taken_roster_->version());
}

// After the commit: from now on everybody sees them.
void Engine::show_swaps() {
  const auto& swap = core_.plan_swap();
  const bool new_plan = swap.number != std::exchange(shown_swap_, swap.number);
  if (!new_plan && !taken_roster_) return;
  shared_.with([&](Swaps& s) {
    s.plan = core_.plan_ptr();
    s.plan_swap = swap;
    if (taken_roster_) s.roster = taken_roster_;
  });
  if (new_plan) {
    base::log(base::LogLevel::kInfo, "plan.in-force",
              "version=" + std::to_string(swap.version) + " via=" + std::string(model::name_of(swap.via)));
  }
  ++identity_version_;  // who leads, and who is still in the directory
  taken_roster_ = nullptr;
}

// The transaction is gone, and with it the version of a plan it put in force.  The next batch takes the roster again,
// unless a newer one has come.
void Engine::give_back_swaps() {
  shared_.with([&](Swaps& s) {
    if (shown_swap_ != core_.plan_swap().number) core_.give_back_plan(s.plan, s.plan_swap);
    if (taken_roster_ && !s.new_roster) s.new_roster = taken_roster_;
  });
  if (taken_roster_) swap_waits_ = true;
  taken_roster_ = nullptr;
}

void Engine::notice_clock() {
  const auto step = timeline_.step();
  if (!step) return;
  clock_behind_ = *step < base::Duration{} ? -*step : base::Duration{};
  base::log(base::LogLevel::kWarning, "clock.stepped", "microseconds=" + std::to_string(step->count()));
  Pending pending{model::ClockStepped{*step}, {}, true};
  queue_.push_front([&] {
    std::vector<Pending> one;
    one.push_back(std::move(pending));
    return one;
  }());
}

model::CommandResult Engine::handle(const model::Command& command) {
  return std::visit(
      [&](const auto& c) -> model::CommandResult {
        using T = std::decay_t<decltype(c)>;
        if constexpr (std::is_same_v<T, model::SubmitReport>) return submit_report(core_, c);
        if constexpr (std::is_same_v<T, model::AnswerAlert>) return answer_alert(core_, c);
        if constexpr (std::is_same_v<T, model::InboundMessage>) return inbound_message(core_, c);
        if constexpr (std::is_same_v<T, model::SendsEnded>) return engine::sends_ended(core_, c);
        if constexpr (std::is_same_v<T, model::ReceiptsIn>) return receipts_in(core_, c);
        if constexpr (std::is_same_v<T, model::LinkChanged>) return engine::link_changed(core_, c);
        if constexpr (std::is_same_v<T, model::OpenIncident>) return open_incident(core_, c);
        if constexpr (std::is_same_v<T, model::ClassifyIncident>) return classify_incident(core_, c);
        if constexpr (std::is_same_v<T, model::SetLevel>) return set_incident_level(core_, c);
        if constexpr (std::is_same_v<T, model::MergeIncidents>) return merge_incidents(core_, c);
        if constexpr (std::is_same_v<T, model::SplitIncident>) return split_incident(core_, c);
        if constexpr (std::is_same_v<T, model::StandDown>) return stand_down(core_, c);
        if constexpr (std::is_same_v<T, model::RecordCall>) return record_call(core_, c);
        if constexpr (std::is_same_v<T, model::CompleteTask>) return complete_task(core_, c);
        if constexpr (std::is_same_v<T, model::AskApprovalCode>) return ask_approval_code(core_, c);
        if constexpr (std::is_same_v<T, model::Approve>) return approve(core_, c);
        if constexpr (std::is_same_v<T, model::AttachFile>) return attach_file(core_, c);
        if constexpr (std::is_same_v<T, model::IdentityCommand>) return handle_identity(core_, c);
        if constexpr (std::is_same_v<T, model::PutPlanInForce>) {
          return put_plan_in_force(core_, c, offered_plan(c.digest));
        }
        if constexpr (std::is_same_v<T, model::ClockStepped>) return clock_stepped(core_, c);
        if constexpr (std::is_same_v<T, model::TimerDue>) {
          (void)handle_due(core_);
          return model::Reply{base::Done{}};
        }
      },
      command);
}

bool Engine::run_one(Pending& pending, std::vector<Finished>& finished) {
  core_.now = timeline_.stamp();
  store_.savepoint();
  auto result = handle(pending.command);
  if (result) settle_steps(core_);
  core_.end_command();
  const auto stored = store_.status();
  if (result && stored) {
    store_.release_savepoint();
    finished.push_back({std::move(pending.done), std::move(result)});
    return true;
  }
  core_.forget_caches();
  if (!store_.rollback_to_savepoint()) return false;
  if (!stored) {
    base::log(base::LogLevel::kError, "command.failed", stored.error().message);
    const auto code = stored.error().code;
    // A disk that fails for one command fails for the batch: nothing of it is believed.
    if (code == base::ErrorCode::kRetryLater || code == base::ErrorCode::kCorrupt) return false;
    finished.push_back({std::move(pending.done), stored.error()});
    return true;
  }
  if (std::holds_alternative<model::SubmitReport>(pending.command)) ++metrics_.reports_refused;
  finished.push_back({std::move(pending.done), std::move(result)});
  return true;
}

bool Engine::run_internal(bool (*step)(Core&), bool& more) {
  core_.now = timeline_.stamp();
  store_.savepoint();
  more = step(core_);
  settle_steps(core_);
  core_.end_command();
  if (store_.status()) {
    store_.release_savepoint();
    return true;
  }
  core_.forget_caches();
  base::log(base::LogLevel::kError, "timer.failed", store_.status().error().message);
  return store_.rollback_to_savepoint() && false;
}

void Engine::note_full() {
  if (!metrics_.storage_full.exchange(true))
    base::log(base::LogLevel::kError, "store.unwritable", "disk full or failing; intake answers retry later");
  core_.storage_full = true;
  retry_full_at_ = timeline_.stamp() + kFullRetry;
  if (ballast_ != nullptr) ballast_->release();
}

void Engine::try_to_recover() {
  if (!core_.storage_full) return;
  const auto now = timeline_.stamp();
  if (now < retry_full_at_) return;
  retry_full_at_ = now + kFullRetry;
  if (ballast_ != nullptr && !ballast_->restore()) return;
  core_.storage_full = false;
  metrics_.storage_full = false;
  base::log(base::LogLevel::kInfo, "store.writable-again");
}

void Engine::fail_batch(std::vector<Pending>& batch, std::vector<Finished>& finished, const base::Error& why) {
  store_.rollback();
  core_.forget_caches();
  core_.files_to_remove.clear();  // their rows are back
  core_.purged_at.reset();
  ++metrics_.failed_batches;
  ++failures_in_a_row_;
  store_failing_ = true;
  due_known_ = false;
  base::log(base::LogLevel::kError, "batch.failed", why.message);
  if (why.code == base::ErrorCode::kRetryLater) note_full();
  std::vector<Pending> kept;
  for (auto& pending : batch) {
    if (pending.must_not_drop) {
      kept.push_back(std::move(pending));
    } else if (pending.done) {
      pending.done(retry_later("the store could not be written; nothing was changed"));
    }
  }
  // Finished ones of the same batch were undone with it.
  for (auto& one : finished) {
    if (one.done) one.done(retry_later("the store could not be written; nothing was changed"));
  }
  finished.clear();
  queue_.push_front(std::move(kept));
}

bool Engine::run_batch(std::vector<Pending> batch, bool due) {
  if (auto begun = store_.begin(); !begun) {
    std::vector<Finished> none;
    fail_batch(batch, none, begun.error());
    return false;
  }
  core_.now = timeline_.stamp();
  core_.begin_batch();
  std::vector<Finished> finished;
  std::vector<Pending> kept;  // commands that must outlive a failed commit
  bool alive = true;
  auto links_before = core_.links;  // what the batch learns about them is undone with it
  std::size_t tried = 0;
  take_swaps();
  for (auto& pending : batch) {
    ++tried;
    if (told_only_once(pending.command)) kept.push_back({pending.command, {}, true});
    if (!run_one(pending, finished)) {
      alive = false;
      break;
    }
  }
  bool more_due = false;
  if (alive && due) alive = run_internal(handle_due, more_due);
  bool more_work = false;
  // Somebody waits for the wire: long work stands back, for one batch at a time so that it goes on whatever comes.
  slice_stood_back_ = !slice_stood_back_ && std::any_of(batch.begin(), batch.end(), somebody_waits);
  if (alive && work_waits_ && !slice_stood_back_) alive = run_internal(do_one_slice, more_work);
  std::vector<Outgoing> outgoing;
  if (alive) {
    core_.now = timeline_.stamp();
    outgoing = claim_owed(core_, more_owed_);
  }
  std::optional<base::UtcTime> due_next;
  if (alive) {
    due_next = more_due ? std::optional(core_.now) : next_due(core_);
    more_work = more_work || store_.next_work().has_value();
  }
  base::Status done =
      alive ? store_.status() : base::Status(base::Error{base::ErrorCode::kRetryLater, "the transaction was lost", ""});
  if (!alive && !store_.status()) done = store_.status();
#if TOCSIN_PLANTED_FAULT == 1  // told before the commit
  for (auto& out : outgoing) out.sender->send(std::exchange(out.messages, {}));
#endif
  if (done) done = store_.commit(core_.now);
  if (!done) {
    core_.links = std::move(links_before);
    give_back_swaps();
    for (auto& pending : std::span(batch).first(tried)) {
      if (pending.must_not_drop) pending.must_not_drop = false, pending.done = {};  // `kept` has them
    }
    fail_batch(batch, finished, done.error());
    queue_.push_front(std::move(kept));
    return false;
  }
  last_seq_.store(store_.last_seq(), std::memory_order_release);
  show_swaps();
  if (std::any_of(batch.begin(), batch.end(), takes_access_away)) ++identity_version_;
  failures_in_a_row_ = 0;
  store_failing_ = false;
  ++metrics_.batches;
  metrics_.commands += batch.size();
  for (auto& one : finished) {
    if (one.done) one.done(std::move(one.result));
  }
  for (auto& out : outgoing) out.sender->send(std::move(out.messages));
  remove_purged_files(core_);
  next_due_ = due_next;
  due_known_ = true;
  work_waits_ = more_work;
  store_.checkpoint();
  return true;
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

void Engine::update_problems() {
  std::vector<base::Said> problems;
  if (core_.storage_full)
    problems.push_back({"The disk is full or failing: reports are answered 503; alerts already owed go on.",
                        "磁盘已满或有故障：新报告以503退回，已欠的警报照常发出。"});
  if (store_failing_)
    problems.push_back({"The store could not be written at the last try.", "最近一次写入数据库失败。"});
  if (clock_behind_ > base::Duration{})
    problems.push_back(
        base::said("The machine's clock went back by {0}.", "本机时钟倒退了{0}。", base::to_string(clock_behind_)));
  for (const auto& link : core_.links) {
    if (!link.up) problems.push_back(base::said("Link {0} is down.", "通道{0}已中断。", link.sender->name()));
  }
  if (core_.links.empty())
    problems.push_back({"No link is configured: nobody can be told by machine.", "没有配置通道：系统无法通知任何人。"});
  shared_.with([&](Swaps& s) { s.problems = std::move(problems); });
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
