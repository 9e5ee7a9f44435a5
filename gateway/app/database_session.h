// A session for commands that change a database beside, or without, a running daemon.
#pragma once

#include <memory>
#include <string>

#include "gateway/base/result.h"
#include "gateway/db/file_lock.h"
#include "gateway/db/session.h"

namespace tocsin::app {

struct DatabaseSession {
  std::unique_ptr<db::FileLock> lock;  // null: a daemon has it, so all tables are there and are up to date
  std::unique_ptr<db::Session> session;
};

// Makes the database, and all its tables, when it is not there.  With a daemon running it shares the database with it:
// what is done must be one short transaction.  kRefused when a newer version wrote it.
[[nodiscard]] base::Result<DatabaseSession> open_to_write(const std::string& database);
// kNotFound when there is no such file.
[[nodiscard]] base::Result<std::unique_ptr<db::Session>> open_to_read(const std::string& database);

}  // namespace tocsin::app
