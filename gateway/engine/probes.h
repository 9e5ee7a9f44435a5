// Probes: a fixed text over one link to a number of the office's own, which must come in again.  The round trip is a
// truth that no receipt gives.
//
// Engine thread only.  A probe's token is its delivery's id and a keyed digest, so it is known after a restart too, and
// nobody else can make one: it is never answered, never a report, never a stranger's.
#pragma once

#include <string_view>

#include "gateway/engine/core.h"
#include "gateway/model/command.h"

namespace tocsin::engine {

// Sends what is due, and doubts links whose probe is not back within Options::probe_patience of its leaving.
void send_probes(Core& core);
// When send_probes() has something to do for that link; empty = it is not probed.
[[nodiscard]] std::optional<base::UtcTime> next_probe(const Core& core, const Link& link);
// True when the text holds a probe of ours; its link is told.
bool probe_came_in(Core& core, std::string_view text);

// The same text to whoever asks, over that link and no other: to the first agreed contact point of theirs that it can
// carry to.  It proves nothing by itself (no phone sends it back), so the link's health does not look at it.
// kForbidden: not an administrator who is a person of the directory.  kNotFound: no such link.  kConflict: it is down,
// or they have no such contact point.  kRetryLater: ten were sent within the hour.
[[nodiscard]] model::CommandResult probe_link(Core& core, const model::ProbeLink& command);

}  // namespace tocsin::engine
