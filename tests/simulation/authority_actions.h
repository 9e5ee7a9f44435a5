// People who must decide: they ask for codes, approve, decline, mistype, try what is not theirs, or stay silent.
#pragma once

#include "tests/simulation/driver.h"

namespace tocsin::simulation {

void authority_action(Driver& d);

// Ends an incident as the desk does: on somebody's word, with conditions ticked or not.
[[nodiscard]] model::StandDown some_end(Driver& d, int code);

}  // namespace tocsin::simulation
