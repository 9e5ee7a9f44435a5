// A file of nothing next to the database, given up when the disk is full, so that owed alerts can still be finished.
//
// One owner, one thread.  The file survives the process; restore() takes it over.
#pragma once

#include <cstdint>
#include <string>

#include "gateway/base/result.h"

namespace tocsin::store {

class Ballast {
 public:
  // Of `bytes` bytes at `path`; nothing happens before restore().
  Ballast(std::string path, std::int64_t bytes) : path_(std::move(path)), bytes_(bytes) {}

  // Makes it, really allocated, when it is not there whole.  kRetryLater when there is no space: what was got is given
  // back.
  [[nodiscard]] base::Status restore();
  // Frees the space.  False when there was nothing to free.
  bool release();
  [[nodiscard]] bool held() const;

  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string path_;
  std::int64_t bytes_;
};

}  // namespace tocsin::store
