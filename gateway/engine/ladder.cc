#include "gateway/engine/ladder.h"

#include <algorithm>

#include "gateway/callout/next_rung.h"
#include "gateway/engine/links.h"
#include "gateway/engine/steps.h"
#include "gateway/engine/updates.h"
#include "gateway/engine/words.h"
#include "gateway/plan/hours.h"

namespace tocsin::engine {
namespace {

using callout::Do;
using model::RecordKind;

std::int64_t next_turn(Core& core, const model::Alert& alert, const Link& link) {
  const auto key = alert.callout ? alert.callout.value : alert.matter.value;
  auto& turn = core.turns[key];
  const auto head = link.turn.find(alert.urgency);
  if (head != link.turn.end()) turn = std::max(turn, head->second);
  return ++turn;
}

// The links that had the message of this very rung, and it did not arrive for certain.
std::uint64_t tried_links(const Core& core, const callout::NextRung& next, const std::vector<model::Delivery>& tried) {
  std::uint64_t links = 0;
  for (const auto& d : tried) {
    const bool failed = d.state == model::DeliveryState::kUnknown || d.state == model::DeliveryState::kRefused ||
                        d.state == model::DeliveryState::kUndelivered;
    if (failed && d.rung == next.rung && d.cycle == next.cycle) links |= bit_of(core, d.link);
  }
  return links;
}

// What the rungs ahead of an alert have in common.
struct Climb {
  Core& core;
  model::Alert& alert;
  std::vector<model::Delivery>& tried;
  Rows& rows;
  const model::Incident& incident;
  const model::PersonCard* person;
  const plan::Ladder& ladder;

  model::Delivery delivery(const callout::NextRung& next, model::Channel channel) const {
    model::Delivery d;
    d.id = core.ids.next_id<model::DeliveryId>(core.now);
    d.alert = alert.id;
    d.incident = alert.incident;
    d.channel = channel;
    d.cycle = next.cycle;
    d.rung = next.rung;
    d.cause = next.reason;
    d.urgency = alert.urgency;
    return d;
  }

  void keep(model::Delivery d) {
    tried.push_back(d);
    rows.fresh.push_back(std::move(d));
  }

  void send(const callout::NextRung& next) {
    auto d = delivery(next, next.channel);
    auto* link = link_for(core, {next.channel, next.contact->address, alert.urgency, tried_links(core, next, tried),
                                 static_cast<std::uint64_t>(d.id.value)});
    d.link = link->index;
    d.contact = next.contact->id;
    d.address = next.contact->address;
    d.stalled = link->stalled;
    d.turn = next_turn(core, alert, *link);
    d.message =
        message_for(core, alert, incident, language_of(core, person), next.channel, !link->sender->can().answers);
    ++core.metrics.deliveries;
    if (next.reason != model::Reason::kFirstRung) {
      core.record(RecordKind::kQueued, alert.incident, d.id.value, alert.id.value, static_cast<int>(next.reason));
    }
    keep(std::move(d));
  }

  void list_call(const callout::NextRung& next, model::Channel channel) {
    auto d = delivery(next, channel);
    d.state = model::DeliveryState::kAccepted;
    d.handed_over_at = core.now;
    if (next.contact != nullptr) {
      d.contact = next.contact->id;
      d.address = next.contact->address;
    }
    if (channel == model::Channel::kKnock) d.address = who_goes(next.rung);
    d.message = message_for(core, alert, incident, core.plan().default_language(), model::Channel::kDeskCall, false);
    core.record(RecordKind::kQueued, alert.incident, d.id.value, alert.id.value, static_cast<int>(next.reason),
                std::string(model::name_of(channel)));
    keep(std::move(d));
  }

  // Codes of those the plan sends to the door, nearest first.
  std::string who_goes(int rung) const {
    const auto& rules = ladder.rungs[static_cast<std::size_t>(rung)];
    if (!rules.who) return {};
    std::string codes;
    for (const auto& recipient : core.roster().resolve(std::span(&*rules.who, 1), incident.area, core.now).recipients) {
      const auto* card = core.roster().person(recipient.person);
      if (card != nullptr && codes.size() < 200) codes += (codes.empty() ? "" : " ") + card->code;
    }
    return codes;
  }

  // The plan has its answers from others: whoever stayed silent is not chased further, and may still answer.
  void leave_in_peace() {
    cancel_what_is_queued(core, alert);
    core.store.close_call_lines(alert.incident, alert.id, core.now);
    alert.reason = model::Reason::kSettled;
    settle();
  }

  // False when no deputy is left.
  bool tell_deputy(const callout::NextRung& next) {
    const auto* step = core.step(alert.step);
    const auto* rules = step == nullptr ? nullptr : rules_of(core, *step);
    if (rules == nullptr || alert.selector < 0 || alert.selector >= static_cast<int>(rules->to.size())) return false;
    const auto& selector = rules->to[static_cast<std::size_t>(alert.selector)];
    const auto holder = alert.stands_in_for ? alert.stands_in_for : alert.person;
    std::vector<model::PersonId> told{alert.person};
    for (;;) {
      const auto found = core.roster().next_deputy(holder, selector, told, core.now);
      if (!found) return false;
      told.push_back(*found);
      if (core.store.alert(alert.matter, *found)) continue;  // told by another hat already
      raise_stand_in(*found);
      auto d = delivery(next, model::Channel::kDeputy);
      d.state = model::DeliveryState::kDelivered;
      d.handed_over_at = d.ended_at = core.now;
      const auto* card = core.roster().person(*found);
      d.address = card == nullptr ? "" : card->code;
      core.record(RecordKind::kQueued, alert.incident, d.id.value, alert.id.value, static_cast<int>(next.reason),
                  "deputy");
      keep(std::move(d));
      return true;
    }
  }

  void raise_stand_in(model::PersonId deputy) {
    auto fresh = callout::stand_in_of(alert, deputy);
    fresh.id = core.ids.next_id<model::AlertId>(core.now);
    std::vector<int> ladders;
    for (const auto id : steps_of_alert(core, alert)) {
      const auto* step = core.step(id);
      const auto* rules = step == nullptr ? nullptr : rules_of(core, *step);
      if (rules != nullptr) ladders.push_back(rules->ladder);
    }
    fresh.ladder = callout::ladder_of_stand_in(core.plan_of(incident), fresh.ladder, ladders, core.now);
    if (!core.store.insert(std::span(&fresh, 1)).front()) return;
    ++core.metrics.alerts;
    core.record(RecordKind::kAlertRaised, fresh.incident, fresh.id.value, deputy.value, 0, "stands_in");
    count_entered(core, fresh, fresh.step);
    std::vector<model::Delivery> none;
    climb(core, fresh, none, rows);
  }

  void exhaust() {
    if (!callout::human_has_it(tried) && alert.ladder >= 0) {
      callout::NextRung last;
      last.cycle = alert.cycle;
      last.rung = alert.rung;
      last.reason = model::Reason::kLadderEnded;
      if (person != nullptr && !person->contacts.empty()) last.contact = &person->contacts.front();
      list_call(last, model::Channel::kDeskCall);
    }
    alert.state = model::AlertState::kExhausted;
    alert.reason = model::Reason::kLadderEnded;
    alert.look_again_at.reset();
    note_first_rung(core, alert, std::nullopt);
    core.record(RecordKind::kAlertUpdated, alert.incident, alert.id.value, static_cast<int>(alert.state),
                static_cast<int>(alert.reason));
  }

  void settle() {
    alert.look_again_at.reset();
    note_first_rung(core, alert, std::nullopt);
    if (!is_climbing(alert.state)) return;
    if (alert.answer != model::AnswerKind::kNone && alert.ladder >= 0) {
      alert.state = model::AlertState::kAnswered;
    } else if (alert.told) {
      alert.state = model::AlertState::kTold;
    }
  }

  // An alert may come to rest, be looked at again and rest still: its steps count it out once.
  void count_rest(bool was_open) const {
    const bool open = is_open(alert);
    if (was_open && !open) note_closed(core, alert);
    if (!was_open && open) note_reopened(core, alert);
  }
};

// What was decided is said over a channel on which the person was asked.
unsigned links_for(Core& core, const model::Alert& alert) {
  if (alert.matter_kind != model::MatterKind::kDecided) return core.links_for();
  const auto decided = core.store.matter(alert.matter);
  if (!decided) return core.links_for();
  const auto asking = core.store.matter(alert.incident, model::MatterKind::kApproval, decided->revision,
                                        core.ids.next_id<model::MatterId>(core.now));
  const auto asked = core.store.alert(asking.id, alert.person);
  if (!asked) return core.links_for();
  const auto with = core.store.alerts_with_deliveries(std::span(&asked->id, 1));
  return with.empty() ? core.links_for() : core.links_for() & callout::channels_asked_on(with.front().deliveries);
}

// Told, silent, and every step this person counts for has enough answers from others.
bool enough_have_answered(Core& core, const model::Alert& alert) {
  if (!callout::is_told_and_silent(alert)) return false;
  std::vector<const model::Step*> steps;
  for (const auto id : steps_of_alert(core, alert)) steps.push_back(core.step(id));
  return callout::others_have_answered(steps);
}

void note_hand_overs(Core& core, model::Alert& alert, const std::vector<model::Delivery>& tried) {
  if (alert.first_rung_done) return;
  if (alert.rung > 0 || alert.cycle > 1) return note_first_rung(core, alert, std::nullopt);
  for (const auto& d : tried) {
    if (model::was_handed_over(d.state)) return note_first_rung(core, alert, d.handed_over_at.value_or(core.now));
  }
}

}  // namespace

const std::string& language_of(Core& core, const model::PersonCard* person) {
  return person != nullptr && !person->language.empty() ? person->language : core.plan().default_language();
}

void Rows::write(Core& core) {
  if (!changed.empty()) core.store.update(std::span<const model::Alert>(changed));
  if (!fresh.empty()) core.store.insert(std::span<const model::Delivery>(fresh), core.epoch);
  changed.clear();
  fresh.clear();
}

void climb(Core& core, model::Alert& alert, std::vector<model::Delivery>& tried, Rows& rows) {
  const auto* incident = core.incident(alert.incident);
  if (incident == nullptr) return;
  const auto* person = core.roster().person(alert.person);
  const auto& plan = core.plan_of(*incident);
  static const plan::Ladder once = callout::single_rung_ladder();
  const auto& ladder = alert.ladder >= 0 && alert.ladder < static_cast<int>(plan.ladders.size())
                           ? plan.ladders[static_cast<std::size_t>(alert.ladder)]
                           : once;
  callout::Reach reach;
  if (person != nullptr) reach.contacts = person->contacts;
  reach.links_for = links_for(core, alert);
  reach.has_deputy = alert.ladder >= 0;
  reach.night = plan::is_night(plan, core.now);
  Climb c{core, alert, tried, rows, *incident, person, ladder};
  const bool was_open = is_open(alert);
  if (is_climbing(alert.state) && enough_have_answered(core, alert)) {
    c.leave_in_peace();
    c.count_rest(was_open);
    rows.changed.push_back(alert);
    return;
  }
  // A ladder has at most 20 rungs; more turns than this would be a mistake in next_rung.
  for (int turn = 0; turn < 200; ++turn) {
    const auto next = callout::next_rung(alert, ladder, reach, tried, core.now);
    alert.cycle = next.cycle;
    alert.rung = next.rung;
    alert.reason = next.reason;
    note_hand_overs(core, alert, tried);
    if (next.what == Do::kNothing) {
      alert.look_again_at = next.look_again_at;
      if (next.settled) c.settle();
      break;
    }
    if (next.what == Do::kExhaust) {
      c.exhaust();
      break;
    }
    if (next.what == Do::kSend) c.send(next);
    if (next.what == Do::kListCall) c.list_call(next, next.channel);
    if (next.what == Do::kTellDeputy && !c.tell_deputy(next)) reach.has_deputy = false;
  }
  c.count_rest(was_open);
  rows.changed.push_back(alert);
}

void raise_alerts(Core& core, std::vector<model::Alert> fresh, const model::Matter* update) {
  const auto is_new = core.store.insert(std::span<const model::Alert>(fresh));
  Rows rows;
  for (std::size_t i = 0; i < fresh.size() && i < is_new.size(); ++i) {
    if (!is_new[i]) continue;
    ++core.metrics.alerts;
    core.record(RecordKind::kAlertRaised, fresh[i].incident, fresh[i].id.value, fresh[i].person.value, -1,
                std::string(model::name_of(fresh[i].matter_kind)));
    std::vector<model::Delivery> none;
    const auto from = rows.fresh.size();
    climb(core, fresh[i], none, rows);
    const auto* incident = update == nullptr ? nullptr : core.incident(fresh[i].incident);
    if (incident != nullptr) hold_back(core, *incident, *update, fresh[i], rows, from);
  }
  rows.write(core);
}

void review_exhausted(Core& core, model::Alert& alert, Rows& rows) {
  alert.look_again_at.reset();
  if (enough_have_answered(core, alert)) {
    cancel_what_is_queued(core, alert);
    core.store.close_call_lines(alert.incident, alert.id, core.now);
    alert.state = model::AlertState::kTold;
    alert.reason = model::Reason::kSettled;
    core.record(RecordKind::kAlertUpdated, alert.incident, alert.id.value, static_cast<int>(alert.state),
                static_cast<int>(alert.reason));
  }
  rows.changed.push_back(alert);
}

std::vector<model::StepId> steps_of_alert(Core& core, const model::Alert& alert) {
  std::vector<model::StepId> steps;
  if (alert.step) steps.push_back(alert.step);
  if (alert.more_hats) {
    for (const auto& membership : core.store.memberships_of(alert.id)) steps.push_back(membership.step);
  }
  std::stable_sort(steps.begin(), steps.end(), [&](model::StepId a, model::StepId b) {
    const auto* x = core.step(a);
    const auto* y = core.step(b);
    return x != nullptr && y != nullptr && x->index < y->index;
  });
  return steps;
}

void cancel_what_is_queued(Core& core, const model::Alert& alert) {
#if TOCSIN_PLANTED_FAULT == 3  // told after it was settled
  return;
#endif
  for (const auto& [delivery, of] :
       core.store.end_queued(alert.incident, alert.id, model::DeliveryState::kCancelled, core.now)) {
    core.record(RecordKind::kDeliveryCancelled, alert.incident, delivery.value, of.value,
                static_cast<int>(model::Reason::kSettled));
  }
}

void count_entered(Core& core, const model::Alert& alert, model::StepId id) {
  auto* step = core.step(id);
  if (step == nullptr) return;
  ++step->counters.recipients;
  if (!alert.first_rung_done) ++step->counters.first_pending;
  if (is_open(alert)) ++step->counters.open;
  core.mark_dirty(id);
}

void note_first_rung(Core& core, model::Alert& alert, std::optional<base::UtcTime> handed_over_at) {
  if (alert.first_rung_done) return;
  alert.first_rung_done = true;
  for (const auto id : steps_of_alert(core, alert)) {
    auto* step = core.step(id);
    if (step == nullptr) continue;
    if (step->counters.first_pending > 0) --step->counters.first_pending;
    if (handed_over_at)
      step->last_first_rung_at = std::max(step->last_first_rung_at.value_or(*handed_over_at), *handed_over_at);
    core.mark_dirty(id);
  }
}

void note_closed(Core& core, const model::Alert& alert) {
  for (const auto id : steps_of_alert(core, alert)) {
    auto* step = core.step(id);
    if (step == nullptr || step->counters.open == 0) continue;
    --step->counters.open;
    core.mark_dirty(id);
  }
}

void note_reopened(Core& core, const model::Alert& alert) {
  for (const auto id : steps_of_alert(core, alert)) {
    auto* step = core.step(id);
    if (step == nullptr) continue;
    ++step->counters.open;
    core.mark_dirty(id);
  }
}

void count_answer_change(Core& core, const model::Alert& alert, model::AnswerKind before, model::AnswerKind after) {
  std::vector<model::Step*> steps;
  for (const auto id : steps_of_alert(core, alert)) {
    steps.push_back(core.step(id));
    if (steps.back() != nullptr) core.mark_dirty(id);
  }
  callout::count_answer_of_hats(steps, before, after);
}

}  // namespace tocsin::engine
