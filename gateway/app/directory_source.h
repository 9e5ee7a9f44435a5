// Where a directory comes from: a folder of sheets, one sheet, or a database.
#pragma once

#include <string>

#include "directory/import.h"
#include "gateway/app/loaded_directory.h"
#include "gateway/base/result.h"

namespace tocsin::app {

// SQLite's files begin with words of their own.
[[nodiscard]] bool is_database(const std::string& path);

// kNotFound when it cannot be opened or the database has no directory, kInvalid with all rendered findings when the
// sheets are wrong.  A database is only read.
[[nodiscard]] base::Result<LoadedDirectory> load_directory(const std::string& path,
                                                           const directory::ImportOptions& options);

}  // namespace tocsin::app
