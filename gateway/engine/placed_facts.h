// What reports say, folded place by place into what an incident knows.  Engine thread only.
#pragma once

#include <vector>

#include "gateway/engine/core.h"

namespace tocsin::engine {

// The facts of a report, at its area and time.
[[nodiscard]] std::vector<model::PlacedFact> facts_said_by(const model::Report& report);

// Adds them to the incident's: of two about one attribute and place the worse, or the latest, as its plan says.
// What the plan does not know is left out.  `said` in the order in which it was said.
void add_facts(Core& core, const model::Incident& incident, const std::vector<model::PlacedFact>& said);

}  // namespace tocsin::engine
