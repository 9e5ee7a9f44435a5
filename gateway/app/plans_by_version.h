// The plan that an incident runs under, for those who read: versions of the past are read from the database once.
#pragma once

#include <functional>
#include <map>

#include "gateway/base/guarded.h"
#include "gateway/model/plan_version.h"
#include "gateway/plan/plan.h"
#include "gateway/ports/plan_queries.h"

namespace tocsin::app {

// Any thread.
class PlansByVersion {
 public:
  // `in_force` and `swap`: the plan in force and the swap that put it there; any thread.  All outlive this.
  PlansByVersion(const ports::PlanQueries& queries, std::function<plan::PlanPtr()> in_force,
                 std::function<model::PlanSwap()> swap)
      : queries_(queries), in_force_(std::move(in_force)), swap_(std::move(swap)) {}

  // The plan in force when that version cannot be read any more, as the engine does; never null.  The first time of a
  // version takes as long as reading a plan does.
  [[nodiscard]] plan::PlanPtr of(int version) const;

 private:
  static constexpr std::size_t kRemembered = 16;

  const ports::PlanQueries& queries_;
  const std::function<plan::PlanPtr()> in_force_;
  const std::function<model::PlanSwap()> swap_;
  mutable base::Guarded<std::map<int, plan::PlanPtr>> known_;
};

}  // namespace tocsin::app
