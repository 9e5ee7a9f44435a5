// What answers, further hats and rest make of one alert: the rules that the engine and a rehearsal share.
//
// Pure; any thread.  The rules are docs/guarantees.md, sections "Answers", "Raise" and "Waits".
#pragma once

#include <span>
#include <vector>

#include "gateway/model/alert.h"
#include "gateway/model/incident.h"
#include "gateway/plan/plan.h"

namespace tocsin::callout {

// Is it still climbing?
[[nodiscard]] constexpr bool is_climbing(model::AlertState state) {
  return state == model::AlertState::kTelling || state == model::AlertState::kTold;
}
// ... and not at rest: what its steps count as open.
[[nodiscard]] inline bool is_open(const model::Alert& alert) {
  return is_climbing(alert.state) && alert.reason != model::Reason::kSettled;
}
// Somebody at the desk has a line for this person.
[[nodiscard]] bool human_has_it(std::span<const model::Delivery> tried);

// ---- what a step asks of each of its people ----
[[nodiscard]] inline bool only_informs(const plan::PlanStep& rules) {
  return rules.enough == 0 && !rules.enough_all;
}
[[nodiscard]] inline model::AnswerKind asked_by(const plan::PlanStep& rules) {
  return only_informs(rules) ? model::AnswerKind::kNone : rules.needs;
}

// ---- answers ----
// A better answer replaces a lesser one; *cannot* replaces any, and any replaces it; other words change nothing.
[[nodiscard]] model::AnswerKind after_answer(model::AnswerKind before, model::AnswerKind given);
// The alert has what its steps ask for.
[[nodiscard]] inline bool answer_settles(const model::Alert& alert) {
  return alert.answer != model::AnswerKind::kCannot && model::satisfies(alert.answer, alert.needs);
}
// The wait of the rung an alert stands on: what *received* or a question of ours may pause at most.  `ladder` null:
// three minutes.
[[nodiscard]] base::Duration one_wait(const plan::Ladder* ladder, int rung);
// Told and silent: left in peace once others have answered.
[[nodiscard]] bool is_told_and_silent(const model::Alert& alert);
// ... every step this person counts for (`steps`; null: one that is gone) has enough answers from them.
[[nodiscard]] bool others_have_answered(std::span<const model::Step* const> steps);
// What of it still waits to be handed over never need be: it was answered, withdrawn, or left in peace.  A ladder that
// ended while its message waits for a link that is down makes it no such thing: nobody has read it, so it goes when the
// link is back.
[[nodiscard]] bool is_moot(const model::Alert& alert);
// Moves one person's answer in the counters of their steps, in plan order.  Coming and arrived fill one quota: that of
// the first step which asks for them, else of the first; for the others they count as received.
void count_answer_of_hats(std::span<model::Step* const> steps, model::AnswerKind before, model::AnswerKind after);

// ---- hats ----
// A new alert (an update) to somebody who gave `given` before: a ladder only if more is needed than they gave.
void note_given_before(model::Alert& alert, model::AnswerKind given);
// The alert counts for one more step, which would climb `ladder`.
void put_on_hat(model::Alert& alert, const plan::PlanStep& rules, int ladder);
// After put_on_hat: does it owe more than was given, so that it climbs on?  `had_ladder`: it had one before.
[[nodiscard]] bool owes_more(const model::Alert& alert, bool had_ladder);
// It had come to rest and climbs on.
void rise_again(model::Alert& alert, int ladder);

// ---- decisions ----
// The carried channels (a bit, 1 << channel, for each) over which these messages were handed over or are about to be;
// every bit when there is none: whom the desk phoned may read a text.
[[nodiscard]] unsigned channels_asked_on(std::span<const model::Delivery> tried);
// Somebody was asked to decide, or is just being asked, and is to hear what became of it.
[[nodiscard]] bool was_asked(const model::Alert& asked, std::span<const model::Delivery> tried);

// ---- deputies ----
// The alert of who stands in: as that of the holder, untold.  The caller gives it an id.
[[nodiscard]] model::Alert stand_in_of(const model::Alert& alert, model::PersonId deputy);
// The ladder they climb, asked at `now`: the one that the holder climbs, as the hour has it.  `of_steps`: the ladders
// that the plan gives the holder's steps; one of them, or one of its hours, is climbed.
[[nodiscard]] int ladder_of_stand_in(const plan::Plan& plan, int climbed, std::span<const int> of_steps,
                                     base::UtcTime now);

}  // namespace tocsin::callout
