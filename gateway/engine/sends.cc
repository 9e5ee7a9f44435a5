#include "gateway/engine/sends.h"

#include <algorithm>
#include <bit>
#include <unordered_map>

#include "gateway/engine/ladder.h"
#include "gateway/engine/links.h"
#include "gateway/engine/summary.h"

namespace tocsin::engine {
namespace {

constexpr std::size_t kMostCode = 120;

using model::DeliveryState;
using model::RecordKind;
using model::SendOutcome;

// How one handover of a whole message ended, over all of its parts.
struct End {
  SendOutcome outcome = SendOutcome::kAccepted;
  std::string carrier_id, code;
  base::Duration retry_after{};
  model::Meaning meaning = model::Meaning::kNone;
};

End end_of(const model::SendEnd& end) {
  return {end.outcome, end.carrier_id, end.error, end.retry_after, end.meaning};
}

// The worst of two ends decides for the message: unknown, then refused, then retry.
int weight(SendOutcome o) {
  switch (o) {
    case SendOutcome::kAccepted: return 0;
    case SendOutcome::kRetry: return 1;
    case SendOutcome::kRefused: return 2;
    case SendOutcome::kUnknown: return 3;
  }
  return 3;
}

DeliveryState part_state(SendOutcome o) {
  switch (o) {
    case SendOutcome::kAccepted: return DeliveryState::kAccepted;
    case SendOutcome::kRetry: return DeliveryState::kSuperseded;  // ended for now; queued again with the message
    case SendOutcome::kRefused: return DeliveryState::kRefused;
    case SendOutcome::kUnknown: return DeliveryState::kUnknown;
  }
  return DeliveryState::kUnknown;
}

SendOutcome outcome_of(DeliveryState part) {
  switch (part) {
    case DeliveryState::kAccepted:
    case DeliveryState::kDelivered:
    case DeliveryState::kUndelivered: return SendOutcome::kAccepted;
    case DeliveryState::kSuperseded: return SendOutcome::kRetry;
    case DeliveryState::kRefused: return SendOutcome::kRefused;
    default: return SendOutcome::kUnknown;
  }
}

// Notes one part's end; the message's end once every part has one.
std::optional<End> end_of_part(Core& core, model::Delivery& delivery, const model::SendEnd& end) {
  if (end.parts <= 1 && delivery.parts <= 1) return end_of(end);
  delivery.parts = std::max(delivery.parts, end.parts);
  core.store.put_part({delivery.id, end.part, part_state(end.outcome), end.carrier_id});
  const auto parts = core.store.parts_of(delivery.id);
  End whole = end_of(end);
  // The code of a part that failed is kept until the others have ended: it says more than theirs.
  if (end.outcome != SendOutcome::kAccepted) {
    delivery.code = end.error.substr(0, kMostCode);
    delivery.meaning = end.meaning;
  }
  whole.outcome = SendOutcome::kAccepted;
  whole.carrier_id.clear();
  int ended = 0;
  for (const auto& part : parts) {
    if (model::is_open(part.state)) continue;
    ++ended;
    const auto outcome = outcome_of(part.state);
    if (weight(outcome) > weight(whole.outcome)) whole.outcome = outcome;
  }
  if (end.parts <= 1 && end.outcome != SendOutcome::kAccepted) {
    whole.outcome = end.outcome;
    return whole;
  }
  if (ended < delivery.parts) return std::nullopt;
  if (whole.outcome != end.outcome) {
    whole.code = delivery.code;
    whole.meaning = delivery.meaning;
  }
  if (whole.outcome == SendOutcome::kRetry) {
    for (auto part : parts) {
      if (part.state != DeliveryState::kSuperseded) continue;
      part.state = DeliveryState::kQueued;
      core.store.put_part(part);
    }
  }
  return whole;
}

// The number of the stranger it answers was forgotten while the message was on its way.
bool is_purged(const model::Delivery& d) {
  return !d.alert && !d.incident && d.address.empty();
}

bool left_the_house(SendOutcome outcome) {
  return outcome == SendOutcome::kAccepted || outcome == SendOutcome::kUnknown;
}

// It was counted when it was claimed; it went now, as far as it went.
void count_load(Core& core, Link& link, const model::Delivery& d, SendOutcome outcome) {
  if (!left_the_house(outcome)) link.health.came_back();
  const auto found = link.counted.find(d.id.value);
  if (found == link.counted.end()) return;
  const auto counted = found->second;
  link.counted.erase(found);
  link.cap.give_back(counted.at, counted.parts);
  int went = counted.parts;
  if (!left_the_house(outcome)) {
    const auto parts = d.parts > 1 ? core.store.parts_of(d.id) : std::vector<model::PartState>{};
    const auto back = std::count_if(parts.begin(), parts.end(), [](const auto& p) {
      return p.state == DeliveryState::kQueued || p.state == DeliveryState::kRefused;
    });
    went = parts.empty() ? 0 : std::max(0, went - static_cast<int>(back));
  }
  link.cap.count(core.now, went);
}

// Each link that it went over has its own share of tries.
bool tries_left(const Core& core, const model::Delivery& d) {
  const auto refused = core.refused_by.find(d.id.value);
  const int links = 1 + (refused == core.refused_by.end() ? 0 : std::popcount(refused->second));
  return d.attempt < core.options.max_attempts * links;
}

void apply_end(Core& core, model::Delivery& d, const End& end) {
  const bool never_again = end.outcome == SendOutcome::kRetry && is_purged(d);
  if (auto* link = core.link(d.link)) count_load(core, *link, d, end.outcome);
  d.code = never_again ? "purged" : end.code.substr(0, kMostCode);
  d.meaning = never_again ? model::Meaning::kPurged : end.meaning;
  switch (end.outcome) {
    case SendOutcome::kAccepted: {
      d.state = DeliveryState::kAccepted;
      d.carrier_id = end.carrier_id;
      d.handed_over_at = core.now;
      auto* link = core.link(d.link);
      if (link != nullptr && link->sender->can().receipts) {
        d.receipt_due_at = core.now + receipt_wait(core, *link);
        link->health.accepted(core.now);
      } else if (link != nullptr) {
        link->health.taken();
        judge(core, *link);
      }
      ++core.metrics.accepted;
      core.record(RecordKind::kAccepted, d.incident, d.id.value, d.alert.value);
      return;
    }
    case SendOutcome::kRetry:
      if (!never_again && tries_left(core, d)) {
        d.state = DeliveryState::kQueued;
        d.not_before = core.now + std::max<base::Duration>(end.retry_after, std::chrono::milliseconds(100));
        ++d.attempt;
        ++core.metrics.retried;
        core.record(RecordKind::kRetryLater, d.incident, d.id.value, d.alert.value, d.attempt, d.code);
        if (auto* link = core.link(d.link); link != nullptr && link->probe == d.id) link->probe_waits = true;
        if (d.cause == model::Reason::kContactCheck) core.check.may_wait = true;
        return;
      }
      [[fallthrough]];
    case SendOutcome::kRefused:
      if (!never_again && !is_purged(d) && goes_elsewhere(core, d, "refused")) {
        core.record(RecordKind::kRetryLater, d.incident, d.id.value, d.alert.value, d.attempt, d.code);
        return;
      }
      d.state = DeliveryState::kRefused;
      d.ended_at = core.now;
      ++core.metrics.refused;
      core.record(RecordKind::kSendRefused, d.incident, d.id.value, d.alert.value, 0, d.code);
      return;
    case SendOutcome::kUnknown:
      d.state = DeliveryState::kUnknown;
      d.handed_over_at = d.ended_at = core.now;
      ++core.metrics.unknown;
      core.record(RecordKind::kEndUnknown, d.incident, d.id.value, d.alert.value, 0, d.code);
      return;
  }
}

// A message that came back to the queue after its alert was settled or withdrawn is not sent again.
void cancel_moot(Core& core, const model::Alert& alert, const std::vector<model::Delivery>& tried) {
  const bool waits = std::any_of(tried.begin(), tried.end(),
                                 [](const model::Delivery& d) { return d.state == DeliveryState::kQueued; });
  if (waits && callout::is_moot(alert)) cancel_what_is_queued(core, alert);
}

}  // namespace

void climb_alerts_of(Core& core, const std::vector<model::AlertId>& alerts) {
  if (alerts.empty()) return;
  Rows rows;
  for (auto& [alert, tried] : core.store.alerts_with_deliveries(alerts)) {
    const bool newly_told = !alert.told && std::any_of(tried.begin(), tried.end(), [](const model::Delivery& d) {
      return model::is_carried(d.channel) && model::was_handed_over(d.state);
    });
    if (newly_told) {
      alert.told = true;
      if (alert.state == model::AlertState::kTelling) alert.state = model::AlertState::kTold;
    }
    if (is_climbing(alert.state)) {
      climb(core, alert, tried, rows);
    } else if (newly_told) {
      note_first_rung(core, alert, core.now);
      // Owed until a link came back: who is told only now may be left in peace only now.
      if (alert.state == model::AlertState::kExhausted) {
        review_exhausted(core, alert, rows);
      } else {
        rows.changed.push_back(alert);
      }
    }
    cancel_moot(core, alert, tried);
  }
  rows.write(core);
}

model::CommandResult sends_ended(Core& core, const model::SendsEnded& c) {
  std::vector<model::DeliveryId> ids;
  ids.reserve(c.ends.size());
  for (const auto& end : c.ends) ids.push_back(end.delivery);
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  auto rows = core.store.deliveries(ids);
  std::unordered_map<std::int64_t, model::Delivery*> by_id;
  for (auto& row : rows) by_id[row.id.value] = &row;
  std::vector<model::Delivery> changed;
  std::vector<model::AlertId> alerts;
  for (const auto& end : c.ends) {
    const auto it = by_id.find(end.delivery.value);
    if (it == by_id.end() || it->second->state != DeliveryState::kClaimed) continue;
    const auto whole = end_of_part(core, *it->second, end);
    if (whole) apply_end(core, *it->second, *whole);
    changed.push_back(*it->second);
    if (whole && it->second->alert) alerts.push_back(it->second->alert);
  }
  core.store.update(std::span<const model::Delivery>(changed));
  for (const auto& told : follow_summaries(core, changed)) alerts.push_back(told.delivery.alert);
  climb_alerts_of(core, alerts);
  return model::Reply{base::Done{}};
}

namespace {

// The state of a message of several parts after one of them was confirmed or not.
DeliveryState whole_after_receipt(Core& core, const model::Delivery& delivery, int part, DeliveryState now_is) {
  if (delivery.parts <= 1) return now_is;
  auto parts = core.store.parts_of(delivery.id);
  bool all = true;
  for (auto& p : parts) {
    if (p.part == part) {
      p.state = now_is;
      core.store.put_part(p);
    }
    all = all && p.state == DeliveryState::kDelivered;
  }
  if (now_is == DeliveryState::kUndelivered) return now_is;
  return all ? DeliveryState::kDelivered : delivery.state;
}

// A word of the carrier before the end: no confirmation, and no end.  Told again in the same words it is no news.
bool note_on_its_way(Core& core, model::Delivery& delivery, const model::Receipt& receipt) {
  const auto code = receipt.error.substr(0, kMostCode);
  if (delivery.on_its_way_at && delivery.code == code) return false;
  if (!delivery.on_its_way_at) delivery.on_its_way_at = core.now;
  delivery.code = code;
  delivery.meaning = receipt.meaning == model::Meaning::kNone ? model::Meaning::kOnItsWay : receipt.meaning;
  core.record(RecordKind::kOnItsWay, delivery.incident, delivery.id.value, delivery.alert.value, 0, code);
  return true;
}

// A message thought lost arrived after all: its repeat, if still queued, is not needed.
void spare_the_repeat(Core& core, const model::Delivery& arrived) {
  for (auto& [alert, tried] : core.store.alerts_with_deliveries(std::span(&arrived.alert, 1))) {
    for (auto& d : tried) {
      const bool repeat = d.state == DeliveryState::kQueued && d.cause == model::Reason::kEndUnknown &&
                          d.rung == arrived.rung && d.cycle == arrived.cycle;
      if (!repeat) continue;
      d.state = DeliveryState::kCancelled;
      d.ended_at = core.now;
      core.store.update(std::span<const model::Delivery>(&d, 1));
      core.record(RecordKind::kDeliveryCancelled, d.incident, d.id.value, d.alert.value,
                  static_cast<int>(model::Reason::kEndUnknown));
    }
  }
}

// A carrier may send a receipt over another of its links than the message went over.
void find_over_others(Core& core, model::LinkIndex link, const std::vector<std::string>& ids,
                      std::vector<ports::Store::ByCarrier>& found) {
  for (const auto* other : others_of_carrier(core, link)) {
    std::vector<std::size_t> places;
    std::vector<std::string> missing;
    for (std::size_t i = 0; i < ids.size(); ++i) {
      if (std::any_of(found.begin(), found.end(), [&](const auto& f) { return f.index == i; })) continue;
      places.push_back(i);
      missing.push_back(ids[i]);
    }
    if (missing.empty()) return;
    for (auto& one : core.store.by_carrier_id(other->index, missing)) {
      one.index = places[one.index];
      found.push_back(std::move(one));
    }
  }
}

}  // namespace

model::CommandResult receipts_in(Core& core, const model::ReceiptsIn& c) {
  std::vector<std::string> ids;
  ids.reserve(c.receipts.size());
  for (const auto& receipt : c.receipts) ids.push_back(receipt.carrier_id);
  auto found = core.store.by_carrier_id(c.link, ids);
  find_over_others(core, c.link, ids, found);
  std::unordered_map<std::int64_t, DeliveryState> latest;  // several parts of one message in one batch
  std::vector<model::Delivery> changed;
  std::vector<model::AlertId> alerts;
  std::vector<model::Delivery> late;
  std::size_t known = 0, last_index = static_cast<std::size_t>(-1);
  for (auto& [index, delivery, part] : found) {
    if (index != last_index) ++known;
    last_index = index;
    const auto& receipt = c.receipts[index];
    if (receipt.state == model::ReceiptState::kOnItsWay) {
      if (note_on_its_way(core, delivery, receipt)) changed.push_back(delivery);
      continue;
    }
    if (const auto it = latest.find(delivery.id.value); it != latest.end()) delivery.state = it->second;
    if (delivery.state == DeliveryState::kDelivered || delivery.state == DeliveryState::kUndelivered) continue;
    const bool good = receipt.state == model::ReceiptState::kDelivered;
    const bool was_unknown = delivery.state == DeliveryState::kUnknown;
    const bool was_accepted = !was_unknown || (delivery.ended_at && delivery.handed_over_at < delivery.ended_at);
    const auto state =
        whole_after_receipt(core, delivery, part, good ? DeliveryState::kDelivered : DeliveryState::kUndelivered);
    latest[delivery.id.value] = state;
    if (state == delivery.state) continue;
    if (was_accepted) note_confirmed(core, delivery);
    delivery.state = state;
    delivery.ended_at = core.now;
    delivery.receipt_due_at.reset();
    delivery.code = receipt.error.substr(0, kMostCode);
    delivery.meaning = receipt.meaning;
    ++(good ? core.metrics.delivered : core.metrics.undelivered);
    core.record(good ? RecordKind::kDelivered : RecordKind::kUndelivered, delivery.incident, delivery.id.value,
                delivery.alert.value, 0, delivery.code);
    changed.push_back(delivery);
    if (!good && delivery.alert) alerts.push_back(delivery.alert);
    if (good && was_unknown && delivery.alert) late.push_back(delivery);
  }
  core.store.update(std::span<const model::Delivery>(changed));
  for (const auto& one : follow_summaries(core, changed)) {
    if (one.delivery.state == DeliveryState::kUndelivered) alerts.push_back(one.delivery.alert);
    const bool late_news = one.before == DeliveryState::kUnknown && one.delivery.state == DeliveryState::kDelivered;
    if (late_news) late.push_back(one.delivery);
  }
  if (known < c.receipts.size()) {
    core.metrics.receipts_unknown += c.receipts.size() - known;
    core.record(RecordKind::kReceiptUnknown, {}, c.link, static_cast<std::int64_t>(c.receipts.size() - known));
  }
  for (const auto& delivery : late) {
    spare_the_repeat(core, delivery);
    alerts.push_back(delivery.alert);  // it waited for the repeat's hand-over, which will not come
  }
  climb_alerts_of(core, alerts);
  for (auto& link : core.links) judge(core, link);
  return model::Reply{base::Done{}};
}

namespace {

void note_condition(Core& core, Link& link, const model::LinkChanged& c) {
  const bool degraded = c.up && c.degraded;
  if (degraded != link.degraded && (degraded || c.up)) {
    core.record(degraded ? RecordKind::kLinkDegraded : RecordKind::kLinkWhole, {}, link.index, 0, 0,
                degraded ? c.reason.substr(0, 100) : std::string());
  }
  link.degraded = degraded;
  link.reason = c.up && !degraded ? std::string() : c.reason.substr(0, 100);
}

}  // namespace

model::CommandResult link_changed(Core& core, const model::LinkChanged& c) {
  auto* link = core.link(c.link);
  if (link == nullptr) return base::Error{base::ErrorCode::kNotFound, "no such link", ""};
  note_condition(core, *link, c);
  if (link->up == c.up && (c.up || link->down_since)) return model::Reply{base::Done{}};
  const bool fell = link->up && !c.up;
  link->up = c.up;
  core.record(c.up ? RecordKind::kLinkUp : RecordKind::kLinkDown, {}, c.link, 0, 0, c.reason.substr(0, 100));
  if (c.up) {
    link->down_since.reset();
    link->health.returned(core.now);
  } else {
    link->down_since = core.now;
    if (fell && link->health.fell(core.now)) note_doubted(core, *link);
  }
  (void)look_at_links(core);
  return model::Reply{base::Done{}};
}

}  // namespace tocsin::engine
