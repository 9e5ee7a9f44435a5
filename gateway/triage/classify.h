// Facts in, level out, with the very clause that matched and what is unknown and could raise it.
//
// Pure; linear in the number of conditions of one hazard; any thread.
#pragma once

#include <string>

#include "gateway/model/report.h"
#include "gateway/plan/plan.h"

namespace tocsin::triage {

// The highest level one of whose clauses is true; the hazard's default level when none is.
// A condition over an unknown attribute is not true.  A clause over a higher level that has no false
// condition and at least one unknown one makes its unknown attributes questions, highest level first.
// `language` is the asked person's.  The hazard must be in the plan.
[[nodiscard]] model::Assessment classify(const plan::Plan& plan, model::HazardKind kind, const model::Facts& facts,
                                         const std::string& language);

// Checks attributes and types of submitted facts against plan and hazard (kUnclassified: any attribute
// of the plan).  kInvalid names the field "facts.<attribute>" and the nearest known name.
[[nodiscard]] base::Status check_facts(const plan::Plan& plan, model::HazardKind kind, const model::Facts& facts);

}  // namespace tocsin::triage
