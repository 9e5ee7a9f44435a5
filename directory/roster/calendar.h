// Shifts out of an iCalendar file (RFC 5545), as calendar programs export a roster.
//
// Read: VEVENT with DTSTART, DTEND or DURATION, RRULE, RDATE, EXDATE, RECURRENCE-ID, STATUS:CANCELLED; who it is about
// in SUMMARY, ATTENDEE and ORGANIZER.  Lines are divided and unfolded here (3.1); recurrence rules alone go to libical,
// and only daily, weekly, monthly and yearly ones without hours, minutes, seconds or days of the year: no other can be
// the rule of a shift, and those can be made to run for hours.
//
// Clocks: a time with a TZID that is an IANA name is by that zone; by another name, by X-LIC-LOCATION of the VTIMEZONE
// of that name, or by its offset when it has but one.  A time without zone is the office's (3.3.5 form 1).  Occurrences
// begin and end by the clock on the wall: a shift from 20:00 to 08:00 does so in the night in which clocks change, as
// calendar programs show it.  An hour that is skipped or comes twice: base::from_local.
//
// Whatever is not understood is a finding with its line, and that event is left out.  Pure; safe from any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "directory/roster/span.h"
#include "gateway/base/diagnostic.h"

namespace tocsin::roster {

inline constexpr std::size_t kMostCalendarBytes = 4U << 20U, kMostCalendarLine = 64U << 10U;  // a line unfolded
inline constexpr std::size_t kMostEvents = 5'000, kMostRules = 500;
inline constexpr std::size_t kMostOccurrences = 50'000;  // in all, those before the window too

struct CalendarOptions {
  std::string file;  // what findings call it
  std::string zone;  // the office's, IANA
  Span window;       // only occurrences that touch it
};

struct CalendarPerson {
  std::string mail;  // lower case, without "mailto:"; may be empty
  std::string name;  // CN; may be empty
};

struct CalendarShift {
  Span span;
  std::string summary;
  std::vector<CalendarPerson> attendees;
  CalendarPerson organizer;
  int line = 0;  // of its BEGIN:VEVENT
};

struct Calendar {
  std::vector<CalendarShift> shifts;  // by beginning, then line
  base::Diagnostics findings;         // errors: nothing, or that event, was read
};

[[nodiscard]] Calendar read_calendar(std::string_view text, const CalendarOptions& options);

}  // namespace tocsin::roster
