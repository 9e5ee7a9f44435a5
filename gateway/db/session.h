// One connection to a SQLite database: WAL, synchronous=FULL, foreign keys on, no memory mapping.
//
// One thread at a time; make one per thread.  Error texts name tables and columns, never bound values.
//
// Failure is sticky (see Statement): after the first error nothing more is run until clear_failure(), rollback(),
// rollback_to_savepoint() or begin().  Some errors (disk full, I/O) make SQLite end the whole transaction by itself:
// in_transaction() tells.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

#include "gateway/base/result.h"
#include "gateway/db/failure.h"
#include "gateway/db/statement.h"

struct sqlite3;

namespace tocsin::db {

enum class Mode {
  kReadWrite,  // makes the file when it is not there, readable by its owner only; never checkpoints by itself
  kReadOnly,   // query_only; the file must exist
};

struct OpenOptions {
  Mode mode = Mode::kReadWrite;
  std::string vfs;       // empty = the operating system's
  int cache_kib = 8192;  // page cache, at most
  int busy_timeout_ms = 5000;
};

// Sets SQLite up for the whole process, once: no memory statistics, whose lock each allocation would take (Debian's
// build has no lookaside memory, so these are many).  Session::open() does it; call it before using SQLite without one.
void initialize_sqlite();

class Session {
 public:
  // kNotFound when it cannot be opened, kCorrupt when it is no database, kRetryLater when busy.
  [[nodiscard]] static base::Result<std::unique_ptr<Session>> open(const std::string& path, const OpenOptions& options);
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  // Runs one or more statements without parameters.  False on failure.
  bool exec(const char* sql);
  // The statement for that text, prepared once and kept as long as the session.  For paths that are not hot;
  // those that are keep a Statement of their own.
  [[nodiscard]] Statement& statement(std::string_view sql);

  // Takes the write lock at once.  Clears an old failure.  kRetryLater when somebody else keeps it.
  [[nodiscard]] base::Status begin();
  // A read transaction: one consistent picture until end_read().  What takes longer than `limit` ends as kBusy.
  [[nodiscard]] base::Status begin_read(std::chrono::milliseconds limit = std::chrono::milliseconds::max());
  void end_read();
  // With one sync.  On failure (an earlier sticky one too) nothing is kept, and begin() may be called again.
  // After a failed sync the end is open until the next commit: a crash right then may still bring it to light.
  [[nodiscard]] base::Status commit();
  // Undoes everything since begin(); clears the failure.
  void rollback();
  // One level, inside a transaction.
  void savepoint();
  void release_savepoint();
  // Undoes what happened since savepoint() and clears the failure.  False: the whole transaction is gone.
  bool rollback_to_savepoint();

  [[nodiscard]] bool in_transaction() const;
  [[nodiscard]] bool failed() const { return failure_ != Failure::kNone; }
  [[nodiscard]] Failure failure() const { return failure_; }
  [[nodiscard]] base::Status status() const;
  void clear_failure();
  // Makes the session fail as if a statement had; for rules that SQL does not know.  The first failure stays.
  void fail(Failure failure, std::string message);

  // Rows changed by the last statement.
  [[nodiscard]] std::int64_t changes() const;
  // Pages in the WAL after the last commit of this session.
  [[nodiscard]] int wal_pages() const { return wal_pages_; }
  // Moves the WAL into the database as far as readers allow, without waiting for them; outside of transactions only.
  // Never sets the sticky failure.
  [[nodiscard]] base::Status checkpoint();
  // The same, but waits up to `wait_ms` for readers and empties the WAL file.
  [[nodiscard]] base::Status checkpoint_and_truncate(int wait_ms);
  // What was overwritten must not stay readable in the WAL file: whoever checkpoints next empties it.
  void want_empty_wal() { empty_wal_wanted_ = true; }
  [[nodiscard]] bool empty_wal_wanted() const { return empty_wal_wanted_; }
  // Writes a consistent copy to a new file, `pages` at a time; the destination is made and synced.
  [[nodiscard]] base::Status backup_to(const std::string& path, int pages = 256);

  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] sqlite3* handle() const { return db_; }

 private:
  friend class Statement;
  friend class Rows;
  Session(std::string path, sqlite3* db) : path_(std::move(path)), db_(db) {}
  bool set_up(const OpenOptions& options);
  bool check(int code);  // records a failure; true when there is none
  base::Status run_checkpoint(int mode);

  struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };

  std::string path_;
  sqlite3* db_;
  Failure failure_ = Failure::kNone;
  std::string message_;
  int wal_pages_ = 0;
  bool empty_wal_wanted_ = false;
  int busy_timeout_ms_ = 0;
  std::chrono::steady_clock::time_point read_until_{};
  std::unordered_map<std::string, std::unique_ptr<Statement>, TextHash, std::equal_to<>> statements_;
};

}  // namespace tocsin::db
