// The thread on which offered plans are judged: to read a large plan, prove it and run its cases takes a core for
// seconds.
#pragma once

#include <functional>
#include <future>
#include <utility>

#include "gateway/app/one_at_a_time.h"
#include "gateway/ports/plan_offer.h"

namespace tocsin::app {

// Any thread.
class PlanJudge {
 public:
  using Work = std::function<ports::PlanJudged()>;

  // As OneAtATime::run().
  [[nodiscard]] std::future<base::Result<ports::PlanJudged>> judge(Work work) {
    return thread_.run([work = std::move(work)]() -> base::Result<ports::PlanJudged> { return work(); });
  }

 private:
  OneAtATime<ports::PlanJudged> thread_{"another plan is being judged: offer this one again in a moment",
                                        "there is no thread to judge it on: offer it again in a moment"};
};

}  // namespace tocsin::app
