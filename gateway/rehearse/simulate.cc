#include "gateway/rehearse/simulate.h"

#include <variant>

#include "gateway/base/local_time.h"
#include "gateway/callout/compose.h"
#include "gateway/rehearse/silence.h"
#include "gateway/triage/classify.h"
#include "gateway/triage/understand.h"

namespace tocsin::rehearse {
namespace {

// What intake makes of the report: words fill in what was not given, health events keep the community only.
Case understood(const plan::Plan& plan, const ports::Roster& roster, Case report) {
  if (!report.text.empty()) {
    const plan::PlanPtr unowned(plan::PlanPtr(), &plan);
    const auto read = triage::Vocabulary(unowned, roster.areas()).read_report(report.text);
    if (report.hazard == model::HazardKind::kUnclassified) report.hazard = read.kind;
    if (!report.area) report.area = read.area;
    if (triage::check_facts(plan, report.hazard, read.facts).ok()) {
      report.facts.insert(read.facts.begin(), read.facts.end());
    }
  }
  const auto* info = model::kind_info(report.hazard);
  if (info != nullptr && info->hazard_class == model::HazardClass::kPublicHealth) {
    report.area = roster.community_of(report.area);
    report.place.clear();
  }
  return report;
}

model::Incident incident_of(const plan::Plan& plan, const Case& report, const model::Assessment& assessment,
                            base::UtcTime at) {
  constexpr int kFirstCode = 101;
  model::Incident incident;
  incident.code = kFirstCode;
  incident.kind = report.hazard;
  incident.level = assessment.level;
  incident.level_id = plan.level_id(assessment.level);
  incident.area = report.area;
  incident.place = report.place;
  incident.opened_at = at;
  return incident;
}

// What the people of the first step that tells anybody would read.
std::string first_message(const plan::Response& response, const callout::Occasion& occasion,
                          const std::string& language) {
  for (const auto& step : response.steps) {
    if (step.ladder < 0 || step.start != plan::StepStart::kAtOnce) continue;
    return callout::compose(occasion, step.text, language, model::Channel::kSms);
  }
  return {};
}

}  // namespace

Rehearsal rehearse(const plan::Plan& plan, const ports::Roster& roster, const Case& given, base::UtcTime at,
                   const Options& options) {
  const auto language = options.language.empty() ? plan.default_language() : options.language;
  const auto report = understood(plan, roster, given);
  const bool classified = plan.hazard(report.hazard) != nullptr;
  Rehearsal result;
  result.at = at;
  result.at_local = base::local_text(at, plan.time_zone, "%Y-%m-%d %H:%M").value_or(base::to_rfc3339(at));
  result.hazard = classified ? report.hazard : model::HazardKind::kUnclassified;
  result.facts = report.facts;
  result.area = roster.area_path(report.area);
  result.assessment.kind = result.hazard;
  if (classified) result.assessment = triage::classify(plan, report.hazard, report.facts, language);

  const auto incident = incident_of(plan, report, result.assessment, at);
  callout::Occasion occasion;
  occasion.plan = &plan;
  occasion.incident = &incident;
  occasion.facts = &result.facts;
  occasion.area_name = result.area;
  if (const auto* area = roster.area(report.area)) occasion.assembly_point = area->assembly_point;
  occasion.opened_local = base::local_text(at, plan.time_zone, "%H:%M").value_or("");
  const auto fields = callout::fields_of(occasion, language);
  result.hazard_name = fields.at("hazard");
  result.level_name = fields.at("level_name");
  result.facts_text = fields.at("facts");

  const auto* response = plan.response(result.hazard, result.assessment.level);
  if (response == nullptr) response = plan.response(model::HazardKind::kUnclassified, model::kNoLevel);
  if (response == nullptr) return result;  // read_plan insists that there is one
  result.message = first_message(*response, occasion, language);
  play_in_silence(plan, roster, *response, report.area, options, result);
  return result;
}

Rehearsal rehearse_course(const plan::Plan& plan, const ports::Roster& roster, std::span<const plan::CaseEvent> course,
                          base::UtcTime at, const Options& options) {
  const auto* said = course.empty() ? nullptr : std::get_if<plan::CaseReport>(&course.front().what);
  if (said == nullptr) return {};
  Case report;
  report.hazard = said->kind;
  report.facts = said->facts;
  report.place = said->place;
  report.text = said->text;
  for (const auto& area : roster.areas()) {
    if (area.code == said->area || area.name == said->area) report.area = area.id;
  }
  return rehearse(plan, roster, report, at, options);
}

std::string_view name_of(ApprovalState state) {
  switch (state) {
    case ApprovalState::kPending: return "pending";
    case ApprovalState::kApproved: return "approved";
    case ApprovalState::kDeclined: return "declined";
    case ApprovalState::kStartedByDefault: return "started_by_default";
    case ApprovalState::kLeftByDefault: return "left_by_default";
    case ApprovalState::kOvertaken: return "overtaken";
  }
  return "";
}

std::string_view name_of(HappenedWhat what) {
  switch (what) {
    case HappenedWhat::kReport: return "report";
    case HappenedWhat::kElsewhere: return "elsewhere";
    case HappenedWhat::kRaised: return "raised";
    case HappenedWhat::kAnswer: return "answer";
    case HappenedWhat::kDecision: return "decision";
    case HappenedWhat::kNobody: return "nobody";
    case HappenedWhat::kOpened: return "opened";
    case HappenedWhat::kNotOpened: return "not_opened";
    case HappenedWhat::kLinkDown: return "link_down";
    case HappenedWhat::kStalled: return "stalled";
    case HappenedWhat::kLinkUp: return "link_up";
    case HappenedWhat::kDefault: return "default";
    case HappenedWhat::kStandDown: return "stand_down";
  }
  return "";
}

}  // namespace tocsin::rehearse
