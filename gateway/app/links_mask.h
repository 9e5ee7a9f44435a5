// Which channels the links of the settings serve.
#pragma once

#include "gateway/app/settings.h"
#include "gateway/base/diagnostic.h"
#include "gateway/plan/plan.h"

namespace tocsin::app {

// A bit (1 << channel) for each carried channel.
[[nodiscard]] unsigned channels_served(const std::vector<LinkSettings>& links);

// A warning for each ladder with a rung that no link can carry.  `file` names the plan.
[[nodiscard]] base::Diagnostics check_links(const plan::Plan& plan, unsigned served, const std::string& file);

}  // namespace tocsin::app
