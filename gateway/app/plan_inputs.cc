#include "gateway/app/plan_inputs.h"

#include <cstdio>
#include <cstdlib>
#include <utility>

#include "gateway/app/commands.h"
#include "gateway/app/directory_source.h"
#include "gateway/app/plan_file.h"

namespace tocsin::app {

void print(const std::string& text) {
  std::fwrite(text.data(), 1, text.size(), stdout);
}

directory::ImportOptions import_options(const plan::Plan& plan, const Settings& settings) {
  directory::ImportOptions options;
  options.time_zone = plan.time_zone;
  options.languages = plan.languages;
  options.dialing = settings.dialing;
  return options;
}

std::optional<int> read_config(const std::string& path, Settings& settings) {
  if (path.empty()) return std::nullopt;
  const auto read = read_settings(path);
  if (!read) return fail_to_open(read.error());
  std::fputs(render_all(read->findings, read->source).c_str(), stderr);
  if (base::has_errors(read->findings)) return kExitRefused;
  settings = read->settings;
  return std::nullopt;
}

std::optional<int> read_sound_plan(const std::string& path, plan::ReadPlan& plan) {
  auto read = load_plan(path);
  if (!read) return fail_to_open(read.error());
  plan = std::move(*read);
  if (plan.plan) return std::nullopt;
  std::fputs(render_all(plan).c_str(), stderr);
  return kExitRefused;
}

std::optional<int> read_roster(const std::string& path, const plan::Plan& plan, const Settings& settings,
                               ports::RosterPtr& roster, std::vector<std::string>* on_leave) {
  if (path.empty()) return std::nullopt;
  auto loaded = load_directory(path, import_options(plan, settings));
  if (!loaded) return fail_to_open(loaded.error());
  roster = loaded->roster;
  if (on_leave != nullptr) roster = with_leave(std::move(*loaded), *on_leave);
  return std::nullopt;
}

std::string language_of_reader(const std::string& asked) {
  if (!asked.empty()) return asked;
  for (const auto* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): before any thread is made
    if (value == nullptr || *value == '\0') continue;
    return std::string(value).compare(0, 2, "zh") == 0 ? "zh" : "en";
  }
  return "en";
}

}  // namespace tocsin::app
