// Merging the files of a plan into one tree.  Internal to gateway/plan.
//
// Of two files, tables at the top merge name by name ([ladder.person] here, [ladder.night] there), lists append in the
// order in which files are named, and a name in both is an error that tells both places.  [plan] stands in the plan's
// own file only.
#pragma once

#include "gateway/plan/plan_files.h"

namespace tocsin::plan {

// Every finding keeps the place where it was written.
void read_includes(Node& root, PlanFiles& files, Reading& reading);

}  // namespace tocsin::plan
