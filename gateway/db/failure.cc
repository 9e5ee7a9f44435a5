#include "gateway/db/failure.h"

#include <sqlite3.h>

#include <cerrno>
#include <utility>

namespace tocsin::db {

const char* to_string(Failure failure) {
  switch (failure) {
    case Failure::kNone: return "none";
    case Failure::kUnique: return "unique";
    case Failure::kConstraint: return "constraint";
    case Failure::kBusy: return "busy";
    case Failure::kFull: return "disk_full";
    case Failure::kIo: return "io";
    case Failure::kCorrupt: return "corrupt";
    case Failure::kNewerSchema: return "newer_schema";
    case Failure::kCannotOpen: return "cannot_open";
    case Failure::kMisuse: return "misuse";
  }
  return "misuse";
}

Failure failure_of(int sqlite_code, int system_errno) {
  switch (sqlite_code & 0xff) {
    case SQLITE_OK:
    case SQLITE_ROW:
    case SQLITE_DONE: return Failure::kNone;
    case SQLITE_CONSTRAINT:
      return sqlite_code == SQLITE_CONSTRAINT_UNIQUE || sqlite_code == SQLITE_CONSTRAINT_PRIMARYKEY ||
                     sqlite_code == SQLITE_CONSTRAINT_ROWID
                 ? Failure::kUnique
                 : Failure::kConstraint;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_PROTOCOL:
    case SQLITE_INTERRUPT: return Failure::kBusy;
    case SQLITE_FULL: return Failure::kFull;
    // The shared-memory file and the sync report a full disk as an I/O error; errno knows better.
    case SQLITE_IOERR: return system_errno == ENOSPC || system_errno == EDQUOT ? Failure::kFull : Failure::kIo;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB: return Failure::kCorrupt;
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_AUTH:
    case SQLITE_READONLY: return Failure::kCannotOpen;
    case SQLITE_NOMEM: return Failure::kIo;
    default: return Failure::kMisuse;
  }
}

base::Error to_error(Failure failure, std::string message) {
  const auto code = [&] {
    switch (failure) {
      case Failure::kUnique: return base::ErrorCode::kConflict;
      case Failure::kBusy:
      case Failure::kFull:
      case Failure::kIo: return base::ErrorCode::kRetryLater;
      case Failure::kCorrupt: return base::ErrorCode::kCorrupt;
      case Failure::kNewerSchema: return base::ErrorCode::kRefused;
      case Failure::kCannotOpen: return base::ErrorCode::kNotFound;
      default: return base::ErrorCode::kInternal;
    }
  }();
  return {code, std::move(message), {}};
}

}  // namespace tocsin::db
