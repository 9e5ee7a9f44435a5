// What every desk and phone asks for every two seconds, counted once for all of them: remembered for a second.
//
// Any thread.  One that comes while it is being counted waits for that.  Time is the clock's steady time.
#pragma once

#include <map>

#include "gateway/base/guarded.h"
#include "gateway/base/time.h"
#include "gateway/ports/queries.h"

namespace tocsin::app {

class DeskMemory {
 public:
  static constexpr base::Duration kKept = std::chrono::seconds(1);

  // Both outlive it.
  DeskMemory(const ports::Queries& queries, const base::Clock& clock) : queries_(queries), clock_(clock) {}

  // As FrontDoor::summaries; `last_seq`: of the record right now.
  [[nodiscard]] base::Result<model::Summaries> summaries(std::span<const model::IncidentId> ids,
                                                         std::int64_t last_seq) const;

 private:
  struct Remembered {
    std::optional<model::IncidentSummary> summary;  // empty: it was not open
    std::int64_t seq = 0;
    base::SteadyTime at{};
  };
  using Memory = std::map<model::IncidentId, Remembered>;
  static constexpr std::size_t kMostRemembered = 1000;

  [[nodiscard]] base::Status count(std::span<const model::IncidentId> ids, Memory& memory) const;

  const ports::Queries& queries_;
  const base::Clock& clock_;
  mutable base::Guarded<Memory> summaries_;
};

}  // namespace tocsin::app
