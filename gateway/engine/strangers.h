// What waits in the desk's inbox: messages from numbers nobody knows, drills by SMS, and what a machine sent.
//
// Kept 72 hours (purge.h), never dropped while within the limits, never trusted: nothing here opens an incident or
// starts a response.  Above the limits of an hour only the number of messages is kept. Engine thread only.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "gateway/engine/core.h"

namespace tocsin::engine {

// Messages that somebody sent by hand ring those whom the plan names (`inbox_unopened`), by a fixed SMS, when the desk
// opened or took over none of them in the plan's time: once an hour at most, and once for each message.  Drills and
// what a machine sent ring nobody.
//
// `from`: the number, or "person:CODE" of whoever the directory knows; `text` is masked already.  False: above the
// limits, counted only.
bool put_in_inbox(Core& core, const model::InboundMessage& message, const std::string& from, const std::string& text,
                  bool rings);

[[nodiscard]] model::CommandResult from_stranger(Core& core, const model::InboundMessage& message,
                                                 const std::string& text);

[[nodiscard]] model::CommandResult open_message(Core& core, const model::OpenMessage& command);
// A report with the key of a message of the inbox: that message waits no more.
void note_taken(Core& core, std::string_view key, model::ReportId report);
// Whoever is to be rung by now is.
void ring_for_inbox(Core& core);

// The record tells how many were left out at once, and then once a minute while they come; this writes what is due.
void tell_left_out(Core& core);
// When that is; empty: nothing waits to be told.
[[nodiscard]] std::optional<base::UtcTime> next_left_out(const Core& core);

}  // namespace tocsin::engine
