// The proof of coverage of a plan by a directory: roster::uncovered, asked for every step that needs answers, and told.
//
// A step that depends on the place is looked at for every area, since a report may name any.  Pure; any thread.
#pragma once

#include <string>
#include <unordered_set>
#include <vector>

#include "directory/roster/coverage.h"
#include "directory/snapshot.h"
#include "gateway/base/said.h"
#include "gateway/plan/plan.h"

namespace tocsin::app {

struct PlanCoverage {
  roster::Span span;
  std::vector<base::Said> steps;       // in words
  std::vector<std::string> step_keys;  // "response/fire/III/command"
  std::vector<roster::Shortfall> shortfalls;
};

// `doubtful`: contact points that count as not working (model/contact_care.h).
[[nodiscard]] PlanCoverage cover(const plan::Plan& plan, const directory::Snapshot& people, const roster::Span& span,
                                 const std::unordered_set<model::ContactId>& doubtful = {});

// Times are the office's.  At most kMostReasons reasons of a range, the rest counted; JSON has all.
inline constexpr std::size_t kMostReasons = 8;
[[nodiscard]] std::string coverage_text(const PlanCoverage& found, const plan::Plan& plan,
                                        const directory::Snapshot& people, bool chinese);
[[nodiscard]] std::string coverage_json(const PlanCoverage& found, const directory::Snapshot& people);

}  // namespace tocsin::app
