// Checks the record's chain: finds what was changed, removed or put in another order since it was written.
//
// One chain hash covers one commit, so a changed entry is named as one of its commit's.  What cannot be seen from
// inside the file: that the newest commits were cut off together with their hashes.  For that compare `head` with one
// noted elsewhere (the status query gives it).
#pragma once

#include <cstdint>
#include <string>

#include "gateway/base/result.h"
#include "gateway/db/session.h"

namespace tocsin::store {

struct RecordCheck {
  bool whole = true;
  std::int64_t entries = 0, commits = 0;     // that were found good, from the start
  std::string head;                          // chain hash after the last good commit, hex
  std::int64_t bad_commit = 0;               // the first that is not as it was written
  std::int64_t first_seq = 0, last_seq = 0;  // the entries it may be
  std::string finding;                       // one sentence; empty when whole
};

// Reads everything once, from the start; any session of that file will do.  Linear in the record.
[[nodiscard]] base::Result<RecordCheck> verify_record(db::Session& session);

}  // namespace tocsin::store
