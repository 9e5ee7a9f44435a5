#include "gateway/app/plan_look.h"

#include "gateway/app/plan_against.h"

namespace tocsin::app {

LookAtPlan look_with(const std::vector<LinkSettings>& links, const std::string& public_url) {
  return [links, public_url](const plan::ReadPlan& read, const ports::Roster& roster, base::UtcTime at) {
    auto findings = check_against(*read.plan, &roster, &links, public_url, at).findings;
    // What has no place in any file (a link nobody uses) keeps none.
    for (auto& finding : findings) plan::locate(finding, read.places);
    return findings;
  };
}

}  // namespace tocsin::app
