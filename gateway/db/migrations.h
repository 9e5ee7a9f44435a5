// Numbered migrations: a module brings its tables to the version this program knows, in one transaction.
//
// Several modules may own tables of one file; each has a series of its own in table
// schema_version(module, version).  Numbers start at 1, have no gaps, and a released one never changes.
#pragma once

#include <span>
#include <string_view>

#include "gateway/base/result.h"
#include "gateway/db/session.h"

namespace tocsin::db {

struct Migration {
  int version = 0;
  const char* sql = "";  // one or more statements
};

// All missing migrations and the bump happen together or not at all.  kRefused, naming both versions, when the file
// is newer than `migrations`; nothing is changed then.
[[nodiscard]] base::Status migrate(Session& session, std::string_view module, std::span<const Migration> migrations);

// The version of that module in the file; 0 = it has none yet.
[[nodiscard]] base::Result<int> schema_version(Session& session, std::string_view module);

}  // namespace tocsin::db
