// The directory is changed: for everything that begins after the commit.  Engine thread only.
#pragma once

#include "gateway/engine/core.h"
#include "gateway/model/directory_change.h"

namespace tocsin::engine {

// What ChangeDirectory does.  The new roster is the core's own at once, and everybody's after the commit; when the
// transaction is undone, whoever undoes it gives the core the one before.
[[nodiscard]] model::CommandResult change_directory(Core& core, const model::ChangeDirectory& command);

}  // namespace tocsin::engine
