#include <algorithm>

#include "gateway/engine/answers.h"
#include "gateway/engine/desk.h"
#include "gateway/engine/placed_facts.h"
#include "gateway/engine/response.h"
#include "gateway/engine/steps.h"

namespace tocsin::engine {
namespace {

using model::RecordKind;

// What people answered to the younger counts for the older.
void carry_answers(Core& core, const model::Incident& from, const model::Incident& into) {
  for (const auto& told : core.store.told_people(from.id)) {
    if (told.answer == model::AnswerKind::kNone || told.answer == model::AnswerKind::kReplied) continue;
    for (const auto& alert : core.store.alerts_of_person(told.person, 20)) {
      if (alert.incident != into.id || alert.ladder < 0 || alert.matter_kind == model::MatterKind::kApproval) continue;
      if (!model::satisfies(alert.answer, told.answer))
        apply_answer(core, alert, told.answer, model::AnswerVia::kDesk, "", "merge");
      break;
    }
  }
}

void recompute_facts(Core& core, const model::Incident& incident) {
  core.store.clear_placed_facts(incident.id);
  std::vector<model::PlacedFact> said;
  for (const auto& report : core.store.reports_of(incident.id)) {
    const auto facts = facts_said_by(report);
    said.insert(said.end(), facts.begin(), facts.end());
  }
  add_facts(core, incident, said);
}

ToldMap told_map(Core& core, model::IncidentId incident) {
  ToldMap map;
  for (const auto& told : core.store.told_people(incident)) map[told.person.value] = told.answer;
  return map;
}

}  // namespace

model::CommandResult merge_incidents(Core& core, const model::MergeIncidents& c) {
  auto first = open_by_code(core, c.code, c.expected);
  if (!first) return first.error();
  auto second = open_by_code(core, c.into);
  if (!second) return second.error();
  if (first->id == second->id) return base::invalid("an incident cannot be merged into itself", "into");
  if (first->kind != second->kind)
    return base::Error{base::ErrorCode::kConflict, "they are of different kinds", "into"};
  if (first->drill != second->drill)
    return base::Error{base::ErrorCode::kConflict, "one is a drill and the other is real", "into"};
  auto older = first->id < second->id ? *first : *second;
  auto younger = first->id < second->id ? *second : *first;
  settle_steps(core);
  halt(core, younger, model::DeliveryState::kSuperseded, model::Reason::kMerged, true);
  for (const auto& report : core.store.reports_of(younger.id)) core.store.move_report(report.id, older.id);
  add_facts(core, older, core.store.placed_facts(younger.id));
  core.store.add_alias(younger.code, older.id);
  younger.state = model::IncidentState::kMerged;
  younger.merged_into = older.id;
  younger.ended_at = core.now;
  younger.open_by.reset();
  core.save(younger);
  core.record(RecordKind::kMerged, older.id, younger.id.value, younger.code, older.code, Core::who(c.by));
  carry_answers(core, younger, older);
  older.last_report_at = std::max(older.last_report_at, younger.last_report_at);
  older.needs_look = older.needs_look || younger.needs_look;
  const auto level = std::max(older.level, younger.level);
  const auto told = told_map(core, younger.id);
  (void)reassess(core, older, core.plan_of(older).default_language(), false);
  if (level > older.level) set_level(core, older, level);
  if (older.level > first->level || older.level > second->level) {
    const auto before = first->id == older.id ? first->level : second->level;
    if (older.level > before) {
      core.record(RecordKind::kLevelRaised, older.id, older.id.value, before, older.level, "merge");
      revise(core, older, told);
      mail_told(core, older, model::MatterKind::kUpdate, younger.id);
      return model::Reply{model::IncidentReply{older.code, older.level, older.revision}};
    }
  }
  ++older.revision;
  core.save(older);
  mail_told(core, older, model::MatterKind::kUpdate, younger.id);
  return model::Reply{model::IncidentReply{older.code, older.level, older.revision}};
}

model::CommandResult split_incident(Core& core, const model::SplitIncident& c) {
  auto found = open_by_code(core, c.code, c.expected);
  if (!found) return found.error();
  auto& parent = *found;
  const auto reports = core.store.reports_of(parent.id);
  const auto is_of_it = [&](model::ReportId id) {
    return std::any_of(reports.begin(), reports.end(), [&](const model::Report& r) { return r.id == id; });
  };
  if (c.reports.empty()) return base::invalid("name at least one report", "reports");
  for (const auto id : c.reports) {
    if (!is_of_it(id))
      return base::invalid("report " + base::to_base32(id.value) + " is not of this incident", "reports");
  }
  if (c.reports.size() >= reports.size()) return base::invalid("at least one report must stay", "reports");
  model::AreaId area;
  if (!c.area.empty()) {
    area = core.vocabulary().find_area(c.area);
    if (!area) return base::invalid("unknown area \"" + c.area.substr(0, 40) + "\"", "area");
  }
  settle_steps(core);
  model::Incident child = parent;
  child.id = core.ids.next_id<model::IncidentId>(core.now);
  child.code = core.store.next_code();
  child.revision = 1;
  child.level = child.assessed = model::kNoLevel;
  child.clause.clear();
  child.grade_id.clear();
  child.grade_clause.clear();
  child.grade_clause_text.clear();
  child.desk_questions.clear();
  child.needs_look = false;
  child.opened_at = child.last_report_at = core.now;
  child.seen_at = core.now;  // the desk made it
  child.open_by.reset();
  child.place = c.place.substr(0, 200);
  core.store.insert(child);
  core.keep(child);
  for (const auto id : c.reports) core.store.move_report(id, child.id);
  for (const auto& report : core.store.reports_of(child.id)) {
    if (!area && report.area) area = report.area;
    if (child.place.empty()) child.place = report.place;
  }
  child.area = area ? area : parent.area;
  recompute_facts(core, parent);
  recompute_facts(core, child);
  core.record(RecordKind::kSplit, parent.id, child.id.value, child.code, 0, Core::who(c.by));
  core.record(RecordKind::kIncidentOpened, child.id, child.id.value, child.code, static_cast<int>(child.kind),
              std::string(model::name_of(child.kind)));
  ++core.metrics.incidents_opened;
  const auto assessment = reassess(core, child, core.plan_of(child).default_language(), false);
  set_level(core, child, assessment.level);
  core.save(child);
  start_callout(core, child, false, told_map(core, parent.id));
  // What the parent's facts say now is kept, so that its level can rise again only on more than that.
  ++parent.revision;
  (void)reassess(core, parent, core.plan_of(parent).default_language(), false);
  return model::Reply{model::IncidentReply{child.code, child.level, child.revision}};
}

}  // namespace tocsin::engine
