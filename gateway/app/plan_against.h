// A plan against the directory and the links of this office: gateway/rehearse/check.h with the settings filled in.
//
// Pure; any thread.
#pragma once

#include <string_view>
#include <vector>

#include "gateway/app/settings.h"
#include "gateway/rehearse/check.h"

namespace tocsin::app {

// Both kinds of link that there are, smpp and console, carry what the plan calls sms, in any alphabet, both ways.
[[nodiscard]] std::vector<rehearse::LinkFacts> link_facts(const std::vector<LinkSettings>& links);
// A bit (1 << channel) for each channel those links serve.
[[nodiscard]] unsigned channels_served(const std::vector<LinkSettings>& links);

// How many short messages a text makes behind the longest signature of those links.
[[nodiscard]] rehearse::Parts sms_parts(std::string_view text, const std::vector<LinkSettings>& links);

// `roster` null: no directory was given; `links` null: no settings were.  The coming 30 days from `at` on, and the
// plan's own cases.  Findings still want plan::locate.
[[nodiscard]] rehearse::Checked check_against(const plan::Plan& plan, const ports::Roster* roster,
                                              const std::vector<LinkSettings>* links, base::UtcTime at);

}  // namespace tocsin::app
