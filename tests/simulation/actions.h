// What may happen to an office, one thing at a time.
#pragma once

#include "tests/simulation/driver.h"

namespace tocsin::simulation {

// Picks one by chance and does it.
void act(Driver& driver);

}  // namespace tocsin::simulation
