// A message that came in over a link: an answer, a report, or a stranger.
// Engine thread only.
#pragma once

#include "gateway/engine/core.h"

namespace tocsin::engine {

[[nodiscard]] model::CommandResult inbound_message(Core& core, const model::InboundMessage& command);

}  // namespace tocsin::engine
