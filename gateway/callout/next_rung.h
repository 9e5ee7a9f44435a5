// What one alert does next: the next rung of its ladder, a wait, or nothing more.
//
// Pure: no IO, no clock, no lock; safe from any thread.  Equal inputs give equal answers.
// The rules are docs/guarantees.md, sections "Never twice", "Waits" and "Answers".
#pragma once

#include <optional>
#include <span>

#include "gateway/model/alert.h"
#include "gateway/model/recipient.h"
#include "gateway/plan/plan.h"

namespace tocsin::callout {

// What the person and the machine can do at this moment.
struct Reach {
  std::span<const model::ContactPoint> contacts;  // in order of preference
  unsigned links_for = 0;                         // bit (1 << channel) for each carried channel some link serves
  bool has_deputy = false;                        // another deputy of the post is left who has not been told
  bool night = false;                             // by the plan: contact points that are not at night rest
  [[nodiscard]] bool has_link(model::Channel c) const { return (links_for >> static_cast<unsigned>(c)) & 1U; }
};

enum class Do {
  kNothing,     // wait, or settled
  kSend,        // a delivery over `channel` to `contact`
  kListCall,    // a line on the call sheet (desk call or knock)
  kTellDeputy,  // tell the next deputy; then ask again at once
  kExhaust,     // nothing is left: the alert is exhausted; the caller sees that a human has a line
};

struct NextRung {
  Do what = Do::kNothing;
  model::Channel channel = model::Channel::kSms;
  const model::ContactPoint* contact = nullptr;  // of `reach.contacts`; with kSend, and the number of a desk call
  int cycle = 1, rung = 0;                       // where the ladder stands after this
  std::optional<base::UtcTime> look_again_at;    // > now; absent = only an event changes it
  bool settled = false;                          // never anything new for this alert
  model::Reason reason = model::Reason::kNone;   // for record, log, metric and desk
};

// `tried` is every delivery of this alert, oldest first; it is only read during the call.
// A deputy told counts as the deputy rung done (a delivery of channel kDeputy, made by the caller).
// - queued or claimed: wait for its hand-over, unless it is stalled (the ladder then goes on).
// - accepted or delivered: wait out the rung's wait from its hand-over; *received* makes that one wait from the answer.
// - refused or undelivered: the next contact point of the same channel at once, else the next rung at once.
// - unknown: once more over the next contact point of the channel, or the same when there is only one; then the next
// rung.
// - retry is not seen here: the same delivery goes back to queued.
// - cannot come: the desk-call and carried rungs are skipped; a deputy rung is taken; then settled without
// satisfaction.
// - a desk call whose outcome was no answer ends its wait at once.
// - cancelled or superseded: the rung is passed, as if its message had never been made.
// - a rung that can do nothing (no link, no agreed contact point, no deputy, a message stuck in its stalled link) is
//   skipped at once; the reason of what comes next says why.
// - at night a contact point that is not at night is passed over (kNotAtNight) while another one is left: agreed,
// usable
//   here or on a rung that comes before anybody else is asked (deputy, knock), and not tried for this alert yet.  With
//   none left it is used, behind the others (kOnlyOneAtNight); a rung that was left without a message for it gets its
//   turn before the ladder goes on (docs/decisions/0024).
// - an alert that needs no answer is settled once its message was accepted or delivered (a desk call: was made).
// - nothing starts before `alert.paused_until`, except what follows from *cannot come*.
// - after the last rung: the next cycle when the ladder repeats, `repeat_after` from the end of the last wait, else
//   kExhaust.  Where nothing can be done at all, that is at once, with the reason of the first rung.
// Cannot fail: a plan that was accepted can be followed.
[[nodiscard]] NextRung next_rung(const model::Alert& alert, const plan::Ladder& ladder, const Reach& reach,
                                 std::span<const model::Delivery> tried, base::UtcTime now);

// The ladder of an alert without one (`alert.ladder == -1`: an update, a stand-down, a service text): one message over
// the first carried channel that can, SMS first, the next only when that one fails; then settled.  No waits.
[[nodiscard]] plan::Ladder single_rung_ladder();

}  // namespace tocsin::callout
