// The part of the read side that shows versions of the plan.  Rules as in queries.h, which inherits it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/base/result.h"
#include "gateway/model/plan_version.h"

namespace tocsin::ports {

class PlanQueries {
 public:
  virtual ~PlanQueries() = default;
  // Newest first.
  [[nodiscard]] virtual base::Result<std::vector<model::PlanVersion>> plan_versions(int limit) const = 0;
  // kNotFound when there is no such version.
  [[nodiscard]] virtual base::Result<std::string> plan_source(int version) const = 0;
  // Empty before the first.
  [[nodiscard]] virtual base::Result<std::optional<model::PlanInForce>> plan_in_force() const = 0;
  // What was answered for when the plan of that digest was put in force.
  [[nodiscard]] virtual base::Result<std::vector<model::KeptOverride>> plan_overrides(
      std::string_view digest) const = 0;
};

}  // namespace tocsin::ports
