// Posts and units of the directory in force, with whoever fills them: for its pages.
//
// The session is the caller's; names come from the snapshot, rows from the database.  A row whose person the snapshot
// does not know is left out.
#pragma once

#include <vector>

#include "directory/snapshot.h"
#include "gateway/base/result.h"
#include "gateway/db/session.h"
#include "gateway/ports/directory_desk.h"

namespace tocsin::directory {

// In the order of the sheets.
[[nodiscard]] base::Result<std::vector<ports::DirectoryPost>> posts_held(db::Session& session, const Snapshot& roster,
                                                                         base::UtcTime at);
[[nodiscard]] base::Result<std::vector<ports::DirectoryUnit>> units_filled(db::Session& session,
                                                                           const Snapshot& roster);

}  // namespace tocsin::directory
