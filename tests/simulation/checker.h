// Holds the promises of docs/guarantees.md against the record, the tables and the carriers' memory.
//
// Shares nothing with the engine or the call-out: it reads the closed database with SQL of its own and says in its own
// words what must be true of it.  One sentence per broken promise, each beginning with the promise's name; empty =
// kept.
#pragma once

#include <string>
#include <vector>

#include "tests/simulation/journal.h"
#include "tests/simulation/tables.h"

namespace tocsin::simulation {

// The database must be closed by its office.
[[nodiscard]] std::vector<std::string> check_promises(const std::string& database, const Journal& journal);

// The same without the chain, for tables made by a test.
[[nodiscard]] std::vector<std::string> check_tables(const Tables& tables, const Journal& journal);

}  // namespace tocsin::simulation
