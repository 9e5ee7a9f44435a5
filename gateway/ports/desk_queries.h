// What the desk asks of the store over all incidents at once.  Part of ports::Queries: the rules there hold.
#pragma once

#include <map>
#include <span>
#include <vector>

#include "gateway/base/result.h"
#include "gateway/model/desk_view.h"

namespace tocsin::ports {

class DeskQueries {
 public:
  virtual ~DeskQueries() = default;
  // Of those incidents the ones that are open, in one go.  Walks over everybody told of them: milliseconds for ten
  // thousand people, so whoever is asked often remembers it (FrontDoor::summaries).
  [[nodiscard]] virtual base::Result<model::Summaries> summaries(std::span<const model::IncidentId> ids) const = 0;
  // Open and overdue ones of open incidents, by due time.
  [[nodiscard]] virtual base::Result<std::vector<model::OpenTask>> open_tasks(int limit) const = 0;
  // The inbox counts what came since `inbox_since`.
  [[nodiscard]] virtual base::Result<model::DeskCounts> desk_counts(base::UtcTime inbox_since) const = 0;
  // By number of the link, of messages made since then.  Walks over all of those: tens of milliseconds.
  [[nodiscard]] virtual base::Result<std::map<int, model::LinkTraffic>> link_traffic(base::UtcTime since) const = 0;
  // Newest first.
  [[nodiscard]] virtual base::Result<std::vector<model::Handover>> handovers(int limit) const = 0;
};

}  // namespace tocsin::ports
