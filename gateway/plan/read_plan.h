// TOML in, an immutable Plan or all findings at once out.  Pure apart from read_plan_file.
//
// Syntax errors stop at the first (TOML cannot go on); every other mistake is collected in one
// pass: unknown keys (with the nearest known name), kinds and counts outside the closed lists,
// ranges upside down, selectors that do not parse, references to ladders, steps, levels and
// templates that do not exist, missing languages, templates with unknown fields, a missing
// unclassified response.
#pragma once

#include <string>
#include <string_view>

#include "gateway/base/diagnostic.h"
#include "gateway/base/result.h"
#include "gateway/plan/plan.h"

namespace tocsin::plan {

struct ReadPlan {
  PlanPtr plan;                // null when there is any error
  base::Diagnostics findings;  // errors and warnings, by line
  std::string source;          // the text, for base::render
};

inline constexpr std::size_t kMaxPlanBytes = 4 * 1024 * 1024;

// `file` names the source in findings.
[[nodiscard]] ReadPlan read_plan(std::string_view toml, const std::string& file);
// kNotFound when it cannot be opened; over kMaxPlanBytes is a finding.
[[nodiscard]] base::Result<ReadPlan> read_plan_file(const std::string& path);

}  // namespace tocsin::plan
