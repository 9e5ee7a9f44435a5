// Every change of the directory, kept row by row: what was changed, the directory as it was, and the last change
// undone.
//
// A change is prepared from what was read (long, off the engine's thread) and written in the caller's transaction (the
// rows that differ).  Versions have no gaps.  History begins with the first version written by a program that knows it.
// What a change did row by row is forgotten kHistoryKept after it, by the purge and at the next change: it holds names
// and numbers.
// The session is the caller's.  Nothing here reads a clock or keeps state between calls.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "directory/delta.h"
#include "directory/list_memory.h"
#include "directory/tables.h"
#include "gateway/base/result.h"
#include "gateway/base/time.h"
#include "gateway/db/session.h"
#include "gateway/model/directory_change.h"

namespace tocsin::directory {

inline constexpr std::chrono::hours kHistoryKept{24 * 730};

// The whole directory at one version, and the next id to be given.
struct State {
  std::int64_t version = 0;  // 0 before the first change
  std::int64_t next_id = 1;
  Tables tables;
};
// Inside the caller's transaction, or one of its own: version and rows are of one moment.
[[nodiscard]] base::Result<State> load_state(db::Session& session);

struct Change {
  model::DirectoryHow how = model::DirectoryHow::kEdit;
  std::string digest;       // of the sheets; empty: there were none
  std::int64_t undoes = 0;  // with kUndo: the version that is taken back
  std::int64_t base = 0;    // the version it was prepared on
  State after;              // numbered, with the version it makes
  Delta delta;
  // Beside the versions (list_memory.h): when nothing else differs, no version is made.
  std::vector<KnownList> remember;
  std::vector<std::string> forget;  // names of lists
  [[nodiscard]] bool only_lists() const { return delta.empty() && !(remember.empty() && forget.empty()); }
};

// From `before` to `after`, whose rows get ids here.
[[nodiscard]] Change prepare_change(const State& before, Tables after, model::DirectoryHow how,
                                    const std::string& digest = {});
// The last change that stands is taken back, with the ids of rows that come back; what was undone, undoing itself, and
// erasing somebody is passed over.  kConflict: there is no such change, or it was about somebody who was erased since.
// kNotFound: it is older than the history.
[[nodiscard]] base::Result<Change> prepare_undo(db::Session& session, const State& before);

// Inside the caller's transaction, which is undone when this fails.  kChanged: another version is in force than
// `change.base`.
[[nodiscard]] base::Status write_change(db::Session& session, const Change& change, const std::string& by,
                                        const std::string& reason, base::UtcTime now);

// What changes did row by row longer than kHistoryKept ago is gone for good; how many rows of the history that were.
// Inside the caller's transaction.
int forget_history(db::Session& session, base::UtcTime now);

struct HistoryEntry {
  std::int64_t version = 0;
  base::UtcTime at{};
  std::string by;
  model::DirectoryHow how = model::DirectoryHow::kImport;
  std::string reason;
  std::int64_t undoes = 0, undone_by = 0;  // 0: none
  model::DirectoryCounts rows;
};
// Newest first, below version `before` (0: all).
[[nodiscard]] base::Result<std::vector<HistoryEntry>> history(db::Session& session, std::int64_t before, int limit);

// kNotFound: there is no such version, or it is older than the history.
[[nodiscard]] base::Result<State> state_at(db::Session& session, std::int64_t version);

}  // namespace tocsin::directory
