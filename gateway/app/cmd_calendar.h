// tocsin directory calendar: a roster that a calendar program exported, as the sheet of duties `directory import`
// reads.
#pragma once

#include "gateway/app/cli_parts.h"

namespace tocsin::app {

struct CalendarCommand {
  std::string file, duty, database, directory, from, language, time_zone = "Asia/Shanghai";
  int days = 366;
};
// kExitRefused, and no sheet, when an event was not understood or names nobody.
int run_directory_calendar(const CalendarCommand& options);

// Adds it to the group `directory`.
void add_calendar(Command group, int& code);

}  // namespace tocsin::app
