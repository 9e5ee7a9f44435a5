// Findings as SARIF 2.1.0, which editors and code hosts show at their lines.  Pure; any thread.
#pragma once

#include <string>

#include "gateway/base/diagnostic.h"

namespace tocsin::app {

// One run of `tocsin plan check`.  Every code found is described as a rule; what an acceptance of the plan covers is
// still listed by the caller or left out by it.  Columns count characters.
[[nodiscard]] std::string sarif(const base::Diagnostics& findings, bool chinese);

}  // namespace tocsin::app
