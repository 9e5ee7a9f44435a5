#include "directory/reach.h"

#include <algorithm>

namespace tocsin::directory {
namespace {

// What the contact points of one person come to.
struct Works {
  bool always = false, by_day = false, in_doubt = false;
};

Works works_of(const model::PersonCard& card, const std::unordered_set<model::ContactId>& doubtful) {
  Works works;
  for (const auto& contact : card.contacts) {
    if (!contact.agreed) continue;
    if (doubtful.count(contact.id) != 0) {
      works.in_doubt = true;
    } else if (contact.not_at_night) {
      works.by_day = true;
    } else {
      works.always = true;
    }
  }
  return works;
}

}  // namespace

roster::Course RosterReach::follow(std::span<const model::Selector> to_whom, model::AreaId where,
                                   const roster::Span& span) const {
  roster::Course course = people_.follow(to_whom, where, span);
  if (care_.nights.empty() && care_.doubtful.empty()) return course;
  std::vector<roster::Told> told;
  told.reserve(course.told.size());
  const auto miss = [&](model::PersonId person, roster::Why why, const roster::Span& when) {
    course.missing.push_back({{{}, person, why}, when});
  };
  for (const roster::Told& one : course.told) {
    const auto* card = one.reached ? people_.person(one.person) : nullptr;
    const Works works = card == nullptr ? Works{true, false, false} : works_of(*card, care_.doubtful);
    if (works.always) {
      told.push_back(one);
      continue;
    }
    if (works.in_doubt) miss(one.person, roster::Why::kInDoubt, one.span);
    if (!works.by_day) {
      told.push_back({one.person, false, one.span});
      continue;
    }
    // By day they are reached, at night they are not.
    base::UtcTime at = one.span.from;
    for (const roster::Span& night : care_.nights) {
      const roster::Span dark{std::max(night.from, at), std::min(night.to, one.span.to)};
      if (dark.from >= dark.to) continue;
      if (at < dark.from) told.push_back({one.person, true, {at, dark.from}});
      told.push_back({one.person, false, dark});
      miss(one.person, roster::Why::kRestsAtNight, dark);
      at = dark.to;
    }
    if (at < one.span.to) told.push_back({one.person, true, {at, one.span.to}});
  }
  course.told = std::move(told);
  return course;
}

}  // namespace tocsin::directory
