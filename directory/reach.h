// What the proof of coverage asks (roster/coverage.h), answered by a directory as the call-out would follow it.
//
// A person counts as reached when they have a contact point left that its owner agreed to, that is not in doubt, and
// that is for the night when it is night; which channel a ladder uses is the plan check's matter.  The call-out itself
// is kinder: it rings what is in doubt, and at night what rests when nothing else is left.  A proof that counted on
// either would be none.  Pure; as long as the snapshot lives.
#pragma once

#include <unordered_set>
#include <utility>
#include <vector>

#include "directory/roster/coverage.h"
#include "directory/snapshot.h"

namespace tocsin::directory {

class RosterReach final : public roster::ReachSource {
 public:
  struct Care {
    std::vector<roster::Span> nights;  // in order, apart from each other; all of the time that is looked at
    std::unordered_set<model::ContactId> doubtful;
  };
  explicit RosterReach(const Snapshot& people, Care care = {}) : people_(people), care_(std::move(care)) {}

  [[nodiscard]] roster::Course follow(std::span<const model::Selector> to_whom, model::AreaId where,
                                      const roster::Span& span) const override;

 private:
  const Snapshot& people_;
  const Care care_;
};

}  // namespace tocsin::directory
