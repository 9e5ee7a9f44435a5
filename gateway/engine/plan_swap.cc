#include "gateway/engine/plan_swap.h"

#include "gateway/plan/read_plan.h"

namespace tocsin::engine {
namespace {

constexpr std::size_t kDigestShown = 64;
constexpr std::size_t kReasonShown = 16;

void record_in_force(Core& core, const model::PutPlanInForce& c, int version) {
  core.record(model::RecordKind::kPlanInForce, {}, 0, version, c.accepted,
              Core::who(c.by) + " " + c.digest.substr(0, kDigestShown));
}

// Reasons and names of the plan's parts are people's words: the record keeps their digests.
void keep_overrides(Core& core, const model::PutPlanInForce& c, int version) {
  const auto by = Core::who(c.by);
  for (const auto& one : c.overrides) {
    core.store.keep_override(version, {one, by, core.now});
    core.record(model::RecordKind::kPlanWarningAccepted, {}, 0, version, 0,
                by + " " + one.finding.substr(0, 60) + " " + core.store.text_digest(one.where).substr(0, kReasonShown) +
                    " " + core.store.text_digest(one.reason).substr(0, kReasonShown));
  }
}

}  // namespace

model::CommandResult put_plan_in_force(Core& core, const model::PutPlanInForce& c, plan::PlanPtr plan) {
  if (c.by.role != model::Role::kAdmin && c.by.role != model::Role::kSystem) {
    return base::Error{base::ErrorCode::kForbidden, "only an administrator puts a plan in force", ""};
  }
  const auto before = core.store.plan_in_force();
  if (before) {
    if (auto stands = model::check(c.expected, version_of(before->swap)); !stands) return stands.error();
  }
  if (!plan) plan = plan::read_plan(c.source, "plan").plan;
  if (!plan || plan->digest != c.digest) return base::invalid("this is no plan, or not the one of that digest", "plan");
  if (c.from_file) core.store.see_plan_file(c.digest);
  if (before && before->digest == c.digest) return model::Reply{model::PlanTaken{before->swap, false}};

  model::PlanSwap swap;
  swap.number = before ? before->swap.number + 1 : 1;
  swap.version = core.store.plan_version(c.digest, c.source, c.name, c.label, core.now);
  swap.at = core.now;
  swap.via = c.via;
  swap.by = Core::who(c.by);
  swap.note = c.note;
  core.store.put_in_force(swap);
  keep_overrides(core, c, swap.version);
  record_in_force(core, c, swap.version);
  if (auto stored = core.store.status(); !stored) return stored.error();  // nothing in memory has changed yet
  core.use_plan(std::move(plan), swap);
  return model::Reply{model::PlanTaken{swap, true}};
}

base::Status start_with_plan(Core& core, const model::PutPlanInForce& c, const plan::PlanPtr& plan) {
  const auto taken = put_plan_in_force(core, c, plan);
  if (!taken) return taken.error();
  const auto& reply = std::get<model::PlanTaken>(*taken);
  if (!reply.changed) {
    core.use_plan(plan, reply.swap);
    record_in_force(core, c, reply.swap.version);
  }
  return base::Done{};
}

}  // namespace tocsin::engine
