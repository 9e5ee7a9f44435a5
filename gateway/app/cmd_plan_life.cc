// Plans in force: put one there, list them, show one, go back.
#include <cstdio>

#include "adapters/https/json_plans.h"
#include "gateway/app/commands.h"
#include "gateway/app/directory_source.h"
#include "gateway/app/json_text.h"
#include "gateway/app/own_office.h"
#include "gateway/app/plan_file.h"
#include "gateway/app/plan_inputs.h"
#include "gateway/app/plan_look.h"
#include "gateway/app/reply_text.h"
#include "gateway/app/settings.h"
#include "gateway/base/text.h"
#include "gateway/store/sqlite_queries.h"

namespace tocsin::app {
namespace {

constexpr int kMostVersions = 500;

// "CODE=REASON" or "CODE@WHERE=REASON".
base::Result<std::vector<model::PlanOverride>> read_accept(const std::vector<std::string>& typed, bool chinese) {
  std::vector<model::PlanOverride> accept;
  for (const auto& one : typed) {
    const auto equals = one.find('=');
    const auto at = one.substr(0, equals).find('@');
    model::PlanOverride given;
    given.finding = one.substr(0, std::min(at, equals));
    if (at != std::string::npos) given.where = one.substr(at + 1, equals - at - 1);
    if (equals != std::string::npos) given.reason = base::trim(one.substr(equals + 1));
    if (given.finding.empty() || given.reason.empty()) {
      return base::invalid(base::said("--accept: expected CODE=REASON or CODE@WHERE=REASON, not \"{0}\"",
                                      "--accept：应为CODE=REASON或CODE@WHERE=REASON，不是\"{0}\"", one)
                               .in(chinese));
    }
    accept.push_back(std::move(given));
  }
  return accept;
}

base::Result<std::unique_ptr<store::SqliteQueries>> open_versions(const std::string& database) {
  if (!is_database(database)) {
    return base::Error{base::ErrorCode::kNotFound, "cannot open the database " + database, ""};
  }
  return store::SqliteQueries::open(database);
}

int put_in_force(const plan::ReadPlan& read, const std::string& name, const PlanUseOptions& options,
                 const Settings& settings) {
  const auto language = language_of_reader(options.language);
  const bool chinese = language == "zh";
  const auto accept = read_accept(options.accept, chinese);
  if (!accept) return fail(accept.error(), kExitUsage);
  if (!read.plan) {
    std::fputs(render_all(read, chinese).c_str(), stderr);
    const auto refused = base::said("{0}: refused; what is in force stays", "{0}：未被采用；现用预案不变", name);
    return fail(base::invalid(refused.in(chinese)), kExitRefused);
  }
  const auto reply = ask_own_office(settings.database, "POST", "/api/v1/plans",
                                    plan_body(read, name, *accept, options.note, options.dry_run),
                                    look_with(settings.links, settings.public_url), language);
  if (!reply) return fail_to_open(reply.error());
  const bool done = reply->status < 300;
  const auto words = options.json ? reply->body + "\n" : plan_reply_text(reply->status, reply->body, read, chinese);
  std::fputs(words.c_str(), done || options.json ? stdout : stderr);
  return done ? kExitDone : kExitRefused;
}

}  // namespace

int run_plan_use(const PlanUseOptions& options) {
  Settings settings;
  if (const auto code = read_config(options.config, settings)) return *code;
  const auto read = load_plan(options.file);
  if (!read) return fail_to_open(read.error());
  return put_in_force(*read, options.file, options, settings);
}

int run_plan_back(const PlanUseOptions& options) {
  Settings settings;
  if (const auto code = read_config(options.config, settings)) return *code;
  const auto queries = open_versions(settings.database);
  if (!queries) return fail_to_open(queries.error());
  const auto source = (*queries)->plan_source(options.version);
  if (!source) return fail(source.error(), kExitRefused);
  const auto name = "version " + std::to_string(options.version);
  return put_in_force(read_checked(*source, name), name, options, settings);
}

int run_plan_list(const PlanUseOptions& options) {
  Settings settings;
  if (const auto code = read_config(options.config, settings)) return *code;
  const auto queries = open_versions(settings.database);
  if (!queries) return fail_to_open(queries.error());
  const auto versions = (*queries)->plan_versions(kMostVersions);
  if (!versions) return fail(versions.error(), kExitRefused);
  const auto json = https::plan_versions_json(*versions);
  std::fputs((options.json ? json + "\n" : plans_text(json)).c_str(), stdout);
  return kExitDone;
}

int run_plan_show(const PlanUseOptions& options) {
  Settings settings;
  if (const auto code = read_config(options.config, settings)) return *code;
  const auto queries = open_versions(settings.database);
  if (!queries) return fail_to_open(queries.error());
  const auto source = (*queries)->plan_source(options.version);
  if (!source) return fail(source.error(), kExitRefused);
  std::fwrite(source->data(), 1, source->size(), stdout);
  return kExitDone;
}

}  // namespace tocsin::app
