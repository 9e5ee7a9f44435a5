#include "gateway/app/plan_against.h"

#include "adapters/sms/segments.h"
#include "gateway/app/link_kinds.h"
#include "gateway/base/text.h"
#include "gateway/model/alert_link.h"
#include "gateway/rehearse/run_cases.h"

namespace tocsin::app {

std::vector<rehearse::LinkFacts> link_facts(const std::vector<LinkSettings>& links, const std::string& public_url) {
  std::vector<rehearse::LinkFacts> facts;
  for (const auto& link : links) {
    rehearse::LinkFacts fact;
    fact.name = link.name;
    const auto* kind = link_kind(link.kind);
    if (kind != nullptr) fact.channel = kind->channel;
    fact.messages_per_second = link.rate;
    fact.max_parts = static_cast<int>(sms::kMostParts);
    const auto can = kind != nullptr && kind->can != nullptr ? kind->can(link) : ports::LinkCan{};
    fact.one_way = !can.answers;
    if (fact.channel == model::Channel::kSms) {
      fact.parts_of = [&link](std::string_view text) { return parts_over(link, text); };
      // As the dispatcher puts it there.
      if (!public_url.empty() && can.web_links)
        fact.web_line = "\n" + public_url + "/a#" + std::string(model::kAlertTokenLength, 'x');
    }
    if (kind != nullptr && kind->registered != nullptr) {
      if (auto registered = kind->registered(link)) fact.registered = std::move(*registered);
    }
    facts.push_back(std::move(fact));
  }
  return facts;
}

unsigned channels_served(const std::vector<LinkSettings>& links) {
  return rehearse::channels_of(link_facts(links));
}

rehearse::Parts parts_over(const LinkSettings& link, std::string_view text) {
  const auto* kind = link_kind(link.kind);
  const auto cut = kind != nullptr && kind->cut != nullptr
                       ? kind->cut(link, text)
                       : sms::encode_text(base::begun_with(link.signature, text), sms::ReferenceWidth::k16Bit);
  if (!cut && cut.error().code == base::ErrorCode::kRefused) return {0, true, std::stoi(cut.error().field)};
  if (!cut) return {0, true};
  return {static_cast<int>(cut->parts.size()), cut->alphabet == sms::Alphabet::kUcs2};
}

namespace {

void add_unusable(const std::vector<LinkSettings>& links, base::Diagnostics& findings) {
  for (const auto& link : links) {
    const auto* kind = link_kind(link.kind);
    if (kind == nullptr || kind->registered == nullptr) continue;
    const auto registered = kind->registered(link);
    if (registered) continue;
    findings.push_back(
        base::finding(base::Severity::kError, "registration-unusable",
                      base::said("link {0}: {1}", "线路{0}：{1}", link.name, registered.error().message)));
  }
}

}  // namespace

rehearse::Checked check_against(const plan::Plan& plan, const ports::Roster* roster,
                                const std::vector<LinkSettings>* links, const std::string& public_url,
                                base::UtcTime at) {
  rehearse::CheckOptions options;
  options.at = at;
  if (links != nullptr) options.links = link_facts(*links, public_url);
  auto checked = rehearse::check(plan, roster, options);
  if (links != nullptr) add_unusable(*links, checked.findings);
  const auto links_for = links == nullptr ? rehearse::kEveryLink : channels_served(*links);
  for (auto& failure : rehearse::run_cases(plan, roster, links_for).failures()) {
    checked.findings.push_back(std::move(failure));
  }
  return checked;
}

}  // namespace tocsin::app
