// Probes: a fixed text over one link to a number of the office's own, which must come in again.  The round trip is a
// truth that no receipt gives.
//
// Engine thread only.  A probe's token is its delivery's id and a keyed digest, so it is known after a restart too, and
// nobody else can make one: it is never answered, never a report, never a stranger's.
#pragma once

#include <string_view>

#include "gateway/engine/core.h"

namespace tocsin::engine {

// Sends what is due, and doubts links whose probe is not back within Options::probe_patience of its leaving.
void send_probes(Core& core);
// When send_probes() has something to do for that link; empty = it is not probed.
[[nodiscard]] std::optional<base::UtcTime> next_probe(const Core& core, const Link& link);
// True when the text holds a probe of ours; its link is told.
bool probe_came_in(Core& core, std::string_view text);

}  // namespace tocsin::engine
