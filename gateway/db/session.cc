#include "gateway/db/session.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <mutex>
#include <utility>

namespace tocsin::db {

namespace {

// SQLite makes files with the umask's rights; ours hold phone numbers.  The WAL and its index inherit these.
void create_private(const std::string& path) {
  // O_EXCL: closing a descriptor of an existing file would drop the POSIX locks this process holds on it.
  const int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (fd >= 0) ::close(fd);
}

// Virtual machine instructions of SQLite between two looks at the clock: well under a millisecond.
constexpr int kOperationsBetweenLooks = 10000;

int is_over(void* until) {
  return std::chrono::steady_clock::now() > *static_cast<std::chrono::steady_clock::time_point*>(until) ? 1 : 0;
}

int remember_wal_pages(void* pages, sqlite3* /*db*/, const char* /*name*/, int count) {
  *static_cast<int*>(pages) = count;
  return SQLITE_OK;
}

}  // namespace

void initialize_sqlite() {
  static std::once_flag once;
  std::call_once(once, [] {
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    sqlite3_initialize();
  });
}

base::Result<std::unique_ptr<Session>> Session::open(const std::string& path, const OpenOptions& options) {
  initialize_sqlite();
  const bool writes = options.mode == Mode::kReadWrite;
  if (writes && options.vfs.empty()) create_private(path);
  sqlite3* db = nullptr;
  // A read-only user of a WAL database must be able to make its index file, so it opens for writing and may not write.
  const int flags =
      SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE | (writes ? SQLITE_OPEN_CREATE : 0);
  const int code = sqlite3_open_v2(path.c_str(), &db, flags, options.vfs.empty() ? nullptr : options.vfs.c_str());
  std::unique_ptr<Session> session(new Session(path, db));
  if (db == nullptr) return to_error(Failure::kIo, "opening database " + path + ": out of memory");
  if (!session->check(code) || !session->set_up(options)) {
    return to_error(session->failure_, "opening database " + path + ": " + session->message_);
  }
  return session;
}

bool Session::set_up(const OpenOptions& options) {
  const bool writes = options.mode == Mode::kReadWrite;
  busy_timeout_ms_ = options.busy_timeout_ms;
  sqlite3_busy_timeout(db_, busy_timeout_ms_);
  sqlite3_db_config(db_, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  // A plan never depends on what is bound: else a statement that looks at a partial index is prepared anew on each run.
  sqlite3_db_config(db_, SQLITE_DBCONFIG_ENABLE_QPSG, 1, nullptr);
  exec("pragma mmap_size = 0");
  exec(("pragma cache_size = -" + std::to_string(options.cache_kib)).c_str());
  exec("pragma temp_store = memory");
  exec("pragma trusted_schema = off");
  exec("pragma foreign_keys = on");
  {
    Statement mode(*this, writes ? "pragma journal_mode = wal" : "pragma journal_mode");
    auto rows = mode.run();
    if (rows.next() && rows.text(0) != "wal") {
      fail(Failure::kCannotOpen, "it is not in WAL mode and cannot be put into it");
    }
  }
  if (!writes) {
    // Only the writer checkpoints: the last reader to leave must not.
    sqlite3_db_config(db_, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    return exec("pragma query_only = on");
  }
  exec("pragma synchronous = full");
  exec("pragma secure_delete = on");  // what is purged or erased is gone from the file, too
  exec("pragma wal_autocheckpoint = 0");
  exec("pragma journal_size_limit = 67108864");
  sqlite3_wal_hook(db_, remember_wal_pages, &wal_pages_);
  return !failed();
}

Session::~Session() {
  statements_.clear();
  sqlite3_close_v2(db_);
}

bool Session::check(int code) {
  if (code == SQLITE_OK) return true;
  const Failure failure = failure_of(code, sqlite3_system_errno(db_));
  if (failure == Failure::kNone) return true;
  fail(failure, db_ == nullptr ? "out of memory" : sqlite3_errmsg(db_));
  return false;
}

void Session::fail(Failure failure, std::string message) {
  if (failed()) return;
  failure_ = failure;
  message_ = std::move(message);
}

void Session::clear_failure() {
  failure_ = Failure::kNone;
  message_.clear();
}

base::Status Session::status() const {
  if (failed()) return to_error(failure_, "database: " + message_ + " (" + to_string(failure_) + ")");
  return base::Done{};
}

bool Session::exec(const char* sql) {
  if (failed()) return false;
  return check(sqlite3_exec(db_, sql, nullptr, nullptr, nullptr));
}

Statement& Session::statement(std::string_view sql) {
  auto found = statements_.find(sql);
  if (found == statements_.end()) {
    found = statements_.emplace(std::string(sql), nullptr).first;
    found->second = std::make_unique<Statement>(*this, found->first);
  }
  return *found->second;
}

base::Status Session::begin() {
  clear_failure();
  statement("begin immediate").exec();
  return status();
}

base::Status Session::begin_read(std::chrono::milliseconds limit) {
  clear_failure();
  if (limit != std::chrono::milliseconds::max()) {
    read_until_ = std::chrono::steady_clock::now() + limit;
    sqlite3_progress_handler(db_, kOperationsBetweenLooks, is_over, &read_until_);
  }
  statement("begin").exec();
  return status();
}

void Session::end_read() {
  sqlite3_progress_handler(db_, 0, nullptr, nullptr);
  rollback();
}

base::Status Session::commit() {
  if (!failed() && !in_transaction()) fail(Failure::kMisuse, "commit outside of a transaction");
  statement("commit").exec();
  const base::Status end = status();
  if (!end.ok()) rollback();
  return end;
}

void Session::rollback() {
  clear_failure();
  if (!in_transaction()) return;
  statement("rollback").exec();
  clear_failure();
}

void Session::savepoint() {
  statement("savepoint s").exec();
}
void Session::release_savepoint() {
  statement("release s").exec();
}

bool Session::rollback_to_savepoint() {
  clear_failure();
  if (!in_transaction()) return false;
  if (statement("rollback to s").exec() && statement("release s").exec()) return true;
  rollback();
  return false;
}

bool Session::in_transaction() const {
  return sqlite3_get_autocommit(db_) == 0;
}

std::int64_t Session::changes() const {
  return sqlite3_changes64(db_);
}

base::Status Session::checkpoint() {
  return run_checkpoint(SQLITE_CHECKPOINT_PASSIVE);
}

base::Status Session::checkpoint_and_truncate(int wait_ms) {
  sqlite3_busy_timeout(db_, wait_ms);
  const base::Status end = run_checkpoint(SQLITE_CHECKPOINT_TRUNCATE);
  sqlite3_busy_timeout(db_, busy_timeout_ms_);
  if (end.ok() && wal_pages_ == 0) empty_wal_wanted_ = false;
  return end;
}

base::Status Session::run_checkpoint(int mode) {
  int in_wal = 0, moved = 0;
  const int code = sqlite3_wal_checkpoint_v2(db_, nullptr, mode, &in_wal, &moved);
  if (code == SQLITE_OK && in_wal == moved) wal_pages_ = 0;
  const Failure failure = failure_of(code, code == SQLITE_OK ? 0 : sqlite3_system_errno(db_));
  if (failure != Failure::kNone) return to_error(failure, std::string("checkpoint: ") + sqlite3_errmsg(db_));
  return base::Done{};
}

base::Status Session::backup_to(const std::string& path, int pages) {
  create_private(path);
  sqlite3* target = nullptr;
  int code =
      sqlite3_open_v2(path.c_str(), &target, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, nullptr);
  if (code == SQLITE_OK) {
    if (sqlite3_backup* copy = sqlite3_backup_init(target, "main", db_, "main"); copy != nullptr) {
      while ((code = sqlite3_backup_step(copy, pages)) == SQLITE_OK) {
      }
      sqlite3_backup_finish(copy);
      if (code == SQLITE_DONE) code = SQLITE_OK;
    } else {
      code = sqlite3_errcode(target);
    }
  }
  const std::string message = code == SQLITE_OK ? std::string() : sqlite3_errmsg(target);
  sqlite3_close_v2(target);
  if (code != SQLITE_OK) return to_error(failure_of(code), "backup to " + path + ": " + message);
  return base::Done{};
}

}  // namespace tocsin::db
