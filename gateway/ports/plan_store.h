// The part of ports::Store that keeps versions of the plan.  The rules of ports/store.h hold.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/base/time.h"
#include "gateway/model/plan_version.h"

namespace tocsin::ports {

class PlanStore {
 public:
  virtual ~PlanStore() = default;
  // Get or create by digest; the source is kept whole.  `name` and `label` as PlanVersion.
  virtual int plan_version(std::string_view digest, std::string_view source, std::string_view name,
                           std::string_view label, base::UtcTime now) = 0;
  virtual std::optional<std::string> plan_source(int version) = 0;
  virtual std::vector<int> plan_versions_in_use() = 0;  // of open incidents
  virtual std::optional<model::PlanInForce> plan_in_force() = 0;
  virtual void put_in_force(const model::PlanSwap& swap) = 0;  // its number is new
  // The newest of one finding and place stands.
  virtual void keep_override(int version, const model::KeptOverride& kept) = 0;
  // The digest of the settings' plan file as it was last taken; empty: never.
  virtual std::string plan_file_seen() = 0;
  virtual void see_plan_file(std::string_view digest) = 0;
};

}  // namespace tocsin::ports
