// The parts of lint, one file each.  Internal to gateway/plan.
#pragma once

#include <set>
#include <string>

#include "gateway/base/diagnostic.h"
#include "gateway/base/said.h"
#include "gateway/plan/clause_space.h"
#include "gateway/plan/plan.h"
#include "gateway/plan/subjects.h"

namespace tocsin::plan {

// One warning about `where` (Diagnostic::where); it gets its line by `locate`.
void warn(base::Diagnostics& findings, std::string code, std::string where, const base::Said& message,
          const base::Said& hint = {});

// The levels a rule alone can give to that hazard: its default level and every level with a clause that can decide.
[[nodiscard]] std::set<model::LevelIndex> levels_by_rule(const Plan& plan, const Hazard& hazard);

// Which clauses of `space` never decide, since those asked before are true whenever they are; in the order of
// space.clauses().  kTooHard counts as no.
[[nodiscard]] std::vector<Covered> hidden_clauses(const ClauseSpace& space);

// What clauses over one number alone leave out, between the lowest and the highest of them.
[[nodiscard]] Values gaps_of(const ClauseSpace& space, int attribute);

void lint_criteria(const Plan& plan, const Hazard& hazard, base::Diagnostics& findings);
// Gaps, overlaps and jumps of clauses over one number alone; `otherwise` is what holds where no clause is true.
void lint_ranges(const Plan& plan, const ClauseSpace& space, const base::Said& otherwise, base::Diagnostics& findings);
void lint_responses(const Plan& plan, base::Diagnostics& findings);
void lint_ladders(const Plan& plan, base::Diagnostics& findings);
void lint_use(const Plan& plan, base::Diagnostics& findings);

}  // namespace tocsin::plan
