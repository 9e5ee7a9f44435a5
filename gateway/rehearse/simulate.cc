#include "gateway/rehearse/simulate.h"

#include "gateway/base/local_time.h"
#include "gateway/base/phone_number.h"
#include "gateway/callout/compose.h"
#include "gateway/rehearse/course.h"

namespace tocsin::rehearse {
namespace {

// What the people of the first step that tells anybody would read.
std::string first_message(const Stage& stage, const callout::Occasion& occasion, const std::string& language) {
  if (stage.callouts.empty()) return {};
  for (const auto& step : stage.callouts.front().response->steps) {
    if (step.ladder < 0 || step.start != plan::StepStart::kAtOnce) continue;
    return callout::compose(occasion, step.text, language, model::Channel::kSms);
  }
  return {};
}

void describe(const Stage& stage, Rehearsal& result) {
  constexpr int kFirstCode = 101;
  const auto& plan = stage.plan;
  const auto language = stage.options.language.empty() ? plan.default_language() : stage.options.language;
  auto incident = stage.incident;
  incident.code = kFirstCode;
  callout::Occasion occasion;
  occasion.plan = &plan;
  occasion.incident = &incident;
  occasion.facts = &result.facts;
  result.area = stage.roster.area_path(incident.area);
  if (const auto* area = stage.roster.area(incident.area))
    occasion.area_name = callout::area_in_words(*area, stage.roster.area(area->parent));
  if (const auto* area = stage.roster.area(incident.area)) occasion.assembly_point = area->assembly_point;
  occasion.opened_local = base::local_text(result.at, plan.time_zone, "%H:%M").value_or("");
  const auto fields = callout::fields_of(occasion, language);
  result.hazard = incident.kind;
  result.hazard_name = fields.at("hazard");
  result.level_name = fields.at("level_name");
  result.facts_text = fields.at("facts");
  result.place = incident.place;
  result.message = first_message(stage, occasion, language);
}

// What became of each try is read from the deliveries at the end.
void show_people(Stage& stage, Rehearsal& result) {
  result.people.reserve(stage.actors.size());
  for (auto& actor : stage.actors) {
    auto& told = actor.told;
    for (std::size_t i = 0; i < actor.tried.size(); ++i) {
      const auto& delivery = actor.tried[i];
      auto& shown = told.tries[i];
      shown.channel = delivery.channel;
      shown.cycle = delivery.cycle;
      shown.rung = delivery.rung;
      shown.reason = delivery.cause;
      shown.state = delivery.state;
      if (delivery.handed_over_at) shown.handed_over = stage.shown(*delivery.handed_over_at);
      if (delivery.channel == model::Channel::kDeputy) continue;
      const bool plain = stage.options.show_numbers || delivery.channel == model::Channel::kKnock;
      shown.contact = plain ? delivery.address : base::masked(delivery.address);
    }
    result.people.push_back(std::move(told));
  }
}

Rehearsal play(const plan::Plan& plan, const ports::Roster& roster, const Case* given,
               std::span<const plan::CaseEvent> course, base::UtcTime at, const Options& options) {
  Rehearsal result;
  for (const auto& code : options.unknown_people) result.unknown.push_back("person " + code);
  result.plan_name = plan.name;
  result.plan_version = plan.version;
  result.time_zone = plan.time_zone;
  result.at = at;
  result.at_local = base::local_text(at, plan.time_zone, "%Y-%m-%d %H:%M").value_or(base::to_rfc3339(at));
  Reader reader(plan, roster);
  Case first;
  if (given != nullptr) {
    first = reader.understood(*given);
  } else {
    const auto* said = course.empty() ? nullptr : std::get_if<plan::CaseReport>(&course.front().what);
    if (said == nullptr) return result;
    first = reader.read(*said, result.unknown);
    course = course.subspan(1);
  }
  result.assessment.kind = first.hazard;
  result.facts = first.facts;
  Stage stage(plan, roster, options, result);
  Course played(stage, reader);
  played.begin(first);
  for (const auto& event : course) {
    if (!played.play(event)) break;
  }
  played.play_out();
  describe(stage, result);
  show_people(stage, result);
  result.until = stage.elapsed();
  return result;
}

}  // namespace

Rehearsal rehearse(const plan::Plan& plan, const ports::Roster& roster, const Case& report, base::UtcTime at,
                   const Options& options) {
  return play(plan, roster, &report, {}, at, options);
}

Rehearsal rehearse_course(const plan::Plan& plan, const ports::Roster& roster, std::span<const plan::CaseEvent> course,
                          base::UtcTime at, const Options& options) {
  return play(plan, roster, nullptr, course, at, options);
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
