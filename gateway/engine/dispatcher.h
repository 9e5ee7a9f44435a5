// Hands owed messages to links: claimed in the batch's transaction, sent after its commit.
// Engine thread only.
#pragma once

#include <utility>
#include <vector>

#include "gateway/engine/core.h"

namespace tocsin::engine {

// What leaves the house once the commit has happened.
struct Outgoing {
  ports::Sender* sender = nullptr;
  std::vector<ports::OutMessage> messages;
};

// Claims for every link that is up as much as it has room for.  Empty when nothing is owed.
// `more`: some link had no room for everything, as far as is known.
[[nodiscard]] std::vector<Outgoing> claim_owed(Core& core, bool& more);

}  // namespace tocsin::engine
