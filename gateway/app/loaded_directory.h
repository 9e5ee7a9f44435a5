// A directory with its rows, to be asked what if.  Plain values; any thread.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "directory/snapshot.h"
#include "directory/tables.h"

namespace tocsin::app {

struct LoadedDirectory {
  directory::Tables tables;  // numbered
  std::shared_ptr<const directory::Snapshot> roster;
  std::string findings;  // rendered warnings of the sheets; empty from a database
};

// The same directory with those persons on leave all the time, so that duties and deputies fall as they would then.
// Codes of persons are taken out of `codes`; what is left there the directory does not know.
[[nodiscard]] std::shared_ptr<const directory::Snapshot> with_leave(LoadedDirectory loaded,
                                                                    std::vector<std::string>& codes);

}  // namespace tocsin::app
