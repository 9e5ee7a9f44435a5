#include "gateway/app/desk_memory.h"

#include <algorithm>
#include <limits>
#include <vector>

namespace tocsin::app {

base::Status DeskMemory::count(std::span<const model::IncidentId> ids, Memory& memory) const {
  const auto at = clock_.steady_now();
  auto counted = queries_.summaries(ids);
  if (!counted) return counted.error();
  for (const auto id : ids) {
    const auto found = counted->of.find(id);
    memory[id] = {found == counted->of.end() ? std::nullopt : std::optional(found->second), counted->seq, at};
  }
  return base::Done{};
}

base::Result<model::Summaries> DeskMemory::summaries(std::span<const model::IncidentId> ids,
                                                     std::int64_t last_seq) const {
  // Held while it counts: fifty desks that find it too old at once must not count fifty times.
  return summaries_.with([&](Memory& memory) -> base::Result<model::Summaries> {
    if (memory.size() > kMostRemembered) memory.clear();  // most of them are over
    const auto now = clock_.steady_now();
    std::vector<model::IncidentId> old;
    for (const auto id : ids) {
      const auto known = memory.find(id);
      const bool holds = known != memory.end() && (known->second.seq >= last_seq || now - known->second.at < kKept);
      if (!holds) old.push_back(id);
    }
    if (!old.empty()) {
      if (const auto counted = count(old, memory); !counted) return counted.error();
    }
    model::Summaries summaries;
    summaries.seq = std::numeric_limits<std::int64_t>::max();
    for (const auto id : ids) {
      const auto known = memory.find(id);
      summaries.seq = std::min(summaries.seq, known->second.seq);
      if (known->second.summary) summaries.of.emplace(id, *known->second.summary);
    }
    return summaries;
  });
}

base::Result<std::map<int, model::LinkTraffic>> DeskMemory::link_traffic(base::UtcTime now) const {
  return traffic_.with([&](auto& last) -> base::Result<std::map<int, model::LinkTraffic>> {
    const auto at = clock_.steady_now();
    if (last.value && at - last.at < kTrafficKept) return *last.value;
    auto traffic = queries_.link_traffic(now - std::chrono::hours(1));
    if (!traffic) return traffic.error();
    last.at = at;
    last.value = std::move(*traffic);
    return *last.value;
  });
}

base::Result<DeskMemory::LookPtr> DeskMemory::look(const std::function<base::Result<model::DeskLook>()>& make) const {
  // Held while it looks, as for summaries().
  return look_.with([&](auto& last) -> base::Result<LookPtr> {
    const auto at = clock_.steady_now();
    if (last.value && at - last.at < kKept) return *last.value;
    auto made = make();
    if (!made) return made.error();
    last.at = at;
    last.value = std::make_shared<const model::DeskLook>(std::move(*made));
    return *last.value;
  });
}

}  // namespace tocsin::app
