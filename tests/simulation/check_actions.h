// Administrators who start and stop rounds of the contact check while everything else goes on.
#pragma once

#include "tests/simulation/driver.h"

namespace tocsin::simulation {

// Perhaps one of these, by a chance of its own: the other actors do what they would have done without it.
void perhaps_check_action(Driver& d);

}  // namespace tocsin::simulation
