// A database with a past: a directory, and incidents that ended long ago.
#pragma once

#include <string>

#include "bench/town.h"
#include "gateway/base/result.h"

namespace tocsin::bench {

// Makes the database at `path` and puts in: the town's directory; `deliveries` alerts, told and confirmed, of ended
// incidents of 10,000 each, with three record entries for each.  Plain SQL, so that it takes seconds.
[[nodiscard]] base::Status fill_with_past(const std::string& path, const Town& town, int deliveries, base::UtcTime now);

}  // namespace tocsin::bench
