#include "directory/person_feed.h"

#include <algorithm>

namespace tocsin::directory {

std::vector<std::string> duties_of(const Tables& tables) {
  std::vector<std::string> duties;
  const auto add = [&](const auto& rows) {
    for (const auto& row : rows) {
      if (std::find(duties.begin(), duties.end(), row.duty) == duties.end()) duties.push_back(row.duty);
    }
  };
  add(tables.duty);
  add(tables.rotations);
  add(tables.overrides);
  return duties;
}

roster::Feed person_feed(const std::vector<std::string>& duties, const Snapshot& people,
                         const model::PersonCard& person, const roster::Span& span, const std::string& host,
                         base::UtcTime made) {
  roster::Feed feed;
  feed.name = person.name;
  feed.made = made;
  // A shift under way at the beginning keeps the beginning, and with it the name, that it has.
  const roster::Span looked_at{span.from - roster::kLookBack, span.to};
  for (const std::string& duty : duties) {
    const model::Selector selector{model::SelectorKind::kDuty, duty};
    std::vector<roster::Span> theirs;
    for (const auto& told : people.follow(std::span(&selector, 1), {}, looked_at).told) {
      if (told.person == person.id) theirs.push_back(told.span);
    }
    if (theirs.empty()) continue;
    std::string summary = duty;  // in their language, as a message would say it
    for (const auto& recipient : people.resolve(std::span(&selector, 1), {}, theirs.front().from).recipients) {
      if (recipient.person == person.id) summary = recipient.post_name;
    }
    for (auto& event : roster::events_of(std::move(theirs), duty, person.code, span, summary, host)) {
      feed.events.push_back(std::move(event));
    }
  }
  std::stable_sort(feed.events.begin(), feed.events.end(),
                   [](const auto& a, const auto& b) { return a.span.from < b.span.from; });
  return feed;
}

}  // namespace tocsin::directory
