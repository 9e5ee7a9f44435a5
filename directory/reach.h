// What the proof of coverage asks (roster/coverage.h), answered by a roster as the call-out would follow it.
//
// A person counts as reached when they have a contact point left that its owner agreed to; which channel a ladder uses
// is the plan check's matter.  Whoever is on leave is a gap only when nobody stands in.  Pure; as long as the roster
// lives.
#pragma once

#include "directory/roster/coverage.h"
#include "gateway/ports/roster.h"

namespace tocsin::directory {

class RosterReach final : public roster::ReachSource {
 public:
  explicit RosterReach(const ports::Roster& people) : people_(people) {}

  [[nodiscard]] std::vector<base::UtcTime> changes(std::span<const model::Selector> to_whom, model::AreaId where,
                                                   const roster::Span& span) const override;
  [[nodiscard]] roster::Reach reach(std::span<const model::Selector> to_whom, model::AreaId where, base::UtcTime at,
                                    std::size_t enough) const override;

 private:
  const ports::Roster& people_;
};

}  // namespace tocsin::directory
