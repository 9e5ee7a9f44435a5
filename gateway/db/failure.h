// What a database call can fail with, in words a caller can act on.  Plain values.
#pragma once

#include <string>

#include "gateway/base/result.h"

namespace tocsin::db {

enum class Failure {
  kNone,
  kUnique,       // a row with that key exists already
  kConstraint,   // another rule of the schema: NOT NULL, CHECK, foreign key
  kBusy,         // somebody else holds the database for longer than the busy timeout
  kFull,         // no space left on the disk
  kIo,           // the file system failed
  kCorrupt,      // the file is damaged, or is no database
  kNewerSchema,  // written by a newer version of this program
  kCannotOpen,   // the file cannot be opened or made
  kMisuse,       // a mistake of ours: bad SQL, wrong thread, wrong state
};

// "unique", "disk_full", ...: for logs and metrics.
[[nodiscard]] const char* to_string(Failure failure);

// From an (extended) SQLite result code and the errno behind it (0 when there is none).
[[nodiscard]] Failure failure_of(int sqlite_code, int system_errno = 0);

// The code says what to do: unique -> kConflict; busy, full, io -> kRetryLater; corrupt -> kCorrupt;
// newer schema -> kRefused; cannot open -> kNotFound; the rest -> kInternal.
[[nodiscard]] base::Error to_error(Failure failure, std::string message);

}  // namespace tocsin::db
