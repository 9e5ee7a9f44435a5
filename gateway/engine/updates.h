// Updates that follow each other within a minute reach a person as one: the newest waits for the rest of the minute and
// takes the place of what it overtakes.  docs/guarantees.md, "Updates".
// Engine thread only.
#pragma once

#include <span>

#include "gateway/engine/ladder.h"

namespace tocsin::engine {

// To be called when the first message of `alert`, an update without a ladder, was made: it stands in rows.fresh, behind
// `from`.  It then waits, unless it may not (callout/present.h).
void hold_back(Core& core, const model::Incident& incident, const model::Matter& matter, const model::Alert& alert,
               Rows& rows, std::size_t from);

// Older updates of the incident that still wait for those people are superseded by that of `matter`.
void drop_overtaken(Core& core, const model::Matter& matter, std::span<const model::PersonId> people);

}  // namespace tocsin::engine
