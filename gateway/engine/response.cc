#include "gateway/engine/response.h"

#include <algorithm>

#include "gateway/callout/authority.h"
#include "gateway/engine/approval.h"
#include "gateway/engine/ladder.h"
#include "gateway/engine/steps.h"
#include "gateway/engine/updates.h"
#include "gateway/plan/clause_words.h"
#include "gateway/plan/subjects.h"
#include "gateway/triage/classify.h"
#include "gateway/triage/combine.h"

namespace tocsin::engine {
namespace {

using model::RecordKind;

model::Step step_row(Core& core, const plan::Plan& plan, const model::CallOut& callout, const plan::PlanStep& rules,
                     int index) {
  model::Step step;
  step.id = core.ids.next_id<model::StepId>(core.now);
  step.callout = callout.id;
  step.incident = callout.incident;
  step.index = index;
  step.name = rules.name;
  step.title = plan::title_of(plan, rules);
  step.needs = rules.needs;
  return step;
}

void note_who_ends_it(const plan::Plan& plan, const plan::Response& response, model::CallOut& callout) {
  if (!response.stand_down) return;
  callout.stand_down_by = callout::in_words(response.stand_down->by);
  for (const auto& condition : response.stand_down->conditions) {
    callout.conditions.push_back({condition.name, plan::said_of(plan, condition.text)});
  }
}

void close_tasks(Core& core, model::IncidentId incident) {
  for (auto task : core.store.tasks_of(incident)) {
    if (task.state != model::TaskState::kOpen && task.state != model::TaskState::kOverdue) continue;
    task.state = model::TaskState::kClosed;
    core.store.update(task);
  }
}

std::shared_ptr<std::vector<ports::ToldPerson>> mailing_list(Core& core, const ports::Work& work,
                                                             model::IncidentId home) {
  if (const auto known = core.mailing.find(work.id); known != core.mailing.end()) return known->second;
  auto list = std::make_shared<std::vector<ports::ToldPerson>>(
      core.store.told_people(work.incident, home == work.incident, true));
  if (home != work.incident) {
    ToldMap there;
    for (const auto& told : core.store.told_people(home, false, true)) there[told.person.value] = told.answer;
    std::erase_if(*list, [&](const ports::ToldPerson& p) { return there.count(p.person.value) != 0; });
  }
  if (core.mailing.size() > 64) core.mailing.clear();
  core.mailing[work.id] = list;
  return list;
}

// What only the desk is asked.
std::vector<model::NamedText> questions_of_desk(const plan::Plan& plan, model::HazardKind kind,
                                                const model::Facts& facts) {
  std::vector<model::NamedText> questions;
  for (const auto& question : triage::classify(plan, kind, facts, plan.default_language()).questions) {
    if (!question.of_desk) continue;
    const auto* attribute = plan.attribute(question.attribute);
    questions.push_back({question.attribute, attribute == nullptr || attribute->ask.empty()
                                                 ? base::same(question.text)
                                                 : plan::said_of(plan, attribute->ask)});
  }
  return questions;
}

}  // namespace

void set_level(Core& core, model::Incident& incident, model::LevelIndex level) {
  incident.level = level;
  incident.level_id = core.plan_of(incident).level_id(level);
}

void start_callout(Core& core, const model::Incident& incident, bool desk_only, const ToldMap& told_before) {
  const auto& plan = core.plan_of(incident);
  model::CallOut callout;
  callout.id = core.ids.next_id<model::CallOutId>(core.now);
  callout.incident = incident.id;
  callout.revision = incident.revision;
  callout.kind = desk_only ? model::HazardKind::kUnclassified : incident.kind;
  callout.level = desk_only ? model::kNoLevel : incident.level;
  const auto* response = plan.response(callout.kind, callout.level);
  if (response == nullptr) {  // the plan has no answer to this level: a human must have it
    callout.kind = model::HazardKind::kUnclassified;
    callout.level = model::kNoLevel;
    response = plan.response(callout.kind, callout.level);
  }
  callout.level_id = incident.level_id;
  callout.state = model::CallOutState::kRunning;
  callout.started_at = core.now;
  if (response == nullptr) return;  // read_plan insists that there is one
  note_who_ends_it(plan, *response, callout);
  auto told = std::make_shared<ToldMap>(told_before);
  if (incident.revision > 1 || !told_before.empty()) {
    for (const auto& person : core.store.told_people(incident.id, true))
      told->insert({person.person.value, person.answer});
  }
  core.store.insert(callout);
  core.told[callout.id.value] = told;
  core.record(RecordKind::kCallOutStarted, incident.id, callout.id.value, callout.level, incident.revision,
              callout.level_id);
  if (response->approval) ask_approval(core, callout, *response);
  std::vector<model::StepId> ids;
  for (std::size_t i = 0; i < response->steps.size(); ++i) {
    const auto row = step_row(core, plan, callout, response->steps[i], static_cast<int>(i));
    core.store.insert(row);
    core.keep_step(row);
    ids.push_back(row.id);
  }
  const auto ran = response->approval ? ran_before(core, callout) : std::vector<std::string>{};
  for (const auto index : callout::steps_at_start(*response, ran))
    begin_step(core, ids[static_cast<std::size_t>(index)]);
}

void halt(Core& core, const model::Incident& incident, model::DeliveryState queued_become, model::Reason reason,
          bool with_tasks) {
  core.store.delete_work_of(incident.id);
  const auto kind = queued_become == model::DeliveryState::kSuperseded ? RecordKind::kDeliverySuperseded
                                                                       : RecordKind::kDeliveryCancelled;
  for (const auto& [delivery, alert] : core.store.end_queued(incident.id, {}, queued_become, core.now)) {
    core.record(kind, incident.id, delivery.value, alert.value, static_cast<int>(reason));
  }
  for (const auto alert : core.store.withdraw_alerts(incident.id, reason)) {
    core.record(RecordKind::kAlertUpdated, incident.id, alert.value, static_cast<int>(model::AlertState::kWithdrawn),
                static_cast<int>(reason));
  }
  core.store.close_call_lines(incident.id, {}, core.now);
  drop_approvals(core, incident.id);
  for (auto callout : core.store.callouts_of(incident.id)) {
    if (callout.state == model::CallOutState::kEnded) continue;
    close_steps(core, callout.id);
    callout.state = model::CallOutState::kEnded;
    core.store.update(callout);
    core.record(RecordKind::kCallOutEnded, incident.id, callout.id.value, static_cast<int>(reason));
  }
  if (with_tasks) close_tasks(core, incident.id);
}

void revise(Core& core, model::Incident& incident, const ToldMap& told_elsewhere) {
  settle_steps(core);
  halt(core, incident, model::DeliveryState::kSuperseded, model::Reason::kRaised, false);
  ++incident.revision;
  core.save(incident);
  start_callout(core, incident, false, told_elsewhere);
  mail_told(core, incident, model::MatterKind::kUpdate, incident.id);
}

void mail_told(Core& core, const model::Incident& incident, model::MatterKind kind, model::IncidentId told_of) {
  const auto matter =
      core.store.matter(incident.id, kind, incident.revision, core.ids.next_id<model::MatterId>(core.now));
  ports::Work work;
  work.kind = ports::WorkKind::kMailTold;
  work.incident = told_of;
  work.matter = matter.id;
  work.urgency = incident.drill ? model::kDrillUrgency : model::kLowestLevelUrgency;
  work.id = core.store.insert_work(work);
  core.mailing.erase(work.id);  // ids of finished work are given out again
  // Who was told is settled now: what this very command sends next must not add to it.
  (void)mailing_list(core, work, incident.id);
}

bool mail_slice(Core& core, ports::Work& work) {
  const auto matter = core.store.matter(work.matter);
  const auto* incident = matter ? core.incident(matter->incident) : nullptr;
  if (incident == nullptr) return false;
  // Mailed for what was merged into it, and over meanwhile: the stand-down tells those people.
  if (matter->kind == model::MatterKind::kUpdate && incident->state != model::IncidentState::kOpen) return false;
  const auto list = mailing_list(core, work, incident->id);
  const auto alerts = core.store.matter(incident->id, model::MatterKind::kAlert, matter->revision,
                                        core.ids.next_id<model::MatterId>(core.now));
  const auto asking = core.store.matter(incident->id, model::MatterKind::kApproval, matter->revision,
                                        core.ids.next_id<model::MatterId>(core.now));
  auto it = std::upper_bound(list->begin(), list->end(), work.cursor,
                             [](std::int64_t cursor, const ports::ToldPerson& p) { return cursor < p.person.value; });
  std::vector<model::Alert> fresh;
  for (int n = 0; it != list->end() && n < core.options.slice; ++it, ++n) {
    work.cursor = it->person.value;
    // Told the same news by the new call-out's own alert, or asked to approve it, already.
    const auto knows = [&] {
      return core.store.alert(alerts.id, it->person) || core.store.alert(asking.id, it->person);
    };
    if (matter->kind == model::MatterKind::kUpdate && knows()) continue;
    model::Alert alert;
    alert.id = core.ids.next_id<model::AlertId>(core.now);
    alert.matter = matter->id;
    alert.matter_kind = matter->kind;
    alert.incident = incident->id;
    alert.person = it->person;
    alert.urgency =
        incident->drill ? model::kDrillUrgency : model::kLowestLevelUrgency + 1 + std::max(-1, incident->level);
    alert.drill = incident->drill;
    fresh.push_back(std::move(alert));
  }
  const bool update = matter->kind == model::MatterKind::kUpdate;
  if (update) {
    std::vector<model::PersonId> people;
    for (const auto& alert : fresh) people.push_back(alert.person);
    drop_overtaken(core, *matter, people);
  }
  raise_alerts(core, std::move(fresh), update ? &*matter : nullptr);
#if TOCSIN_PLANTED_FAULT == 5  // a stand-down tells the first few only
  it = list->end();
#endif
  return it != list->end();
}

model::Assessment reassess(Core& core, model::Incident& incident, const std::string& language, bool started) {
  const auto& plan = core.plan_of(incident);
  if (incident.kind == model::HazardKind::kUnclassified) {
    core.save(incident);
    return {};
  }
  const auto combined = triage::combine(plan, core.store.placed_facts(incident.id));
  auto assessment = triage::classify(plan, incident.kind, combined.facts, language);
  const auto summed = triage::classify(plan, incident.kind, combined.with_sums, language);
  if (summed.level > assessment.level && !incident.needs_look) {
    incident.needs_look = true;
    core.record(RecordKind::kSumNeedsLook, incident.id, incident.id.value, summed.level, 0, summed.clause);
  }
  incident.grade_id = assessment.grade_id;
  incident.grade_clause = assessment.grade_clause;
  incident.grade_clause_text = assessment.grade_clause_text;
  incident.desk_questions = questions_of_desk(plan, incident.kind, combined.facts);
  const bool clause_moved = incident.clause != assessment.clause;
  incident.clause = assessment.clause;
  incident.clause_text = assessment.clause_text;
  if (clause_moved)
    core.record(RecordKind::kAssessed, incident.id, incident.id.value, assessment.level, 0, assessment.clause);
  const auto before = incident.assessed;
  incident.assessed = assessment.level;
  // A level a person set lower stays until the facts themselves say more than they did then.
  if (assessment.level > incident.level && assessment.level > before) {
    const auto from = incident.level;
    set_level(core, incident, assessment.level);
    if (started) {
      ++core.metrics.levels_raised;
      core.record(RecordKind::kLevelRaised, incident.id, incident.id.value, from, incident.level, assessment.clause);
      revise(core, incident);
      return assessment;
    }
  }
  core.save(incident);
  return assessment;
}

}  // namespace tocsin::engine
