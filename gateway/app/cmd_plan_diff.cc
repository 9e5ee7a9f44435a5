#include "gateway/app/commands.h"
#include "gateway/app/office_time.h"
#include "gateway/app/plan_inputs.h"
#include "gateway/rehearse/diff.h"

namespace tocsin::app {

int run_plan_diff(const PlanDiffOptions& options) {
  plan::ReadPlan before, after;
  if (const auto code = read_sound_plan(options.before, before)) return *code;
  if (const auto code = read_sound_plan(options.after, after)) return *code;
  ports::RosterPtr roster;
  if (const auto code = read_roster(options.directory, *after.plan, Settings(), roster)) return *code;
  const auto at = options.at.empty() ? base::SystemClock().utc_now() : parse_at(options.at, after.plan->time_zone);
  if (!at) return fail(base::invalid("--at: expected \"2026-11-22 14:00\" (office time) or RFC 3339"), kExitUsage);
  rehearse::DiffOptions how;
  how.roster = roster.get();
  how.at = *at;
  const auto found = rehearse::diff(*before.plan, *after.plan, how);
  print(options.json ? rehearse::to_json(found) : rehearse::to_text(found, language_of_reader(options.language)));
  return kExitDone;
}

}  // namespace tocsin::app
