#include "gateway/app/cmd_coverage.h"

#include <cstdio>
#include <memory>

#include "gateway/app/database_session.h"
#include "gateway/app/directory_source.h"
#include "gateway/app/json_text.h"
#include "gateway/app/office_time.h"
#include "gateway/app/plan_coverage.h"
#include "gateway/app/plan_file.h"
#include "gateway/app/plan_inputs.h"
#include "gateway/app/settings.h"
#include "gateway/store/care.h"

namespace tocsin::app {
namespace {

constexpr std::chrono::hours kDoubtsOf{24 * 90};  // as long as deliveries keep their contact point

}  // namespace

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
  std::unordered_set<model::ContactId> doubtful;
  if (!options.database.empty()) {
    const auto session = open_to_read(options.database);
    if (!session) return fail_to_open(session.error());
    const auto since = base::SystemClock().utc_now() - kDoubtsOf;
    for (const auto& doubt : store::read_doubtful_contacts(**session, since)) doubtful.insert(doubt.contact);
    if (const auto status = (*session)->status(); !status) return fail_to_open(status.error());
  }
  const roster::Span span{*from, *from + std::chrono::hours(24) * options.days};
  const auto found = cover(plan, *loaded->roster, span, doubtful);
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
