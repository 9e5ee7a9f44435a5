// TOML in, an immutable Plan or all findings at once out.  Pure apart from read_plan_file and what a Loader does.
//
// A plan may be several files: include = [...] and [plan] holidays name further ones.  Syntax errors stop a file at the
// first (TOML cannot go on); every other mistake is collected in one pass: unknown keys (with the nearest known name),
// kinds and counts outside the closed lists, ranges upside down, selectors that do not parse, references to ladders,
// steps, levels and templates that do not exist, missing languages, templates with unknown fields, a missing
// unclassified response.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "gateway/base/diagnostic.h"
#include "gateway/base/result.h"
#include "gateway/plan/plan.h"

namespace tocsin::plan {

// Where things of the plan stand in its files, by name, for findings made after reading:
//   "plan"                       [plan]                  "level/III", "attribute/serious"
//   "fire"                       [hazard.fire]           "fire/III", "fire/III/2"  criteria, clause from 1
//   "fire/grade/III/1"           a clause of the grades  "ladder/commander", "ladder/commander/1"  rung from 1
//   "response/fire/III"          [[response]]            "response/fire/III/command"  step (as written, or where the
//   "response/fire/III/command/to/2"  selector, from 1    inherited one was written)
//   "template/alert", "template/alert/zh/sms"  a text                  "case/NAME", "accept/1"
// `unclassified` stands as "response/unclassified".
struct Place {
  std::string file;
  int line = 0, column = 0;
};
using Places = std::map<std::string, Place, std::less<>>;
// Gives `finding` the place of finding.where, or of what it lies in ("fire/III/2", then "fire/III", then "fire").
void locate(base::Diagnostic& finding, const Places& places);

struct ReadPlan {
  PlanPtr plan;                // null when there is any error
  base::Diagnostics findings;  // errors and warnings, by file and line
  // All of it in one text, which read_plan takes again: what the store keeps.  One file is itself; several are a line
  // "# tocsin plan bundle 1" and for each "# file BYTES PATH" and its text.
  std::string source;
  std::map<std::string, std::string, std::less<>> files;  // each file's text by its name in findings: for base::render
  Places places;
};

inline constexpr std::size_t kMaxPlanBytes = 4 * 1024 * 1024;  // all files of a plan together

// Gives the text of a further file of the plan.  `path` is seen from the plan's folder ("hazards/fire.toml") and never
// leads out of it.  More than kMaxPlanBytes need not be read.
using Loader = std::function<base::Result<std::string>(const std::string& path)>;

// `toml` is the plan's own file, or what a ReadPlan has as its `source`, which needs no loader.  `file` names it in
// findings; further files stand beside it there.  Without a loader a plan of several files is refused.
[[nodiscard]] ReadPlan read_plan(std::string_view toml, const std::string& file, const Loader& load = {});
// With the files it includes, from its folder; links that lead out of that are refused.
// kNotFound when the plan's own file cannot be opened; over kMaxPlanBytes is a finding.
[[nodiscard]] base::Result<ReadPlan> read_plan_file(const std::string& path);

}  // namespace tocsin::plan
