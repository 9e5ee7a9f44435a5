// A list as the import wizard is shown it, as JSON: what POST /api/v1/directory/read answers.
//
// The draft and the comparison as draft_json.h has them, and beside them what the file was taken for and its first
// rows.  The keys are documented in docs/directory.md and stay.  Numbers are masked unless asked otherwise.  Pure; any
// thread.
#pragma once

#include <string>

#include "directory/intake/compare.h"
#include "directory/list_memory.h"
#include "directory/table/read.h"

namespace tocsin::intake {

inline constexpr std::size_t kShownRows = 200;  // of each sheet

struct ListShown {
  const table::Read& read;
  const Draft& draft;
  const Comparison& comparison;
  const directory::KnownList* known = nullptr;  // null: nothing is remembered of a list of that name
  bool remembered = false;                      // it was read by the mapping of `known`
  std::string guessed;                          // the mapping by the header alone
  std::string name;
  std::int64_t version = 0;  // of the directory it was held against
  bool unmasked = false;
};
[[nodiscard]] std::string list_json(const ListShown& shown);

}  // namespace tocsin::intake
