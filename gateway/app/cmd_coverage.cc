#include "gateway/app/cmd_coverage.h"

#include <cstdio>
#include <memory>

#include "gateway/app/directory_source.h"
#include "gateway/app/json_text.h"
#include "gateway/app/office_time.h"
#include "gateway/app/plan_coverage.h"
#include "gateway/app/plan_file.h"
#include "gateway/app/plan_inputs.h"
#include "gateway/app/settings.h"

namespace tocsin::app {
int run_directory_coverage(const CoverageOptions& options) {
  if (options.database.empty() == options.directory.empty()) {
    return fail(base::invalid("give either --database or --directory"), kExitUsage);
  }
  plan::ReadPlan read;
  if (const auto code = read_sound_plan(options.plan, read)) return *code;
  const plan::Plan& plan = *read.plan;
  const auto from = begin_of_days(options.from, plan.time_zone);
  if (!from) {
    return fail(base::invalid("--from: expected \"2026-11-22\", \"2026-11-22 14:00\" (office time) or RFC 3339"),
                kExitUsage);
  }
  const auto& source = options.database.empty() ? options.directory : options.database;
  if (!options.database.empty() && !is_database(source)) {
    return fail({base::ErrorCode::kNotFound, "cannot open the database " + source, ""}, kExitUsage);
  }
  const auto loaded = load_directory(source, import_options(plan, Settings{}));
  if (!loaded) return fail_to_open(loaded.error());
  std::fputs(loaded->findings.c_str(), stderr);
  const auto found = cover(plan, *loaded->roster, {*from, *from + std::chrono::hours(24) * options.days});
  print(options.json ? indented(coverage_json(found, *loaded->roster))
                     : coverage_text(found, plan, *loaded->roster, language_of_reader(options.language) == "zh"));
  return found.shortfalls.empty() ? kExitDone : kExitRefused;
}

void add_coverage(Command group, int& code) {
  // Lives as long as the commands that fill it in.
  const auto o = std::make_shared<CoverageOptions>();
  auto coverage =
      group.add("coverage", "each minute at which a step of a plan would reach too few people, and why",
                "tocsin directory coverage --plan plan.toml --directory sheets/ --from 2026-12-01 --days 30");
  coverage.option("--plan", o->plan, "the plan's file").required();
  add_database_to_read(coverage, o->database);
  coverage.option("--directory", o->directory, "folder of sheets, or one sheet");
  coverage.option("--from", o->from, "a date, or a time in office time or RFC 3339; default now");
  coverage.option("--days", o->days, "how many days are looked at").between(1, 366).with_default_shown();
  add_language(coverage, o->language);
  add_json(coverage, o->json);
  coverage.runs([o, &code] { code = run_directory_coverage(*o); });
}

}  // namespace tocsin::app
