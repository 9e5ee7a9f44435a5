#include "gateway/engine/steps.h"

#include <algorithm>

#include "gateway/callout/step_state.h"
#include "gateway/engine/approval.h"
#include "gateway/engine/ladder.h"
#include "gateway/engine/updates.h"
#include "gateway/plan/clause_words.h"
#include "gateway/plan/hours.h"

namespace tocsin::engine {
namespace {

using model::RecordKind;
using model::StepState;

model::Urgency urgency_of(const model::Incident& incident, const model::CallOut& callout) {
  if (incident.drill) return model::kDrillUrgency;
  return std::min(model::kMostUrgent, model::kLowestLevelUrgency + 1 + std::max(-1, callout.level));
}

// The same desk task done under a lower level need not be done again; one still open moves over.
bool carry_over_task(Core& core, const model::Step& step, const base::Said& text) {
  for (auto task : core.store.tasks_of(step.incident)) {
    // Of a database that knew one language only, both halves are that one.
    if (task.text.en != text.en && task.text.zh != text.zh) continue;
    if (task.state == model::TaskState::kDone) return true;
    if (task.state == model::TaskState::kClosed) continue;
    task.state = model::TaskState::kClosed;
    core.store.update(task);
  }
  return false;
}

void open_task(Core& core, model::Step& step, const model::Incident& incident, const plan::DeskTask& rules) {
  const auto& plan = core.plan_of(incident);
  const auto text = plan::said_of(plan, rules.text);
  if (carry_over_task(core, step, text)) {
    step.state = StepState::kSatisfied;
    core.record(RecordKind::kStepSatisfied, step.incident, step.id.value, step.index, 0, "task done before");
    return;
  }
  model::Task task;
  task.id = core.ids.next_id<model::TaskId>(core.now);
  task.step = step.id;
  task.incident = step.incident;
  task.text = text;
  task.due_at = core.now + rules.clock;
  core.store.insert(task);
  core.record(RecordKind::kTaskOpened, step.incident, task.id.value, step.index);
}

void note_not_told(Core& core, const model::Step& step, const std::vector<model::NotTold>& not_told) {
  for (const auto& who : not_told) {
    const auto selector = model::to_text(who.selector);
    core.store.insert_not_told(step.incident, step.index, who.person, selector, who.what, who.reason);
    core.record(RecordKind::kNotTold, step.incident, step.id.value, who.person.value, static_cast<int>(who.reason),
                selector);
  }
}

RecipientsPtr find_recipients(Core& core, const model::Step& step, const plan::PlanStep& rules, bool first) {
  if (const auto known = core.recipients.find(step.id.value); known != core.recipients.end()) return known->second;
  const auto* incident = core.incident(step.incident);
  auto resolved = core.roster().resolve(rules.to, incident == nullptr ? model::AreaId{} : incident->area,
                                        step.started_at.value_or(core.now));
  if (first) note_not_told(core, step, resolved.not_told);
  auto found = std::make_shared<const std::vector<model::Recipient>>(std::move(resolved.recipients));
  if (core.recipients.size() > 64) core.recipients.clear();
  core.recipients[step.id.value] = found;
  return found;
}

// Who was told of the incident before this call-out: empty for its first.
std::shared_ptr<ToldMap> told_before(Core& core, const model::CallOut& callout) {
  if (const auto known = core.told.find(callout.id.value); known != core.told.end()) return known->second;
  auto map = std::make_shared<ToldMap>();
  const auto callouts = core.store.callouts_of(callout.incident);
  if (!callouts.empty() && callouts.front().id != callout.id) {
    for (const auto& told : core.store.told_people(callout.incident, true)) (*map)[told.person.value] = told.answer;
  }
  core.told[callout.id.value] = map;
  return map;
}

bool is_approval_step(Core& core, const model::Incident& incident, const model::CallOut& callout,
                      const model::Step& step) {
  const auto* response = core.plan_of(incident).response(callout.kind, callout.level);
  return response != nullptr && response->approval && response->approval->step == step.index;
}

int selector_index(const plan::PlanStep& rules, const model::Selector& selector) {
  const auto it = std::find(rules.to.begin(), rules.to.end(), selector);
  return it == rules.to.end() ? -1 : static_cast<int>(it - rules.to.begin());
}

// One slice of a step being entered.
struct Entry {
  Core& core;
  model::Step step;  // as it was when the slice began: for ids only, counters live in the core
  const plan::PlanStep& rules;
  const model::CallOut& callout;
  model::Urgency urgency;
  bool drill;
  bool asks_decision;  // the step that asks for the approval: a matter of its own
  model::Matter alert_matter;
  std::optional<model::Matter> update_matter;
  std::shared_ptr<ToldMap> told;
  std::vector<model::Alert> fresh;
  std::vector<model::Alert> existing;
  Rows rows;

  const model::Matter& updates() {
    if (!update_matter) {
      update_matter = core.store.matter(step.incident, model::MatterKind::kUpdate, callout.revision,
                                        core.ids.next_id<model::MatterId>(core.now));
    }
    return *update_matter;
  }

  // The step's ladder as the hour has it.
  int ladder_now() const {
    const auto* incident = core.incident(step.incident);
    return incident == nullptr ? rules.ladder : plan::ladder_at(core.plan_of(*incident), rules.ladder, core.now);
  }

  model::AnswerKind needs() const {
    if (asks_decision) return model::AnswerKind::kDecision;
    return callout::asked_by(rules);
  }

  model::Alert alert_for(const model::Recipient& recipient, const model::Matter& matter) const {
    model::Alert alert;
    alert.id = core.ids.next_id<model::AlertId>(core.now);
    alert.matter = matter.id;
    alert.matter_kind = matter.kind;
    alert.incident = step.incident;
    alert.callout = callout.id;
    alert.step = step.id;
    alert.selector = selector_index(rules, recipient.selector);
    alert.person = recipient.person;
    alert.stands_in_for = recipient.stands_in_for;
    alert.ladder = ladder_now();
    alert.needs = needs();
    alert.urgency = urgency;
    alert.drill = drill;
    return alert;
  }

  void add(const model::Recipient& recipient) {
    const auto before = told->find(recipient.person.value);
    if (before == told->end() || asks_decision) {
      fresh.push_back(alert_for(recipient, alert_matter));
      return;
    }
    // Told under a lower level (or another code): one update; a ladder only if more is needed than was given.
    if (auto known = core.store.alert(alert_matter.id, recipient.person)) {
      existing.push_back(std::move(*known));
      return;
    }
    auto alert = alert_for(recipient, updates());
    callout::note_given_before(alert, before->second);
    fresh.push_back(std::move(alert));
  }

  void insert() {
    const auto is_new = core.store.insert(std::span<const model::Alert>(fresh));
    for (std::size_t i = 0; i < fresh.size() && i < is_new.size(); ++i) {
      if (!is_new[i]) {
        if (auto known = core.store.alert(fresh[i].matter, fresh[i].person)) {
          if (!known->step) known->selector = fresh[i].selector;
          existing.push_back(std::move(*known));
        }
        continue;
      }
      enter(fresh[i]);
    }
    for (auto& alert : existing) wear_another_hat(alert);
    rows.write(core);
  }

  void enter(model::Alert& alert) {
    ++core.metrics.alerts;
    core.record(
        RecordKind::kAlertRaised, step.incident, alert.id.value, alert.person.value, step.index,
        alert.selector < 0 ? std::string() : model::to_text(rules.to[static_cast<std::size_t>(alert.selector)]));
    count_entered(core, alert, alert.step);
    if (alert.answer != model::AnswerKind::kNone) {
      count_answer_change(core, alert, model::AnswerKind::kNone, alert.answer);
    }
    // An update to somebody who gave enough before is still told, once: the answer must not settle it unsent.
    const auto given = alert.answer;
    if (alert.ladder < 0) alert.answer = model::AnswerKind::kNone;
    std::vector<model::Delivery> none;
    const auto from = rows.fresh.size();
    climb(core, alert, none, rows);
    if (alert.ladder < 0) rows.changed.back().answer = alert.answer = given;
    const auto* incident = core.incident(step.incident);
    if (alert.ladder < 0 && alert.matter_kind == model::MatterKind::kUpdate && incident != nullptr)
      hold_back(core, *incident, updates(), alert, rows, from);
  }

  // Told of the new level by a message of its own before this step began: from here on that is this step's alert, with
  // what the person had answered to the level before.
  void take_over(model::Alert& alert) const {
    alert.step = step.id;
    alert.callout = callout.id;
    const auto before = told->find(alert.person.value);
    if (before != told->end() && alert.answer == model::AnswerKind::kNone) alert.answer = before->second;
  }

  // Told already in this very matter: the same alert counts for this step too.
  void wear_another_hat(model::Alert& alert) {
    if (alert.step == step.id) return;
    const auto hats = core.store.memberships_of(alert.id);
    if (std::any_of(hats.begin(), hats.end(), [&](const model::Membership& m) { return m.step == step.id; })) return;
    const bool takes_over = !alert.step;
    if (takes_over) {
      take_over(alert);
    } else {
      core.store.insert_not_told(step.incident, step.index, alert.person, "", "told by an earlier step",
                                 model::Reason::kAlreadyTold);
    }
    auto* mine = core.step(step.id);
    if (mine == nullptr) return;
    ++mine->counters.recipients;
    core.mark_dirty(step.id);
    // Counted out of the steps it counts for, then into those and this one: only now does it count for this one.
    if (!takes_over && alert.answer != model::AnswerKind::kNone)
      count_answer_change(core, alert, alert.answer, model::AnswerKind::kNone);
    if (!takes_over) {
      const model::Membership hat{alert.id, step.id, -1};
      core.store.insert(std::span(&hat, 1));
    }
    const bool was_climbing = is_open(alert);
    const bool had_ladder = alert.ladder >= 0;
    if (!alert.first_rung_done) ++mine->counters.first_pending;
    if (!takes_over) alert.more_hats = true;
    callout::put_on_hat(alert, rules, ladder_now());
    if (takes_over && !had_ladder) callout::note_given_before(alert, alert.answer);
    if (alert.answer != model::AnswerKind::kNone)
      count_answer_change(core, alert, model::AnswerKind::kNone, alert.answer);
    climb_on(alert, was_climbing, had_ladder, mine->id);
  }

  // A second hat may ask for more than the first: an alert that had come to rest climbs on.
  // One of a single message that failed has a ladder only now.
  void climb_on(model::Alert& alert, bool was_climbing, bool had_ladder, model::StepId mine) {
    const bool owes = callout::owes_more(alert, had_ladder);
    if (owes && !was_climbing) {
      callout::rise_again(alert, ladder_now());
      note_reopened(core, alert);
    } else if (was_climbing) {
      ++core.step(mine)->counters.open;
    }
    auto rows_of = core.store.alerts_with_deliveries(std::span(&alert.id, 1));
    if (owes && !rows_of.empty()) {
      climb(core, alert, rows_of.front().deliveries, rows);
    } else {
      rows.changed.push_back(alert);
    }
  }
};

void enter_range(Core& core, model::StepId id, const std::vector<model::Recipient>& all, int from, int to) {
  const auto* step = core.step(id);
  const auto* rules = rules_of(core, *step);
  const auto callout = core.store.callout(step->callout);
  const auto* incident = core.incident(step->incident);
  if (rules == nullptr || !callout || incident == nullptr) return;
  const bool asks_decision = is_approval_step(core, *incident, *callout, *step);
  const auto matter =
      core.store.matter(step->incident, asks_decision ? model::MatterKind::kApproval : model::MatterKind::kAlert,
                        callout->revision, core.ids.next_id<model::MatterId>(core.now));
  Entry entry{core,
              *step,
              *rules,
              *callout,
              urgency_of(*incident, *callout),
              incident->drill,
              asks_decision,
              matter,
              {},
              told_before(core, *callout),
              {},
              {},
              {}};
  entry.fresh.reserve(static_cast<std::size_t>(to - from));
  for (int i = from; i < to; ++i) entry.add(all[static_cast<std::size_t>(i)]);
  entry.insert();
  auto* after = core.step(id);
  after->entered = to;
  if (to >= after->total && after->state == StepState::kEntering) after->state = StepState::kRunning;
  core.mark_dirty(id);
}

}  // namespace

const plan::PlanStep* rules_of(Core& core, const model::Step& step) {
  const auto* incident = core.incident(step.incident);
  const auto callout = core.store.callout(step.callout);
  if (incident == nullptr || !callout) return nullptr;
  const auto* response = core.plan_of(*incident).response(callout->kind, callout->level);
  if (response == nullptr || step.index >= static_cast<int>(response->steps.size())) return nullptr;
  return &response->steps[static_cast<std::size_t>(step.index)];
}

void begin_step(Core& core, model::StepId id) {
  auto* step = core.step(id);
  if (step == nullptr || step->state != StepState::kWaiting) return;
  const auto* rules = rules_of(core, *step);
  const auto* incident = core.incident(step->incident);
  if (rules == nullptr || incident == nullptr) return;
  step->state = StepState::kRunning;
  step->started_at = core.now;
  const auto callout = core.store.callout(step->callout);
  const bool asks_decision = callout && is_approval_step(core, *incident, *callout, *step);
  step->needs = asks_decision ? model::AnswerKind::kDecision : rules->needs;
  core.record(RecordKind::kStepStarted, step->incident, id.value, step->index, 0, step->name);
  core.mark_dirty(id);
  if (rules->task) open_task(core, *step, *incident, *rules->task);
  if (rules->ladder < 0 || step->state == StepState::kSatisfied) return;
  const auto found = find_recipients(core, *step, *rules, true);
  step->total = static_cast<int>(found->size());
  step->needed = rules->enough_all ? std::max(step->total, 1) : rules->enough;
  step->state = StepState::kEntering;
  const int first = std::min(step->total, core.options.slice);
  enter_range(core, id, *found, 0, first);
  step = core.step(id);
  if (step != nullptr && first < step->total) {
    ports::Work work;
    work.kind = ports::WorkKind::kEnterStep;
    work.incident = step->incident;
    work.step = id;
    work.cursor = first;
    work.urgency = callout ? urgency_of(*incident, *callout) : 0;
    core.store.insert_work(work);
  }
}

void begin_then(Core& core, const model::Step& step, const plan::PlanStep& rules) {
  if (rules.then.empty()) return;
  const auto siblings = core.store.steps_of(step.callout);
  for (const auto index : rules.then) {
    for (const auto& sibling : siblings) {
      const auto* named = sibling.index == index ? rules_of(core, sibling) : nullptr;
      if (named != nullptr && !is_held_back(core, sibling, *named)) begin_step(core, sibling.id);
    }
  }
}

bool enter_slice(Core& core, ports::Work& work) {
  const auto* step = core.step(work.step);
  if (step == nullptr || step->state == StepState::kClosed) return false;
  const auto* rules = rules_of(core, *step);
  if (rules == nullptr) return false;
  const auto found = find_recipients(core, *step, *rules, false);
  const auto total = static_cast<int>(found->size());
  const auto from = std::min(static_cast<int>(work.cursor), total);
  const auto to = std::min(total, from + core.options.slice);
  core.step(work.step)->total = total;
  enter_range(core, work.step, *found, from, to);
  work.cursor = to;
  return to < total;
}

void settle_steps(Core& core) {
  for (int round = 0; round < 64; ++round) {
    const auto dirty = core.take_dirty();
    if (dirty.empty()) return;
    for (const auto id : dirty) {
      auto* step = core.step(id);
      if (step == nullptr) continue;
      const auto* rules = rules_of(core, *step);
      const bool judged = step->state == StepState::kRunning || step->state == StepState::kShort;
      if (rules != nullptr && judged && rules->ladder >= 0) {
        const auto verdict = callout::step_state(*step, *rules, core.now);
        step->look_again_at = verdict.look_again_at;
        if (verdict.state != step->state) {
          const bool was_short = step->state == StepState::kShort;
          step->state = verdict.state;
          if (verdict.state == StepState::kSatisfied) {
            core.record(RecordKind::kStepSatisfied, step->incident, id.value, step->index, was_short ? 1 : 0,
                        step->name);
            core.store.look_again_at_exhausted(step->incident, core.now);
          } else if (verdict.state == StepState::kShort) {
            core.record(RecordKind::kStepShort, step->incident, id.value, step->index, static_cast<int>(verdict.reason),
                        step->name);
            begin_then(core, *step, *rules);
          }
        }
      } else if (step->state != StepState::kEntering) {
        step->look_again_at.reset();
      } else if (rules != nullptr) {
        // Still entering: judged when all are in, at its end of time at the latest.
        step->look_again_at.reset();
      }
      step = core.step(id);
      core.write_step(*step);
    }
  }
}

void close_steps(Core& core, model::CallOutId callout) {
  for (const auto& row : core.store.steps_of(callout)) {
    auto* step = core.step(row.id);
    if (step == nullptr || step->state == StepState::kSatisfied || step->state == StepState::kClosed) continue;
    const bool begun = step->state != StepState::kWaiting;
    step->state = StepState::kClosed;
    step->look_again_at.reset();
    if (begun) core.record(RecordKind::kStepClosed, step->incident, step->id.value, step->index, 0, step->name);
    core.write_step(*step);
  }
}

}  // namespace tocsin::engine
