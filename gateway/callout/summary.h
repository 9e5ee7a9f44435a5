// One text about several incidents, for somebody who is owed a message about each: after an outage.
//
// The plan's templates `summary` (the whole), `summary_line` (an open incident) and `summary_ended` (one that is over),
// or tocsin's own words where the plan has none.  Pure; any thread.
#pragma once

#include <span>
#include <string>

#include "gateway/callout/compose.h"

namespace tocsin::callout {

// `about`: one occasion for each incident, at least one, the most urgent first; an incident that has ended is said to
// be over.  Each line is in the words of its incident's own plan, the whole in those of `plan`.
[[nodiscard]] model::MessageText compose_summary(const plan::Plan& plan, std::span<const Occasion> about, bool one_way,
                                                 const std::string& language, model::Channel channel);

}  // namespace tocsin::callout
