// Long work, one slice at a time, yielding to anything more urgent.
// Engine thread only.
#pragma once

#include "gateway/engine/core.h"

namespace tocsin::engine {

// Does one slice of the most urgent work.  True when some work is left.
bool do_one_slice(Core& core);

}  // namespace tocsin::engine
