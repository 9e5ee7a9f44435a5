// What a plan promises that its directory cannot keep.
//
// Each response of the plan is resolved against the roster as it stands at one moment, for every place where a report
// can come from.  Pure; the cost is that of one resolve() for each step and place.
//
// Findings (no line of the file is known here: line 0, and the message names hazard, level and step):
//   selector-resolves-to-nobody  error: no such post, unit, group, duty or area role in the directory;
//                                warning: it is there, but nobody fills it at that moment or at some place
//   person-unreachable           warning: a recipient without any agreed contact point that a rung of the ladder can
//   use nobody-can-phone             warning: the ladder relies on the desk's call, and the recipient has no agreed
//   number enough-above-recipients      warning: a step asks for more answers than it has recipients, so it is always
//   short
// Each selector and each person is named once, at the first step concerned.
#pragma once

#include <string>

#include "gateway/base/diagnostic.h"
#include "gateway/plan/plan.h"
#include "gateway/ports/roster.h"
#include "gateway/rehearse/simulate.h"

namespace tocsin::rehearse {

// `file` names the plan in the findings; `links_for` as in Options.
[[nodiscard]] base::Diagnostics check(const plan::Plan& plan, const ports::Roster& roster, const std::string& file,
                                      base::UtcTime at, unsigned links_for = kEveryLink);

}  // namespace tocsin::rehearse
