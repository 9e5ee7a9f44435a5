#include "gateway/app/plan_verdict.h"

#include <algorithm>

#include "gateway/base/text.h"
#include "gateway/plan/accept.h"

namespace tocsin::app {
namespace {

bool covers(const model::PlanOverride& given, const base::Diagnostic& finding) {
  if (base::trim(given.reason).empty()) return false;
  return plan::covers({given.finding, given.where, given.reason}, finding);
}

base::Said counted(int n, const std::string& one, const std::string& zh) {
  return {std::to_string(n) + " " + one + (n == 1 ? "" : "s"), std::to_string(n) + zh};
}

}  // namespace

std::string_view name_of(Standing standing) {
  switch (standing) {
    case Standing::kError: return "error";
    case Standing::kInTheWay: return "in_the_way";
    case Standing::kAcceptedInFile: return "accepted_in_file";
    case Standing::kAcceptedEarlier: return "accepted_earlier";
    case Standing::kAcceptedNow: return "accepted_now";
    case Standing::kNote: return "note";
  }
  return "note";
}

Verdict judge(const base::Diagnostics& findings, const std::vector<plan::Acceptance>& in_file,
              const std::vector<model::KeptOverride>& earlier, const std::vector<model::PlanOverride>& now) {
  Verdict verdict;
  std::vector<bool> used(now.size(), false);
  const auto standing_of = [&](const base::Diagnostic& finding) {
    if (finding.severity == base::Severity::kError) return Standing::kError;
    if (finding.severity == base::Severity::kNote) return Standing::kNote;
    auto standing = Standing::kInTheWay;
    for (std::size_t i = 0; i < now.size(); ++i) {
      if (!covers(now[i], finding)) continue;
      used[i] = true;
      standing = Standing::kAcceptedNow;
    }
    if (standing == Standing::kAcceptedNow) return standing;
    if (std::any_of(in_file.begin(), in_file.end(), [&](const auto& a) { return plan::covers(a, finding); }))
      return Standing::kAcceptedInFile;
    if (std::any_of(earlier.begin(), earlier.end(), [&](const auto& kept) { return covers(kept.given, finding); }))
      return Standing::kAcceptedEarlier;
    return standing;
  };
  for (const auto& finding : findings) {
    const auto standing = standing_of(finding);
    verdict.standings.push_back(standing);
    verdict.errors += standing == Standing::kError ? 1 : 0;
    verdict.in_the_way += standing == Standing::kInTheWay ? 1 : 0;
    verdict.accepted += standing == Standing::kAcceptedInFile || standing == Standing::kAcceptedEarlier ||
                                standing == Standing::kAcceptedNow
                            ? 1
                            : 0;
  }
  for (std::size_t i = 0; i < now.size(); ++i) (used[i] ? verdict.given : verdict.unused).push_back(now[i]);
  verdict.may_stand = verdict.errors == 0 && verdict.in_the_way == 0;
  return verdict;
}

base::Said why_not(const Verdict& verdict) {
  base::Said why;
  if (verdict.errors > 0) why = counted(verdict.errors, "error", "个错误");
  if (verdict.in_the_way > 0) {
    if (!why.empty()) why += {", ", "、"};
    why += base::said("{0} that nobody answers for", "{0}无人负责的警告", counted(verdict.in_the_way, "warning", "条"));
  }
  return why;
}

}  // namespace tocsin::app
