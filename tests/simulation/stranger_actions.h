// Strangers who write to the office, and a desk that opens what they wrote, takes it over, or leaves it lying.
#pragma once

#include "tests/simulation/driver.h"

namespace tocsin::simulation {

// Perhaps one of these, by a chance of its own: the other actors do what they would have done without it.
void perhaps_stranger_action(Driver& d);

}  // namespace tocsin::simulation
