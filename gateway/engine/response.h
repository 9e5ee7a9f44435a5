// The plan's answer to an incident: started, replaced when the level moves, ended.
// Engine thread only.
#pragma once

#include <string>

#include "gateway/engine/core.h"

namespace tocsin::engine {

// Starts the response for the incident's kind and level at its revision; `kUnclassified` when `desk_only`.
// `told_before`: people told under another code (split, merge) or level; added to those the store knows.
void start_callout(Core& core, const model::Incident& incident, bool desk_only, const ToldMap& told_before = {});

// Ends what runs for the incident without a word to anyone: entering stops, what has not been handed over is
// superseded, ladders end with `reason`, steps and their call-sheet lines close.  Desk tasks stay unless `with_tasks`.
void halt(Core& core, const model::Incident& incident, model::DeliveryState queued_become, model::Reason reason,
          bool with_tasks);

// Moves the incident to another level (or kind): revision + 1, the old call-out halted, the new one started, one update
// to those who were told and are not in the new one.  `incident` is saved.
void revise(Core& core, model::Incident& incident, const ToldMap& told_elsewhere = {});

// Queues one message of (incident, kind, its revision) to everybody who was told of `told_of` and not of `incident`
// itself when the two differ.  Done in slices.
void mail_told(Core& core, const model::Incident& incident, model::MatterKind kind, model::IncidentId told_of);
// The next slice of that; false when it is done.
bool mail_slice(Core& core, ports::Work& work);

// What the facts known now make of the incident: assessment, and the level raised if they say so (never lowered).
// `language`: of the person who asked.  Saves the incident.
model::Assessment reassess(Core& core, model::Incident& incident, const std::string& language, bool started);

// Sets level and its name together.
void set_level(Core& core, model::Incident& incident, model::LevelIndex level);

}  // namespace tocsin::engine
