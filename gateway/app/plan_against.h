// A plan against the directory and the links of this office: gateway/rehearse/check.h with the settings filled in.
//
// Pure; any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gateway/app/settings.h"
#include "gateway/rehearse/check.h"

namespace tocsin::app {

// What a plan depends on of those links.  `public_url`: what texts lead to where a link carries web links; empty:
// nothing. They are good as long as `links` is.
[[nodiscard]] std::vector<rehearse::LinkFacts> link_facts(const std::vector<LinkSettings>& links,
                                                          const std::string& public_url = {});
// A bit (1 << channel) for each channel those links serve.
[[nodiscard]] unsigned channels_served(const std::vector<LinkSettings>& links);

// How many short messages that link makes of a text, its signature before it: what its adapter makes.
[[nodiscard]] rehearse::Parts parts_over(const LinkSettings& link, std::string_view text);

// `roster` null: no directory was given; `links` null: no settings were.  The coming 30 days from `at` on, and the
// plan's own cases.  Findings still want plan::locate.
[[nodiscard]] rehearse::Checked check_against(const plan::Plan& plan, const ports::Roster* roster,
                                              const std::vector<LinkSettings>* links, const std::string& public_url,
                                              base::UtcTime at);

}  // namespace tocsin::app
