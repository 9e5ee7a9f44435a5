// One process per database: an advisory lock on "<database>.lock", freed by the kernel when the process dies.
//
// The lock file stays on the disk (removing it would let two processes lock two different files) and holds the pid of
// the last holder, for the error text of the next.
#pragma once

#include <memory>
#include <string>

#include "gateway/base/result.h"

namespace tocsin::db {

class FileLock {
 public:
  // kConflict, naming file and pid, when somebody else has it (another FileLock of this process too);
  // kNotFound when the lock file cannot be made.  Does not wait.
  [[nodiscard]] static base::Result<std::unique_ptr<FileLock>> take(const std::string& database_path);
  ~FileLock();
  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;

 private:
  explicit FileLock(int fd) : fd_(fd) {}
  int fd_;
};

}  // namespace tocsin::db
