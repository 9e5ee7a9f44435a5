// What the proof of coverage asks (roster/coverage.h), answered by a directory as the call-out would follow it.
//
// A person counts as reached when they have a contact point left that its owner agreed to; which channel a ladder uses
// is the plan check's matter.  Pure; as long as the snapshot lives.
#pragma once

#include "directory/roster/coverage.h"
#include "directory/snapshot.h"

namespace tocsin::directory {

class RosterReach final : public roster::ReachSource {
 public:
  explicit RosterReach(const Snapshot& people) : people_(people) {}

  [[nodiscard]] roster::Course follow(std::span<const model::Selector> to_whom, model::AreaId where,
                                      const roster::Span& span) const override {
    return people_.follow(to_whom, where, span);
  }

 private:
  const Snapshot& people_;
};

}  // namespace tocsin::directory
