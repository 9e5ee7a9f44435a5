// Our own short message centre (tests/support/smsc.h) in a child process, and what it saw, in memory both share.
//
// A process of its own, so that its memory and its locks are not the gateway's.  Start it before any thread.
#pragma once

#include <sys/types.h>

#include <atomic>
#include <cstdint>

#include "adapters/sms/smpp/settings.h"
#include "bench/town.h"

namespace tocsin::bench {

// Times are now_ns().  All counts since the last reset().
struct Board {
  std::atomic<int> port{0};
  std::atomic<int> sessions{0};
  std::atomic<std::int64_t> submitted{0}, acknowledged{0};
  std::atomic<std::int64_t> first_at{0};           // the first submit_sm was read
  std::atomic<std::int64_t> acknowledged_at{0};    // the last receipt was acknowledged, which is after its commit
  std::atomic<std::int64_t> head_at[kAreas] = {};  // the first submit_sm to an area's head was read; 0 = not yet
};

class Centre {
 public:
  Centre();
  ~Centre();
  Centre(const Centre&) = delete;
  Centre& operator=(const Centre&) = delete;

  [[nodiscard]] Board& board() { return *board_; }
  // Waits for a gateway to bind; false after 10 s.
  [[nodiscard]] bool wait_bound();
  // Waits until `receipts` receipts in all have been acknowledged; false when that takes longer than `seconds`.
  [[nodiscard]] bool wait_acknowledged(std::int64_t receipts, int seconds);
  // Waits until that head has got a text; its time, 0 when that takes longer than five seconds.
  [[nodiscard]] std::int64_t wait_head(int area);

 private:
  Board* board_;
  pid_t child_;
};

// How the gateway's link reaches it; window and rate as a link has them.
[[nodiscard]] sms::SmppSettings link_to(Centre& centre);

}  // namespace tocsin::bench
