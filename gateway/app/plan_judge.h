// The thread on which offered plans are judged, one at a time.
//
// To read a large plan, prove it and run its cases takes a core for seconds.  Whoever offers one gets a future and
// holds nothing but it; whoever offers one meanwhile is told to come back, so that no queue of plans stands between
// the office and its reports.  The thread gives way to the others where the machine lets it.
#pragma once

#include <functional>
#include <future>
#include <mutex>
#include <thread>

#include "gateway/base/result.h"
#include "gateway/ports/plan_offer.h"

namespace tocsin::app {

// Any thread.
class PlanJudge {
 public:
  using Work = std::function<ports::PlanJudged()>;

  PlanJudge() = default;
  ~PlanJudge();  // waits until what is being judged has been
  PlanJudge(const PlanJudge&) = delete;
  PlanJudge& operator=(const PlanJudge&) = delete;

  // Runs `work` on the thread; the future holds what it came to, or what it threw.  kRetryLater, at once: another one
  // is being judged, or no thread can be made.
  [[nodiscard]] std::future<base::Result<ports::PlanJudged>> judge(Work work);

 private:
  struct FreeAgain {
    PlanJudge& judge;
    ~FreeAgain();
  };

  std::mutex mutex_;
  bool judging_ = false;  // guarded, like the thread
  std::thread thread_;    // of the last one; may have ended
};

}  // namespace tocsin::app
