#include "gateway/triage/correlate.h"

#include <utility>

namespace tocsin::triage {
namespace {

constexpr base::Duration kUnclassifiedWindow = std::chrono::minutes(10);

base::Duration window_for(const plan::Plan& plan, model::HazardKind kind) {
  if (kind == model::HazardKind::kUnclassified) return kUnclassifiedWindow;
  const auto* hazard = plan.hazard(kind);
  return hazard == nullptr ? base::Duration{-1} : hazard->merge_window;
}

// Everything but the place.
bool could_be_the_same(const model::Report& report, const model::Incident& incident, base::Duration window,
                       base::UtcTime now) {
  return incident.state == model::IncidentState::kOpen && incident.kind == report.kind &&
         incident.drill == report.drill && now - incident.last_report_at <= window;
}

bool is_more_recent(const model::Incident& a, const model::Incident& b) {
  return std::pair(a.last_report_at, a.id) > std::pair(b.last_report_at, b.id);
}

}  // namespace

std::optional<model::IncidentId> correlate(const plan::Plan& plan, const model::Report& report,
                                           std::span<const model::Incident> candidates, base::UtcTime now,
                                           const Near& near) {
  const auto window = window_for(plan, report.kind);
  const bool unclassified = report.kind == model::HazardKind::kUnclassified;
  const model::Incident* best = nullptr;
  int qualified = 0;
  for (const auto& incident : candidates) {
    if (!could_be_the_same(report, incident, window, now)) continue;
    if (report.area && !unclassified && !(incident.area && near(incident.area, report.area))) continue;
    ++qualified;
    if (best == nullptr || is_more_recent(incident, *best)) best = &incident;
  }
  if (best == nullptr) return std::nullopt;
  // Without a place the report may be about any of them: a guess could silence a second disaster.
  if (!report.area && !unclassified && qualified > 1) return std::nullopt;
  return best->id;
}

}  // namespace tocsin::triage
