// What only a directory can show: selectors of the plan that name nobody, people without a contact point.
#pragma once

#include "gateway/base/diagnostic.h"
#include "gateway/plan/plan.h"

namespace tocsin::plan {

// Findings the plan alone can give beyond read_plan's errors (all warnings): responses no level reaches,
// levels without a response of their own, ladders that end without a human, criteria hidden by a
// higher level.  Findings against a directory are made in rehearse/check.h, which sees the roster.
[[nodiscard]] base::Diagnostics lint(const Plan& plan);

}  // namespace tocsin::plan
