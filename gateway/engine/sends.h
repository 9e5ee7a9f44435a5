// What links report: the ends of sends, receipts, up and down.
// Engine thread only.
#pragma once

#include "gateway/engine/core.h"

namespace tocsin::engine {

[[nodiscard]] model::CommandResult sends_ended(Core& core, const model::SendsEnded& command);
[[nodiscard]] model::CommandResult receipts_in(Core& core, const model::ReceiptsIn& command);
[[nodiscard]] model::CommandResult link_changed(Core& core, const model::LinkChanged& command);

// Deliveries whose end became unknown, refused or undelivered: their alerts climb on.
void climb_alerts_of(Core& core, const std::vector<model::AlertId>& alerts);

}  // namespace tocsin::engine
