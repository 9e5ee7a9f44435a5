// The part of lint that reasons about criteria.  Internal to gateway/plan.
#pragma once

#include "gateway/base/diagnostic.h"
#include "gateway/plan/plan.h"

namespace tocsin::plan {

void lint_criteria(const Plan& plan, const Hazard& hazard, base::Diagnostics& findings);

// One warning about `where` ("fire/III/2"; read_plan.h lists the names), which locate() turns into a place.
void warn(base::Diagnostics& findings, std::string code, std::string where, base::Said message, base::Said hint = {});
// One warning without a place: the plan no longer knows lines.
void warn(base::Diagnostics& findings, std::string code, std::string message, std::string hint = {});

}  // namespace tocsin::plan
