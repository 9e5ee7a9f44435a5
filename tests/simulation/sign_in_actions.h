// People who sign in by a code, mistype it, or try one code from two phones at once.
#pragma once

#include "tests/simulation/driver.h"

namespace tocsin::simulation {

void sign_in_action(Driver& driver);

}  // namespace tocsin::simulation
