// Climbs one alert's ladder as far as it goes at this moment, and keeps its steps' counters true.
// Engine thread only.
#pragma once

#include <vector>

#include "gateway/callout/alert_rules.h"
#include "gateway/engine/core.h"

namespace tocsin::engine {

// Rows to write together at the end: one statement run per kind instead of one per alert.
struct Rows {
  std::vector<model::Alert> changed;
  std::vector<model::Delivery> fresh;
  void write(Core& core);  // and empties itself
};

// Asks next_rung until it waits: makes deliveries, call-sheet lines and stand-ins' alerts, sets state and
// look_again_at. `tried` is every delivery of the alert, oldest first, and grows with what is made.  `is_new`: the
// alert was inserted by the caller and is written with Rows::changed only if `write` says so later.
void climb(Core& core, model::Alert& alert, std::vector<model::Delivery>& tried, Rows& rows);

// Inserts alerts that belong to no step, records those that are new and sets them climbing.
void raise_alerts(Core& core, std::vector<model::Alert> fresh, const model::Matter* update = nullptr);

// An exhausted alert whose steps have enough answers by now leaves the call sheet (docs/decisions/0006).
void review_exhausted(Core& core, model::Alert& alert, Rows& rows);

// What of this alert has not been handed over yet never will be.
void cancel_what_is_queued(Core& core, const model::Alert& alert);

// Counter changes an alert's life brings to all of its steps.
void count_entered(Core& core, const model::Alert& alert, model::StepId step);
void note_first_rung(Core& core, model::Alert& alert, std::optional<base::UtcTime> handed_over_at);
void note_closed(Core& core, const model::Alert& alert);  // no longer climbing: settled, exhausted or withdrawn
void note_reopened(Core& core, const model::Alert& alert);
void count_answer_change(Core& core, const model::Alert& alert, model::AnswerKind before, model::AnswerKind after);

// What that person reads, or the plan's first language.
[[nodiscard]] const std::string& language_of(Core& core, const model::PersonCard* person);

// All steps an alert counts for, in plan order.
[[nodiscard]] std::vector<model::StepId> steps_of_alert(Core& core, const model::Alert& alert);

using callout::is_climbing;
using callout::is_open;

}  // namespace tocsin::engine
