// After an outage: what is owed to one person for long is composed from the present, and told by one message.
//
// The summary is a delivery of its own, without an alert; each delivery told together with it names it (model::Delivery
// ::summary) and has its end: taken, refused, unknown, delivered.  One that comes back to be sent later is not sent
// again: those it told are queued again and composed anew.  docs/guarantees.md, "After an outage".
// Engine thread only.
#pragma once

#include <span>
#include <vector>

#include "gateway/engine/core.h"

namespace tocsin::engine {

// Of what was claimed for `link` just now, takes out what is not said any more or is said by a summary, puts the
// summaries in, and gives what goes by itself after a long time its words of now.  True: the ladders of alerts moved,
// or something went back to the queue, so that there may be more to claim.
bool compose_from_present(Core& core, const Link& link, std::vector<ports::ClaimedSend>& claimed);

// What is told together with these summaries is handed over with them: recorded for each.
void hand_over_with(Core& core, std::span<const model::DeliveryId> summaries);

// A link gave this summary back for good: those it tells wait for `to` from now on, known to be refused by `refused`
// (bit_of()), and are composed anew there once the summary is followed.
void move_with(Core& core, model::DeliveryId summary, Link& to, std::uint64_t refused, std::string_view why);

// What became of the deliveries told together with summaries among `changed`: each has the end of its summary now.
struct Followed {
  model::Delivery delivery;  // as it is now
  model::DeliveryState before = model::DeliveryState::kClaimed;
};
std::vector<Followed> follow_summaries(Core& core, std::span<const model::Delivery> changed);

}  // namespace tocsin::engine
