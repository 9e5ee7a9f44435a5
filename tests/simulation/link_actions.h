// What carriers do: they refuse, fall silent, lose the connection, confirm late, twice and elsewhere, bring probes
// back.
#pragma once

#include "tests/simulation/driver.h"

namespace tocsin::simulation {

void link_action(Driver& d);

}  // namespace tocsin::simulation
