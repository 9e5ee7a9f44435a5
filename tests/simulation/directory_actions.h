// Administrators who import, edit and take back the directory, several at once, while everything else goes on.
#pragma once

#include "tests/simulation/driver.h"

namespace tocsin::simulation {

// Perhaps one of these, by a chance of its own: the other actors do what they would have done without it.
void perhaps_directory_action(Driver& d);

}  // namespace tocsin::simulation
