// Photographs behind reports.  Engine thread only.
#pragma once

#include "gateway/engine/core.h"
#include "gateway/model/attachment.h"

namespace tocsin::engine {

[[nodiscard]] model::CommandResult attach_file(Core& core, const model::AttachFile& command);

}  // namespace tocsin::engine
