// What the desk does with an incident.
// Engine thread only.  Each refuses with kNotFound (no such code), kConflict (it has ended), kChanged (not as expected)
// or kInvalid (field named).
#pragma once

#include "gateway/engine/core.h"

namespace tocsin::engine {

[[nodiscard]] model::CommandResult open_incident(Core& core, const model::OpenIncident& command);
[[nodiscard]] model::CommandResult classify_incident(Core& core, const model::ClassifyIncident& command);
[[nodiscard]] model::CommandResult set_incident_level(Core& core, const model::SetLevel& command);
[[nodiscard]] model::CommandResult stand_down(Core& core, const model::StandDown& command);
[[nodiscard]] model::CommandResult complete_task(Core& core, const model::CompleteTask& command);

// Writes down who took over the desk, and what was open then.
[[nodiscard]] model::CommandResult hand_over(Core& core, const model::HandOver& command);

// The older incident stays, the other's code becomes an alias; answers carry over; people told by the younger alone get
// one update.
[[nodiscard]] model::CommandResult merge_incidents(Core& core, const model::MergeIncidents& command);
// The named reports move to an incident of their own; the parent's level stays until the desk lowers it.
[[nodiscard]] model::CommandResult split_incident(Core& core, const model::SplitIncident& command);

// An open incident by its code or alias; kChanged when it stands at none of the versions `expected`.
[[nodiscard]] base::Result<model::Incident> open_by_code(Core& core, int code, const model::Expected& expected = {});

}  // namespace tocsin::engine
