// Does a report join an incident that is open, or open a new one?  Pure.
#pragma once

#include <functional>
#include <optional>
#include <span>

#include "gateway/model/incident.h"
#include "gateway/model/report.h"
#include "gateway/plan/plan.h"

namespace tocsin::triage {

// `near(a, b)` comes from the roster (ports/roster.h); it is asked only about candidates in the window.
using Near = std::function<bool(model::AreaId, model::AreaId)>;

// The open incident the report belongs to: same kind, same drill mark, last report within the hazard's merge
// window before `now`, near in place.  The most recent of several.  A report without a place joins only
// when exactly one incident qualifies otherwise; one with a place never joins an incident without (a second
// call-out is a nuisance, a missing one is not).  Unclassified reports join only the same reporter's unclassified
// incident of the last 10 minutes, which the caller puts in `candidates` alone.
[[nodiscard]] std::optional<model::IncidentId> correlate(const plan::Plan& plan, const model::Report& report,
                                                         std::span<const model::Incident> candidates, base::UtcTime now,
                                                         const Near& near);

}  // namespace tocsin::triage
