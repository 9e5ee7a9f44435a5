// An office's list read into a draft and held against a directory: what `tocsin directory read` and the import wizard
// (POST /api/v1/directory/read) share.
//
// Nothing is written.  Pure but for what a file costs to read (seconds for a large one); any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "directory/intake/compare.h"
#include "directory/list_memory.h"
#include "directory/table/read.h"
#include "directory/tables.h"
#include "gateway/base/phone_number.h"
#include "gateway/base/result.h"
#include "gateway/plan/plan.h"

namespace tocsin::app {

struct ListWanted {
  std::string file;                          // what findings call it
  std::string mapping;                       // intake/mapping.h; empty: the remembered one, else by the header
  std::string answers;                       // intake/draft.h
  bool everybody = false;                    // ask about everybody who is in the directory and not in the list
  base::UtcTime at{};                        // when posts change hands
  std::optional<base::UtcTime> agreed_when;  // of numbers that are new; with agreed_how, or nobody is called on them
  std::string agreed_how;
  table::ReadOptions text;  // against what was found of a text file
};

struct ReadList {
  table::Read read;
  intake::Draft draft;      // without entries when `read` has errors
  std::string guessed;      // the mapping by the header alone
  bool remembered = false;  // the mapping is that of `known`
};

// kInvalid: `wanted.mapping` is not understood.  `known`: what was accepted of a list of that name; null: nothing.
// Its mapping is used only where the same words stand over the same columns.
[[nodiscard]] base::Result<ReadList> read_list(std::string_view bytes, const ListWanted& wanted,
                                               const directory::KnownList* known, const base::DialingRules& dialing);

// The posts of the plan, by the names the directory has for them; without a plan those of the directory.
[[nodiscard]] std::vector<intake::PostNeed> post_needs(const plan::Plan* plan, const directory::Tables& tables);

// kInvalid: `wanted.answers` is not understood.
[[nodiscard]] base::Result<intake::Comparison> compare_list(const intake::Draft& draft, const ListWanted& wanted,
                                                            const directory::KnownList* known, const plan::Plan* plan,
                                                            const directory::Tables& tables);

// kConflict, naming the first question that is not answered.
[[nodiscard]] base::Status all_answered(const intake::Comparison& comparison);

// What is to be remembered of that list once it is accepted.
[[nodiscard]] directory::KnownList to_remember(const std::string& name, const ReadList& list,
                                               const intake::Comparison& comparison);

}  // namespace tocsin::app
