// What is kept for a time and then deleted for good.
//
//   messages of unknown senders, and their numbers in what was answered   72 hours
//   digests that recognise a repeated SMS                                 24 hours
//   photographs                                                           30 days after the end of their incident
//   numbers and addresses of messages and calls                           Options::numbers_kept after they were made;
//                                                                         what waits still by then is cancelled
//   reports, replies, reasons, notes of tasks, messages, word for word    Options::words_kept
//   what the directory was before its changes                             Parts::forget_more
//   what came of contact checks, with their numbers                       90 days, Options::numbers_kept at most
//   files that no row names (a crash, a refusal after the upload)         1 hour
//
// Rows go in the transaction, files after its commit.  Runs at the start and every hour, unknown senders to the moment;
// what one batch leaves over the next one takes.  Engine thread only.
#pragma once

#include <optional>

#include "gateway/engine/core.h"

namespace tocsin::engine {

inline constexpr base::Duration kInboundKept = std::chrono::hours(24);  // digests that recognise a repeated SMS

// True when there may be more to delete right now.
bool purge_due(Core& core);
[[nodiscard]] base::UtcTime next_purge(const Core& core);

// After the commit: the files whose rows are gone.
void remove_purged_files(Core& core);

}  // namespace tocsin::engine
