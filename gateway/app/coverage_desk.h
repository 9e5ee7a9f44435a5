// The proof of coverage of the plan in force, for whoever asks the office: counted on a thread of its own, one at a
// time, and remembered for the plan and the directory it was counted of.
#pragma once

#include <cstdint>
#include <future>
#include <list>
#include <string>

#include "directory/snapshot.h"
#include "gateway/app/one_at_a_time.h"
#include "gateway/base/guarded.h"
#include "gateway/plan/plan.h"
#include "gateway/ports/roster.h"

namespace tocsin::app {

// Any thread.
class CoverageDesk {
 public:
  // The keys of coverage_json(), from midnight of the day `from` lies in (the plan's zone): asked again within a day,
  // the answer is at hand.  kNotFound: this office has no directory of its own.  kRetryLater as OneAtATime::run().
  [[nodiscard]] std::future<base::Result<std::string>> ask(plan::PlanPtr plan, ports::RosterPtr roster,
                                                           base::UtcTime from, int days);

 private:
  struct Counted {
    std::string digest;        // of the plan
    std::int64_t version = 0;  // of the directory
    base::UtcTime from{};
    int days = 0;
    std::string json;
  };
  static constexpr std::size_t kRemembered = 8;

  base::Guarded<std::list<Counted>> counted_;  // the newest first
  OneAtATime<std::string> thread_{"another proof of coverage is being counted: ask again in a moment",
                                  "there is no thread to count it on: ask again in a moment"};  // last: uses the above
};

}  // namespace tocsin::app
