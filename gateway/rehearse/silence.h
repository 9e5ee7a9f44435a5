// The call-out of a rehearsal: a small engine without store, carriers and answers, obeying next_rung and step_state as
// the real one does.  Used by simulate.cc alone.
#pragma once

#include "gateway/rehearse/simulate.h"

namespace tocsin::rehearse {

// Plays `response` for an event at `where`, beginning at `result.at`, until every ladder and step has ended or the
// horizon is reached.  Fills steps, people, tasks, not_told and `complete` of `result`.
void play_in_silence(const plan::Plan& plan, const ports::Roster& roster, const plan::Response& response,
                     model::AreaId where, const Options& options, Rehearsal& result);

}  // namespace tocsin::rehearse
