#include "gateway/app/plans_by_version.h"

#include "gateway/plan/read_plan.h"

namespace tocsin::app {

plan::PlanPtr PlansByVersion::of(int version) const {
  // Asked before and after: another may be put in force in between.
  const bool was_in_force = swap_().version == version;
  auto now = in_force_();
  if (was_in_force && swap_().version == version) return now;
  auto known = known_.with([&](const auto& plans) {
    const auto at = plans.find(version);
    return at == plans.end() ? plan::PlanPtr() : at->second;
  });
  if (known) return known;
  const auto source = queries_.plan_source(version);
  plan::PlanPtr read;
  if (source.ok()) read = plan::read_plan(*source, "version " + std::to_string(version)).plan;
  if (!read) return now;
  known_.with([&](auto& plans) {
    if (plans.size() >= kRemembered) plans.clear();
    plans[version] = read;
  });
  return read;
}

}  // namespace tocsin::app
