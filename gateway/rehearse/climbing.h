// One alert climbs its ladder: what gateway/engine/ladder.cc and sends.cc do, over a Stage.  Private to rehearse.
#pragma once

#include "gateway/rehearse/stage.h"

namespace tocsin::rehearse {

// Asks next_rung until it waits: queues messages, lists calls, tells deputies, and keeps the counters of its steps
// true.
void climb(Stage& stage, Place alert);

// What was queued has left on links that are up, and those alerts climb on.  False: nothing was.
bool hand_over(Stage& stage);
// Climbs what fell due, at most a slice of it; exhausted ones whose steps have enough answers leave the call sheet.
void climb_due(Stage& stage);
// A link was down too long: ladders go on without it.
void stall_links(Stage& stage);

// Counter changes an alert's life brings to all of its steps.
void count_entered(Stage& stage, const Actor& actor, Place step);
void note_first_rung(Stage& stage, Actor& actor, std::optional<base::UtcTime> handed_over_at);
void note_closed(Stage& stage, const Actor& actor);
void note_reopened(Stage& stage, const Actor& actor);
void count_answer_change(Stage& stage, const Actor& actor, model::AnswerKind before, model::AnswerKind after);

// The alert counts for one more step.
void add_step(Actor& actor, Place step);

}  // namespace tocsin::rehearse
