#include "gateway/rehearse/check.h"

#include "gateway/rehearse/check_parts.h"

namespace tocsin::rehearse {

void found(base::Diagnostics& findings, base::Severity severity, std::string code, std::string where,
           const base::Said& message, const base::Said& hint) {
  findings.push_back(base::finding(severity, std::move(code), message, hint, std::move(where)));
}

const plan::Ladder& ladder_of(const plan::Plan& plan, int index) {
  return plan.ladders[static_cast<std::size_t>(index)];
}

std::vector<const plan::Ladder*> climbed(const plan::Plan& plan, int ladder) {
  std::vector<const plan::Ladder*> all;
  if (ladder < 0) return all;
  all.push_back(&ladder_of(plan, ladder));
  for (const auto& hours : all.front()->hours) all.push_back(&ladder_of(plan, hours.ladder));
  return all;
}

bool asks(const plan::PlanStep& step) {
  return step.ladder >= 0 && (step.enough_all || step.enough > 0);
}

unsigned channels_of(const std::vector<LinkFacts>& links) {
  unsigned channels = 0;
  for (const auto& link : links) channels |= 1U << static_cast<unsigned>(link.channel);
  return channels;
}

Checked check(const plan::Plan& plan, const ports::Roster* roster, const CheckOptions& options) {
  Checked checked;
  std::optional<OverTime> over_time;
  if (roster != nullptr) {
    over_time.emplace(*roster, options.at, options.at + options.ahead);
    check_people(plan, *roster, *over_time, options.links ? channels_of(*options.links) : kEveryLink, checked.findings);
  }
  if (options.links) check_links(plan, roster, over_time ? &*over_time : nullptr, options, checked);
  if (over_time && !over_time->thinned().empty()) {
    checked.not_checked.push_back(
        base::said("every change of {0}: they change too often for how many they are, and were looked at less often",
                   "{0}的每一次变动：人数多、变动频繁，只按间隔抽查",
                   base::listed({over_time->thinned().begin(), over_time->thinned().end()})));
  }
  return checked;
}

}  // namespace tocsin::rehearse
