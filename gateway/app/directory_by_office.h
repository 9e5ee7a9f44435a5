// The directory changed through the office whose database it is (own_office.h): with a daemon or without.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "directory/import.h"
#include "directory/list_memory.h"
#include "gateway/base/result.h"

namespace tocsin::app {

struct ImportAs {
  bool whole = false;     // the sheets are the whole directory
  std::string time_zone;  // of the times in them
  std::string reason;     // for the history; may be empty
  // The version they were made from: kRefused when another is in force by then.  0: whatever is.
  std::int64_t base = 0;
  // A list that they were made of, to be remembered; its name is empty when there is none.
  directory::KnownList list;
  bool dry_run = false;
};

// The version in force afterwards; the one before when nothing differs.  kRefused, in the office's words: it judged the
// sheets by its own settings and refuses them.  Else as ask_own_office().
[[nodiscard]] base::Result<std::int64_t> import_by_office(const std::string& database,
                                                          const std::vector<directory::Sheet>& sheets,
                                                          const ImportAs& as);

// What is remembered of a list of exactly that name; kNotFound when there is nothing.
[[nodiscard]] base::Status forget_list_by_office(const std::string& database, const std::string& name);

}  // namespace tocsin::app
