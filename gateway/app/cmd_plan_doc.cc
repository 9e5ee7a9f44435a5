#include <cstdio>

#include "gateway/app/commands.h"
#include "gateway/app/office_time.h"
#include "gateway/app/plan_inputs.h"
#include "gateway/rehearse/doc.h"

namespace tocsin::app {
namespace {

int write_file(const std::string& path, const std::string& text) {
  std::FILE* file = std::fopen(path.c_str(), "wb");
  if (file == nullptr) return fail(base::invalid("cannot write " + path), kExitUsage);
  const bool written = std::fwrite(text.data(), 1, text.size(), file) == text.size();
  if (std::fclose(file) != 0 || !written) return fail(base::invalid("cannot write all of " + path), kExitRefused);
  return kExitDone;
}

}  // namespace

int run_plan_doc(const PlanDocOptions& options) {
  plan::ReadPlan read;
  if (const auto code = read_sound_plan(options.file, read)) return *code;
  ports::RosterPtr roster;
  if (const auto code = read_roster(options.directory, *read.plan, Settings(), roster)) return *code;
  const auto at = options.at.empty() ? base::SystemClock().utc_now() : parse_at(options.at, read.plan->time_zone);
  if (!at) return fail(base::invalid("--at: expected \"2026-11-22 14:00\" (office time) or RFC 3339"), kExitUsage);
  rehearse::DocOptions how;
  how.language = options.language.empty() ? read.plan->default_language() : options.language;
  how.roster = roster.get();
  how.at = *at;
  const auto page = rehearse::to_html(*read.plan, how);
  if (!options.output.empty()) return write_file(options.output, page);
  print(page);
  return kExitDone;
}

}  // namespace tocsin::app
