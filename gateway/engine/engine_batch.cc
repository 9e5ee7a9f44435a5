// One batch: each command in a savepoint, what is due, a slice of long work, claims, one commit; and what becomes of it
// when that fails.
#include <algorithm>
#include <span>
#include <type_traits>

#include "gateway/base/log.h"
#include "gateway/engine/answers.h"
#include "gateway/engine/approval.h"
#include "gateway/engine/attachments.h"
#include "gateway/engine/contact_check.h"
#include "gateway/engine/desk.h"
#include "gateway/engine/directory_change.h"
#include "gateway/engine/engine.h"
#include "gateway/engine/identity.h"
#include "gateway/engine/inbound.h"
#include "gateway/engine/intake.h"
#include "gateway/engine/plan_swap.h"
#include "gateway/engine/probes.h"
#include "gateway/engine/purge.h"
#include "gateway/engine/response.h"
#include "gateway/engine/sends.h"
#include "gateway/engine/steps.h"
#include "gateway/engine/strangers.h"
#include "gateway/engine/timers.h"
#include "gateway/engine/work.h"

namespace tocsin::engine {
namespace {

constexpr base::Duration kFullRetry = std::chrono::seconds(5);

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
         std::holds_alternative<model::LookAtReply>(pending.command) ||
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
  for (auto& link : core.links) link.health.clock_stepped();
  // Forward, time itself jumped: running waits move with it, legal clocks do not.
  if (c.by > base::Duration{}) core.store.shift_waits(c.by);
  return model::Reply{base::Done{}};
}

}  // namespace

model::CommandResult Engine::handle(const model::Command& command) {
  return std::visit(
      [&](const auto& c) -> model::CommandResult {
        using T = std::decay_t<decltype(c)>;
        if constexpr (std::is_same_v<T, model::SubmitReport>) return submit_report(core_, c);
        if constexpr (std::is_same_v<T, model::AnswerAlert>) return answer_alert(core_, c);
        if constexpr (std::is_same_v<T, model::LookAtReply>) return look_at_reply(core_, c);
        if constexpr (std::is_same_v<T, model::SeeAlert>) return see_alert(core_, c);
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
        if constexpr (std::is_same_v<T, model::OpenMessage>) return open_message(core_, c);
        if constexpr (std::is_same_v<T, model::HandOver>) return hand_over(core_, c);
        if constexpr (std::is_same_v<T, model::AskApprovalCode>) return ask_approval_code(core_, c);
        if constexpr (std::is_same_v<T, model::Approve>) return approve(core_, c);
        if constexpr (std::is_same_v<T, model::AttachFile>) return attach_file(core_, c);
        if constexpr (std::is_same_v<T, model::IdentityCommand>) return handle_identity(core_, c);
        if constexpr (std::is_same_v<T, model::PutPlanInForce>) {
          return put_plan_in_force(core_, c, offered_plan(c.digest));
        }
        if constexpr (std::is_same_v<T, model::ChangeDirectory>) return change_directory(core_, c);
        if constexpr (std::is_same_v<T, model::StartContactCheck>) return start_contact_check(core_, c);
        if constexpr (std::is_same_v<T, model::StopContactCheck>) return stop_contact_check(core_, c);
        if constexpr (std::is_same_v<T, model::ProbeLink>) return probe_link(core_, c);
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
  const auto roster_before = core_.roster_ptr();
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
  if (core_.roster_ptr() != roster_before) core_.use_roster(roster_before);
  if (!store_.rollback_to_savepoint()) return false;
  if (!stored) {
    core_.check.known = false;
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
  core_.check.known = false;
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
  core_.check.known = false;
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

}  // namespace tocsin::engine
