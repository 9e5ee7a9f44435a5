#include <algorithm>

#include "gateway/app/commands.h"
#include "gateway/app/plan_inputs.h"
#include "gateway/rehearse/run_cases.h"

namespace tocsin::app {

int run_plan_test(const PlanTestOptions& options) {
  plan::ReadPlan read;
  if (const auto code = read_sound_plan(options.file, read)) return *code;
  const auto& plan = *read.plan;
  ports::RosterPtr roster;
  if (const auto code = read_roster(options.directory, plan, Settings(), roster)) return *code;
  std::vector<std::string> names;
  for (const auto& one : plan.cases) names.push_back(one.name);
  if (!options.only.empty() && std::find(names.begin(), names.end(), options.only) == names.end()) {
    const auto near = base::nearest_name(options.only, names);
    return fail(base::invalid("the plan has no case \"" + options.only + "\"" +
                              (near.empty() ? std::string() : "; did you mean \"" + near + "\"?")),
                kExitRefused);
  }
  const auto run = rehearse::run_cases(plan, roster.get(), rehearse::kEveryLink, options.only);
  std::vector<rehearse::CasePlace> places;
  for (const auto& name : names) {
    const auto found = read.places.find("case/" + name);
    if (found != read.places.end()) places.push_back({name, found->second.file, found->second.line});
  }
  print(options.json ? rehearse::to_json(run, places)
                     : rehearse::to_text(run, places, language_of_reader(options.language)));
  return run.failed() == 0 ? kExitDone : kExitRefused;
}

}  // namespace tocsin::app
