// Findings as SARIF 2.1.0, which editors and code hosts show at their lines.  Pure; any thread.
#pragma once

#include <string>

#include "gateway/base/diagnostic.h"

namespace tocsin::plan {

// One run of `tocsin plan check` of that version of the program.  Every code found is described as a rule, in both
// languages; messages are in one, and in both under `properties`.  Columns count characters.
[[nodiscard]] std::string sarif(const base::Diagnostics& findings, const std::string& version, bool chinese);

}  // namespace tocsin::plan
