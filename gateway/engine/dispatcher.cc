#include "gateway/engine/dispatcher.h"

namespace tocsin::engine {
namespace {

const std::string& body_of(Core& core, model::MessageId id) {
  const auto known = core.bodies.find(id.value);
  if (known != core.bodies.end()) return known->second;
  return core.bodies[id.value] = core.store.message_body(id);
}

}  // namespace

std::vector<Outgoing> claim_owed(Core& core, bool& more) {
  std::vector<Outgoing> all;
  more = false;
  for (auto& link : core.links) {
    std::vector<ports::ClaimedSend> claimed;
    const int room = link.up ? link.sender->free_window() : 0;
    link.wants_room = link.up;
    if (room > 0) {
      claimed = core.store.claim(link.index, room, core.epoch, core.now);
      link.wants_room = static_cast<int>(claimed.size()) >= room;
    }
    more = more || link.wants_room;
    if (claimed.empty()) continue;
    Outgoing out{link.sender, {}};
    out.messages.reserve(claimed.size());
    for (const auto& c : claimed) {
      ++core.metrics.handed_over;
      core.record(model::RecordKind::kHandedOver, c.incident, c.delivery.value, c.alert.value,
                  (c.rung << 8) | (c.attempt & 0xff));
      auto& turn = link.turn[c.urgency];
      if (c.turn > turn) turn = c.turn;
      out.messages.push_back({c.delivery, c.address, body_of(core, c.message), c.missing_parts,
                              static_cast<int>(c.delivery.value & 0xff), c.urgency});
    }
    all.push_back(std::move(out));
  }
  return all;
}

}  // namespace tocsin::engine
