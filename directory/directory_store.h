// The directory in the database: tables of its own (migration series "directory") beside the gateway's.
//
// Used by the CLI under the file lock, and inside the daemon on the engine's thread; the Session is the caller's.
// Nothing here reads a clock or keeps state between calls.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "directory/import.h"
#include "directory/snapshot.h"
#include "directory/tables.h"
#include "gateway/base/result.h"
#include "gateway/base/time.h"
#include "gateway/db/session.h"
#include "gateway/model/directory_change.h"

namespace tocsin::directory {

// One import as the history keeps it: counts only, no person.
struct ImportEntry {
  std::int64_t version = 0;  // of the directory after it
  base::UtcTime at{};
  std::string digest;  // of the sheets, hex
  std::string by;      // who asked: a token's label or "cli"
  std::int64_t persons = 0, contacts = 0, areas = 0, posts = 0, units = 0, groups = 0;
};

struct ImportOutcome {
  ImportEntry entry;
  std::int64_t persons_new = 0, persons_gone = 0, persons_kept = 0;
  model::DirectoryCounts rows;  // that differ, of all tables
};

enum class DryRun { kNo, kYes };

// Brings the directory's tables to the version this program knows.  kRefused when the file is newer.
[[nodiscard]] base::Status migrate(db::Session& session);

// 0 before the first change; grows by one with each.
[[nodiscard]] base::Result<std::int64_t> directory_version(db::Session& session);

// The whole directory with its ids, in the office's order.
[[nodiscard]] base::Result<Tables> load_tables(db::Session& session);
[[nodiscard]] base::Result<std::shared_ptr<const Snapshot>> load_snapshot(db::Session& session);

// Puts `imported`, which must be without errors (kInvalid otherwise), in the place of the whole directory: the rows
// that differ are written, as one version of its history (history.h), in one transaction: a transaction of its own, or
// inside the one the caller has open, which the caller then commits or undoes. A row whose code stays keeps its id; ids
// of rows that went are never used again.  With kYes everything is done and then undone, inside a caller's transaction
// by a savepoint.
[[nodiscard]] base::Result<ImportOutcome> store_import(db::Session& session, const Imported& imported,
                                                       const std::string& by, base::UtcTime now,
                                                       DryRun dry_run = DryRun::kNo);

// Newest first.
[[nodiscard]] base::Result<std::vector<ImportEntry>> import_history(db::Session& session, int limit);

}  // namespace tocsin::directory
