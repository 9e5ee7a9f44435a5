// The contact check: on calm days, in office hours, every agreed mobile contact point is asked once a round to
// answer 1.
//
// A round is begun by the schedule or by an administrator.  One message at a time, so many an hour, below everything
// else: only while no real incident is open nor ended not long ago, only over a link that brings answers and has its
// room and nine tenths of its caps to spare, and never out of a queue into a night or an incident: what waits there
// then is taken back, and asked later.  Where a round stands is in the store: a restart forgets and repeats nothing.
// Engine thread only.
#pragma once

#include <optional>
#include <string_view>

#include "gateway/engine/core.h"

namespace tocsin::engine {

[[nodiscard]] model::CommandResult start_contact_check(Core& core, const model::StartContactCheck& command);
[[nodiscard]] model::CommandResult stop_contact_check(Core& core, const model::StopContactCheck& command);

// Begins, asks, gives up waiting, ends, as it falls due.  True when there may be more to do right now.
bool see_to_contact_check(Core& core);
// When it should be called next; empty = nothing waits.
[[nodiscard]] std::optional<base::UtcTime> next_contact_check(const Core& core);

// Before every claim: checks that wait in a queue while nobody may be asked are cancelled, and asked another time.
void hold_back_contact_checks(Core& core);

// Somebody answered something from that number: messages reach them there, so every check of it is answered, late ones
// too.  When it had been asked; empty when it was not, or had answered.
std::optional<base::UtcTime> contact_answered(Core& core, std::string_view number);

}  // namespace tocsin::engine
