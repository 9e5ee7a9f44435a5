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

struct FeedCommand {
  std::string person, database, directory, from, host = "tocsin.invalid", time_zone = "Asia/Shanghai";
  int days = 90;
};
int run_directory_feed(const FeedCommand& options);

// Adds both to the group `directory`.
void add_calendar(Command group, int& code);

}  // namespace tocsin::app
