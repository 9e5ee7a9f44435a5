// A plan that somebody wants in force, and what was found about it: plain values between adapters and the core.
#pragma once

#include <string>
#include <vector>

#include "gateway/base/diagnostic.h"
#include "gateway/model/plan_version.h"

namespace tocsin::ports {

struct PlanOffer {
  model::Principal by;
  model::PlanVia via = model::PlanVia::kApi;
  std::string text;                         // TOML, one file or a bundle of several
  std::string name = "plan.toml";           // of the text in findings
  std::vector<model::PlanOverride> accept;  // warnings that `by` answers for
  std::string note;                         // why, in free words; may be empty
  model::Expected expected;                 // of the plan in force
};

struct JudgedFinding {
  base::Diagnostic finding;
  std::string standing;  // "error", "in_the_way", "accepted_in_file", "accepted_earlier", "accepted_now", "note"
};

struct PlanJudged {
  bool may_stand = false;
  base::Said why_not;  // "3 errors, 2 warnings that nobody answers for"
  std::vector<JudgedFinding> findings;
  std::vector<model::PlanOverride> unused;  // of `accept`: covered no warning
  std::string digest, name, label;          // as PlanVersion; empty when it could not be read
  int accepted = 0;                         // warnings that somebody answers for
  model::PutPlanInForce command;            // to submit, when it may stand
};

}  // namespace tocsin::ports
