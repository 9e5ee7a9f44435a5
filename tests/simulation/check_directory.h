// The promises of the directory's history, held against the closed database.
#pragma once

#include <string>
#include <vector>

#include "gateway/db/session.h"
#include "tests/simulation/journal.h"

namespace tocsin::simulation {

void check_directory(db::Session& session, const Journal& journal, std::vector<std::string>& broken);

}  // namespace tocsin::simulation
