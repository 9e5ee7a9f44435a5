// Plans as JSON: their versions, and what was found about one that was offered.  Keys stand in docs/api/openapi.yaml.
// Pure, safe from any thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "adapters/https/problems.h"
#include "gateway/model/plan_version.h"
#include "gateway/ports/plan_offer.h"

namespace tocsin::https {

[[nodiscard]] std::string plan_versions_json(const std::vector<model::PlanVersion>& versions);
// `taken` is empty after a dry run.
[[nodiscard]] std::string plan_taken_json(const ports::PlanJudged& judged,
                                          const std::optional<model::PlanTaken>& taken);
// The problem, with all findings beside it.
[[nodiscard]] HttpResponse plan_refused(const ports::PlanJudged& judged, std::string_view language);

}  // namespace tocsin::https
