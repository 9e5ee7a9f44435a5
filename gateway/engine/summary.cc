#include "gateway/engine/summary.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <unordered_map>

#include "gateway/base/ids.h"
#include "gateway/callout/present.h"
#include "gateway/callout/summary.h"
#include "gateway/engine/ladder.h"
#include "gateway/engine/links.h"
#include "gateway/engine/sends.h"
#include "gateway/engine/steps.h"
#include "gateway/engine/words.h"

namespace tocsin::engine {
namespace {

using callout::Fate;
using model::DeliveryState;
using model::Reason;
using model::RecordKind;
using ports::OwedMessage;

std::vector<model::DeliveryId> old_ones(Core& core, const std::vector<ports::ClaimedSend>& claimed) {
  std::vector<model::DeliveryId> ids;
  for (const auto& send : claimed) {
    const bool old = core.now - base::time_of_id(send.delivery.value) >= core.options.summary_after;
    // A repeat of something that was told together is looked at too, however young it is.
    if (send.alert && (old || is_repeat(send.cause))) ids.push_back(send.delivery);
  }
  return ids;
}

// One look at what is owed to everybody of one batch.
struct Composing {
  Core& core;
  const Link& link;
  std::vector<ports::ClaimedSend>& claimed;
  std::map<model::DeliveryId, std::size_t> place;  // in `claimed`
  std::vector<bool> taken_out;                     // of `claimed`
  std::vector<ports::ClaimedSend> summaries;
  std::vector<model::Delivery> changed;
  std::vector<model::AlertId> to_climb;
  bool back_in_queue = false;
  // Composed in this batch: the same words for everybody who is owed the same.
  std::map<std::tuple<std::vector<std::int64_t>, std::string>, model::MessageId> texts;
  std::map<std::tuple<std::int64_t, std::int64_t, std::string, std::int64_t>, model::MessageId> own_texts;
  std::unordered_map<std::int64_t, model::Facts> facts;  // by incident

  bool is_claimed(const model::Delivery& d) const { return place.count(d.id) != 0; }
  void take_out(const model::Delivery& d) {
    if (const auto it = place.find(d.id); it != place.end()) taken_out[it->second] = true;
  }

  const model::Facts& facts_now(const model::Incident& incident) {
    const auto known = facts.find(incident.id.value);
    return known != facts.end() ? known->second : facts[incident.id.value] = facts_of(core, incident);
  }

  callout::OwedToOne seen(const OwedMessage& owed) const {
    callout::OwedToOne one;
    const auto* incident = core.incident(owed.alert.incident);
    one.incident = owed.alert.incident;
    one.kind = owed.alert.matter_kind;
    one.revision = owed.revision;
    one.made_at = base::time_of_id(owed.delivery.id.value);
    one.answered_at = owed.alert.answered_at;
    one.phoned_at = owed.phoned_at;
    one.of_step = static_cast<bool>(owed.alert.step);
    one.drill = owed.alert.drill;
    one.over = incident == nullptr || incident->state != model::IncidentState::kOpen;
    one.partly_sent = owed.partly_sent;
    one.was_together = owed.was_together;
    return one;
  }

  // Everything owed to one person at one address.
  void decide(std::span<OwedMessage> owed) {
    std::stable_sort(owed.begin(), owed.end(), [](const OwedMessage& a, const OwedMessage& b) {
      return a.delivery.urgency > b.delivery.urgency;
    });
    std::vector<callout::OwedToOne> all;
    for (const auto& one : owed) all.push_back(seen(one));
    const auto fates = callout::fates_of(all, core.now, core.options.summary_after);
    std::vector<OwedMessage*> together[2];  // real, drill
    for (std::size_t i = 0; i < owed.size(); ++i) {
      auto& one = owed[i];
      switch (fates[i]) {
        case Fate::kAsItIs: break;
        case Fate::kLater: put_back(one.delivery); break;
        case Fate::kReached: end(one, DeliveryState::kCancelled, Reason::kReachedMeanwhile); break;
        case Fate::kOutdated: end(one, DeliveryState::kSuperseded, Reason::kNewerNews); break;
        case Fate::kAnew: say_anew(one); break;
        case Fate::kTogether: together[one.alert.drill ? 1 : 0].push_back(&one); break;
      }
    }
    for (auto& some : together) {
      if (!some.empty()) tell_together(some);
    }
  }

  // A carrier that asked to try later may have been shown the words before: they are not lost.
  void reword(model::Delivery& d, model::MessageId words) const {
    core.record(RecordKind::kComposedAnew, d.incident, d.id.value, d.alert.value, d.message.value);
    d.message = words;
  }

  void put_back(model::Delivery& d) {
    if (!is_claimed(d)) return;
    d.state = DeliveryState::kQueued;
    changed.push_back(d);
    take_out(d);
    back_in_queue = true;
  }

  void end(OwedMessage& owed, DeliveryState state, Reason reason) {
    auto& d = owed.delivery;
    d.state = state;
    d.ended_at = core.now;
    d.not_before.reset();
    changed.push_back(d);
    take_out(d);
    core.record(state == DeliveryState::kSuperseded ? RecordKind::kDeliverySuperseded : RecordKind::kDeliveryCancelled,
                d.incident, d.id.value, d.alert.value, static_cast<int>(reason));
    if (state == DeliveryState::kCancelled) return to_climb.push_back(d.alert);
    // No step counts it: it is nobody's turn to send it over another channel instead.
    if (!callout::is_climbing(owed.alert.state)) return;
    owed.alert.state = model::AlertState::kWithdrawn;
    owed.alert.reason = reason;
    owed.alert.look_again_at.reset();
    core.store.update(std::span<const model::Alert>(&owed.alert, 1));
    core.record(RecordKind::kAlertUpdated, d.incident, owed.alert.id.value, static_cast<int>(owed.alert.state),
                static_cast<int>(reason));
  }

  // By itself, in its own template: with what is known now.
  void say_anew(OwedMessage& owed) {
    const auto at = place.find(owed.delivery.id);
    const auto* incident = core.incident(owed.alert.incident);
    if (at == place.end() || incident == nullptr) return;
    const auto& language = language_of(core, core.roster().person(owed.alert.person));
    const auto key =
        std::make_tuple(owed.alert.matter.value, owed.alert.step.value, language, owed.alert.stands_in_for.value);
    auto known = own_texts.find(key);
    if (known == own_texts.end()) {
      const bool one_way = !link.sender->can().answers;
      known = own_texts
                  .emplace(key, message_anew(core, owed.alert, *incident, language, link.channel, one_way,
                                             owed.delivery.message))
                  .first;
    }
    if (known->second == owed.delivery.message) return;
    reword(owed.delivery, known->second);
    claimed[at->second].message = known->second;
    changed.push_back(owed.delivery);
  }

  void tell_together(const std::vector<OwedMessage*>& some) {
    const auto& first = some.front()->delivery;
    model::Delivery summary;
    summary.id = summary.summary = core.ids.next_id<model::DeliveryId>(core.now);
    summary.incident = first.incident;
    summary.channel = first.channel;
    summary.link = link.index;
    summary.contact = first.contact;
    summary.address = first.address;
    summary.urgency = first.urgency;
    summary.turn = first.turn;
    summary.state = DeliveryState::kClaimed;
    summary.message = summary_text(some, summary.id);
    for (auto* one : some) {
      summary.attempt = std::max(summary.attempt, one->delivery.attempt);
      join(one->delivery, summary);
      // What links had one of them in vain had all of this.
      const auto refused = core.refused_by.find(one->delivery.id.value);
      if (refused != core.refused_by.end()) core.refused_by[summary.id.value] |= refused->second;
    }
    core.store.insert(std::span<const model::Delivery>(&summary, 1), core.epoch);
    ++core.metrics.deliveries;
    ports::ClaimedSend send;
    send.delivery = summary.id;
    send.incident = summary.incident;
    send.attempt = summary.attempt;
    send.urgency = summary.urgency;
    send.turn = summary.turn;
    send.address = summary.address;
    send.message = summary.message;
    summaries.push_back(std::move(send));
  }

  void join(model::Delivery& d, const model::Delivery& summary) {
    d.state = DeliveryState::kClaimed;
    if (d.link != link.index) note_moved(core, d.incident, d.id, d.link, link.index, "together");
    d.link = link.index;
    reword(d, summary.message);
    d.summary = summary.id;
    d.stalled = false;
    d.not_before.reset();
    changed.push_back(d);
    take_out(d);
    core.record(RecordKind::kToldTogether, d.incident, d.id.value, d.alert.value, summary.id.value);
  }

  model::MessageId summary_text(const std::vector<OwedMessage*>& some, model::DeliveryId summary) {
    const auto& language = language_of(core, core.roster().person(some.front()->alert.person));
    std::vector<std::int64_t> incidents;
    for (const auto* one : some) {
      const auto id = one->alert.incident.value;
      if (std::find(incidents.begin(), incidents.end(), id) == incidents.end()) incidents.push_back(id);
    }
    const auto key = std::make_tuple(incidents, language);
    if (const auto known = texts.find(key); known != texts.end()) return known->second;
    std::vector<callout::Occasion> about;
    for (const auto id : incidents) {
      const auto* incident = core.incident(model::IncidentId{id});
      if (incident != nullptr) about.push_back(occasion_of(core, *incident, facts_now(*incident)));
    }
#if TOCSIN_PLANTED_FAULT == 7  // a summary forgets the last incident it tells
    if (about.size() > 1) about.pop_back();
#endif
    auto text = callout::compose_summary(core.plan(), about, !link.sender->can().answers, language, link.channel);
    const auto message = core.ids.next_id<model::MessageId>(core.now);
    const auto matter = core.store.matter(some.front()->alert.incident, model::MatterKind::kSummary, 0,
                                          core.ids.next_id<model::MatterId>(core.now));
    // Each summary is its own text: the delivery's id makes its variant.
    keep_message(core, message, matter.id, language, link.channel, base::to_base32(summary.value), std::move(text));
    return texts[key] = message;
  }

  bool write() {
    if (!changed.empty()) core.store.update(std::span<const model::Delivery>(changed));
    std::vector<ports::ClaimedSend> kept;
    for (std::size_t i = 0; i < claimed.size(); ++i) {
      if (!taken_out[i]) kept.push_back(std::move(claimed[i]));
    }
    std::move(summaries.begin(), summaries.end(), std::back_inserter(kept));
    claimed = std::move(kept);
    if (!to_climb.empty()) {
      climb_alerts_of(core, to_climb);
      settle_steps(core);
      core.end_command();
    }
    return back_in_queue || !to_climb.empty();
  }
};

// The summary will not be sent again: what it told waits by itself, for another composed then.
void dissolve(Core& core, model::Delivery& summary) {
  summary.state = DeliveryState::kSuperseded;
  summary.ended_at = core.now;
  summary.not_before.reset();
  core.record(RecordKind::kDeliverySuperseded, summary.incident, summary.id.value, 0);
  core.store.update(std::span<const model::Delivery>(&summary, 1));
}

RecordKind record_of(DeliveryState state) {
  switch (state) {
    case DeliveryState::kAccepted: return RecordKind::kAccepted;
    case DeliveryState::kDelivered: return RecordKind::kDelivered;
    case DeliveryState::kUndelivered: return RecordKind::kUndelivered;
    case DeliveryState::kUnknown: return RecordKind::kEndUnknown;
    case DeliveryState::kQueued: return RecordKind::kRetryLater;
    default: return RecordKind::kSendRefused;
  }
}

void follow(Core& core, const model::Delivery& summary, model::Delivery& d) {
  const bool news = d.state != summary.state;
  d.state = summary.state;
  d.code = summary.code;
  d.meaning = summary.meaning;
  d.parts = summary.parts;
  d.attempt = summary.attempt;
  d.handed_over_at = summary.handed_over_at;
  d.on_its_way_at = summary.on_its_way_at;
  d.ended_at = summary.ended_at;
  d.not_before = summary.not_before;
  if (d.state == DeliveryState::kQueued) {
    d.summary = {};
    d.parts = 1;
  }
  if (news)
    core.record(record_of(d.state), d.incident, d.id.value, d.alert.value,
                d.state == DeliveryState::kQueued ? d.attempt : 0, d.code);
}

}  // namespace

bool compose_from_present(Core& core, const Link& link, std::vector<ports::ClaimedSend>& claimed) {
  const auto old = old_ones(core, claimed);
  if (old.empty()) return false;
  auto owed = core.store.owed_beside(old);
  std::stable_sort(owed.begin(), owed.end(), [](const OwedMessage& a, const OwedMessage& b) {
    return std::tie(a.alert.person, a.delivery.address) < std::tie(b.alert.person, b.delivery.address);
  });
  Composing all{core, link, claimed, {}, std::vector<bool>(claimed.size(), false), {}, {}, {}, false, {}, {}, {}};
  for (std::size_t i = 0; i < claimed.size(); ++i) all.place[claimed[i].delivery] = i;
  for (auto from = owed.begin(); from != owed.end();) {
    const auto to = std::find_if(from, owed.end(), [&](const OwedMessage& m) {
      return m.alert.person != from->alert.person || m.delivery.address != from->delivery.address;
    });
    all.decide({from, to});
    from = to;
  }
  return all.write();
}

void hand_over_with(Core& core, std::span<const model::DeliveryId> summaries) {
  if (summaries.empty()) return;
  for (const auto& d : core.store.told_together(summaries)) {
    core.record(RecordKind::kHandedOver, d.incident, d.id.value, d.alert.value, (d.rung << 8) | (d.attempt & 0xff));
  }
}

void move_with(Core& core, model::DeliveryId summary, Link& to, std::uint64_t refused, std::string_view why) {
  auto rows = core.store.told_together(std::span(&summary, 1));
  for (auto& d : rows) {
    note_moved(core, d.incident, d.id, d.link, to.index, why);
    d.link = to.index;
    core.refused_by[d.id.value] |= refused;
  }
  core.store.update(std::span<const model::Delivery>(rows));
}

std::vector<Followed> follow_summaries(Core& core, std::span<const model::Delivery> changed) {
  std::map<model::DeliveryId, model::Delivery> summaries;
  for (const auto& d : changed) {
    if (d.summary && d.summary == d.id && d.state != DeliveryState::kClaimed) summaries.insert_or_assign(d.id, d);
  }
  std::vector<Followed> followed;
  if (summaries.empty()) return followed;
  std::vector<model::DeliveryId> ids;
  for (const auto& [id, summary] : summaries) ids.push_back(id);
  std::vector<model::Delivery> rows;
  for (auto& d : core.store.told_together(ids)) {
    Followed one{std::move(d), {}};
    one.before = one.delivery.state;
    follow(core, summaries[one.delivery.summary], one.delivery);
    rows.push_back(one.delivery);
    followed.push_back(std::move(one));
  }
  core.store.update(std::span<const model::Delivery>(rows));
  for (auto& [id, summary] : summaries) {
    if (summary.state == DeliveryState::kQueued) dissolve(core, summary);
  }
  return followed;
}

}  // namespace tocsin::engine
