// What a directory and the links of the settings show about a plan, for the judgement of plan_swap.h.
#pragma once

#include "gateway/app/plan_swap.h"
#include "gateway/app/settings.h"

namespace tocsin::app {

// The links are those that were started; the findings name places of the plan's files.
[[nodiscard]] LookAtPlan look_with(const std::vector<LinkSettings>& links, const std::string& public_url);

}  // namespace tocsin::app
