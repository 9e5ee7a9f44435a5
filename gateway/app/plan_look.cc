#include "gateway/app/plan_look.h"

#include "gateway/app/links_mask.h"
#include "gateway/rehearse/check.h"

namespace tocsin::app {

LookAtPlan look_with(const std::vector<LinkSettings>& links) {
  return [served = channels_served(links)](const plan::ReadPlan& read, const ports::Roster& roster, base::UtcTime at) {
    const auto file = read.files.empty() ? std::string("plan") : read.files.begin()->first;
    auto findings = rehearse::check(*read.plan, roster, file, at, served);
    for (auto& finding : check_links(*read.plan, served, file)) findings.push_back(std::move(finding));
    for (auto& finding : findings) plan::locate(finding, read.places);
    return findings;
  };
}

}  // namespace tocsin::app
