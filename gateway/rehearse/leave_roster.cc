#include "gateway/rehearse/leave_roster.h"

#include <algorithm>
#include <unordered_map>

namespace tocsin::rehearse {

bool LeaveRoster::away(model::PersonId person) const {
  return std::find(on_leave_.begin(), on_leave_.end(), person) != on_leave_.end();
}

// Selector by selector, for the first that names a person wins, and who is named may be a deputy only now.
model::Resolved LeaveRoster::resolve(std::span<const model::Selector> selectors, model::AreaId where,
                                     base::UtcTime at) const {
  model::Resolved found;
  std::unordered_map<model::PersonId, std::size_t> place_of;
  const auto tell = [&](const model::Recipient& recipient) {
    const auto [place, fresh] = place_of.emplace(recipient.person, found.recipients.size());
    if (fresh) return found.recipients.push_back(recipient);
    auto& there = found.recipients[place->second];
    if (!there.stands_in_for && recipient.stands_in_for != recipient.person)
      there.stands_in_for = recipient.stands_in_for;
  };
  for (const auto& selector : selectors) {
    auto named = roster_.resolve(std::span(&selector, 1), where, at);
    for (auto& recipient : named.recipients) {
      if (!away(recipient.person)) {
        tell(recipient);
        continue;
      }
      const auto holder = recipient.stands_in_for ? recipient.stands_in_for : recipient.person;
      if (holder == recipient.person)
        named.not_told.push_back({holder, selector, model::to_text(selector), model::Reason::kOnLeave});
      if (const auto deputy = next_deputy(holder, selector, {}, at)) {
        recipient.person = *deputy;
        recipient.stands_in_for = holder;
        tell(recipient);
      }
    }
    std::move(named.not_told.begin(), named.not_told.end(), std::back_inserter(found.not_told));
  }
  return found;
}

std::optional<model::PersonId> LeaveRoster::next_deputy(model::PersonId person, const model::Selector& selector,
                                                        std::span<const model::PersonId> told, base::UtcTime at) const {
  std::vector<model::PersonId> passed(told.begin(), told.end());
  for (;;) {
    const auto deputy = roster_.next_deputy(person, selector, passed, at);
    if (!deputy || !away(*deputy)) return deputy;
    passed.push_back(*deputy);
  }
}

}  // namespace tocsin::rehearse
