// How findings call what they are about: by the name Places knows (Diagnostic::where), and in words.
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

}  // namespace tocsin::plan
