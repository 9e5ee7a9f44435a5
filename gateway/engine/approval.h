// Who starts a response and who ends it: an approval asked for, decided or due; the authority to stand down.
// Engine thread only.  The rules are docs/guarantees.md, "Approval", and gateway/callout/authority.h.
#pragma once

#include <string>
#include <vector>

#include "gateway/callout/authority.h"
#include "gateway/engine/core.h"

namespace tocsin::engine {

// ---- a call-out that waits for somebody's word ----

// Writes down that the call-out waits.  Who is asked is told by the response's approval step, like by any other.
void ask_approval(Core& core, const model::CallOut& callout, const plan::Response& response);

// Names of the steps that had begun under the call-out before this one.
[[nodiscard]] std::vector<std::string> ran_before(Core& core, const model::CallOut& callout);

// True while this step must wait for the word of somebody, or will never get it.
[[nodiscard]] bool is_held_back(Core& core, const model::Step& step, const plan::PlanStep& rules);

// Approvals nobody gave before the incident ended or another call-out took over: nothing is decided any more.
void drop_approvals(Core& core, model::IncidentId incident);

// ---- commands ----

// kNotFound, kConflict (ended, nothing waits, or decided already), kChanged; kRefused when the person has no agreed
// phone a code could go to.  Who may not is told so in the reply, for the record keeps it.
[[nodiscard]] model::CommandResult ask_approval_code(Core& core, const model::AskApprovalCode& command);
[[nodiscard]] model::CommandResult approve(Core& core, const model::Approve& command);

// What the plan says about those nobody decided in time.  True: there are more.
bool due_approvals(Core& core);

// ---- ending ----

// Whose word ends the incident: the caller's own, or for the desk that of whom it names.  kForbidden when they may not,
// kInvalid (ordered_by, conditions) with what is missing.  0 where the plan has no rule.
[[nodiscard]] base::Result<model::PersonId> word_to_end(Core& core, const model::Incident& incident,
                                                        const model::StandDown& command);

}  // namespace tocsin::engine
