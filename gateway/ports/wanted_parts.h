// Which parts of a message are asked for, as an adapter that does not cut it ends them.  Pure, any thread.
#pragma once

#include <vector>

#include "gateway/ports/sender.h"

namespace tocsin::ports {

// "All" of a message that is carried whole is part 1.
[[nodiscard]] inline std::vector<int> wanted_parts(const OutMessage& message) {
  return message.parts.empty() ? std::vector<int>{1} : message.parts;
}

}  // namespace tocsin::ports
