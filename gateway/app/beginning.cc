#include "gateway/app/beginning.h"

#include <filesystem>

#include "directory/directory_store.h"
#include "gateway/app/database_session.h"
#include "gateway/db/file_lock.h"

namespace tocsin::app {
namespace {

directory::ImportOptions import_options(const Settings& settings, const plan::Plan& plan) {
  directory::ImportOptions options;
  options.time_zone = plan.time_zone;
  options.dialing = settings.dialing;
  options.languages = plan.languages;
  return options;
}

base::Status import_folder(db::Session& session, const Settings& settings, const plan::Plan& plan, base::UtcTime now,
                           std::string& said) {
  auto imported = directory::read_directory(settings.directory, import_options(settings, plan));
  if (!imported) return imported.error().within("reading the directory");
  if (base::has_errors(imported->findings)) return base::invalid(directory::render_findings(*imported));
  said += directory::render_findings(*imported);
  const auto stored = directory::store_import(session, *imported, "settings", now);
  if (!stored) return stored.error().within("storing the directory");
  return base::Done{};
}

base::Result<ports::RosterPtr> first_roster(db::Session& session, const Settings& settings, const plan::Plan& plan,
                                            base::UtcTime now, std::string& said) {
  const auto version = directory::directory_version(session);
  if (!version) return version.error();
  if (*version == 0 && !settings.directory.empty()) {
    if (const auto done = import_folder(session, settings, plan, now, said); !done) return done.error();
  }
  auto snapshot = directory::load_snapshot(session);
  if (!snapshot) return snapshot.error().within("reading the directory");
  if ((*snapshot)->people().empty()) {
    said += base::Said{"warning: the directory is empty, so nobody can be told; `tocsin directory import` fills it\n",
                       "警告：通讯录是空的，无人可通知；用`tocsin directory import`导入\n"}
                .in(settings.chinese);
  }
  return ports::RosterPtr(*snapshot);
}

}  // namespace

base::Result<Beginning> begin_office(const Settings& settings, base::UtcTime now, const LookAtPlan& look) {
  std::error_code unknown;
  if (!std::filesystem::exists(settings.database, unknown)) {
    // A plan that cannot be used makes no database.
    if (const auto first = FirstPlan::read(settings.plan, nullptr, settings.chinese); !first) {
      return first.error().within("reading the plan");
    }
  }
  auto held = open_to_write(settings.database);
  if (!held) return held.error().within("opening the database");
  if (!held->lock) {
    auto taken = db::FileLock::take(settings.database);  // says who has it
    if (!taken) return taken.error();
    held->lock = std::move(*taken);
  }
  auto first = FirstPlan::read(settings.plan, held->session.get(), settings.chinese);
  if (!first) return first.error().within("reading the plan");
  std::string said;
  auto roster = first_roster(*held->session, settings, first->any(), now, said);
  if (!roster) return roster.error();
  first->choose(**roster, now, look);
  said = first->said + said;
  return Beginning{std::move(*first), std::move(*roster), std::move(said)};
}

}  // namespace tocsin::app
