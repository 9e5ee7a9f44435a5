// Checks the record's chain: finds what was changed, removed or put in another order since it was written, and names
// it.
//
// One chain hash covers one commit and a short digest of each of its entries (chain.h), so the very entry is named; of
// commits of schema version 1, which have no such digests, all entries of the commit are.  What cannot be seen from
// inside the file: that the newest commits were cut off together with their hashes, or that everything from some entry
// on was written anew.  For that a head kept elsewhere is looked for (status, incident show and this check print it).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "gateway/base/result.h"
#include "gateway/db/session.h"
#include "gateway/model/record.h"

namespace tocsin::store {

enum class Tampering { kChanged, kRemoved, kMoved };
[[nodiscard]] std::string_view name_of(Tampering what);  // "changed", "removed", "moved"

struct BadEntry {
  Tampering what = Tampering::kChanged;
  std::int64_t seq = 0;                   // where it was written
  std::int64_t commit = 0;                // with which it was written
  base::UtcTime at{};                     // of the entry as it stands; of its commit when it is gone
  std::optional<model::RecordKind> kind;  // of the entry as it stands; none when it is gone
  std::int64_t now_at = 0;                // moved: where its content stands now
};

// "entry 5 (2026-11-22T04:00:00Z, answered) of commit 3 was changed"
[[nodiscard]] std::string words_of(const BadEntry& bad);

// Where a head that was kept elsewhere stands in the chain.
struct KeptHead {
  std::int64_t commit = 0;
  base::UtcTime at{};
};

struct RecordCheck {
  bool whole = true;
  std::int64_t entries = 0, commits = 0;     // that were found good, from the start
  std::string head;                          // chain hash after the last good commit, hex
  std::int64_t bad_commit = 0;               // the first that is not as it was written
  std::int64_t first_seq = 0, last_seq = 0;  // the entries of it concerned
  std::vector<BadEntry> bad;                 // named ones, in all commits, by seq; at most kMostNamed
  std::string finding;                       // one sentence about the first bad commit; empty when whole
  std::optional<KeptHead> kept;              // found among the good commits
};
inline constexpr std::size_t kMostNamed = 32;

// A head as people type it: at least 12 hexadecimal digits, spaces and capitals as they please.  Digits alone, in lower
// case; kInvalid otherwise.
[[nodiscard]] base::Result<std::string> read_head(std::string_view typed);

// Reads everything once, from the start, and once more when there is something to name; any session of that file will
// do, of schema version 1 too.  Linear in the record.  `kept_head`: what read_head gave; empty = none.
[[nodiscard]] base::Result<RecordCheck> verify_record(db::Session& session, std::string_view kept_head = {});

}  // namespace tocsin::store
