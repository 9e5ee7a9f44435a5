// What is wrong with a plan that can be read: proofs and warnings that need the plan alone.
//
// All are warnings, each with `where` (read_plan.h lists the names; `locate` gives lines); the plan can be used as it
// stands.  Exact, over every report there can be, unknown facts included:
//   clause-never, clause-hidden, level-hidden   a clause, or a whole level, that never decides
//   range-gap, range-overlap, level-jump        clauses over one number: left out, claimed twice, a level skipped
//   harm-lowers-level                           some report with more harm gets a lower level.  Without it, range-gap
//                                               and criteria-not-above-default, more harm never lowers a level
//   criteria-not-above-default                  criteria for a level not above the default
//   criteria-too-tangled                        one of the above was not found out within bounds
//   response-by-hand-only, level-without-own-response
//   then-never, clock-before-steps              steps: a "then" that never comes; a task due before the answers can be
//   in approval-too-short, stand-down-by-nobody    an approval over before its first deputy is asked; an end nobody
//   told
//                                               of the beginning may declare
//   ladder-ends-without-human, no-time-to-answer, repeat-without-cycles, ladder-unused
//   hours-never-hold, hours-leave-channel       hours of a ladder hidden by earlier ones; that leave out a channel
//   no-keywords, keyword-shared, attribute-unused, template-unused
// Findings against a directory and links are made in gateway/rehearse/check.h.  Pure; any thread.  Clauses of one
// hazard are compared with each other; everything else is linear in the plan.
#pragma once

#include "gateway/base/diagnostic.h"
#include "gateway/plan/plan.h"

namespace tocsin::plan {

[[nodiscard]] base::Diagnostics lint(const Plan& plan);

}  // namespace tocsin::plan
