#include "gateway/app/rehearsal_desk.h"

#include <algorithm>
#include <utility>

#include "gateway/app/plan_file.h"
#include "gateway/base/text.h"
#include "gateway/rehearse/diff.h"
#include "gateway/rehearse/show.h"
#include "gateway/rehearse/simulate.h"
#include "gateway/triage/classify.h"

namespace tocsin::app {
namespace {

std::string did_you_mean(const std::string& word, const std::vector<std::string>& names) {
  const auto near = base::nearest_name(word, names);
  return near.empty() ? std::string() : "; did you mean \"" + near + "\"?";
}

base::Status find_hazard(const plan::Plan& plan, const std::string& hazard, plan::CaseReport& report) {
  if (hazard.empty()) return base::Done{};
  const auto kind = model::kind_named(hazard);
  if (kind && plan.hazard(*kind) != nullptr) {
    report.kind = *kind;
    return base::Done{};
  }
  std::vector<std::string> names;
  for (const auto& known : plan.hazards) names.emplace_back(model::name_of(known.first));
  return base::invalid("the plan has no hazard \"" + hazard + "\"" + did_you_mean(hazard, names), "hazard");
}

base::Status find_area(const ports::Roster& roster, plan::CaseReport& report) {
  if (report.area.empty()) return base::Done{};
  std::vector<std::string> names;
  for (const auto& area : roster.areas()) {
    const auto is_it = [&](const std::string& name) { return name == report.area; };
    if (is_it(area.code) || is_it(area.name) || std::any_of(area.aliases.begin(), area.aliases.end(), is_it)) {
      report.area = area.code;  // what a case means by it is exact
      return base::Done{};
    }
    names.push_back(area.code);
    names.push_back(area.name);
  }
  return base::invalid("the directory has no area \"" + report.area + "\"" + did_you_mean(report.area, names), "area");
}

ports::PlanLookedAt refused_plan(base::Diagnostics findings) {
  ports::PlanLookedAt refused;
  refused.readable = false;
  const auto errors = std::count_if(findings.begin(), findings.end(),
                                    [](const auto& one) { return one.severity == base::Severity::kError; });
  refused.refused.why_not = base::said("{0} errors", "{0}处错误", errors);
  for (auto& finding : findings) {
    const bool error = finding.severity == base::Severity::kError;
    refused.refused.findings.push_back({std::move(finding), error ? "error" : "note"});
  }
  return refused;
}

}  // namespace

base::Status fit_report(const plan::Plan& plan, const ports::Roster& roster, const std::string& hazard,
                        plan::CaseReport& report) {
  if (auto found = find_hazard(plan, hazard, report); !found) return found;
  if (auto found = find_area(roster, report); !found) return found;
  return triage::check_facts(plan, report.kind, report.facts);
}

base::Result<plan::PlanPtr> RehearsalDesk::read(const ports::PlanWanted& wanted, const std::string& name,
                                                ports::PlanLookedAt& refused) const {
  if (wanted.text.empty() && wanted.version == 0) return office_.plan();
  auto text = base::Result<std::string>(wanted.text);
  if (wanted.version != 0) text = office_.queries->plan_source(wanted.version);
  if (!text) return text.error();
  auto plan = read_checked(*text, name);
  if (!plan.plan) refused = refused_plan(std::move(plan.findings));
  return plan.plan;
}

std::future<base::Result<ports::PlanLookedAt>> RehearsalDesk::simulate(ports::RehearsalWish wish) {
  return thread_.run([this, wish = std::move(wish)] { return simulate_now(wish); });
}

std::future<base::Result<ports::PlanLookedAt>> RehearsalDesk::compare(ports::ComparisonWish wish) {
  return thread_.run([this, wish = std::move(wish)] { return compare_now(wish); });
}

base::Result<ports::PlanLookedAt> RehearsalDesk::simulate_now(const ports::RehearsalWish& wish) const {
  ports::PlanLookedAt answer;
  const auto plan = read(wish.plan, "plan.toml", answer);
  if (!plan) return plan.error();
  if (!*plan) return answer;
  rehearse::Options how;
  how.links_for = office_.links_for;
  how.language = wish.language;
  if (wish.all_answer) how.silent.emplace();
  how.unknown_people = wish.on_leave;
  auto roster = office_.roster();
  if (!wish.on_leave.empty()) {
    auto loaded = office_.directory();
    if (!loaded) return loaded.error();
    roster = with_leave(std::move(*loaded), how.unknown_people);  // leaves those whom nobody knows
  }
  plan::CaseReport report;
  report.facts = wish.facts;
  report.area = wish.area;
  report.place = wish.place;
  report.text = wish.text;
  if (const auto fits = fit_report(**plan, *roster, wish.hazard, report); !fits) return fits.error();
  const std::vector<plan::CaseEvent> course{{base::Duration{}, report}};
  const auto found =
      rehearse::rehearse_course(**plan, *roster, course, wish.at.value_or(office_.clock->utc_now()), how);
  answer.json = rehearse::to_json(found);
  if (wish.drawing) answer.svg = rehearse::to_svg(found, wish.language);
  return answer;
}

base::Result<ports::PlanLookedAt> RehearsalDesk::compare_now(const ports::ComparisonWish& wish) const {
  ports::PlanLookedAt answer;
  const auto before = read(wish.before, "before.toml", answer);
  if (!before) return before.error();
  if (!*before) return answer;
  const auto after = read(wish.after, "after.toml", answer);
  if (!after) return after.error();
  if (!*after) return answer;
  const auto roster = office_.roster();
  rehearse::DiffOptions how;
  how.roster = roster.get();
  how.at = office_.clock->utc_now();
  how.links_for = office_.links_for;
  answer.json = rehearse::to_json(rehearse::diff(**before, **after, how));
  return answer;
}

}  // namespace tocsin::app
