// Steps of a call-out begun, entered slice by slice and judged; call-outs begun and halted: what gateway/engine does in
// steps.cc and response.cc, over a Stage.  Private to rehearse.
#pragma once

#include "gateway/rehearse/stage.h"

namespace tocsin::rehearse {

// ---- steps ----
void begin_step(Stage& stage, Place step);
// Judges the steps this event touched: satisfied, short (its `then` begins), or when to look again.
void settle_steps(Stage& stage);
// One slice of long work; false when there is none.
bool do_one_slice(Stage& stage);

// ---- call-outs ----
void start_callout(Stage& stage);
// Nothing new goes out: what is queued becomes `queued_become`, alerts are withdrawn, steps closed, approvals moot.
void halt(Stage& stage, model::DeliveryState queued_become, model::Reason reason, bool with_tasks);
// The level has risen: the call-out is replaced, those told get an update.
void revise(Stage& stage);
// One message of that kind to everybody told so far.
void mail_told(Stage& stage, model::MatterKind kind);

// ---- approvals ----
// The approval of the call-out that runs; null when none is awaited.
[[nodiscard]] ApprovalOutcome* awaited(Stage& stage);
void decide(Stage& stage, model::ApprovalState state, const std::string& by);

// ---- what falls due ----
void due_approvals(Stage& stage);
void due_steps(Stage& stage);
void due_tasks(Stage& stage);
void due_opening(Stage& stage);

}  // namespace tocsin::rehearse
