// What is said to one person now, of the messages that were owed to them for long: composing from the present.
//
// A link that comes back after an hour must not replay the hour.  Of what is owed to one person over one address: what
// they were phoned about or answered meanwhile goes to nobody; of several messages about one incident the newest stays;
// what then remains is told by one message, a summary, or by its own text composed anew when only one remains.
// And how updates that follow each other within a minute are held together.
// Pure; any thread.  The rules are docs/guarantees.md, "After an outage" and "Updates".
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "gateway/base/time.h"
#include "gateway/model/alert.h"

namespace tocsin::callout {

// One message owed to the person, with what its alert came to since it was made.
struct OwedToOne {
  model::IncidentId incident;
  model::MatterKind kind = model::MatterKind::kAlert;
  int revision = 0;
  base::UtcTime made_at{};
  std::optional<base::UtcTime> answered_at, phoned_at;  // of its alert
  bool of_step = false;  // its alert counts for a step of a call-out, which has to hear of its end
  bool drill = false;
  bool over = false;          // its incident has ended
  bool partly_sent = false;   // some of its parts are with the carrier: the others follow, whatever holds now
  bool was_together = false;  // an earlier delivery of its alert travelled in a summary, and has to be repeated
};

enum class Fate {
  kAsItIs,    // goes as it was composed, when its turn comes
  kLater,     // goes back to the queue, for the next summary
  kAnew,      // goes by itself, composed anew
  kTogether,  // is told by the summary
  kReached,   // never goes: the person was phoned, or answered
  kOutdated,  // never goes: another message says more about the same incident, or the incident is over
};

// At most so many messages in one summary; the least urgent wait for the next.
inline constexpr std::size_t kMostTogether = 8;

// One fate for each of `owed`, which are one person's, over one channel to one address, the most urgent first; real and
// drill are never together.  Nothing is done (all go as they are) unless one of them is older than `patience` or was in
// a summary before.
[[nodiscard]] std::vector<Fate> fates_of(std::span<const OwedToOne> owed, base::UtcTime now, base::Duration patience);

// When an update may leave that would be made now: at once, unless one of the same incident was handed over to the same
// person less than a minute ago.  What raises the level, corrects the place or asks for an answer (`pressing`) never
// waits: it may change what the reader does this minute; a level lowered or a merge does not.
inline constexpr base::Duration kOneUpdate = std::chrono::minutes(1);
[[nodiscard]] std::optional<base::UtcTime> update_waits_until(std::optional<base::UtcTime> last_update, bool pressing,
                                                              base::UtcTime now);

}  // namespace tocsin::callout
