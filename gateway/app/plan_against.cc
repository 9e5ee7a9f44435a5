#include "gateway/app/plan_against.h"

#include "adapters/sms/segments.h"
#include "gateway/app/link_kinds.h"
#include "gateway/rehearse/run_cases.h"

namespace tocsin::app {

std::vector<rehearse::LinkFacts> link_facts(const std::vector<LinkSettings>& links) {
  std::vector<rehearse::LinkFacts> facts;
  for (const auto& link : links) {
    rehearse::LinkFacts fact;
    fact.name = link.name;
    const auto* kind = link_kind(link.kind);
    if (kind != nullptr) fact.channel = kind->channel;
    fact.messages_per_second = link.rate;
    fact.max_parts = static_cast<int>(sms::kMostParts);
    facts.push_back(std::move(fact));
  }
  return facts;
}

unsigned channels_served(const std::vector<LinkSettings>& links) {
  return rehearse::channels_of(link_facts(links));
}

rehearse::Parts sms_parts(std::string_view text, const std::vector<LinkSettings>& links) {
  std::string_view signature;
  for (const auto& link : links) {
    if (link.signature.size() > signature.size()) signature = link.signature;
  }
  // With the wider header: an office that sends much soon needs it.
  const auto cut = sms::encode_text(std::string(signature) + std::string(text), sms::ReferenceWidth::k16Bit);
  if (!cut) return {static_cast<int>(sms::kMostParts) + 1, true};
  return {static_cast<int>(cut->parts.size()), cut->alphabet == sms::Alphabet::kUcs2};
}

rehearse::Checked check_against(const plan::Plan& plan, const ports::Roster* roster,
                                const std::vector<LinkSettings>* links, base::UtcTime at) {
  rehearse::CheckOptions options;
  options.at = at;
  if (links != nullptr) {
    options.links = link_facts(*links);
    options.parts_of = [links](std::string_view text) { return sms_parts(text, *links); };
  }
  auto checked = rehearse::check(plan, roster, options);
  const auto links_for = links == nullptr ? rehearse::kEveryLink : channels_served(*links);
  for (auto& failure : rehearse::run_cases(plan, roster, links_for).failures()) {
    checked.findings.push_back(std::move(failure));
  }
  return checked;
}

}  // namespace tocsin::app
