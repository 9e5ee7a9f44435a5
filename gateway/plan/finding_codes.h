// Every kind of finding a plan can have, by its stable code: what docs/plan.md lists and SARIF describes.
//
// The code is what [[accept]] names.  A test holds the sources of reader and checks to this table.  Constant; any
// thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gateway/base/said.h"

namespace tocsin::plan {

enum class FoundBy {
  kReader,     // reading the plan alone: an error
  kLint,       // the plan alone: a warning
  kDirectory,  // with a directory
  kLinks,      // with settings, and so links
  kMachine,    // the machine, the cases
};

struct FindingCode {
  std::string code;  // "range-gap"
  FoundBy by = FoundBy::kReader;
  base::Said meaning;  // one sentence, without an end point
};

[[nodiscard]] const std::vector<FindingCode>& finding_codes();
// Null for a code that is not in the table.
[[nodiscard]] const FindingCode* finding_code(std::string_view code);

// The rows of docs/plan.md for those found so, with their heading.
[[nodiscard]] std::string codes_as_markdown(FoundBy by);

}  // namespace tocsin::plan
