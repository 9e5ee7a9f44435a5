// What waits in the desk's inbox: messages from numbers nobody knows, drills by SMS, and what a machine sent.
//
// Kept 72 hours (purge.h), never dropped while within the limits, never trusted: nothing here opens an incident or
// rings anybody.  Above the limits of an hour only the number of messages is kept. Engine thread only.
#pragma once

#include <optional>
#include <string>

#include "gateway/engine/core.h"

namespace tocsin::engine {

// `from`: the number, or "person:CODE" of whoever the directory knows; `text` is masked already.  False: above the
// limits, counted only.
bool put_in_inbox(Core& core, const model::InboundMessage& message, const std::string& from, const std::string& text);

[[nodiscard]] model::CommandResult from_stranger(Core& core, const model::InboundMessage& message,
                                                 const std::string& text);

// The record tells how many were left out at once, and then once a minute while they come; this writes what is due.
void tell_left_out(Core& core);
// When that is; empty: nothing waits to be told.
[[nodiscard]] std::optional<base::UtcTime> next_left_out(const Core& core);

}  // namespace tocsin::engine
