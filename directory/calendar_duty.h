// A calendar's shifts (roster/calendar.h) as rows of the table `duty`, with its people found in the directory.
//
// Who a shift is of: each attendee, by e-mail address, else by name; without attendees the words of the summary: the
// whole of it, else each of its pieces (divided by signs or blanks) that is the name or code of a person; else the
// organizer. Nobody is guessed: a shift of nobody the directory knows, or of a name that two persons have, is a
// finding. Pure; safe from any thread.
#pragma once

#include <string>
#include <vector>

#include "directory/roster/calendar.h"
#include "directory/tables.h"

namespace tocsin::directory {

struct CalendarDuty {
  std::vector<DutyRow> rows;   // by beginning
  base::Diagnostics findings;  // of shifts that have no row
};
[[nodiscard]] CalendarDuty duty_of(const roster::Calendar& calendar, const std::string& duty, const Tables& tables,
                                   const std::string& file);

// As a sheet that `directory import` reads.  Times by the clocks of `zone`, to the minute.
[[nodiscard]] std::string duty_sheet(const std::vector<DutyRow>& rows, const std::string& zone);

}  // namespace tocsin::directory
