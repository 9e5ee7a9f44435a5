#include "gateway/app/links_mask.h"

namespace tocsin::app {

unsigned channels_served(const std::vector<LinkSettings>& links) {
  // Both kinds that there are, smpp and console, carry what the plan calls sms.
  return links.empty() ? 0U : 1U << static_cast<unsigned>(model::Channel::kSms);
}

base::Diagnostics check_links(const plan::Plan& plan, unsigned served, const std::string& file) {
  base::Diagnostics findings;
  for (const auto& ladder : plan.ladders) {
    unsigned named = 0;
    for (const auto& rung : ladder.rungs) {
      const unsigned bit = model::is_carried(rung.channel) ? 1U << static_cast<unsigned>(rung.channel) : 0U;
      if (bit == 0 || (served & bit) != 0 || (named & bit) != 0) continue;
      named |= bit;
      findings.push_back({base::Severity::kWarning, "no-link-for-channel", file, 0, 0,
                          "ladder " + ladder.name + " uses " + std::string(model::name_of(rung.channel)) +
                              ", but no link of the settings serves it: the rung is passed over",
                          ""});
    }
  }
  return findings;
}

}  // namespace tocsin::app
