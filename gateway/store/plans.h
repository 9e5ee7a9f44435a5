// Versions of the plan as they lie in the tables: read alike by the store, by the read side and before a start.
//
// Each reads on the given session, in its transaction when there is one.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/db/session.h"
#include "gateway/model/plan_version.h"

namespace tocsin::store {

[[nodiscard]] std::vector<model::PlanVersion> list_plan_versions(db::Session& session, int limit);  // newest first
[[nodiscard]] std::optional<std::string> read_plan_source(db::Session& session, int version);
[[nodiscard]] std::optional<model::PlanInForce> read_plan_in_force(db::Session& session);
[[nodiscard]] std::vector<model::KeptOverride> read_plan_overrides(db::Session& session, std::string_view digest);
[[nodiscard]] std::string read_plan_file_seen(db::Session& session);

}  // namespace tocsin::store
