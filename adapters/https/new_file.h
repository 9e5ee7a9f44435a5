// Files that are there whole or not at all.  For .cc files of this room only.
#pragma once

#include <sys/types.h>

#include <string>

#include "gateway/base/result.h"

namespace tocsin::https {

// A new file, on disk when this returns; never overwrites one.  kConflict when it is there, kRefused when it cannot be
// written.
[[nodiscard]] base::Status write_new(const std::string& file, const std::string& text, mode_t mode);
// The same, put in the place of one that may be there: whoever opens it sees the old one or the new one.
[[nodiscard]] base::Status replace(const std::string& file, const std::string& text, mode_t mode);

}  // namespace tocsin::https
