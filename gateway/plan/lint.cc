#include "gateway/plan/lint.h"

#include "gateway/plan/lint_parts.h"

namespace tocsin::plan {

void warn(base::Diagnostics& findings, std::string code, std::string where, const base::Said& message,
          const base::Said& hint) {
  findings.push_back(base::finding(base::Severity::kWarning, std::move(code), message, hint, std::move(where)));
}

base::Diagnostics lint(const Plan& plan) {
  base::Diagnostics findings;
  for (const auto& hazard : plan.hazards) lint_criteria(plan, hazard.second, findings);
  lint_responses(plan, findings);
  lint_ladders(plan, findings);
  lint_use(plan, findings);
  return findings;
}

}  // namespace tocsin::plan
