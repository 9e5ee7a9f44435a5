// One person's shifts as an iCalendar file (RFC 5545), for the calendar of their telephone.
//
// Pure functions over UTF-8; times are written in UTC, so that no description of a zone is needed.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "directory/roster/shifts.h"

namespace tocsin::roster {

struct FeedEvent {
  std::string uid;      // stays while the shift stays (section 3.8.4.7)
  std::string summary;  // "Duty desk"
  Span span;
};

struct Feed {
  std::string name;      // of the calendar; may be empty
  base::UtcTime made{};  // DTSTAMP of every event (3.8.7.2): when the roster last changed, so that a feed that says the
                         // same is the same
  std::vector<FeedEvent> events;
};

// The stretches of `duty` within `span` in which `who` is on; those that touch are one event, whichever layer they come
// from.  `uid` is made of the duty, who, and the beginning: "desk-ann-20261122T000000Z@office.example".  A shift that
// began before `span` keeps its beginning if that is at most kLookBack earlier.
inline constexpr std::chrono::hours kLookBack{31 * 24};
[[nodiscard]] std::vector<FeedEvent> events_of(const Shifts& shifts, std::string_view duty, std::string_view who,
                                               const Span& span, std::string_view summary, std::string_view host);

// The same of stretches that are known already, in any order: those that touch or overlap are one event.
[[nodiscard]] std::vector<FeedEvent> events_of(std::vector<Span> stretches, std::string_view duty, std::string_view who,
                                               const Span& span, std::string_view summary, std::string_view host);

// Lines end in CRLF and are folded behind 75 octets at most, never inside a character (3.1); text is escaped (3.3.11),
// and control characters are left out.  Seconds are cut.
[[nodiscard]] std::string write_feed(const Feed& feed);

}  // namespace tocsin::roster
