// How a link is, beyond up and down: for a sender that knows more of itself, such as one with a radio.
//
// For people to read; nothing is decided by it.  Any thread.
#pragma once

#include "gateway/base/said.h"

namespace tocsin::ports {

struct LinkCondition {
  int signal_percent = -1;  // -1 = not known
  base::Said words;         // what holds it back ("the SIM's cap is reached: 100 an hour"); empty = nothing
};

// Beside Sender, by those that have it.
class TellsCondition {
 public:
  virtual ~TellsCondition() = default;
  [[nodiscard]] virtual LinkCondition condition() const = 0;
};

}  // namespace tocsin::ports
