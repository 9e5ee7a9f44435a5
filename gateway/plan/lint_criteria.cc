#include "gateway/plan/lint_criteria.h"

#include <algorithm>

namespace tocsin::plan {
namespace {

bool within(const Range& narrow, const Range& wide) {
  const bool from = !wide.from || (narrow.from && *narrow.from >= *wide.from);
  const bool to = !wide.to || (narrow.to && *narrow.to <= *wide.to);
  return from && to;
}

// Whenever `narrow` is true, so is `wide`.
bool implies(const Condition& narrow, const Condition& wide) {
  if (narrow.attribute != wide.attribute || narrow.wanted.index() != wide.wanted.index()) return false;
  if (const auto* range = std::get_if<Range>(&narrow.wanted)) return within(*range, std::get<Range>(wide.wanted));
  if (const auto* flag = std::get_if<bool>(&narrow.wanted)) return *flag == std::get<bool>(wide.wanted);
  const auto& all = std::get<AnyChoice>(wide.wanted);
  const auto& some = std::get<AnyChoice>(narrow.wanted);
  return std::all_of(some.begin(), some.end(),
                     [&](const std::string& choice) { return std::find(all.begin(), all.end(), choice) != all.end(); });
}

bool implies(const Clause& narrow, const Clause& wide) {
  return std::all_of(wide.all.begin(), wide.all.end(), [&](const Condition& asked) {
    return std::any_of(narrow.all.begin(), narrow.all.end(),
                       [&](const Condition& given) { return implies(given, asked); });
  });
}

// `criteria` are highest first, so whatever stands before hides what it implies.
void find_hidden(const Hazard& hazard, base::Diagnostics& findings) {
  std::vector<const Clause*> before;
  for (const auto& criteria : hazard.criteria) {
    for (const auto& clause : criteria.any) {
      const auto hides = [&](const Clause* higher) { return implies(clause, *higher); };
      const auto it = std::find_if(before.begin(), before.end(), hides);
      if (it != before.end()) {
        warn(findings, "clause-hidden",
             "clause " + clause.name + " never decides: " + (*it)->name + " matches whenever it does");
      }
      before.push_back(&clause);
    }
  }
}

struct NamedRange {
  Range range;
  std::string clause;
};

bool begins_before(const NamedRange& a, const NamedRange& b) {
  if (!a.range.from || !b.range.from) return !a.range.from && b.range.from;
  return *a.range.from < *b.range.from;
}

// Holes between the ranges of clauses that ask for one number alone: "1..3" and "5.." leave out 3 and 4.
void find_gaps(const Plan& plan, const Hazard& hazard, const std::string& attribute, base::Diagnostics& findings) {
  std::vector<NamedRange> ranges;
  for (const auto& criteria : hazard.criteria) {
    for (const auto& clause : criteria.any) {
      if (clause.all.size() != 1 || clause.all[0].attribute != attribute) continue;
      if (const auto* range = std::get_if<Range>(&clause.all[0].wanted)) ranges.push_back({*range, clause.name});
    }
  }
  std::sort(ranges.begin(), ranges.end(), begins_before);
  std::optional<model::Quantity> reached;
  for (std::size_t i = 0; i < ranges.size(); ++i) {
    const auto& next = ranges[i];
    if (i > 0 && reached && next.range.from && *next.range.from > *reached) {
      warn(findings, "range-gap",
           "nothing of " + std::string(model::name_of(hazard.kind)) + " matches " + attribute + " from " +
               model::to_string(*reached) + " up to " + model::to_string(*next.range.from) + ", below clause " +
               next.clause,
           "it falls to level " + plan.level_id(hazard.default_level));
    }
    if (!next.range.to) return;
    if (!reached || *next.range.to > *reached) reached = next.range.to;
  }
}

}  // namespace

void lint_criteria(const Plan& plan, const Hazard& hazard, base::Diagnostics& findings) {
  const std::string kind(model::name_of(hazard.kind));
  for (const auto& criteria : hazard.criteria) {
    if (criteria.level <= hazard.default_level) {
      warn(findings, "criteria-not-above-default",
           "criteria of " + kind + " for level " + plan.level_id(criteria.level) +
               " do not raise anything: its default level is " + plan.level_id(hazard.default_level));
    }
  }
  find_hidden(hazard, findings);
  for (const auto& attribute : hazard.attributes) find_gaps(plan, hazard, attribute, findings);
}

}  // namespace tocsin::plan
