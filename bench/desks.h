// 50 desks and 1,000 phones that keep themselves fresh by the one poll.
#pragma once

#include <string>

#include "bench/figures.h"

namespace tocsin::bench {

// Quiet for some seconds, then while a call-out of 10,000 recipients goes out over a carrier of 500 messages a second.
void desks(Figures& figures, const std::string& folder, bool quick);

}  // namespace tocsin::bench
