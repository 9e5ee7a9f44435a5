#include "gateway/rehearse/over_time.h"

#include <algorithm>
#include <unordered_set>

namespace tocsin::rehearse {
namespace {

// People found, moment by moment: for one list at one place, and in all.  Some hundred nanoseconds each.
constexpr std::int64_t kMostWork = 200'000, kMostWorkInAll = 2'000'000;

// Places a report can name that hold no smaller ones; no place at all when the directory has no areas.
std::vector<model::AreaId> smallest_areas(const ports::Roster& roster) {
  std::set<model::AreaId> parents;
  for (const auto& area : roster.areas()) parents.insert(area.parent);
  std::vector<model::AreaId> leaves;
  for (const auto& area : roster.areas()) {
    if (parents.count(area.id) == 0) leaves.push_back(area.id);
  }
  if (leaves.empty()) leaves.push_back({});
  return leaves;
}

}  // namespace

bool depends_on_place(const model::Selector& selector) {
  return selector.kind == model::SelectorKind::kAreaRole || selector.kind == model::SelectorKind::kAreaUpRole;
}

OverTime::OverTime(const ports::Roster& roster, base::UtcTime from, base::UtcTime to)
    : roster_(roster), from_(from), to_(to), smallest_areas_(smallest_areas(roster)), work_left_(kMostWorkInAll) {}

// `size`: how many are found at the first of them.
std::vector<base::UtcTime> OverTime::moments(const std::vector<model::Selector>& selectors, model::AreaId place,
                                             std::size_t size) {
  auto all = roster_.changes(selectors, place, from_, to_);
  const auto work = std::min(kMostWork, work_left_) / static_cast<std::int64_t>(std::max<std::size_t>(size, 1));
  const auto most = static_cast<std::size_t>(std::max<std::int64_t>(work, 1));
  if (all.size() > most) {
    // Too often to look each time: evenly over the time, hourly at the most.
    for (const auto& selector : selectors) thinned_.insert(model::to_text(selector));
    const auto hours = std::max<std::int64_t>((to_ - from_) / std::chrono::hours(1), 1);
    const auto step =
        std::chrono::hours((hours + static_cast<std::int64_t>(most) - 1) / static_cast<std::int64_t>(most));
    all.clear();
    for (auto at = from_ + step; at < to_; at += step) all.push_back(at);
  }
  if (!all.empty() && all.front() == from_) all.erase(all.begin());
  work_left_ -= static_cast<std::int64_t>(all.size() * std::max<std::size_t>(size, 1));
  work_left_ = std::max<std::int64_t>(work_left_, 0);
  return all;
}

const FoundOverTime& OverTime::find(const std::vector<model::Selector>& selectors) {
  const auto known = kept_.find(selectors);
  if (known != kept_.end()) return known->second;
  FoundOverTime found;
  std::unordered_set<model::PersonId> seen;
  const auto look = [&](FoundOverTime::AtPlace& here, base::UtcTime at) {
    const auto resolved = roster_.resolve(selectors, here.place, at);
    const auto count = resolved.recipients.size();
    if (here.stretches.empty() || here.stretches.back().count != count) here.stretches.push_back({at, count});
    found.most = std::max(found.most, count);
    for (const auto& recipient : resolved.recipients) {
      if (!seen.insert(recipient.person).second) continue;
      const auto by = std::find(selectors.begin(), selectors.end(), recipient.selector);
      found.people.emplace_back(recipient.person, static_cast<std::size_t>(by - selectors.begin()));
    }
    return count;
  };
  const bool by_place = std::any_of(selectors.begin(), selectors.end(), depends_on_place);
  for (const auto place : by_place ? smallest_areas_ : std::vector<model::AreaId>{{}}) {
    FoundOverTime::AtPlace here{place, {}};
    const auto size = look(here, from_);
    for (const auto at : moments(selectors, place, size)) look(here, at);
    found.places.push_back(std::move(here));
  }
  return kept_.emplace(selectors, std::move(found)).first->second;
}

std::optional<Shortage> OverTime::below(const std::vector<model::Selector>& selectors, std::size_t least) {
  std::optional<Shortage> first;
  int times = 0;
  std::vector<model::AreaId> places;
  for (const auto& here : find(selectors).places) {
    bool at_this_place = false;
    for (std::size_t i = 0; i < here.stretches.size(); ++i) {
      if (here.stretches[i].count >= least) continue;
      if (i > 0 && here.stretches[i - 1].count < least) continue;  // part of the one before
      ++times;
      at_this_place = true;
      std::size_t end = i + 1;
      while (end < here.stretches.size() && here.stretches[end].count < least) ++end;
      const auto from = here.stretches[i].from;
      if (first && first->from <= from) continue;
      first = Shortage{};
      first->from = from;
      if (end < here.stretches.size()) first->to = here.stretches[end].from;
      first->always = i == 0 && !first->to;
      first->fewest = here.stretches[i].count;
    }
    if (at_this_place) places.push_back(here.place);
  }
  if (!first) return std::nullopt;
  first->times = times;
  first->places = std::move(places);
  return first;
}

}  // namespace tocsin::rehearse
