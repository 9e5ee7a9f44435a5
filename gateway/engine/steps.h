// Steps of a call-out: begun, entered slice by slice, judged once per command, gone on from.
// Engine thread only.
#pragma once

#include "gateway/engine/core.h"
#include "gateway/plan/plan.h"

namespace tocsin::engine {

// The plan's rules of a step; null when the plan or the response is gone.
[[nodiscard]] const plan::PlanStep* rules_of(Core& core, const model::Step& step);

// Begins a waiting step: its desk task, its recipients (the first slice at once, the rest as work).  Begun ones are
// left alone.
void begin_step(Core& core, model::StepId id);

// Begins what the plan names in the `then` of a step that came short, in its order.
void begin_then(Core& core, const model::Step& step, const plan::PlanStep& rules);

// Enters the next slice of a step; false when there is nothing left of it.
bool enter_slice(Core& core, ports::Work& work);

// Judges every step touched by this command: satisfied, short (its `then` begins), or when to look again.  Writes them.
void settle_steps(Core& core);

// Closes every step and task of a call-out that has not ended; entering stops.
void close_steps(Core& core, model::CallOutId callout);

}  // namespace tocsin::engine
