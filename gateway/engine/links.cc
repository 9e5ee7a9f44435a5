#include "gateway/engine/links.h"

#include <algorithm>

#include "gateway/engine/ladder.h"
#include "gateway/engine/probes.h"
#include "gateway/engine/sends.h"
#include "gateway/engine/summary.h"
#include "gateway/engine/words.h"

namespace tocsin::engine {
namespace {

using callout::LinkStanding;
using model::RecordKind;

constexpr base::Duration kCapMemory = std::chrono::hours(24);
constexpr std::size_t kMostRefusals = 4096;
constexpr int kSavedEvery = 64;  // receipts

LinkStanding standing_of(Core& core, Link& link) {
  if (!link.up) return LinkStanding::kDown;
  if (!link.cap.holds(core.now, link.next_parts)) return LinkStanding::kFull;
  return link.health.doubted() ? LinkStanding::kDoubted : LinkStanding::kReady;
}

bool can_carry(Core& core, Link& link) {
  const auto standing = standing_of(core, link);
  return standing == LinkStanding::kReady || standing == LinkStanding::kDoubted;
}

// Another link, standing at least so well, could carry now whatever this one carries: one with prefixes carries some of
// it alone.
bool another_is(LinkStanding at_least, Core& core, const Link& link) {
  return std::any_of(core.links.begin(), core.links.end(), [&](Link& other) {
    return other.index != link.index && other.channel == link.channel && other.policy.prefixes.empty() &&
           standing_of(core, other) <= at_least;
  });
}
bool others_are_ready(Core& core, const Link& link) {
  return another_is(LinkStanding::kReady, core, link);
}
bool somebody_stands_in(Core& core, const Link& link) {
  return another_is(LinkStanding::kDoubted, core, link);
}

bool wants_trial(const Core& core, const Link& link) {
  return link.health.doubted() && link.health.allowance(core.now) > link.trials_given;
}

std::vector<callout::LinkNow> links_now(Core& core) {
  std::vector<callout::LinkNow> now;
  now.reserve(core.links.size());
  for (auto& link : core.links) {
    now.push_back({&link.policy, link.channel, standing_of(core, link), wants_trial(core, link)});
  }
  return now;
}

std::string_view why_not(Core& core, Link& link) {
  switch (standing_of(core, link)) {
    case LinkStanding::kReady: return "better";
    case LinkStanding::kDoubted: return "doubted";
    case LinkStanding::kFull: return "full";
    case LinkStanding::kDown: return "down";
  }
  return "down";
}

// A link that lost its connection a moment ago is likely back in another.
bool keeps_its_queue(const Core& core, const Link& link) {
  return !link.up && link.down_since && core.now - *link.down_since < core.options.link_grace;
}

// Words that ask for an answer do not go over a link that brings none, and the reverse.
model::MessageId words_over(Core& core, model::AlertId of, model::MessageId message, const Link& from, const Link& to) {
  if (!of || from.sender->can().answers == to.sender->can().answers) return message;
  const auto alert = core.store.alert(of);
  const auto* incident = alert ? core.incident(alert->incident) : nullptr;
  if (incident == nullptr) return message;
  const auto& language = language_of(core, core.roster().person(alert->person));
  return message_for(core, *alert, *incident, language, to.channel, !to.sender->can().answers);
}

// The links that had it in vain, as far as is known: all but its own of a repeat, and those that gave it back.
std::uint64_t tried_by(Core& core, const Link& from, model::DeliveryId delivery) {
  const auto refused = core.refused_by.find(delivery.value);
  const auto known = refused == core.refused_by.end() ? 0 : refused->second;
  const auto rows = core.store.deliveries(std::span(&delivery, 1));
  const bool repeat = !rows.empty() && is_repeat(rows.front().cause);
  return repeat ? ~bit_of(core, from.index) : known;
}

struct Waiting {
  ports::QueuedSend send;
  Link* from = nullptr;  // null: it waits for the very link already
};

bool goes_before(const Waiting& a, const Waiting& b) {
  if (a.send.urgency != b.send.urgency) return a.send.urgency > b.send.urgency;
  if (a.send.turn != b.send.turn) return a.send.turn < b.send.turn;
  return a.send.delivery < b.send.delivery;
}

// Nobody could carry what waits for it: since when.
std::optional<base::UtcTime> stuck_since(Core& core, Link& link) {
  switch (standing_of(core, link)) {
    case LinkStanding::kDown: return link.down_since;
    case LinkStanding::kFull: return link.full_since;
    default: return std::nullopt;
  }
}

std::string word_of(model::LinkDoubt why) {
  switch (why) {
    case model::LinkDoubt::kProbe: return "probe";
    case model::LinkDoubt::kFalls: return "falls";
    default: return "receipts";
  }
}

bool stall(Core& core, Link& link) {
  const auto alerts = core.store.stall(link.index, core.now, core.options.due_slice);
  if (!link.stalled) {
    core.record(RecordKind::kStalled, {}, link.index, static_cast<std::int64_t>(alerts.size()), 0,
                std::string(why_not(core, link)));
    link.stalled = true;
  }
  climb_alerts_of(core, alerts);
  return static_cast<int>(alerts.size()) >= core.options.due_slice;
}

}  // namespace

bool is_repeat(model::Reason cause) {
  return cause == model::Reason::kEndUnknown || cause == model::Reason::kUndelivered ||
         cause == model::Reason::kRefused;
}

std::uint64_t bit_of(const Core& core, model::LinkIndex link) {
  for (std::size_t i = 0; i < core.links.size() && i < 64; ++i) {
    if (core.links[i].index == link) return std::uint64_t{1} << i;
  }
  return 0;
}

Link* link_for(Core& core, const callout::WantedLink& wanted) {
  for (auto& link : core.links) {
    if (link.channel == wanted.channel && wanted.urgency > link.next_urgency) link.next_parts = 1;  // it goes first
  }
  const auto choice = callout::choose_link(links_now(core), wanted);
  if (choice.at < 0) return nullptr;
  auto& link = core.links[static_cast<std::size_t>(choice.at)];
  if (link.health.doubted()) ++link.trials_given;
  return &link;
}

void note_moved(Core& core, model::IncidentId incident, model::DeliveryId delivery, model::LinkIndex from,
                model::LinkIndex to, std::string_view why) {
  ++core.metrics.moved;
  core.record(RecordKind::kMoved, incident, delivery.value, from, to, std::string(why));
}

int room_of(Core& core, Link& link) {
  if (!link.up) return 0;
  const bool full = !link.cap.holds(core.now, link.next_parts);
  const int left = full ? 0 : link.cap.left(core.now);
  if (!full) {
    link.full_since.reset();
    link.next_parts = 1;
  } else if (!link.full_since) {
    link.full_since = core.now;
  }
  const int room = std::min(link.sender->free_window(), left);
  if (!link.health.doubted() || !others_are_ready(core, link)) return room;
  return std::min(room, link.health.allowance(core.now) + (link.probe_waits ? 1 : 0));
}

void look_at_next(Core& core, Link& link) {
  if (link.next_parts <= 1) return;
  const auto rows = core.store.deliveries(std::span(&link.next_delivery, 1));
  const bool waits = !rows.empty() && rows.front().state == model::DeliveryState::kQueued;
  if (!waits) link.next_parts = 1;
}

void take_over(Core& core, Link& link, int room) {
  std::vector<callout::LinkNow> now;
  const auto at = static_cast<int>(&link - core.links.data());
  std::vector<Waiting> waiting;
  for (auto& from : core.links) {
    if (from.index == link.index || from.channel != link.channel || keeps_its_queue(core, from)) continue;
    if (now.empty()) now = links_now(core);
    const auto place = static_cast<int>(&from - core.links.data());
    for (auto& send : core.store.queued_on(from.index, room)) {
      if (send.delivery == from.next_delivery && !link.cap.holds(core.now, from.next_parts)) {
        // Room is kept for it here too: who has it first takes it.  Taken now, the two would hand it to and fro.
        link.next_parts = from.next_parts;
        link.next_urgency = from.next_urgency;
        link.next_delivery = from.next_delivery;
        break;
      }
      callout::WantedLink wanted{link.channel, send.address, send.urgency, 0,
                                 static_cast<std::uint64_t>(send.delivery.value)};
      if (!callout::may_take_over(now, wanted, place, at)) continue;
      wanted.tried = tried_by(core, from, send.delivery);
      if (callout::may_take_over(now, wanted, place, at)) waiting.push_back({std::move(send), &from});
    }
  }
  if (waiting.empty()) return;
  for (auto& send : core.store.queued_on(link.index, room)) waiting.push_back({std::move(send), nullptr});
  std::sort(waiting.begin(), waiting.end(), goes_before);
  if (waiting.size() > static_cast<std::size_t>(room)) waiting.resize(static_cast<std::size_t>(room));
  std::vector<ports::MovedSend> moved;
  for (const auto& [send, from] : waiting) {
    if (from == nullptr) continue;
    moved.push_back({send.delivery, words_over(core, send.alert, send.message, *from, link)});
    const auto why = link.health.doubted() && can_carry(core, *from) ? "trial" : why_not(core, *from);
    note_moved(core, send.incident, send.delivery, from->index, link.index, why);
    from->next_parts = 1;  // what waits there now may be shorter
  }
  core.store.move_to(link.index, moved);
}

bool goes_elsewhere(Core& core, model::Delivery& delivery, std::string_view why) {
  auto* from = core.link(delivery.link);
  if (from == nullptr || delivery.cause == model::Reason::kProbe) return false;
  if (delivery.cause == model::Reason::kContactCheck) return false;  // it can wait
  if (core.refused_by.size() > kMostRefusals) core.refused_by.clear();
  const auto refused = core.refused_by[delivery.id.value] |= bit_of(core, delivery.link);
  const callout::WantedLink wanted{delivery.channel, delivery.address, delivery.urgency, refused,
                                   static_cast<std::uint64_t>(delivery.id.value)};
  const auto choice = callout::choose_link(links_now(core), wanted);
  if (choice.at < 0 || !choice.now) return false;
  auto& to = core.links[static_cast<std::size_t>(choice.at)];
  if ((refused & bit_of(core, to.index)) != 0 || standing_of(core, to) != LinkStanding::kReady) return false;
  if (delivery.summary) {
    move_with(core, delivery.id, to, refused, why);
    delivery.state = model::DeliveryState::kQueued;  // it ends there: those it told are composed anew
    delivery.not_before.reset();
    return true;
  }
  note_moved(core, delivery.incident, delivery.id, delivery.link, to.index, why);
  delivery.message = words_over(core, delivery.alert, delivery.message, *from, to);
  delivery.link = to.index;
  delivery.parts = 1;
  delivery.state = model::DeliveryState::kQueued;
  delivery.not_before.reset();
  ++delivery.attempt;
  core.store.update(std::span<const model::Delivery>(&delivery, 1));
  const ports::MovedSend moved{delivery.id, delivery.message};
  core.store.move_to(to.index, std::span(&moved, 1));
  return true;
}

bool look_at_links(Core& core) {
  bool more = false;
  for (auto& link : core.links) {
    judge(core, link);
    (void)room_of(core, link);
    const auto since = stuck_since(core, link);
    const bool served = !since || somebody_stands_in(core, link);
    if (served && link.stalled) {
      core.store.unstall(link.index);
      link.stalled = false;
    }
    if (!served && core.now - *since >= core.options.link_patience) more = stall(core, link) || more;
  }
  return more;
}

std::optional<base::UtcTime> next_link_due(Core& core) {
  std::optional<base::UtcTime> next;
  const auto consider = [&](std::optional<base::UtcTime> at) {
    if (at && (!next || *at < *next)) next = at;
  };
  for (auto& link : core.links) {
    (void)room_of(core, link);  // notes a cap that was reached just now
    if (keeps_its_queue(core, link) && core.links.size() > 1) consider(*link.down_since + core.options.link_grace);
    if (link.up) consider(link.cap.frees_at(core.now, link.next_parts));
    consider(link.health.next_look(core.now));
    consider(next_probe(core, link));
    if (const auto since = stuck_since(core, link)) {
      if (!link.stalled && !somebody_stands_in(core, link)) consider(*since + core.options.link_patience);
    }
  }
  return next;
}

base::Duration receipt_wait(Core& core, const Link& link) {
  const bool silent = link.health.doubted() && link.health.why() != model::LinkDoubt::kFalls;
  if (!silent || !others_are_ready(core, link)) return core.options.receipt_overdue;
  return std::min(link.health.wait(), core.options.receipt_overdue);
}

void note_confirmed(Core& core, const model::Delivery& delivery) {
  auto* link = core.link(delivery.link);
  if (link == nullptr || !delivery.handed_over_at) return;
  link->health.confirmed(*delivery.handed_over_at, core.now);
  if (++link->unsaved < kSavedEvery) return;
  link->unsaved = 0;
  core.store.put_link_memory(link->index, link->health.memory());
}

void judge(Core& core, Link& link) {
  if (!link.health.look(core.now)) return;
  if (link.health.doubted()) {
    note_doubted(core, link);
  } else {
    core.record(RecordKind::kLinkTrusted, {}, link.index);
  }
  core.store.put_link_memory(link.index, link.health.memory());
}

void note_doubted(Core& core, Link& link) {
  const auto [judged, missing] = link.health.recent(core.now);
  const auto why = link.health.why();
  core.record(RecordKind::kLinkDoubted, {}, link.index, missing, judged, word_of(why));
  core.store.put_link_memory(link.index, link.health.memory());
  ++core.metrics.links_doubted;
  const bool silent = why != model::LinkDoubt::kFalls;  // what it took before a fall is confirmed as ever
  if (silent && others_are_ready(core, link)) core.store.hasten_receipts(link.index, link.health.wait(), core.now);
}

std::vector<const Link*> others_of_carrier(const Core& core, model::LinkIndex index) {
  std::vector<const Link*> others;
  const auto it = std::find_if(core.links.begin(), core.links.end(), [&](const Link& l) { return l.index == index; });
  if (it == core.links.end() || it->policy.carrier.empty()) return others;
  for (const auto& other : core.links) {
    if (other.index != index && other.policy.carrier == it->policy.carrier) others.push_back(&other);
  }
  return others;
}

void remember_link(Core& core, Link& link) {
  core.store.unstall(link.index);  // whether it is stuck is found out anew
  link.probe = core.store.waiting_probe(link.index, link.policy.probe_number);
  link.probe_waits = static_cast<bool>(link.probe);
  link.cap = {link.policy.per_hour, link.policy.per_day};
  if (link.cap.is_set()) {
    for (const auto& load : core.store.load_since(link.index, core.now - kCapMemory)) {
      const int parts = parts_over(core, link, load.alert, load.message);
      link.cap.count(load.at, std::max(load.messages, parts));
    }
  }
  if (const auto memory = core.store.link_memory(link.index)) link.health.remember(*memory, core.now);
  for (const auto at : core.store.unconfirmed_of(link.index)) link.health.accepted(at);
}

void count_abandoned(Core& core, std::span<const model::Delivery> rows) {
  for (const auto& d : rows) {
    auto* link = core.link(d.link);
    const bool went_alone = !d.summary || d.summary == d.id;
    if (link == nullptr || !link->cap.is_set() || !went_alone) continue;
    link->cap.count(core.now, std::max(d.parts, parts_over(core, *link, d.alert, d.message)));
  }
}

void take_in_queues(Core& core) {
  for (const auto& [from, channel] : core.store.queues()) {
    if (core.link(from) != nullptr) continue;
    callout::WantedLink wanted;
    wanted.channel = channel;
    const auto* to = link_for(core, wanted);
    if (to == nullptr) continue;  // no link serves it any more: their ladders go on over others
    for (const auto& [incident, delivery] : core.store.move_queue(from, to->index, channel)) {
      note_moved(core, incident, delivery, from, to->index, "gone");
    }
  }
}

}  // namespace tocsin::engine
