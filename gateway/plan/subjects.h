// How findings call what they are about: by the name Places knows (Diagnostic::where), and in words;
// and how papers for people call it.
//
// Pure; any thread.
#pragma once

#include <string>

#include "gateway/base/said.h"
#include "gateway/plan/plan.h"

namespace tocsin::plan {

// "response/fire/III", "response/unclassified"; "response/fire/III/command".
[[nodiscard]] std::string place_of(const Plan& plan, const Response& response);
[[nodiscard]] std::string place_of(const Plan& plan, const Response& response, const PlanStep& step);
// "response fire/III"; "step command of response fire/III".
[[nodiscard]] base::Said name_of(const Plan& plan, const Response& response);
[[nodiscard]] base::Said name_of(const Plan& plan, const Response& response, const PlanStep& step);

// What people read: "Rescue"; of a step that `enough_each` made "Rescue: unit fire-station", or with `whom` (the unit's
// name, where a directory knows it) "Rescue: the fire station".  Without a title the name as written.
[[nodiscard]] base::Said title_of(const Plan& plan, const PlanStep& step, const base::Said& whom = {});
[[nodiscard]] base::Said title_of(const Plan& plan, const Ladder& ladder);

}  // namespace tocsin::plan
