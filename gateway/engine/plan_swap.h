// A plan is put in force: for new incidents at once, while those that run stay with their version.  Engine thread only.
#pragma once

#include "gateway/engine/core.h"
#include "gateway/model/plan_version.h"

namespace tocsin::engine {

// What PutPlanInForce does; `plan` may be null, the source is read then.  The plan that is in force already stays as it
// is, and the reply says so.  kForbidden: not by an administrator or the office itself; kChanged: another plan is in
// force than the one expected; kInvalid: the source is no plan, or not the one of that digest.
[[nodiscard]] model::CommandResult put_plan_in_force(Core& core, const model::PutPlanInForce& command,
                                                     plan::PlanPtr plan);

// The same at a start, where the plan that was in force is used again and recorded once more.
[[nodiscard]] base::Status start_with_plan(Core& core, const model::PutPlanInForce& command, const plan::PlanPtr& plan);

}  // namespace tocsin::engine
