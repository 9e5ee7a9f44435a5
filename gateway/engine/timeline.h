// The engine's time: UTC that never goes back.
//
// now = an anchor in UTC + the steady time elapsed since.  When the machine's UTC runs away from that by more than the
// tolerance, `step()` tells by how much.  Forward, the timeline follows (waits must be shifted by the same); backward,
// it keeps running on its own until UTC has caught up, because recorded times must not go back. Not thread-safe: the
// engine's.
#pragma once

#include <optional>

#include "gateway/base/time.h"

namespace tocsin::engine {

class Timeline {
 public:
  Timeline(const base::Clock& clock, base::Duration tolerance) : clock_(clock), tolerance_(tolerance) {}

  // `last_recorded`: the newest time in the store.  Starting before it, time begins 1 µs after it and runs on.
  void start(std::optional<base::UtcTime> last_recorded);

  // Never before, and by 1 µs after, the last one given out.
  [[nodiscard]] base::UtcTime stamp();

  // How far UTC has moved against the timeline since last asked, when that is more than the tolerance and new.
  // Positive: the timeline has followed.
  [[nodiscard]] std::optional<base::Duration> step();

 private:
  const base::Clock& clock_;
  base::Duration tolerance_;
  base::UtcTime anchor_utc_{};
  base::SteadyTime anchor_steady_{};
  base::UtcTime last_{};
  base::Duration known_lag_{};  // UTC behind the timeline by this much, already told
};

}  // namespace tocsin::engine
