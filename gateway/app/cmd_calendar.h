// tocsin directory duty, calendar, feed: the roster to read, in from a calendar program, and out to one.
#pragma once

#include <string>
#include <vector>

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

struct DutyCommand {
  std::vector<std::string> duties;  // empty: all
  std::string database, directory, from, language, time_zone = "Asia/Shanghai";
  int days = 7;
  bool json = false;
};
// kExitRefused when a duty that was named is nobody's in the directory.
int run_directory_duty(const DutyCommand& options);

// Adds them to the group `directory`.
void add_calendar(Command group, int& code);

}  // namespace tocsin::app
