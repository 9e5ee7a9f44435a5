// What a step has come to: enough answers, too few and nobody left, or wait until.
//
// Pure.  The cost does not depend on how many recipients the step has.
#pragma once

#include <optional>

#include "gateway/model/incident.h"
#include "gateway/plan/plan.h"

namespace tocsin::callout {

struct StepVerdict {
  model::StepState state = model::StepState::kRunning;  // kRunning, kSatisfied or kShort
  std::optional<base::UtcTime> look_again_at;           // with kRunning
  model::Reason reason = model::Reason::kNone;          // kSettled, kNoAnswer (time), kLadderEnded (nobody is left)
};

// Counts answers that satisfy `step.needs`.  The wait runs from `last_first_rung_at` once nothing is pending, and
// ends at `started_at + at_most` in any case.  When those still open plus those who answered cannot reach
// `step.needed`, the step is short at once.  A step that needs nothing never becomes short.
// A satisfied step stays satisfied; a short one becomes satisfied by late answers.
// `rules.wait` and `rules.at_most` of zero set no limit.  A step that asks everybody (`rules.enough_all`) and found
// nobody is short; one that needs nothing is satisfied once everybody's first message was handed over or never will be.
// Waiting and closed steps are given back as they are.
[[nodiscard]] StepVerdict step_state(const model::Step& step, const plan::PlanStep& rules, base::UtcTime now);

// How many answers count for it.
[[nodiscard]] int answers_that_count(const model::StepCounters& counters, model::AnswerKind needs);

// Moves one person from the count of `before` to that of `after`.
void count_answer(model::StepCounters& counters, model::AnswerKind before, model::AnswerKind after);

}  // namespace tocsin::callout
