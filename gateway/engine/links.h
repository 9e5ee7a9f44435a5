// The office's links as the engine sees them: how each stands, which carries what, who takes over from whom, and what
// waits for a link that nobody can stand in for.
// Engine thread only.  The rules are docs/guarantees.md, "Links".
#pragma once

#include <span>

#include "gateway/engine/core.h"

namespace tocsin::engine {

// Was a delivery with this cause made because an earlier one failed, or has an unknown end?
[[nodiscard]] bool is_repeat(model::Reason cause);

// The link's bit in callout::WantedLink::tried; 0 when there is none of that number.
[[nodiscard]] std::uint64_t bit_of(const Core& core, model::LinkIndex link);

// Where a new message goes, or waits until it can.  Null when no link serves the channel.
[[nodiscard]] Link* link_for(Core& core, const callout::WantedLink& wanted);

// How many more messages it may be given right now: what it has room for, within its cap, and while it is doubted and
// others could carry them what it may carry on trial.
[[nodiscard]] int room_of(Core& core, Link& link);

// Keeps no more room for a message that its cap did not hold and that waits no more.
void look_at_next(Core& core, Link& link);

// What waits for links that cannot carry it now, or that come after this one, and would be among the next `room`
// messages of this link, waits for this link from now on.  No more than that: the rest stays where it is owed, so that
// a link that was away for a moment finds its queue again.
void take_over(Core& core, Link& link, int room);

// Recorded and counted: it waits for another link from now on.
void note_moved(Core& core, model::IncidentId incident, model::DeliveryId delivery, model::LinkIndex from,
                model::LinkIndex to, std::string_view why);

// A message that its link gave back for good goes once over each other link that can carry it now.  False: there is
// none, and `delivery` is as it was.
[[nodiscard]] bool goes_elsewhere(Core& core, model::Delivery& delivery, std::string_view why);

// Links that nobody can stand in for: once they could not carry anything for Options::link_patience, ladders go on
// without them; when somebody can carry it again, what is owed is owed again.  True when there may be more.
bool look_at_links(Core& core);
// When look_at_links() or a claim has something to do next, if nothing happens before.
[[nodiscard]] std::optional<base::UtcTime> next_link_due(Core& core);

// ---- what a link confirms ----
// How long a receipt is waited for: less over a doubted link, while another could carry a repeat.
[[nodiscard]] base::Duration receipt_wait(Core& core, const Link& link);
// A receipt with an end came for a message of that link which had been accepted.
void note_confirmed(Core& core, const model::Delivery& delivery);
// It is doubted from now on: recorded, and its receipts are waited for less long.
void note_doubted(Core& core, Link& link);
// What was found out of it makes it doubted or trusted from now on, or not.
void judge(Core& core, Link& link);
// Others that a receipt for a message of this link may come over, and the reverse.
[[nodiscard]] std::vector<const Link*> others_of_carrier(const Core& core, model::LinkIndex link);

// Reads what is known of it from before this start: its load, its normal, what it still owes receipts for.
void remember_link(Core& core, Link& link);

// Their ends are unknown since a restart, after remember_link(): they may have left the house just before.
void count_abandoned(Core& core, std::span<const model::Delivery> rows);

// What is owed over a link that the settings have no more waits for another one of its channel.  At the start, once all
// links are remembered.
void take_in_queues(Core& core);

}  // namespace tocsin::engine
