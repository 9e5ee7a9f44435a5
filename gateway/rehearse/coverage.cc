#include "gateway/rehearse/coverage.h"

#include <algorithm>
#include <set>

#include "gateway/plan/hours.h"

namespace tocsin::rehearse {
namespace {

std::string name_of(const plan::Plan& plan, const plan::Response& response) {
  const std::string kind(model::name_of(response.kind));
  return response.level == model::kNoLevel ? "response/" + kind
                                           : "response/" + kind + "/" + plan.level_id(response.level);
}

std::string hours_of(const plan::Ladder& ladder, std::size_t number) {
  return "ladder/" + ladder.name + "/hours/" + std::to_string(number);
}

const plan::PlanStep* named(const plan::Response& response, const std::string& name) {
  const auto found = std::find_if(response.steps.begin(), response.steps.end(),
                                  [&](const plan::PlanStep& step) { return step.name == name; });
  return found == response.steps.end() ? nullptr : &*found;
}

}  // namespace

Covering::Covering(const plan::Plan& plan) : plan_(plan) {
  for (const auto& [kind, hazard] : plan.hazards) {
    for (const auto& criteria : hazard.criteria) {
      for (const auto& clause : criteria.any) all_.clauses.push_back({clause.name});
    }
    all_.clauses.push_back({std::string(model::name_of(kind)) + "/default"});
    for (const auto& criteria : hazard.grades) {
      for (const auto& clause : criteria.any) all_.grades.push_back({clause.name});
    }
  }
  for (const auto& response : plan.responses) {
    all_.responses.push_back({name_of(plan, response)});
    for (const auto& step : response.steps) all_.steps.push_back({name_of(plan, response) + "/" + step.name});
  }
  for (const auto& ladder : plan.ladders) {
    for (std::size_t i = 1; i <= ladder.hours.size(); ++i) all_.hours.push_back({hours_of(ladder, i)});
  }
}

// Each thing counts once for a case, however often it came in it.
void Covering::add(const Rehearsal& rehearsal) {
  std::set<std::string> clauses{rehearsal.assessment.clause};
  for (const auto& happened : rehearsal.course) clauses.insert(happened.clause);
  for (const auto& callout : rehearsal.callouts) clauses.insert(callout.clause);
  for (const auto& clause : clauses) ++times_[clause];
  ++times_[rehearsal.assessment.grade_clause];
  add_steps(rehearsal);
}

void Covering::add_steps(const Rehearsal& rehearsal) {
  std::set<std::string> seen;
  for (const auto& callout : rehearsal.callouts) seen.insert("response/" + callout.response);
  for (const auto& step : rehearsal.steps) {
    const auto place = static_cast<std::size_t>(step.callout);
    if (!step.began_after || place >= rehearsal.callouts.size()) continue;
    const auto response = "response/" + rehearsal.callouts[place].response;
    seen.insert(response + "/" + step.name);
    if (step.people.empty()) continue;
    for (const auto& one : plan_.responses) {
      if (name_of(plan_, one) != response) continue;
      if (const auto* known = named(one, step.name)) add_hours(known->ladder, rehearsal.at + *step.began_after);
    }
  }
  for (const auto& name : seen) ++times_[name];
}

// The hours whose ladder is climbed by an alert made then: the first that hold, as plan::ladder_at has it.
void Covering::add_hours(int ladder, base::UtcTime at) {
  if (ladder < 0) return;
  const auto& known = plan_.ladders[static_cast<std::size_t>(ladder)];
  const auto moment = plan::office_moment(at, plan_);
  for (std::size_t i = 0; i < known.hours.size(); ++i) {
    if (!plan::holds(known.hours[i].hours, plan_.calendar, moment)) continue;
    ++times_[hours_of(known, i + 1)];
    return;
  }
}

Coverage Covering::take() {
  for (auto* list : {&all_.clauses, &all_.grades, &all_.responses, &all_.steps, &all_.hours}) {
    for (auto& part : *list) {
      const auto found = times_.find(part.name);
      part.times = found == times_.end() ? 0 : found->second;
    }
  }
  return std::move(all_);
}

}  // namespace tocsin::rehearse
