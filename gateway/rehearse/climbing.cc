#include "gateway/rehearse/climbing.h"

#include <algorithm>

#include "gateway/callout/alert_rules.h"
#include "gateway/callout/next_rung.h"
#include "gateway/plan/hours.h"

namespace tocsin::rehearse {
namespace {

using callout::Do;
using callout::NextRung;
using model::AlertState;
using model::Channel;
using model::DeliveryState;
using model::Reason;

constexpr int kDueSlice = 200;  // engine/options.h, due_slice

const plan::Ladder& ladder_of(const Stage& stage, const model::Alert& alert) {
  static const plan::Ladder once = callout::single_rung_ladder();
  const bool known = alert.ladder >= 0 && alert.ladder < static_cast<int>(stage.plan.ladders.size());
  return known ? stage.plan.ladders[static_cast<std::size_t>(alert.ladder)] : once;
}

// Told, silent, and every step this person counts for has enough answers from others.
bool enough_have_answered(const Stage& stage, const Actor& actor) {
  if (!callout::is_told_and_silent(actor.alert)) return false;
  std::vector<const model::Step*> steps;
  for (const auto place : actor.steps) steps.push_back(&stage.steps[place].row);
  return callout::others_have_answered(steps);
}

// One look at one alert, and what comes of it.
struct Climb {
  Stage& stage;
  Place place;
  Actor& actor;
  const plan::Ladder& ladder;

  model::Delivery& add(const NextRung& next, Channel channel) const {
    model::Delivery d;
    d.id = stage.ids.next_id<model::DeliveryId>(stage.now);
    d.alert = actor.alert.id;
    d.channel = channel;
    d.cycle = next.cycle;
    d.rung = next.rung;
    d.cause = next.reason;
    if (next.contact != nullptr) {
      d.contact = next.contact->id;
      d.address = next.contact->address;
    }
    actor.tried.push_back(std::move(d));
    Try shown;
    shown.after = stage.elapsed();
    if (static_cast<std::size_t>(next.rung) < ladder.rungs.size() && ladder.rungs[next.rung].channel == channel)
      shown.wait = ladder.rungs[static_cast<std::size_t>(next.rung)].wait;
    actor.told.tries.push_back(std::move(shown));
    return actor.tried.back();
  }

  void send(const NextRung& next) const {
    auto& d = add(next, next.channel);
    const auto link = stage.links.find(next.channel);
    d.stalled = link != stage.links.end() && link->second.stalled;
    stage.queue(place, actor.tried.size() - 1);
  }

  void list_call(const NextRung& next, Channel channel) const {
    auto& d = add(next, channel);
    d.state = DeliveryState::kAccepted;
    d.handed_over_at = stage.now;
    if (channel == Channel::kKnock) d.address = who_goes(next.rung);
    if (channel != Channel::kKnock) answer_later();
  }

  // Codes of those the plan sends to the door, nearest first.
  std::string who_goes(int rung) const {
    const auto& rules = ladder.rungs[static_cast<std::size_t>(rung)];
    if (!rules.who) return {};
    std::string codes;
    const auto found = stage.roster.resolve(std::span(&*rules.who, 1), stage.incident.area, stage.now);
    for (const auto& recipient : found.recipients) {
      const auto code = stage.code_of(recipient.person);
      if (!code.empty() && codes.size() < 200) codes += (codes.empty() ? "" : " ") + code;
    }
    return codes;
  }

  void answer_later() const {
    if (stage.options.silent) stage.due_answers.emplace(stage.now + stage.options.answer_after, place);
  }

  // False when no deputy is left.
  bool tell_deputy(const NextRung& next) const {
    const auto* rules = actor.alert.step ? stage.steps[step_place()].rules : nullptr;
    const auto selector = actor.alert.selector;
    if (rules == nullptr || selector < 0 || selector >= static_cast<int>(rules->to.size())) return false;
    const auto holder = actor.alert.stands_in_for ? actor.alert.stands_in_for : actor.alert.person;
    std::vector<model::PersonId> told{actor.alert.person};
    for (;;) {
      const auto found =
          stage.roster.next_deputy(holder, rules->to[static_cast<std::size_t>(selector)], told, stage.now);
      if (!found) return false;
      told.push_back(*found);
      if (!raise_stand_in(*found)) continue;  // told by another hat already
      NextRung nowhere = next;
      nowhere.contact = nullptr;
      auto& d = add(nowhere, Channel::kDeputy);
      d.state = DeliveryState::kDelivered;
      d.handed_over_at = d.ended_at = stage.now;
      d.address = actor.told.tries.back().deputy = stage.code_of(*found);
      return true;
    }
  }

  bool raise_stand_in(model::PersonId deputy) const {
    auto fresh = callout::stand_in_of(actor.alert, deputy);
    std::vector<int> ladders;
    for (const auto step : actor.steps) ladders.push_back(stage.steps[step].rules->ladder);
    fresh.ladder = callout::ladder_of_stand_in(stage.plan, fresh.ladder, ladders, stage.now);
    const auto added = stage.add(std::move(fresh), stage.callouts[stage.steps[step_place()].callout].revision);
    if (!added) return false;
    auto& stand_in = stage.actors[*added];
    stand_in.told.step = static_cast<int>(step_place());
    stand_in.told.selector = actor.told.selector;
    stand_in.told.post = actor.told.post;
    stand_in.told.post_name = actor.told.post_name;
    add_step(stand_in, step_place());
    stage.out.steps[step_place()].people.push_back(stand_in.told.code);
    count_entered(stage, stand_in, step_place());
    climb(stage, *added);
    return true;
  }

  // A ladder always ends at a human: where no rung gave the desk a line, one is listed now.
  void exhaust() const {
    auto& alert = actor.alert;
    if (!callout::human_has_it(actor.tried) && alert.ladder >= 0) {
      NextRung last;
      last.cycle = alert.cycle;
      last.rung = alert.rung;
      last.reason = Reason::kLadderEnded;
      const auto* card = stage.roster.person(alert.person);
      if (card != nullptr && !card->contacts.empty()) last.contact = &card->contacts.front();
      list_call(last, Channel::kDeskCall);
    }
    alert.state = AlertState::kExhausted;
    alert.reason = Reason::kLadderEnded;
    alert.look_again_at.reset();
    note_first_rung(stage, actor, std::nullopt);
    stage.exhausted.push_back(place);
  }

  void settle() const {
    auto& alert = actor.alert;
    alert.look_again_at.reset();
    note_first_rung(stage, actor, std::nullopt);
    if (!callout::is_climbing(alert.state)) return;
    if (alert.answer != model::AnswerKind::kNone && alert.ladder >= 0) {
      alert.state = AlertState::kAnswered;
    } else if (alert.told) {
      alert.state = AlertState::kTold;
    }
  }

  // The plan has its answers from others: whoever stayed silent is not chased further, and may still answer.
  void leave_in_peace() const {
    stage.end_queued(actor, DeliveryState::kCancelled);
    stage.close_call_lines(actor);
    actor.alert.reason = Reason::kSettled;
    settle();
  }

  void note_hand_overs() const {
    const auto& alert = actor.alert;
    if (alert.first_rung_done) return;
    if (alert.rung > 0 || alert.cycle > 1) return note_first_rung(stage, actor, std::nullopt);
    for (const auto& d : actor.tried) {
      if (model::was_handed_over(d.state)) return note_first_rung(stage, actor, d.handed_over_at.value_or(stage.now));
    }
  }

  // What was decided is said over a channel on which the person was asked.
  unsigned links_for() const {
    if (actor.alert.matter_kind != model::MatterKind::kDecided) return stage.options.links_for;
    const auto revision = stage.callouts[static_cast<std::size_t>(actor.told.callout)].revision;
    const auto* asked = stage.alert_of(model::MatterKind::kApproval, revision, actor.alert.person);
    return stage.options.links_for & (asked == nullptr ? ~0U : callout::channels_asked_on(asked->tried));
  }

  void follow_rungs() const {
    callout::Reach reach;
    if (const auto* card = stage.roster.person(actor.alert.person)) reach.contacts = card->contacts;
    reach.links_for = links_for();
    reach.has_deputy = actor.alert.ladder >= 0;
    reach.night = plan::is_night(stage.plan, stage.now);
    // A ladder has at most 20 rungs; more turns than this would be a mistake in next_rung.
    for (int turn = 0; turn < 200; ++turn) {
      const auto next = callout::next_rung(actor.alert, ladder, reach, actor.tried, stage.now);
      actor.alert.cycle = next.cycle;
      actor.alert.rung = next.rung;
      actor.alert.reason = next.reason;
      note_hand_overs();
      if (next.what == Do::kNothing) {
        actor.alert.look_again_at = next.look_again_at;
        if (next.settled) settle();
        return;
      }
      if (next.what == Do::kExhaust) return exhaust();
      if (next.what == Do::kSend) send(next);
      if (next.what == Do::kListCall) list_call(next, next.channel);
      if (next.what == Do::kTellDeputy && !tell_deputy(next)) reach.has_deputy = false;
    }
  }

 private:
  Place step_place() const { return static_cast<Place>(actor.alert.step.value) - 1; }
};

// An exhausted alert whose steps have enough answers by now leaves the call sheet.
void review_exhausted(Stage& stage, Actor& actor) {
  actor.alert.look_again_at.reset();
  if (!enough_have_answered(stage, actor)) return;
  stage.end_queued(actor, DeliveryState::kCancelled);
  stage.close_call_lines(actor);
  actor.alert.state = AlertState::kTold;
  actor.alert.reason = Reason::kSettled;
  stage.note_rest(actor);
}

// Messages have left, or never will: what the alerts make of it.
void climb_alerts(Stage& stage, const std::vector<Place>& alerts) {
  for (const auto place : alerts) {
    auto& actor = stage.actors[place];
    auto& alert = actor.alert;
    const bool newly_told =
        !alert.told && std::any_of(actor.tried.begin(), actor.tried.end(), [](const model::Delivery& d) {
          return model::is_carried(d.channel) && model::was_handed_over(d.state);
        });
    if (newly_told) {
      alert.told = true;
      if (alert.state == AlertState::kTelling) alert.state = AlertState::kTold;
      Climb{stage, place, actor, ladder_of(stage, alert)}.answer_later();
    }
    if (callout::is_climbing(alert.state)) {
      climb(stage, place);
    } else if (newly_told) {
      note_first_rung(stage, actor, stage.now);
      if (alert.state == AlertState::kExhausted) review_exhausted(stage, actor);
    }
    if (callout::is_moot(alert)) stage.end_queued(actor, DeliveryState::kCancelled);
  }
}

}  // namespace

void climb(Stage& stage, Place place) {
  auto& actor = stage.actors[place];
  const Climb c{stage, place, actor, ladder_of(stage, actor.alert)};
  const bool was_open = callout::is_open(actor.alert);
  if (callout::is_climbing(actor.alert.state) && enough_have_answered(stage, actor)) {
    c.leave_in_peace();
  } else {
    c.follow_rungs();
  }
  // An alert may come to rest, be looked at again and rest still: its steps count it out once.
  const bool open = callout::is_open(actor.alert);
  if (was_open && !open) note_closed(stage, actor);
  if (!was_open && open) note_reopened(stage, actor);
  stage.note_rest(actor);
  stage.look_again(place);
}

bool hand_over(Stage& stage) {
  const auto reached = stage.hand_over();
  climb_alerts(stage, reached);
  return !reached.empty();
}

void climb_due(Stage& stage) {
  auto& due = stage.due_alerts;
  std::vector<Place> alerts;
  while (!due.empty() && due.top().first <= stage.now && static_cast<int>(alerts.size()) < kDueSlice) {
    const auto [at, place] = due.top();
    due.pop();
    if (stage.actors[place].alert.look_again_at != at) continue;
    if (std::find(alerts.begin(), alerts.end(), place) == alerts.end()) alerts.push_back(place);
  }
  for (const auto place : alerts) {
    auto& actor = stage.actors[place];
    if (actor.alert.state == AlertState::kExhausted) {
      review_exhausted(stage, actor);
    } else {
      climb(stage, place);
    }
  }
}

void stall_links(Stage& stage) {
  for (auto& [channel, link] : stage.links) {
    if (link.up || stage.now - link.down_since < stage.options.link_patience) continue;
    const auto alerts = stage.stall(channel);
    if (!link.stalled) {
      link.stalled = true;
      stage.happened(HappenedWhat::kStalled);
      stage.out.course.back().channel = channel;
    }
    climb_alerts(stage, alerts);
  }
}

void add_step(Actor& actor, Place step) {
  actor.steps.insert(std::upper_bound(actor.steps.begin(), actor.steps.end(), step), step);
}

void count_entered(Stage& stage, const Actor& actor, Place step) {
  auto& counters = stage.steps[step].row.counters;
  ++counters.recipients;
  if (!actor.alert.first_rung_done) ++counters.first_pending;
  if (callout::is_open(actor.alert)) ++counters.open;
  stage.mark_dirty(step);
}

void note_first_rung(Stage& stage, Actor& actor, std::optional<base::UtcTime> handed_over_at) {
  if (actor.alert.first_rung_done) return;
  actor.alert.first_rung_done = true;
  for (const auto place : actor.steps) {
    auto& row = stage.steps[place].row;
    if (row.counters.first_pending > 0) --row.counters.first_pending;
    if (handed_over_at)
      row.last_first_rung_at = std::max(row.last_first_rung_at.value_or(*handed_over_at), *handed_over_at);
    stage.mark_dirty(place);
  }
}

void note_closed(Stage& stage, const Actor& actor) {
  for (const auto place : actor.steps) {
    auto& row = stage.steps[place].row;
    if (row.counters.open == 0) continue;
    --row.counters.open;
    stage.mark_dirty(place);
  }
}

void note_reopened(Stage& stage, const Actor& actor) {
  for (const auto place : actor.steps) {
    ++stage.steps[place].row.counters.open;
    stage.mark_dirty(place);
  }
}

void count_answer_change(Stage& stage, const Actor& actor, model::AnswerKind before, model::AnswerKind after) {
  std::vector<model::Step*> steps;
  for (const auto place : actor.steps) {
    steps.push_back(&stage.steps[place].row);
    stage.mark_dirty(place);
  }
  callout::count_answer_of_hats(steps, before, after);
}

}  // namespace tocsin::rehearse
