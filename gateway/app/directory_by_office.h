// The directory changed through the office whose database it is (own_office.h): with a daemon or without.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "directory/import.h"
#include "gateway/base/result.h"

namespace tocsin::app {

// The version in force afterwards; the one before when nothing differs.  kRefused, in the office's words: it judged the
// sheets by its own settings and refuses them.  Else as ask_own_office().
[[nodiscard]] base::Result<std::int64_t> import_by_office(const std::string& database,
                                                          const std::vector<directory::Sheet>& sheets, bool whole,
                                                          const std::string& time_zone);

}  // namespace tocsin::app
