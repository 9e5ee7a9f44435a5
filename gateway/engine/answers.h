// Answers: what settles a person, what only pauses a ladder, who leads when two have come.
// Engine thread only.
#pragma once

#include "gateway/engine/core.h"

namespace tocsin::engine {

// Applies one answer to one alert; `note` is kept (masked), `by` recorded.  Late answers count too.
void apply_answer(Core& core, model::Alert alert, model::AnswerKind kind, model::AnswerVia via, const std::string& note,
                  const std::string& by);

[[nodiscard]] model::CommandResult answer_alert(Core& core, const model::AnswerAlert& command);
// Notes that the person has opened its page; that settles nothing and pauses nothing.
[[nodiscard]] model::CommandResult see_alert(Core& core, const model::SeeAlert& command);

// The desk has read what that person replied.  Nothing happens when there is nothing to look at.
[[nodiscard]] model::CommandResult look_at_reply(Core& core, const model::LookAtReply& command);

// The outcome of one line of the call sheet.  Received and the like count for every line of that person; coming,
// arrived and cannot for the line's own incident, *received* for the others.
[[nodiscard]] model::CommandResult record_call(Core& core, const model::RecordCall& command);

// Ladders of these alerts wait for one wait at most, because tocsin asked something back.
void pause_for_question(Core& core, const std::vector<model::Alert>& alerts);

}  // namespace tocsin::engine
