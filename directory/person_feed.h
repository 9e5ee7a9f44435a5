// The duties of one person, as the directory gives them, as an iCalendar feed (roster/feed.h).
//
// A duty is theirs while the call-out would tell them for it: by name, as holder of a post, or standing in.
// Pure; safe from any thread.
#pragma once

#include <string>

#include "directory/roster/feed.h"
#include "directory/snapshot.h"
#include "directory/tables.h"

namespace tocsin::directory {

// Every duty there is a row of, each once, in the office's order.
[[nodiscard]] std::vector<std::string> duties_of(const Tables& tables);

// Those of `duties` that are theirs and touch `span`.  `host` ends the names of the events, so that they are the
// office's own.
[[nodiscard]] roster::Feed person_feed(const std::vector<std::string>& duties, const Snapshot& roster,
                                       const model::PersonCard& person, const roster::Span& span,
                                       const std::string& host, base::UtcTime made);

}  // namespace tocsin::directory
