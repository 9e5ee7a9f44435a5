// The plan's own tests: every [[case]] played (simulate.h) and held against what it expects; and what no case plays.
//
// Levels, clauses, grades and questions need the plan alone.  Who is told, who is not, and which steps begin need a
// directory; without one they are named as skipped and each selector stands for one person.
// Pure: no IO, no clock; equal inputs give equal results.  Any thread.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "gateway/base/diagnostic.h"
#include "gateway/plan/plan.h"
#include "gateway/ports/roster.h"
#include "gateway/rehearse/simulate.h"

namespace tocsin::rehearse {

struct CaseRun {
  std::string name;
  // Code "case-fails", where "case/NAME": what was expected, what came; the hint says why it came.  An error where the
  // plan alone decides, a warning where directory and links do.
  base::Diagnostics failures;
  std::vector<std::string> skipped;  // "told", "not_told", "steps", "not_steps": expected, and no directory to see it
  [[nodiscard]] bool passed() const { return failures.empty(); }
};

// Part of the plan, and whether some case played it.
struct Played {
  std::string name;  // as in plan::Places: "fire/III/2", "fire/default", "fire/grade/III/1", "response/fire/III",
                     // "response/fire/III/command", "ladder/commander/hours/1"
  int times = 0;
};
struct Coverage {
  std::vector<Played> clauses, grades, responses, steps, hours;  // in the plan's order
};

struct CasesRun {
  std::vector<CaseRun> cases;  // in the plan's order
  Coverage coverage;           // of the cases that ran
  bool with_directory = false;
  [[nodiscard]] int failed() const {
    return static_cast<int>(
        std::count_if(cases.begin(), cases.end(), [](const CaseRun& run) { return !run.passed(); }));
  }
  // Of all cases, for `plan check`.
  [[nodiscard]] base::Diagnostics failures() const {
    base::Diagnostics all;
    for (const auto& run : cases) all.insert(all.end(), run.failures.begin(), run.failures.end());
    return all;
  }
};

// `roster` may be null.  `only`: the one case of that name; empty: all.
[[nodiscard]] CasesRun run_cases(const plan::Plan& plan, const ports::Roster* roster, unsigned links_for = kEveryLink,
                                 const std::string& only = {});

// `places` gives file and line; "zh" or English.  Both end with a newline.  Keys of the JSON: docs/cli.md.
struct CasePlace {
  std::string name, file;
  int line = 0;
};
[[nodiscard]] std::string to_text(const CasesRun& run, const std::vector<CasePlace>& places,
                                  const std::string& language);
[[nodiscard]] std::string to_json(const CasesRun& run, const std::vector<CasePlace>& places);

}  // namespace tocsin::rehearse
