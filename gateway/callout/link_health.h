// Whether a link still confirms what it carries, held against its own normal.
//
// A state machine without a clock: what happened is told, with its time (UTC).  A plain value that is copied with the
// link it belongs to; not thread-safe.  The rules are docs/guarantees.md, "Links":
//  - What is normal is learnt from each receipt and each one that stayed away, exponentially weighted: the share that
//    stays away (phones are switched off), and the age of a receipt as RFC 6298 section 2 keeps a round-trip time.
//  - A receipt is missing once it is older than the mean age and four times its deviation.  Of some number of the last
//    messages that can be judged (kJudged at most), at least kLeastMissing are missing and their share is beyond the
//    normal one by kMargin and by five standard deviations: the link is doubted.  What happens then is not learnt as
//    normal.
//  - A doubted link carries one message on trial, after a pause that doubles each time it is not confirmed; then rounds
//    of 2, 4, 8 ...; a round whose receipts come as is normal opens the next, any other begins anew.  Receipts that
//    come late count.  After the round of kTrustedAfter it is trusted again.
//  - A probe that does not come back puts it in doubt whatever its receipts say; then only a probe that does ends that.
//  - One that goes down kManyFalls times within kFallsWithin is doubted too, and comes back by the same rounds (what is
//    taken counts where no receipts are given); each further fall begins them anew, and kCalm up without one ends
//    them.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

#include "gateway/base/time.h"
#include "gateway/model/link_memory.h"

namespace tocsin::callout {

class LinkHealth {
 public:
  static constexpr int kLeastMissing = 5, kJudged = 20, kTrustedAfter = 64;
  static constexpr double kMargin = 0.3, kDeviations = 5;
  static constexpr std::size_t kManyFalls = 4;
  static constexpr base::Duration kFallsWithin = std::chrono::minutes(10), kCalm = std::chrono::minutes(30);
  static constexpr base::Duration kShortestWait = std::chrono::seconds(10), kLongestWait = std::chrono::minutes(3);
  static constexpr base::Duration kFirstPause = std::chrono::seconds(30), kLongestPause = std::chrono::minutes(8);
  static constexpr int kNoLimit = std::numeric_limits<int>::max();

  // ---- what happened ----
  void handed_over(int messages, base::UtcTime now);
  void came_back();                  // one of these was not taken
  void accepted(base::UtcTime now);  // ... was, and the carrier owes a receipt
  // A receipt with an end came, good or bad, for a message accepted at `then`.
  void confirmed(base::UtcTime then, base::UtcTime now);
  void taken();                      // ... was, by a link that gives no receipts
  bool fell(base::UtcTime now);      // it went down.  True: it is doubted from now on, and was not before
  void returned(base::UtcTime now);  // it is up; after fell() or remember() it is down until then
  void given_up();                   // a receipt was waited for in vain; its message was told by accepted()
  void probe_returned(base::UtcTime now, bool gives_receipts);
  void probe_lost(base::UtcTime now);
  void clock_stepped();  // ages cannot be told any more: what is under way is not judged
  // Judges at `now`.  True when it is doubted or trusted from now on and was not before.
  bool look(base::UtcTime now);

  // ---- how it stands ----
  [[nodiscard]] bool doubted() const { return doubted_since_.has_value(); }
  [[nodiscard]] std::optional<base::UtcTime> doubted_since() const { return doubted_since_; }
  [[nodiscard]] model::LinkDoubt why() const { return why_; }
  // Messages it may carry more right now while others could carry them; kNoLimit when it is trusted.
  [[nodiscard]] int allowance(base::UtcTime now) const;
  // From acceptance to when a receipt is missing, by its own normal.
  [[nodiscard]] base::Duration wait() const;
  [[nodiscard]] double normal_missing() const { return missing_; }
  // Of the last that can be judged, or as few of these as show a silence: how many there are, how many of them missing.
  struct Recent {
    int judged = 0, missing = 0;
  };
  [[nodiscard]] Recent recent(base::UtcTime now) const;
  // When look() could find something new; empty = only after something else has happened.
  [[nodiscard]] std::optional<base::UtcTime> next_look(base::UtcTime now) const;

  // ---- over a restart ----
  [[nodiscard]] model::LinkMemory memory() const;
  void remember(const model::LinkMemory& memory, base::UtcTime now);

 private:
  struct Slot {  // messages accepted within kSlot
    std::int64_t number = 0;
    int sent = 0, confirmed = 0;
  };
  [[nodiscard]] bool beyond_normal(const Recent& recent) const;
  [[nodiscard]] static std::int64_t slot_of(base::UtcTime at);
  [[nodiscard]] static base::UtcTime end_of(const Slot& slot);
  void doubt(model::LinkDoubt why, base::UtcTime now);
  void trust();
  [[nodiscard]] base::UtcTime calm_at() const { return back_at_ + kCalm; }  // unless it is down
  void begin_round(int size);
  void fail_round(base::UtcTime now);
  [[nodiscard]] int enough_of(int sent) const;
  void forget_old(base::UtcTime now);

  double missing_ = 0.1;     // normal share of receipts that stay away
  double age_us_ = 10e6;     // mean age of a receipt
  double spread_us_ = 5e6;   // its mean deviation
  std::vector<Slot> slots_;  // oldest first
  std::optional<base::UtcTime> doubted_since_;
  model::LinkDoubt why_ = model::LinkDoubt::kNone;
  int round_ = 0, sent_ = 0, confirmed_ = 0;  // its size; what was sent and confirmed in it
  std::optional<base::UtcTime> last_sent_;    // in the round
  base::UtcTime trial_at_{};
  base::Duration pause_ = kFirstPause;
  std::vector<base::UtcTime> falls_;  // of the last kFallsWithin
  bool down_ = false;
  base::UtcTime back_at_{};
};

}  // namespace tocsin::callout
