// The promises of the directory's history, held against the closed database.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "directory/tables.h"
#include "gateway/db/session.h"
#include "tests/simulation/journal.h"
#include "tests/simulation/tables.h"

namespace tocsin::simulation {

// A version of the directory, in force from `at` on (microseconds UTC).
struct RosterThen {
  std::int64_t version = 0, at = 0;
  directory::Tables tables;
};

void check_directory(db::Session& session, const Tables& tables, const Journal& journal,
                     std::vector<std::string>& broken);

// Whoever was on leave when a step began, by every version in force from then until they were named, is not told.
// `rosters`: oldest first; before the first nobody was on leave.
void nobody_on_leave_told(const Tables& tables, const std::vector<RosterThen>& rosters,
                          std::vector<std::string>& broken);

// A duty that anybody who is present has by any layer is not empty, and nobody on leave has it: at every moment at
// which a step began.
void duties_are_filled(const Tables& tables, const std::vector<RosterThen>& rosters, std::vector<std::string>& broken);

}  // namespace tocsin::simulation
