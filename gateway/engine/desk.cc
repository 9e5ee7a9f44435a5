#include "gateway/engine/desk.h"

#include <algorithm>

#include "gateway/base/diagnostic.h"
#include "gateway/base/masking.h"
#include "gateway/base/text.h"
#include "gateway/engine/approval.h"
#include "gateway/engine/intake.h"
#include "gateway/engine/response.h"
#include "gateway/engine/steps.h"
#include "gateway/triage/classify.h"

namespace tocsin::engine {
namespace {

using model::RecordKind;

model::Reply reply_for(const model::Incident& incident) {
  return model::IncidentReply{incident.code, incident.level, incident.revision};
}

std::string reason_of(Core& core, const model::Principal& by, const std::string& reason) {
  return Core::who(by) + (reason.empty() ? "" : " reason:" + core.store.text_digest(reason));
}

void mark_seen(Core& core, model::Incident& incident, const model::Principal& by) {
  if (incident.seen_at) return;
  incident.seen_at = core.now;
  incident.open_by.reset();
  core.record(RecordKind::kSeen, incident.id, incident.id.value, 0, 0, Core::who(by));
}

// On whose word, and what was said to be true: only where there is something to say.
void note_ticked(Core& core, const model::Incident& incident, model::PersonId word, const model::StandDown& c) {
  if (c.conditions.empty() && c.ordered_by.empty()) return;
  std::string names;
  for (const auto& name : c.conditions) names += (names.empty() ? "" : " ") + name;
  core.record(RecordKind::kConditionsTicked, incident.id, incident.id.value, word.value, 0, names.substr(0, 200));
}

}  // namespace

base::Result<model::Incident> open_by_code(Core& core, int code, const model::Expected& expected) {
  auto found = core.store.incident_by_code(code);
  if (!found) return base::Error{base::ErrorCode::kNotFound, "no incident " + std::to_string(code), ""};
  if (const auto seen = model::check(expected, model::version_of(*found)); !seen) return seen.error();
  if (found->state != model::IncidentState::kOpen) {
    return base::Error{base::ErrorCode::kConflict, "incident " + std::to_string(code) + " has ended", ""};
  }
  return std::move(*found);
}

model::CommandResult open_incident(Core& core, const model::OpenIncident& c) {
  auto incident = open_by_code(core, c.code, c.expected);
  if (!incident) return incident.error();
  mark_seen(core, *incident, c.by);
  core.save(*incident);
  return reply_for(*incident);
}

model::CommandResult classify_incident(Core& core, const model::ClassifyIncident& c) {
  auto found = open_by_code(core, c.code, c.expected);
  if (!found) return found.error();
  auto& incident = *found;
  const auto& plan = core.plan_of(incident);
  const auto kind = model::kind_named(c.hazard);
  if (!kind || plan.hazard(*kind) == nullptr)
    return base::invalid("unknown hazard \"" + c.hazard.substr(0, 40) + "\"", "hazard");
  if (incident.kind != model::HazardKind::kUnclassified) {
    return base::Error{base::ErrorCode::kConflict, "it has a kind already; split or merge it instead", "hazard"};
  }
  if (const auto fits = triage::check_facts(plan, *kind, c.facts); !fits) return fits.error();
  if (!c.area.empty()) {
    const auto area = core.vocabulary().find_area(c.area);
    if (!area) return base::invalid("unknown area \"" + c.area.substr(0, 40) + "\"", "area");
    incident.area = area;
  }
  mark_seen(core, incident, c.by);
  incident.kind = *kind;
  stop_at_community(core, *kind, incident.area, incident.place);
  for (const auto& [name, value] : c.facts)
    core.store.put_placed_fact(incident.id, {name, incident.area, value, core.now});
  core.record(RecordKind::kClassified, incident.id, incident.id.value, static_cast<int>(*kind), 0, Core::who(c.by));
  const auto assessment = reassess(core, incident, plan.default_language(), false);
  set_level(core, incident, assessment.level);
  revise(core, incident);
  return reply_for(incident);
}

model::CommandResult set_incident_level(Core& core, const model::SetLevel& c) {
  auto found = open_by_code(core, c.code, c.expected);
  if (!found) return found.error();
  auto& incident = *found;
  const auto& plan = core.plan_of(incident);
  const auto level = plan.level_named(c.level);
  if (!level) {
    std::vector<std::string> known;
    for (const auto& l : plan.levels) known.push_back(l.id);
    return base::invalid(
        "unknown level \"" + c.level.substr(0, 20) + "\"; expected one of the plan's: " +
            [&] {
              std::string all;
              for (const auto& k : known) all += (all.empty() ? "" : ", ") + k;
              return all;
            }(),
        "level");
  }
  if (incident.kind == model::HazardKind::kUnclassified)
    return base::Error{base::ErrorCode::kConflict, "classify it first", "level"};
  if (*level == incident.level) return reply_for(incident);
  const bool raises = *level > incident.level;
  if (!raises && c.reason.empty()) return base::invalid("lowering a level needs a reason", "reason");
  core.record(raises ? RecordKind::kLevelRaised : RecordKind::kLevelLowered, incident.id, incident.id.value,
              incident.level, *level, reason_of(core, c.by, c.reason));
  if (!c.reason.empty())
    core.store.insert_note(incident.id, {}, model::NoteKind::kReason, c.reason.substr(0, 1000), core.now);
  if (raises) ++core.metrics.levels_raised;
  set_level(core, incident, *level);
  mark_seen(core, incident, c.by);
  revise(core, incident);
  return reply_for(incident);
}

model::CommandResult stand_down(Core& core, const model::StandDown& c) {
  auto found = open_by_code(core, c.code, c.expected);
  if (!found) return found.error();
  auto& incident = *found;
  const auto word = word_to_end(core, incident, c);
  if (!word) return word.error();
  note_ticked(core, incident, *word, c);
  settle_steps(core);
  halt(core, incident, model::DeliveryState::kCancelled, model::Reason::kStandDown, true);
  incident.state = model::IncidentState::kEnded;
  incident.ended_at = core.now;
  incident.open_by.reset();
  ++incident.revision;
  core.save(incident);
  core.record(RecordKind::kStoodDown, incident.id, incident.id.value, 0, 0, reason_of(core, c.by, c.reason));
  if (!c.reason.empty())
    core.store.insert_note(incident.id, {}, model::NoteKind::kReason, c.reason.substr(0, 1000), core.now);
  mail_told(core, incident, model::MatterKind::kStandDown, incident.id);
  return reply_for(incident);
}

model::CommandResult complete_task(Core& core, const model::CompleteTask& c) {
  auto task = core.store.task(c.task);
  if (!task) return base::Error{base::ErrorCode::kNotFound, "no such task", ""};
  if (const auto seen = model::check(c.expected, model::version_of(*task)); !seen) return seen.error();
  if (task->state == model::TaskState::kDone) return model::Reply{base::Done{}};
  if (task->state == model::TaskState::kClosed)
    return base::Error{base::ErrorCode::kConflict, "this task is closed", ""};
  task->state = model::TaskState::kDone;
  task->done_at = core.now;
  task->done_by = Core::who(c.by);
  task->note = c.note.substr(0, 500);
  core.store.update(*task);
  core.record(RecordKind::kTaskDone, task->incident, task->id.value, 0, 0, task->done_by);
  auto* step = core.step(task->step);
  const auto* rules = step == nullptr ? nullptr : rules_of(core, *step);
  if (rules != nullptr && rules->ladder < 0 && step->state != model::StepState::kClosed) {
    step->state = model::StepState::kSatisfied;
    core.record(RecordKind::kStepSatisfied, step->incident, step->id.value, step->index, 0, step->name);
    core.mark_dirty(step->id);
  }
  return model::Reply{base::Done{}};
}

model::CommandResult hand_over(Core& core, const model::HandOver& c) {
  auto sheet = c.sheet;
  sheet.taken_over_by = base::mask_numbers(base::without_controls(sheet.taken_over_by)).text;
  sheet.note = base::mask_numbers(base::without_controls(sheet.note)).text;
  if (base::trim(sheet.taken_over_by).empty()) return base::invalid("say who takes over the desk", "taken_over_by");
  if (sheet.person && core.roster().person(sheet.person) == nullptr)
    return base::invalid("the directory has nobody with that code", "person");
  sheet.id = core.ids.next_id<model::HandoverId>(core.now);
  sheet.at = core.now;
  sheet.by = std::string(model::name_of(c.by.role)) + ":" + c.by.name;
  core.store.insert(sheet);
  core.record(RecordKind::kDeskHandedOver, {}, sheet.id.value, sheet.seen, sheet.person.value,
              Core::who(c.by) + " to:" + core.store.text_digest(sheet.taken_over_by));
  return model::Reply{std::move(sheet)};
}

}  // namespace tocsin::engine
