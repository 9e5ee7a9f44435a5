// May this plan be put in force?  Errors refuse it; a warning stands in its way until somebody answers for it by name
// and reason: in the file ([[accept]]), when the same plan was put in force before, or now.  Pure.
#pragma once

#include <string>
#include <vector>

#include "gateway/base/diagnostic.h"
#include "gateway/model/plan_version.h"
#include "gateway/plan/plan.h"

namespace tocsin::app {

enum class Standing {
  kError,            // refuses the plan, whoever asks
  kInTheWay,         // a warning nobody answers for
  kAcceptedInFile,   // [[accept]]
  kAcceptedEarlier,  // when this very plan was put in force before
  kAcceptedNow,
  kNote,
};
[[nodiscard]] std::string_view name_of(Standing standing);  // "error", "in_the_way", "accepted_in_file", ...

struct Verdict {
  bool may_stand = false;
  std::vector<Standing> standings;          // one for each finding, in their order
  int errors = 0, in_the_way = 0;           //
  int accepted = 0;                         // warnings somebody answers for
  std::vector<model::PlanOverride> given;   // those of `now` that covered a warning
  std::vector<model::PlanOverride> unused;  // those of `now` that covered none: mistyped, or not needed
};

// `now` without a reason covers nothing.
[[nodiscard]] Verdict judge(const base::Diagnostics& findings, const std::vector<plan::Acceptance>& in_file,
                            const std::vector<model::KeptOverride>& earlier,
                            const std::vector<model::PlanOverride>& now);

// "3 errors, 2 warnings that nobody answers for": why it may not stand; empty when it may.
[[nodiscard]] base::Said why_not(const Verdict& verdict);

}  // namespace tocsin::app
