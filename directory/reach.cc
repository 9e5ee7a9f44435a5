#include "directory/reach.h"

#include <algorithm>
#include <unordered_set>

namespace tocsin::directory {

std::vector<base::UtcTime> RosterReach::changes(std::span<const model::Selector> to_whom, model::AreaId where,
                                                const roster::Span& span) const {
  return people_.changes(to_whom, where, span.from, span.to);
}

roster::Reach RosterReach::reach(std::span<const model::Selector> to_whom, model::AreaId where, base::UtcTime at,
                                 std::size_t enough) const {
  const auto resolved = people_.resolve(to_whom, where, at);
  roster::Reach found;
  found.named = resolved.recipients.size();
  std::vector<const model::Recipient*> silent;
  for (const auto& recipient : resolved.recipients) {
    const auto* card = people_.person(recipient.person);
    const bool works = card != nullptr && std::any_of(card->contacts.begin(), card->contacts.end(),
                                                      [](const model::ContactPoint& point) { return point.agreed; });
    if (works) {
      ++found.reached;
    } else {
      silent.push_back(&recipient);
    }
  }
  if (found.reached >= enough) return found;
  std::unordered_set<model::PersonId> replaced;
  for (const auto& recipient : resolved.recipients) {
    if (recipient.stands_in_for) replaced.insert(recipient.stands_in_for);
  }
  for (const auto& not_told : resolved.not_told) {
    if (not_told.reason == model::Reason::kOnLeave) {
      if (replaced.count(not_told.person) != 0) continue;
      found.gaps.push_back({not_told.what, not_told.person, roster::Why::kOnLeave});
    } else if (not_told.reason == model::Reason::kPostEmpty) {
      const bool duty = not_told.selector.kind == model::SelectorKind::kDuty;
      found.gaps.push_back({not_told.what, {}, duty ? roster::Why::kNobodyOnDuty : roster::Why::kVacant});
    }
  }
  for (const auto* recipient : silent) {
    found.gaps.push_back({model::to_text(recipient->selector), recipient->person, roster::Why::kNoContact});
  }
  return found;
}

}  // namespace tocsin::directory
