// Where a directory comes from: a folder of sheets, one sheet, or a database.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "directory/import.h"
#include "directory/snapshot.h"
#include "directory/tables.h"
#include "gateway/base/result.h"

namespace tocsin::app {

struct LoadedDirectory {
  directory::Tables tables;  // numbered
  std::shared_ptr<const directory::Snapshot> roster;
  std::string findings;  // rendered warnings of the sheets; empty from a database
};

// SQLite's files begin with words of their own.
[[nodiscard]] bool is_database(const std::string& path);

// kNotFound when it cannot be opened or the database has no directory, kInvalid with all rendered findings when the
// sheets are wrong.  A database is only read.
[[nodiscard]] base::Result<LoadedDirectory> load_directory(const std::string& path,
                                                           const directory::ImportOptions& options);

// The same directory with those persons on leave all the time, so that duties and deputies fall as they would then.
// Codes of persons are taken out of `codes`; what is left there the directory does not know.
[[nodiscard]] std::shared_ptr<const directory::Snapshot> with_leave(LoadedDirectory loaded,
                                                                    std::vector<std::string>& codes);

}  // namespace tocsin::app
