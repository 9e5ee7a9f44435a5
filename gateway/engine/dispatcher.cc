#include "gateway/engine/dispatcher.h"

#include <algorithm>
#include <span>
#include <tuple>

#include "gateway/engine/contact_check.h"
#include "gateway/engine/links.h"
#include "gateway/engine/summary.h"
#include "gateway/engine/words.h"

namespace tocsin::engine {
namespace {

// What the link's cap does not hold goes back to its queue, with all behind it: nothing less urgent goes before.
class WithinCap {
 public:
  WithinCap(Core& core, Link& link) : core_(core), link_(link) {}

  // Counts it, or keeps it for give_back().
  bool takes(const ports::ClaimedSend& send, std::string_view text) {
    if (!link_.cap.is_set()) return true;
    const int parts =
        send.missing_parts.empty() ? link_.sender->parts_of(text) : static_cast<int>(send.missing_parts.size());
    if (back_.empty() && link_.cap.holds(core_.now, parts)) {
      link_.cap.count(core_.now, parts);
      link_.counted[send.delivery.value] = {core_.now, parts};
      return true;
    }
    if (back_.empty()) {
      const auto waits = first_that_waits(send.delivery);
      seen_ =
          std::any_of(core_.links.begin(), core_.links.end(), [&](const Link& l) { return l.next_delivery == waits; });
      link_.next_parts = parts;
      link_.next_urgency = send.urgency;
      link_.next_delivery = waits;
    }
    back_.push_back(send.delivery);
    return false;
  }
  // True: another link may take it at once, and did not have it before (else two would hand it to and fro).
  bool give_back() {
    if (back_.empty()) return false;
    (void)room_of(core_, link_);  // notes that it is full
    auto rows = core_.store.deliveries(back_);
    for (auto& row : rows) row.state = model::DeliveryState::kQueued;
    core_.store.update(std::span<const model::Delivery>(rows));
    (void)follow_summaries(core_, rows);
    return core_.links.size() > 1 && !seen_;
  }

 private:
  // What goes to the queue instead of it: a summary ends there, and the first of those it told stands for it.
  [[nodiscard]] model::DeliveryId first_that_waits(model::DeliveryId given_back) const {
    const auto told = core_.store.told_together(std::span(&given_back, 1));
    const auto first = std::min_element(told.begin(), told.end(), [](const auto& a, const auto& b) {
      return std::tuple(-a.urgency, a.turn, a.id) < std::tuple(-b.urgency, b.turn, b.id);
    });
    return first == told.end() ? given_back : first->id;
  }

  Core& core_;
  Link& link_;
  std::vector<model::DeliveryId> back_;
  bool seen_ = false;  // the first of them was given back before
};

// Its words were taken away while it waited (a code that was used, or is too old): there is nothing to send.
void cancel(Core& core, const ports::ClaimedSend& send) {
  auto rows = core.store.deliveries(std::span(&send.delivery, 1));
  for (auto& row : rows) {
    row.state = model::DeliveryState::kCancelled;
    row.ended_at = core.now;
    core.record(model::RecordKind::kDeliveryCancelled, row.incident, row.id.value, row.alert.value);
  }
  core.store.update(std::span<const model::Delivery>(rows));
}

}  // namespace

std::vector<Outgoing> claim_owed(Core& core, bool& more) {
  std::vector<Outgoing> all;
  more = false;
  hold_back_contact_checks(core);
  for (auto& link : core.links) look_at_next(core, link);
  for (auto& link : core.links) {
    std::vector<ports::ClaimedSend> claimed;
    const int room = room_of(core, link);
    link.trials_given = 0;
    link.wants_room = link.up && link.sender->free_window() == 0;
    if (room > 0) {
      if (core.links.size() > 1) take_over(core, link, room);
      claimed = core.store.claim(link.index, room, core.epoch, core.now);
      link.wants_room = static_cast<int>(claimed.size()) >= room;
    }
    if (compose_from_present(core, link, claimed)) more = true;
    more = more || link.wants_room;
    if (claimed.empty()) continue;
    WithinCap within_cap(core, link);
    std::vector<model::DeliveryId> summaries;
    Outgoing out{link.sender, {}};
    out.messages.reserve(claimed.size());
    for (const auto& c : claimed) {
      const auto text = text_of(core, c.message);
      if (text->body.empty()) {
        if (!core.store.status()) return {};  // the batch ends here; whether it has words is found out in the next
        cancel(core, c);
        continue;
      }
      auto page = page_of(core, link, c.alert);
      auto whole = page.empty() ? text->body : text->body + "\n" + page;
      if (!within_cap.takes(c, whole)) continue;
      if (c.delivery == link.probe) link.probe_waits = false;
      ++core.metrics.handed_over;
      core.record(model::RecordKind::kHandedOver, c.incident, c.delivery.value, c.alert.value,
                  (c.rung << 8) | (c.attempt & 0xff));
      if (!c.alert && c.incident) summaries.push_back(c.delivery);  // or a service text, with which nothing goes
      auto& turn = link.turn[c.urgency];
      if (c.turn > turn) turn = c.turn;
      out.messages.push_back({c.delivery, c.address, std::move(whole), c.missing_parts,
                              static_cast<int>(c.delivery.value & 0xffff), c.urgency,
                              std::shared_ptr<const model::Wording>(text, &text->made_of), std::move(page)});
    }
    hand_over_with(core, summaries);
    // Those before it in the list saw it with room.
    if (within_cap.give_back()) more = link.wants_room = true;
    link.health.handed_over(static_cast<int>(out.messages.size()), core.now);
    if (!out.messages.empty()) all.push_back(std::move(out));
  }
  return all;
}

}  // namespace tocsin::engine
