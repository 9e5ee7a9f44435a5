#include "gateway/plan/accept.h"

namespace tocsin::plan {

bool covers(const Acceptance& acceptance, const base::Diagnostic& finding) {
  if (finding.severity != base::Severity::kWarning || acceptance.finding != finding.code) return false;
  const auto& within = acceptance.where;
  if (within.empty() || within == finding.where) return true;
  return finding.where.size() > within.size() && finding.where.compare(0, within.size(), within) == 0 &&
         finding.where[within.size()] == '/';
}

}  // namespace tocsin::plan
