// The parts of check, one file each.  Internal to gateway/rehearse.
#pragma once

#include <string>

#include "gateway/rehearse/check.h"
#include "gateway/rehearse/over_time.h"

namespace tocsin::rehearse {

void found(base::Diagnostics& findings, base::Severity severity, std::string code, std::string where,
           const base::Said& message, const base::Said& hint = {});

[[nodiscard]] const plan::Ladder& ladder_of(const plan::Plan& plan, int index);
// That ladder and those its hours put in its place.
[[nodiscard]] std::vector<const plan::Ladder*> climbed(const plan::Plan& plan, int ladder);
[[nodiscard]] bool asks(const plan::PlanStep& step);

// Against the directory.  `links`: the channels served.
void check_people(const plan::Plan& plan, const ports::Roster& roster, OverTime& over_time, unsigned links,
                  base::Diagnostics& findings);
// Against the links; `over_time` null: without a directory.
void check_links(const plan::Plan& plan, const ports::Roster* roster, OverTime* over_time, const CheckOptions& options,
                 Checked& checked);

// What is registered with their providers.
void check_registered(const plan::Plan& plan, const ports::Roster* roster, const std::vector<LinkFacts>& links,
                      base::Diagnostics& findings);

}  // namespace tocsin::rehearse
