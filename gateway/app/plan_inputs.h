// What the commands of `tocsin plan` read: settings, a plan, a directory.  Each prints what is wrong and says with
// which exit code to end.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "directory/import.h"
#include "gateway/app/settings.h"
#include "gateway/plan/read_plan.h"
#include "gateway/ports/roster.h"

namespace tocsin::app {

void print(const std::string& text);  // to standard output, as it is

[[nodiscard]] directory::ImportOptions import_options(const plan::Plan& plan, const Settings& settings);

// Settings of --config; the defaults when it is not given.
[[nodiscard]] std::optional<int> read_config(const std::string& path, Settings& settings);
// A plan without errors; its findings go to standard error when there are any, else nothing is said of warnings.
[[nodiscard]] std::optional<int> read_sound_plan(const std::string& path, plan::ReadPlan& plan);
// The directory of --directory; none when it is not given.  `on_leave`: codes of persons taken to be on leave; those it
// knows are taken out (directory_source.h).
[[nodiscard]] std::optional<int> read_roster(const std::string& path, const plan::Plan& plan, const Settings& settings,
                                             ports::RosterPtr& roster, std::vector<std::string>* on_leave = nullptr);
// "zh" or "en": what was asked for, else that of LC_ALL, LC_MESSAGES or LANG, else English.
[[nodiscard]] std::string language_of_reader(const std::string& asked);

}  // namespace tocsin::app
