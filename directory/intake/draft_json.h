// A draft, and its comparison with the directory, as JSON: what `tocsin directory read --json` prints.
//
// The keys are documented in docs/directory.md and stay.  Numbers are masked unless asked otherwise.  Pure; any thread.
#pragma once

#include <string>

#include "directory/intake/compare.h"

namespace tocsin::intake {

// `comparison` null: there was no directory to compare with.
[[nodiscard]] std::string draft_json(const Draft& draft, const Comparison* comparison, const TextOptions& options);

}  // namespace tocsin::intake
