// What every desk and phone asks for every two seconds, counted once for all of them: remembered for a second.
//
// Any thread.  One that comes while it is being counted waits for that.  Time is the clock's steady time.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>

#include "gateway/base/guarded.h"
#include "gateway/base/time.h"
#include "gateway/ports/queries.h"

namespace tocsin::app {

class DeskMemory {
 public:
  static constexpr base::Duration kKept = std::chrono::seconds(1), kTrafficKept = std::chrono::seconds(10);

  // Both outlive it.
  DeskMemory(const ports::Queries& queries, const base::Clock& clock) : queries_(queries), clock_(clock) {}

  // As FrontDoor::summaries; `last_seq`: of the record right now.
  [[nodiscard]] base::Result<model::Summaries> summaries(std::span<const model::IncidentId> ids,
                                                         std::int64_t last_seq) const;
  // What the links carried within the last hour; ten seconds old at most.
  [[nodiscard]] base::Result<std::map<int, model::LinkTraffic>> link_traffic(base::UtcTime now) const;
  // The last look, or one made now; `make` is called by one thread at a time.
  using LookPtr = std::shared_ptr<const model::DeskLook>;
  [[nodiscard]] base::Result<LookPtr> look(const std::function<base::Result<model::DeskLook>()>& make) const;

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
  template <typename T>
  struct Last {
    std::optional<T> value;
    base::SteadyTime at{};
  };
  mutable base::Guarded<Last<std::map<int, model::LinkTraffic>>> traffic_;
  mutable base::Guarded<Last<LookPtr>> look_;
};

}  // namespace tocsin::app
