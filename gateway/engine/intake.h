// Takes a report in: checked, masked, understood, joined or opened, assessed, called out.
// Engine thread only.
#pragma once

#include "gateway/engine/core.h"

namespace tocsin::engine {

// kInvalid (field named), kConflict (the key was used with another body), kRetryLater (disk full).
[[nodiscard]] model::CommandResult submit_report(Core& core, const model::SubmitReport& command);

// Public-health places stop at the community: called before anything of such a report or incident is stored.
void stop_at_community(const Core& core, model::HazardKind kind, model::AreaId& area, std::string& place);

// A report that is already checked and understood: the common end of web and SMS.  `language`: of the reporter, for
// questions. `desk_only`: too old to ring anybody but the desk.
// `into`: an open incident it belongs to whatever else is near; none = as correlation finds.
[[nodiscard]] model::SubmittedReport take_in(Core& core, model::Report report, const std::string& language,
                                             bool desk_only, std::optional<model::IncidentId> into = {});

// The report of the same person with the same client key that came by the other way (web or SMS), if any.  What is sent
// twice is one report: its facts are added to the first one's incident.
struct SentBefore {
  model::Report first;
  bool adds = false;  // its incident is open and of that kind: take_in with `into`; else there is nothing to add
};
[[nodiscard]] std::optional<SentBefore> sent_by_other_way(Core& core, const model::Report& report);

}  // namespace tocsin::engine
