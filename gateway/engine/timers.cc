#include "gateway/engine/timers.h"

#include <algorithm>

#include "gateway/engine/approval.h"
#include "gateway/engine/contact_check.h"
#include "gateway/engine/identity.h"
#include "gateway/engine/ladder.h"
#include "gateway/engine/links.h"
#include "gateway/engine/probes.h"
#include "gateway/engine/purge.h"
#include "gateway/engine/sends.h"
#include "gateway/engine/steps.h"
#include "gateway/engine/strangers.h"
#include "gateway/engine/summary.h"

namespace tocsin::engine {
namespace {

using model::RecordKind;

bool overdue_receipts(Core& core) {
  auto overdue = core.store.due_receipts(core.now, core.options.due_slice);
  std::vector<model::AlertId> alerts;
  for (auto& delivery : overdue) {
    delivery.state = model::DeliveryState::kUnknown;
    delivery.receipt_due_at.reset();
    delivery.ended_at = core.now;
    delivery.code = "receipt overdue";
    delivery.meaning = model::Meaning::kReceiptOverdue;
    if (auto* link = core.link(delivery.link)) link->health.given_up();
    ++core.metrics.unknown;
    core.record(RecordKind::kEndUnknown, delivery.incident, delivery.id.value, delivery.alert.value, 0, delivery.code);
    if (delivery.alert) alerts.push_back(delivery.alert);
  }
  core.store.update(std::span<const model::Delivery>(overdue));
  for (const auto& told : follow_summaries(core, overdue)) alerts.push_back(told.delivery.alert);
  climb_alerts_of(core, alerts);
  return static_cast<int>(overdue.size()) >= core.options.due_slice;
}

bool due_ladders(Core& core) {
  auto due = core.store.due_alerts(core.now, core.options.due_slice);
  Rows rows;
  for (auto& [alert, tried] : due) {
    if (alert.state == model::AlertState::kExhausted) {
      review_exhausted(core, alert, rows);
    } else {
      climb(core, alert, tried, rows);
    }
  }
  rows.write(core);
  return static_cast<int>(due.size()) >= core.options.due_slice;
}

bool due_steps(Core& core) {
  const auto due = core.store.due_steps(core.now, core.options.due_slice);
  for (const auto& step : due) {
    (void)core.step(step.id);
    core.mark_dirty(step.id);
  }
  return static_cast<int>(due.size()) >= core.options.due_slice;
}

// A task nobody did: shown red, and the step's `then` begins.  It can still be done.
bool overdue_tasks(Core& core) {
  auto due = core.store.due_tasks(core.now, core.options.due_slice);
  for (auto& task : due) {
    task.state = model::TaskState::kOverdue;
    core.store.update(task);
    core.record(RecordKind::kTaskOverdue, task.incident, task.id.value);
    const auto* step = core.step(task.step);
    const auto* rules = step == nullptr ? nullptr : rules_of(core, *step);
    if (rules != nullptr) begin_then(core, *step, *rules);
  }
  return static_cast<int>(due.size()) >= core.options.due_slice;
}

// The desk did not open it in time: the steps that wait for just that begin.
bool unopened_incidents(Core& core) {
  auto due = core.store.due_incidents(core.now, core.options.due_slice);
  for (auto incident : due) {
    incident.open_by.reset();
    core.save(incident);
    for (const auto& callout : core.store.callouts_of(incident.id)) {
      if (callout.state == model::CallOutState::kEnded) continue;
      for (const auto& row : core.store.steps_of(callout.id)) {
        const auto* step = core.step(row.id);
        const auto* rules = rules_of(core, *step);
        if (rules == nullptr || rules->start != plan::StepStart::kNotOpened) continue;
        if (!is_held_back(core, *step, *rules)) begin_step(core, row.id);
      }
    }
  }
  return static_cast<int>(due.size()) >= core.options.due_slice;
}

}  // namespace

bool handle_due(Core& core) {
  bool more = purge_due(core);
  send_probes(core);
  tell_left_out(core);
  ring_for_inbox(core);
  core.store.release_retries(core.now);
  more = overdue_receipts(core) || more;
  more = expire_codes(core) || more;
  more = due_approvals(core) || more;  // before ladders and steps: what is asked for no more climbs no more
  more = due_ladders(core) || more;
  more = due_steps(core) || more;
  more = overdue_tasks(core) || more;
  more = unopened_incidents(core) || more;
  more = look_at_links(core) || more;
  return see_to_contact_check(core) || more;  // last: it stands back for everything else
}

std::optional<base::UtcTime> next_due(Core& core) {
  auto next = core.store.next_due();
#if TOCSIN_PLANTED_FAULT == 4  // after a restart nothing falls due any more
  if (core.epoch > 1) next = core.now + std::chrono::hours(24 * 365);
#endif
  for (const auto at : {next_link_due(core), next_left_out(core), next_contact_check(core)}) {
    if (at && (!next || *at < *next)) next = at;
  }
  return next && *next < next_purge(core) ? *next : next_purge(core);
}

}  // namespace tocsin::engine
