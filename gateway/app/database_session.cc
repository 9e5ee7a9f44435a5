#include "gateway/app/database_session.h"

#include "directory/directory_store.h"
#include "gateway/store/sqlite_store.h"

namespace tocsin::app {

base::Result<DatabaseSession> open_to_write(const std::string& database) {
  DatabaseSession opened;
  auto lock = db::FileLock::take(database);
  if (!lock && lock.error().code != base::ErrorCode::kConflict) return lock.error();
  if (lock) {
    opened.lock = std::move(*lock);
    store::StoreOptions options;
    options.lock = false;
    const auto made = store::SqliteStore::open(database, options);  // makes the gateway's tables, then closes
    if (!made) return made.error();
  }
  auto session = db::Session::open(database, {});
  if (!session) return session.error();
  opened.session = std::move(*session);
  if (opened.lock) {
    if (const auto migrated = directory::migrate(*opened.session); !migrated) return migrated.error();
  }
  return opened;
}

base::Result<std::unique_ptr<db::Session>> open_to_read(const std::string& database) {
  db::OpenOptions options;
  options.mode = db::Mode::kReadOnly;
  return db::Session::open(database, options);
}

}  // namespace tocsin::app
