#include "gateway/app/directory_source.h"

#include <algorithm>
#include <fstream>
#include <utility>

#include "directory/directory_store.h"
#include "gateway/db/session.h"

namespace tocsin::app {
namespace {

base::Result<LoadedDirectory> from_database(const std::string& path) {
  db::OpenOptions options;
  options.mode = db::Mode::kReadOnly;
  auto session = db::Session::open(path, options);
  if (!session) return session.error();
  const auto version = directory::directory_version(**session);
  if (!version || *version == 0) {
    return base::Error{base::ErrorCode::kNotFound, path + " has no directory yet; `tocsin directory import` fills it",
                       ""};
  }
  auto tables = directory::load_tables(**session);
  if (!tables) return tables.error().within("reading the directory of " + path);
  LoadedDirectory loaded;
  loaded.tables = std::move(*tables);
  loaded.roster = std::make_shared<directory::Snapshot>(loaded.tables, *version);
  return loaded;
}

}  // namespace

bool is_database(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  char head[16] = {};
  return in.read(head, sizeof head) && std::string(head, 15) == "SQLite format 3";
}

base::Result<LoadedDirectory> load_directory(const std::string& path, const directory::ImportOptions& options) {
  if (is_database(path)) return from_database(path);
  auto imported = directory::read_directory(path, options);
  if (!imported) return imported.error();
  LoadedDirectory loaded;
  loaded.findings = directory::render_findings(*imported);
  if (base::has_errors(imported->findings)) return base::invalid(loaded.findings);
  loaded.tables = std::move(imported->tables);
  std::int64_t next_id = 1;
  directory::number_rows(loaded.tables, {}, next_id);
  loaded.roster = std::make_shared<directory::Snapshot>(loaded.tables, 1);
  return loaded;
}

}  // namespace tocsin::app
