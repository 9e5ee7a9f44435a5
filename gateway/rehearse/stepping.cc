#include "gateway/rehearse/stepping.h"

#include <algorithm>

#include "gateway/callout/alert_rules.h"
#include "gateway/callout/authority.h"
#include "gateway/callout/step_state.h"
#include "gateway/plan/hours.h"
#include "gateway/plan/subjects.h"
#include "gateway/rehearse/climbing.h"

namespace tocsin::rehearse {
namespace {

using model::AnswerKind;
using model::MatterKind;
using model::StepState;

StagedCallOut& callout_of(Stage& stage, Place step) {
  return stage.callouts[static_cast<std::size_t>(stage.steps[step].callout)];
}

// Its word has not been given, or never will be.
bool is_held_back(Stage& stage, Place step) {
  const auto& staged = stage.steps[step];
  const auto& outcome = stage.out.callouts[static_cast<std::size_t>(staged.callout)].approval;
  const auto& callout = callout_of(stage, step);
  return outcome && model::holds_back(outcome->state) &&
         callout::is_held_back(*callout.response, *staged.rules, callout.ran_before);
}

void begin_then(Stage& stage, Place step) {
  const auto first = callout_of(stage, step).first_step;
  for (const auto index : stage.steps[step].rules->then) {
    const auto next = first + static_cast<std::size_t>(index);
    if (!is_held_back(stage, next)) begin_step(stage, next);
  }
}

void set_state(Stage& stage, Place step, StepState state, model::Reason reason) {
  auto& shown = stage.out.steps[step];
  stage.steps[step].row.state = shown.state = state;
  shown.reason = reason;
  shown.ended_after = stage.elapsed();
}

// The same desk task left open under a lower level moves over.
void open_task(Stage& stage, Place step, const plan::DeskTask& rules) {
  const auto& text = plan::say(rules.text, stage.plan.default_language(), stage.plan.default_language());
  for (std::size_t i = 0; i < stage.tasks.size(); ++i) {
    auto& state = stage.out.tasks[i].state;
    if (stage.tasks[i].text == text && state != model::TaskState::kDone) state = model::TaskState::kClosed;
  }
  const auto& language = stage.options.language.empty() ? stage.plan.default_language() : stage.options.language;
  stage.due_tasks.emplace(stage.now + rules.clock, stage.tasks.size());
  stage.tasks.push_back({step, text, stage.now + rules.clock});
  stage.out.tasks.push_back({static_cast<int>(step), plan::say(rules.text, language, stage.plan.default_language()),
                             stage.elapsed() + rules.clock, model::TaskState::kOpen});
}

void leave_out(Stage& stage, Place step, const model::NotTold& who) {
  const auto* card = stage.roster.person(who.person);
  stage.out.not_told.push_back({static_cast<int>(step), card == nullptr ? "" : card->code,
                                card == nullptr ? "" : card->name, who.what, model::to_text(who.selector), who.reason});
}

// ---- recipients entered ----

struct Entry {
  Stage& stage;
  Place step;
  StagedStep& staged = stage.steps[step];
  StagedCallOut& callout = callout_of(stage, step);
  MatterKind own_matter = staged.asks_decision ? MatterKind::kApproval : MatterKind::kAlert;
  int ladder = plan::ladder_at(stage.plan, staged.rules->ladder, stage.now);
  std::vector<std::pair<model::Alert, const model::Recipient*>> fresh = {};
  std::vector<std::pair<Actor*, const model::Recipient*>> existing = {};

  model::Alert alert_for(const model::Recipient& recipient, MatterKind matter) const {
    const auto& to = staged.rules->to;
    const auto selector = std::find(to.begin(), to.end(), recipient.selector);
    model::Alert alert;
    alert.matter_kind = matter;
    alert.step = {static_cast<std::int64_t>(step) + 1};
    alert.selector = selector == to.end() ? -1 : static_cast<int>(selector - to.begin());
    alert.person = recipient.person;
    alert.stands_in_for = recipient.stands_in_for;
    alert.ladder = ladder;
    alert.needs = staged.asks_decision ? AnswerKind::kDecision : callout::asked_by(*staged.rules);
    return alert;
  }

  void add(const model::Recipient& recipient) {
    const auto before = callout.told_before.find(recipient.person);
    if (before == callout.told_before.end() || staged.asks_decision) {
      fresh.emplace_back(alert_for(recipient, own_matter), &recipient);
    } else if (auto* known = stage.alert_of(MatterKind::kAlert, callout.revision, recipient.person)) {
      existing.emplace_back(known, &recipient);
    } else {
      // Told under a lower level: one update; a ladder only if more is needed than was given.
      auto alert = alert_for(recipient, MatterKind::kUpdate);
      callout::note_given_before(alert, before->second);
      fresh.emplace_back(std::move(alert), &recipient);
    }
  }

  // All are added before the first climbs: who is told here anyway is no stand-in.
  void insert() {
    std::vector<std::pair<Place, const model::Recipient*>> added;
    for (auto& [alert, recipient] : fresh) {
      const auto matter = alert.matter_kind;
      if (const auto place = stage.add(std::move(alert), callout.revision)) {
        added.emplace_back(*place, recipient);
      } else {
        existing.emplace_back(stage.alert_of(matter, callout.revision, recipient->person), recipient);
      }
    }
    for (const auto& [place, recipient] : added) enter(place, *recipient);
    for (const auto& [actor, recipient] : existing) wear_another_hat(*actor, *recipient);
  }

  void enter(Place place, const model::Recipient& recipient) const {
    auto& actor = stage.actors[place];
    show_step(actor, recipient);
    add_step(actor, step);
    count_entered(stage, actor, step);
    if (actor.alert.answer != AnswerKind::kNone)
      count_answer_change(stage, actor, AnswerKind::kNone, actor.alert.answer);
    // An update to somebody who gave enough before is still told, once: the answer must not settle it unsent.
    const auto given = actor.alert.answer;
    if (actor.alert.ladder < 0) actor.alert.answer = AnswerKind::kNone;
    climb(stage, place);
    if (actor.alert.ladder < 0) actor.alert.answer = given;
  }

  // Told of the new level by a message of its own before this step began: from here on that is this step's alert, with
  // what the person had answered to the level before.
  void take_over(Actor& actor, const model::Recipient& recipient) const {
    const auto own = alert_for(recipient, actor.alert.matter_kind);
    actor.alert.step = own.step;
    actor.alert.selector = own.selector;
    const auto before = callout.told_before.find(actor.alert.person);
    if (before != callout.told_before.end() && actor.alert.answer == AnswerKind::kNone)
      actor.alert.answer = before->second;
    show_step(actor, recipient);
  }

  void show_step(Actor& actor, const model::Recipient& recipient) const {
    actor.told.step = static_cast<int>(step);
    actor.told.selector = model::to_text(recipient.selector);
    actor.told.post = recipient.post;
    actor.told.post_name = recipient.post_name;
  }

  void wear_another_hat(Actor& actor, const model::Recipient& recipient) const {
    auto& alert = actor.alert;
    if (std::find(actor.steps.begin(), actor.steps.end(), step) != actor.steps.end()) return;
    if (!alert.step) {
      take_over(actor, recipient);
    } else {
      if (alert.answer != AnswerKind::kNone) count_answer_change(stage, actor, alert.answer, AnswerKind::kNone);
      actor.told.further_steps.push_back(static_cast<int>(step));
      actor.hats.push_back(recipient.selector);
    }
    add_step(actor, step);
    const auto answer = alert.answer;
    auto& counters = staged.row.counters;
    ++counters.recipients;
    stage.mark_dirty(step);
    const bool was_climbing = callout::is_open(alert);
    const bool had_ladder = alert.ladder >= 0;
    if (!alert.first_rung_done) ++counters.first_pending;
    callout::put_on_hat(alert, *staged.rules, ladder);
    if (answer != AnswerKind::kNone) count_answer_change(stage, actor, AnswerKind::kNone, answer);
    const bool owes = callout::owes_more(alert, had_ladder);
    if (owes && !was_climbing) {
      callout::rise_again(alert, ladder);
      note_reopened(stage, actor);
    } else if (was_climbing) {
      ++counters.open;
    }
    if (owes) climb(stage, static_cast<Place>(alert.id.value) - 1);
    stage.note_rest(actor);
  }
};

void enter_range(Stage& stage, Place step, const std::vector<model::Recipient>& all, std::size_t from, std::size_t to) {
  Entry entry{stage, step};
  if (from == 0 && !all.empty() && !all.front().post_name.empty()) {
    const auto unit = base::same(all.front().post_name);
    stage.out.steps[step].title = stage.in_language(plan::title_of(stage.plan, *entry.staged.rules, unit));
  }
  for (auto i = from; i < to; ++i) {
    entry.add(all[i]);
    stage.out.steps[step].people.push_back(stage.code_of(all[i].person));
  }
  entry.insert();
  auto& row = entry.staged.row;
  row.entered = static_cast<int>(to);
  if (row.entered >= row.total && row.state == StepState::kEntering) row.state = StepState::kRunning;
  stage.mark_dirty(step);
}

// False when the step is through.
bool enter_slice(Stage& stage, StagedWork& work) {
  if (stage.steps[work.step].row.state == StepState::kClosed) return false;
  const auto to = std::min(work.recipients.size(), work.next + static_cast<std::size_t>(stage.options.slice));
  enter_range(stage, work.step, work.recipients, work.next, to);
  work.next = to;
  return to < work.recipients.size();
}

bool mail_slice(Stage& stage, StagedWork& work) {
  const auto [kind, revision] = work.matter;
  if (kind == MatterKind::kUpdate && stage.incident.state != model::IncidentState::kOpen) return false;
  const auto to = std::min(work.people.size(), work.next + static_cast<std::size_t>(stage.options.slice));
  std::vector<Place> fresh;
  for (; work.next < to; ++work.next) {
    const auto person = work.people[work.next];
    // Told the same news by the new call-out's own alert, or asked to approve it, already.
    const bool knows = stage.alert_of(MatterKind::kAlert, revision, person) != nullptr ||
                       stage.alert_of(MatterKind::kApproval, revision, person) != nullptr;
    if (kind == MatterKind::kUpdate && knows) continue;
    model::Alert alert;
    alert.matter_kind = kind;
    alert.person = person;
    if (const auto added = stage.add(std::move(alert), revision)) fresh.push_back(*added);
  }
  for (const auto place : fresh) {
    stage.actors[place].told.step = -1;
    climb(stage, place);
  }
  return work.next < work.people.size();
}

void judge(Stage& stage, Place step) {
  auto& staged = stage.steps[step];
  auto& row = staged.row;
  row.look_again_at.reset();
  const bool judged = row.state == StepState::kRunning || row.state == StepState::kShort;
  if (!judged || staged.rules->ladder < 0) return;
  const auto verdict = callout::step_state(row, *staged.rules, stage.now);
  row.look_again_at = verdict.look_again_at;
  if (verdict.look_again_at) stage.due_steps.emplace(*verdict.look_again_at, step);
  stage.out.steps[step].reason = verdict.reason;
  if (verdict.state == row.state) return;
  set_state(stage, step, verdict.state, verdict.reason);
  if (verdict.state == StepState::kSatisfied) {
    // Exhausted people who still have a line of the call sheet are looked at again.
    for (const auto place : stage.exhausted) {
      auto& actor = stage.actors[place];
      const bool line = std::any_of(actor.tried.begin(), actor.tried.end(), [](const model::Delivery& d) {
        return d.state == model::DeliveryState::kAccepted && !model::is_carried(d.channel);
      });
      if (actor.alert.state != model::AlertState::kExhausted || !line) continue;
      actor.alert.look_again_at = stage.now;
      stage.look_again(place);
    }
  } else if (verdict.state == StepState::kShort) {
    begin_then(stage, step);
  }
}

}  // namespace

void begin_step(Stage& stage, Place step) {
  auto& staged = stage.steps[step];
  auto& row = staged.row;
  if (row.state != StepState::kWaiting) return;
  auto& shown = stage.out.steps[step];
  row.state = shown.state = StepState::kRunning;
  row.started_at = stage.now;
  row.needs = staged.asks_decision ? AnswerKind::kDecision : staged.rules->needs;
  shown.needs = row.needs;
  shown.began_after = stage.elapsed();
  stage.mark_dirty(step);
  if (staged.rules->task) open_task(stage, step, *staged.rules->task);
  if (staged.rules->ladder < 0) return;
  auto found = stage.roster.resolve(staged.rules->to, stage.incident.area, stage.now);
  for (const auto& who : found.not_told) leave_out(stage, step, who);
  row.total = static_cast<int>(found.recipients.size());
  row.needed = staged.rules->enough_all ? std::max(row.total, 1) : staged.rules->enough;
  shown.needed = row.needed;
  row.state = StepState::kEntering;
  const auto first = std::min(found.recipients.size(), static_cast<std::size_t>(stage.options.slice));
  enter_range(stage, step, found.recipients, 0, first);
  if (first < found.recipients.size()) {
    StagedWork work;
    work.step = step;
    work.recipients = std::move(found.recipients);
    work.next = first;
    // Before what mails, which is less urgent, and behind what was begun earlier.
    const auto mails =
        std::find_if(stage.work.begin(), stage.work.end(), [](const StagedWork& other) { return other.mails; });
    stage.work.insert(mails, std::move(work));
  }
}

void settle_steps(Stage& stage) {
  for (int round = 0; round < 64; ++round) {
    const auto dirty = stage.take_dirty();
    if (dirty.empty()) return;
    for (const auto step : dirty) judge(stage, step);
  }
}

bool do_one_slice(Stage& stage) {
  if (stage.work.empty()) return false;
  // Kept apart while it runs: what it begins may add to the list.
  auto work = std::move(stage.work.front());
  stage.work.pop_front();
  if (work.mails ? mail_slice(stage, work) : enter_slice(stage, work)) stage.work.push_front(std::move(work));
  return true;
}

void due_steps(Stage& stage) {
  while (!stage.due_steps.empty() && stage.due_steps.top().first <= stage.now) {
    const auto [at, step] = stage.due_steps.top();
    stage.due_steps.pop();
    if (stage.steps[step].row.look_again_at == at) stage.mark_dirty(step);
  }
}

// A task nobody did: the step's `then` begins.
void due_tasks(Stage& stage) {
  while (!stage.due_tasks.empty() && stage.due_tasks.top().first <= stage.now) {
    const auto task = stage.due_tasks.top().second;
    stage.due_tasks.pop();
    auto& state = stage.out.tasks[task].state;
    if (state != model::TaskState::kOpen) continue;
    state = model::TaskState::kOverdue;
    begin_then(stage, stage.tasks[task].step);
  }
}

// The desk did not open it in time: the steps that wait for just that begin.
void due_opening(Stage& stage) {
  auto& incident = stage.incident;
  if (!incident.open_by || *incident.open_by > stage.now || incident.state != model::IncidentState::kOpen) return;
  incident.open_by.reset();
  stage.not_opened = true;
  stage.happened(HappenedWhat::kNotOpened);
  for (const auto& callout : stage.callouts) {
    if (callout.ended) continue;
    for (std::size_t i = 0; i < callout.response->steps.size(); ++i) {
      const auto step = callout.first_step + i;
      if (callout.response->steps[i].start == plan::StepStart::kNotOpened && !is_held_back(stage, step))
        begin_step(stage, step);
    }
  }
}

}  // namespace tocsin::rehearse
