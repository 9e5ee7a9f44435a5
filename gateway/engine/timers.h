// What falls due: waits of ladders and steps, desk tasks, receipts that stay away, retries, links that stay down.
// Engine thread only.
#pragma once

#include "gateway/engine/core.h"

namespace tocsin::engine {

// Handles up to Options::due_slice rows of each kind.  True when there may be more.
bool handle_due(Core& core);

// When handle_due should be called next; empty = nothing waits.
[[nodiscard]] std::optional<base::UtcTime> next_due(Core& core);

}  // namespace tocsin::engine
