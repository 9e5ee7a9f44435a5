#include <stdlib.h>

#include <cstdio>
#include <filesystem>

#include "directory/directory_store.h"
#include "directory/history.h"
#include "directory/listing.h"
#include "gateway/app/commands.h"
#include "gateway/app/database_session.h"
#include "gateway/app/directory_by_office.h"
#include "gateway/app/directory_source.h"
#include "gateway/app/json_text.h"
#include "gateway/app/office_time.h"
#include "gateway/app/reading.h"
#include "gateway/app/settings.h"
#include "gateway/base/local_time.h"

namespace tocsin::app {
namespace {

int wrong_zone(const std::string& zone) {
  return fail(base::invalid("this machine knows no time zone \"" + zone + "\""), kExitUsage);
}

std::string summary(const directory::ImportOutcome& outcome, bool dry_run) {
  const auto& e = outcome.entry;
  return std::string(dry_run ? "would import" : "imported") + ": " + std::to_string(e.persons) + " persons (" +
         std::to_string(outcome.persons_new) + " new, " + std::to_string(outcome.persons_gone) + " gone), " +
         std::to_string(e.contacts) + " contact points, " + std::to_string(e.areas) + " areas, " +
         std::to_string(e.posts) + " posts, " + std::to_string(e.units) + " units, " + std::to_string(e.groups) +
         " groups; version " + std::to_string(e.version) + "\n";
}

// As it was at that version.
base::Result<LoadedDirectory> choose_version(const DirectoryOptions& options) {
  auto session = open_to_read(options.database);
  if (!session) return session.error();
  auto state = directory::state_at(**session, options.at_version);
  if (!state) return state.error();
  LoadedDirectory loaded;
  loaded.tables = std::move(state->tables);
  loaded.roster = std::make_shared<directory::Snapshot>(loaded.tables, state->version);
  return loaded;
}

base::Result<LoadedDirectory> choose(const DirectoryOptions& options) {
  directory::ImportOptions import;
  import.time_zone = options.time_zone;
  if (options.database.empty()) return load_directory(options.directory, import);
  if (!is_database(options.database)) {
    return base::Error{base::ErrorCode::kNotFound, "cannot open the database " + options.database, ""};
  }
  if (options.at_version > 0) return choose_version(options);
  return load_directory(options.database, import);
}

int show(const DirectoryOptions& options, bool all) {
  if (!base::zone_exists(options.time_zone)) return wrong_zone(options.time_zone);
  if (options.database.empty() == options.directory.empty()) {
    return fail(base::invalid("give either --database or --directory"), kExitUsage);
  }
  directory::ListOptions how;
  how.unmasked = options.unmasked;
  how.time_zone = options.time_zone;
  const auto at = options.at.empty() ? base::SystemClock().utc_now() : parse_at(options.at, options.time_zone);
  if (!at) return fail(base::invalid("--at: expected \"2026-11-22 14:00\" (office time) or RFC 3339"), kExitUsage);
  how.at = *at;
  if (options.unmasked) {
    const auto recorded = record_reading({options.database, all ? "list" : "show", options.reason});
    if (!recorded) return fail_to_open(recorded.error());
  }
  const auto loaded = choose(options);
  if (!loaded) return fail_to_open(loaded.error());
  const directory::Directory view{loaded->tables, *loaded->roster};
  if (all) {
    std::fputs((options.json ? indented(directory::list_json(view, how)) : directory::list_text(view, how)).c_str(),
               stdout);
    return kExitDone;
  }
  const auto found =
      options.json ? directory::show_json(view, options.code, how) : directory::show_text(view, options.code, how);
  if (!found) return fail(found.error(), kExitRefused);
  std::fputs((options.json ? indented(*found) : *found).c_str(), stdout);
  return kExitDone;
}

// A dry run on a database that is not there yet must not make it: it goes to one in a folder of its own.
class RehearsalFolder {
 public:
  explicit RehearsalFolder(bool wanted) {
    if (!wanted) return;
    std::string path = (std::filesystem::temp_directory_path() / "tocsin-dry-run-XXXXXX").string();
    if (mkdtemp(path.data()) != nullptr) path_ = path;
  }
  ~RehearsalFolder() {
    std::error_code ignored;
    if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
  }
  RehearsalFolder(const RehearsalFolder&) = delete;
  RehearsalFolder& operator=(const RehearsalFolder&) = delete;
  [[nodiscard]] std::string database_or(const std::string& given) const {
    return path_.empty() ? given : path_ + "/tocsin.db";
  }

 private:
  std::string path_;
};

}  // namespace

int run_directory_import(const ImportCommand& options) {
  if (!base::zone_exists(options.time_zone)) return wrong_zone(options.time_zone);
  directory::ImportOptions how;
  how.time_zone = options.time_zone;
  if (!options.config.empty()) {
    const auto settings = read_settings(options.config);
    if (!settings) return fail_to_open(settings.error());
    if (base::has_errors(settings->findings)) {
      for (const auto& f : settings->findings) std::fputs(base::render(f, settings->source).c_str(), stderr);
      return kExitRefused;
    }
    how.dialing = settings->settings.dialing;
  }
  std::error_code ignored;
  const RehearsalFolder folder(options.dry_run && !std::filesystem::exists(options.database, ignored));
  auto opened = open_to_write(folder.database_or(options.database));
  if (!opened) return fail_to_open(opened.error());
  auto kept = directory::load_tables(*opened->session);
  if (!kept) return fail(kept.error(), kExitRefused);
  how.keep = &*kept;
  const auto imported = directory::read_directory(options.source, how);
  if (!imported) return fail_to_open(imported.error());
  std::fputs(directory::render_findings(*imported).c_str(), stderr);
  if (base::has_errors(imported->findings)) {
    if (options.json) std::fputs(refused_import_json(imported->findings).c_str(), stdout);
    return fail(base::invalid("nothing was imported"), kExitRefused);
  }
  // A daemon writes its directory itself: here it is only counted what will differ.
  const bool daemon_has_it = !opened->lock && !options.dry_run;
  const auto dry = options.dry_run || daemon_has_it ? directory::DryRun::kYes : directory::DryRun::kNo;
  auto outcome = directory::store_import(*opened->session, *imported, "cli", base::SystemClock().utc_now(), dry);
  if (!outcome) return fail(outcome.error(), kExitRefused);
  if (daemon_has_it) {
    std::error_code ignore;
    const bool whole = std::filesystem::is_directory(options.source, ignore);
    const auto version = import_by_office(options.database, imported->sheets, {whole, options.time_zone, "", 0, {}});
    if (!version) return fail(version.error(), kExitRefused);
    outcome->entry.version = *version;
  }
  std::fputs(
      (options.json ? import_json(*outcome, options.dry_run, imported->findings) : summary(*outcome, options.dry_run))
          .c_str(),
      stdout);
  return kExitDone;
}

int run_directory_list(const DirectoryOptions& options) {
  return show(options, true);
}

int run_directory_show(const DirectoryOptions& options) {
  return show(options, false);
}

}  // namespace tocsin::app
