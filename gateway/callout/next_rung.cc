#include "gateway/callout/next_rung.h"

#include <algorithm>
#include <utility>

#include "gateway/callout/chance.h"

namespace tocsin::callout {
namespace {

using base::UtcTime;
using model::AlertState;
using model::AnswerKind;
using model::Channel;
using model::ContactPoint;
using model::Delivery;
using model::DeliveryState;
using model::Reason;

// Where the ladder stands is read from what was tried, never from a flag that could disagree with it.
Place furthest(Tried tried) {
  Place at;
  for (const Delivery& d : tried) at = std::max(at, place_of(d));
  return at;
}

bool waits_for_hand_over(const Delivery& d) {
  return is_open(d.state) && !d.stalled;
}

bool may_be_heard(const Delivery& d) {
  return d.state == DeliveryState::kAccepted || d.state == DeliveryState::kDelivered;
}

bool was_taken_back(const Delivery& d) {
  return d.state == DeliveryState::kCancelled || d.state == DeliveryState::kSuperseded;
}

// The person has the message.  A line that is only listed on the call sheet has told nobody yet.
bool has_told(const Delivery& d) {
  if (d.state == DeliveryState::kDelivered) return true;
  const bool only_listed = d.channel == Channel::kDeskCall || d.channel == Channel::kKnock;
  return d.state == DeliveryState::kAccepted && !only_listed;
}

UtcTime handed_over(const Delivery& d) {
  return d.handed_over_at.value_or(d.ended_at.value_or(base::time_of_id(d.id.value)));
}

UtcTime wait_end(const Delivery& d, const plan::Ladder& ladder) {
  const auto rung = static_cast<std::size_t>(d.rung);
  return handed_over(d) + (rung < ladder.rungs.size() ? ladder.rungs[rung].wait : base::Duration{});
}

// When the delivery had said all it could.  A stalled one bears no other time than its id's.
UtcTime spent_at(const Delivery& d, const plan::Ladder& ladder) {
  if (may_be_heard(d)) return wait_end(d, ladder);
  return d.ended_at.value_or(handed_over(d));
}

bool nobody_agreed(const Reach& reach) {
  return !reach.contacts.empty() &&
         std::none_of(reach.contacts.begin(), reach.contacts.end(), [](const ContactPoint& c) { return c.agreed; });
}

// One look at one alert.  Only a name for the five things every rule below asks for.
class Look {
 public:
  Look(const model::Alert& alert, const plan::Ladder& ladder, const Reach& reach, Tried tried, UtcTime now)
      : alert_(alert), ladder_(ladder), reach_(reach), tried_(tried), now_(now), at_(furthest(tried)) {}

  [[nodiscard]] NextRung decide() const {
    if (const auto reason = settled()) return settle(*reason);
    if (alert_.answer == AnswerKind::kCannot) return someone_else();
    for (const Delivery& d : tried_) {
      if (waits_for_hand_over(d)) return nothing(Reason::kAwaitingHandOver);
    }
    if (const auto until = listening_until()) return wait(*until);
    if (at_.rung < 0) return climb(Reason::kFirstRung, now_);
    return after_last_try();
  }

 private:
  [[nodiscard]] std::optional<Reason> settled() const {
    switch (alert_.state) {
      case AlertState::kAnswered: return Reason::kSettled;
      case AlertState::kExhausted: return Reason::kLadderEnded;
      case AlertState::kWithdrawn: return alert_.reason == Reason::kNone ? Reason::kStandDown : alert_.reason;
      case AlertState::kTelling:
      case AlertState::kTold: break;
    }
    const bool informs = alert_.needs == AnswerKind::kNone || alert_.ladder < 0;
    if (!informs) return satisfies(alert_.answer, alert_.needs) ? std::optional(Reason::kSettled) : std::nullopt;
    const bool told = alert_.answer != AnswerKind::kNone || std::any_of(tried_.begin(), tried_.end(), has_told);
    return told ? std::optional(Reason::kSettled) : std::nullopt;
  }

  // The pause after *received* or tocsin's own question, and the waits of everything that may still be heard: a
  // message of an earlier rung that left late gives its reader the time of that rung.
  [[nodiscard]] std::optional<UtcTime> listening_until() const {
    UtcTime until = alert_.paused_until.value_or(now_);
    for (const Delivery& d : tried_) {
      if (may_be_heard(d)) until = std::max(until, wait_end(d, ladder_));
    }
    return until > now_ ? std::optional(until) : std::nullopt;
  }

  // The person will not come: their own phones are left in peace, the deputy is told, once.
  [[nodiscard]] NextRung someone_else() const {
    const bool done = std::any_of(tried_.begin(), tried_.end(), [](const Delivery& d) {
      return d.channel == Channel::kDeputy && !was_taken_back(d);
    });
    const int rung = done || !reach_.has_deputy ? -1 : deputy_rung();
    if (rung < 0) return settle(Reason::kCannotCome);
    return act({Do::kTellDeputy, nullptr, Reason::kNone}, {at_.cycle, rung}, Reason::kCannotCome);
  }

  // The next deputy rung from here, else one that was passed when there was no deputy.
  [[nodiscard]] int deputy_rung() const {
    int passed = -1;
    for (int i = 0; i < rung_count(); ++i) {
      if (ladder_.rungs[static_cast<std::size_t>(i)].channel != Channel::kDeputy) continue;
      if (i > at_.rung) return i;
      if (passed < 0) passed = i;
    }
    return passed;
  }

  [[nodiscard]] NextRung after_last_try() const {
    const Delivery* last = nullptr;
    bool heard = false;
    UtcTime spent = alert_.paused_until.value_or(UtcTime::min());
    for (const Delivery& d : tried_) {
      spent = std::max(spent, spent_at(d, ladder_));
      if (place_of(d) != at_) continue;
      last = &d;
      heard = heard || may_be_heard(d);
    }
    if (heard) return climb(silence(), spent);
    switch (last->state) {
      case DeliveryState::kRefused: return again_or_climb(*last, Reason::kRefused, spent);
      case DeliveryState::kUndelivered:
        return again_or_climb(*last, is_carried(last->channel) ? Reason::kUndelivered : Reason::kCallerBusy, spent);
      case DeliveryState::kUnknown: return again_or_climb(*last, Reason::kEndUnknown, spent);
      case DeliveryState::kSuperseded: return climb(Reason::kRaised, spent);
      case DeliveryState::kCancelled: return climb(silence(), spent);
      default: return climb(Reason::kLinkStalled, spent);
    }
  }

  [[nodiscard]] Reason silence() const {
    return alert_.answer == AnswerKind::kReceived ? Reason::kOnlyReceived : Reason::kNoAnswer;
  }

  // Another contact point of the same rung, else on.  A call the desk made, a knock and a deputy have one try a rung.
  [[nodiscard]] NextRung again_or_climb(const Delivery& last, Reason reason, UtcTime spent) const {
    if (!is_carried(last.channel) || at_.rung >= rung_count() || !reach_.has_link(last.channel)) {
      return climb(reason, spent);
    }
    const auto unknown = std::count_if(tried_.begin(), tried_.end(), [&](const Delivery& d) {
      return place_of(d) == at_ && d.state == DeliveryState::kUnknown;
    });
    if (last.state == DeliveryState::kUnknown && unknown > 1) return climb(reason, spent);
    const ContactPoint* contact = first_untried(reach_, last.channel, tried_, at_);
    if (contact != nullptr && rests(reach_, *contact) && another_is_left(ladder_, at_.rung, reach_, tried_)) {
      return climb(Reason::kNotAtNight, spent);
    }
    if (contact == nullptr && last.state == DeliveryState::kUnknown) contact = usable_again(reach_, last);
    if (contact == nullptr) return climb(reason, spent);
    return act({Do::kSend, contact, Reason::kNone}, at_, reason, last.channel);
  }

  // The rung could do in this cycle what it would have done by day: a message that may be heard, or every contact point
  // that failed; one call.  What was made up for it stands at a rung of another channel.
  [[nodiscard]] bool had_its_turn(int rung) const {
    const Channel channel = ladder_.rungs[static_cast<std::size_t>(rung)].channel;
    int unknown = 0;
    for (const Delivery& d : tried_) {
      if (d.cycle != at_.cycle || d.channel != channel || d.rung >= rung_count()) continue;
      if (d.rung != rung && ladder_.rungs[static_cast<std::size_t>(d.rung)].channel == channel) continue;
      if (may_be_heard(d) || !is_carried(channel)) return true;
      if (d.state == DeliveryState::kUnknown && ++unknown > 1) return true;
    }
    return false;
  }

  // A rung of this cycle, up to where the ladder stands, that was left without a message because what it would have
  // used rests at night: its turn comes before the ladder goes on, once nothing else is left.  By day as well: the
  // night may end while the ladder is climbed.
  [[nodiscard]] std::optional<NextRung> make_up(Reason reason) const {
    if (at_.rung < 0 || another_is_left(ladder_, at_.rung + 1, reach_, tried_)) return std::nullopt;
    for (int i = 0; i <= std::min(at_.rung, rung_count() - 1); ++i) {
      const Channel channel = ladder_.rungs[static_cast<std::size_t>(i)].channel;
      if (!reaches_them_now(channel, reach_, tried_)) continue;
      if (had_its_turn(i)) continue;
      const ContactPoint* contact = first_untried(reach_, channel, tried_, std::nullopt);
      if (contact == nullptr || !contact->not_at_night) continue;
      return act({is_carried(channel) ? Do::kSend : Do::kListCall, contact, Reason::kNone}, at_, reason, channel);
    }
    return std::nullopt;
  }

  // The first rung above that can do anything; `reason` is why the ladder left the rung it stood on, and gives way to
  // the reason of a rung skipped on the way.  `spent` is when that rung was over.
  [[nodiscard]] NextRung climb(Reason reason, UtcTime spent) const {
    Reason first_skip = Reason::kNone;
    if (auto late = make_up(reason)) return *late;
    const auto up_from = [&](Place from, Reason because) -> std::optional<NextRung> {
      for (int i = from.rung + 1; i < rung_count(); ++i) {
        const Chance chance = chance_of(ladder_, i, reach_, tried_);
        if (chance.what != Do::kNothing) return act(chance, {from.cycle, i}, because);
        because = chance.skipped;
        if (first_skip == Reason::kNone) first_skip = because;
      }
      return std::nullopt;
    };
    if (auto next = up_from(at_, reason)) return *next;
    const bool repeats = at_.rung >= 0 && at_.cycle < ladder_.cycles;
    const auto repeated = repeats ? up_from({at_.cycle + 1, -1}, Reason::kRepeat) : std::nullopt;
    if (!repeated) return exhaust(tried_.empty() ? first_skip : Reason::kLadderEnded);
    const UtcTime due = spent + ladder_.repeat_after;
    return due > now_ ? wait(due) : *repeated;
  }

  [[nodiscard]] NextRung act(const Chance& chance, Place place, Reason reason) const {
    return act(chance, place, reason, ladder_.rungs[static_cast<std::size_t>(place.rung)].channel);
  }
  [[nodiscard]] NextRung act(const Chance& chance, Place place, Reason reason, Channel channel) const {
    const bool resting = chance.contact != nullptr && rests(reach_, *chance.contact);
    NextRung next = nothing(resting ? Reason::kOnlyOneAtNight : reason);
    next.what = chance.what;
    next.contact = chance.contact;
    next.channel = channel;
    next.cycle = place.cycle;
    next.rung = place.rung;
    return next;
  }

  [[nodiscard]] NextRung wait(UtcTime until) const {
    const bool paused = alert_.paused_until && *alert_.paused_until > now_;
    NextRung next = nothing(!paused                                  ? Reason::kAwaitingAnswer
                            : alert_.answer == AnswerKind::kReceived ? Reason::kPausedByReceived
                                                                     : Reason::kPausedByQuestion);
    next.look_again_at = until;
    return next;
  }

  [[nodiscard]] NextRung settle(Reason reason) const {
    NextRung next = nothing(reason);
    next.settled = true;
    return next;
  }

  [[nodiscard]] NextRung exhaust(Reason reason) const {
    NextRung next = nothing(reason == Reason::kNoContactPoint && nobody_agreed(reach_) ? Reason::kNotAgreed : reason);
    next.what = Do::kExhaust;
    return next;
  }

  [[nodiscard]] NextRung nothing(Reason reason) const {
    NextRung next;
    next.cycle = at_.cycle;
    next.rung = std::max(at_.rung, 0);
    if (at_.rung >= 0 && at_.rung < rung_count()) {
      next.channel = ladder_.rungs[static_cast<std::size_t>(at_.rung)].channel;
    }
    next.reason = reason;
    return next;
  }

  [[nodiscard]] int rung_count() const { return static_cast<int>(ladder_.rungs.size()); }

  const model::Alert& alert_;
  const plan::Ladder& ladder_;
  const Reach& reach_;
  Tried tried_;
  UtcTime now_;
  Place at_;
};

}  // namespace

NextRung next_rung(const model::Alert& alert, const plan::Ladder& ladder, const Reach& reach,
                   std::span<const model::Delivery> tried, base::UtcTime now) {
  return Look(alert, ladder, reach, tried, now).decide();
}

plan::Ladder single_rung_ladder() {
  plan::Ladder ladder;
  for (const Channel channel :
       {Channel::kSms, Channel::kConsole, Channel::kPush, Channel::kEmail, Channel::kWebhook, Channel::kVoice}) {
    ladder.rungs.push_back({channel, base::Duration{}, std::nullopt});
  }
  return ladder;
}

}  // namespace tocsin::callout
