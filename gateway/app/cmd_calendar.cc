#include "gateway/app/cmd_calendar.h"

#include <cstdio>
#include <fstream>
#include <memory>

#include "directory/calendar_duty.h"
#include "gateway/app/directory_source.h"
#include "gateway/app/office_time.h"
#include "gateway/app/plan_inputs.h"
#include "gateway/base/local_time.h"

namespace tocsin::app {
namespace {

base::Result<std::string> read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::string text(roster::kMostCalendarBytes + 1, '\0');  // one more than allowed, so that the reader sees it
  if (in) in.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (!in.is_open() || in.bad()) return base::Error{base::ErrorCode::kNotFound, path + " cannot be read", ""};
  text.resize(static_cast<std::size_t>(in.gcount()));
  return text;
}

}  // namespace

int run_directory_calendar(const CalendarCommand& options) {
  if (options.database.empty() == options.directory.empty()) {
    return fail(base::invalid("give either --database or --directory"), kExitUsage);
  }
  if (!base::zone_exists(options.time_zone)) {
    return fail(base::invalid("this machine knows no time zone \"" + options.time_zone + "\""), kExitUsage);
  }
  const auto from = begin_of_days(options.from, options.time_zone);
  if (!from) return fail(base::invalid("--from: expected \"2026-11-22\", office time or RFC 3339"), kExitUsage);
  const auto text = read_file(options.file);
  if (!text) return fail_to_open(text.error());
  const auto& source = options.database.empty() ? options.directory : options.database;
  if (!options.database.empty() && !is_database(source)) {
    return fail({base::ErrorCode::kNotFound, "cannot open the database " + source, ""}, kExitUsage);
  }
  directory::ImportOptions how;
  how.time_zone = options.time_zone;
  const auto loaded = load_directory(source, how);
  if (!loaded) return fail_to_open(loaded.error());
  const roster::Span window{*from, *from + std::chrono::hours(24) * options.days};
  const auto calendar = roster::read_calendar(*text, {options.file, options.time_zone, window});
  const auto found = directory::duty_of(calendar, options.duty, loaded->tables, options.file);
  const bool chinese = language_of_reader(options.language) == "zh";
  for (const auto* findings : {&calendar.findings, &found.findings}) {
    for (const auto& one : *findings) std::fputs(base::render(one, *text, chinese).c_str(), stderr);
  }
  if (base::has_errors(calendar.findings) || base::has_errors(found.findings)) {
    return fail(base::invalid("no sheet was made"), kExitRefused);
  }
  print(directory::duty_sheet(found.rows, options.time_zone));
  return kExitDone;
}

void add_calendar(Command group, int& code) {
  // Lives as long as the commands that fill it in.
  const auto o = std::make_shared<CalendarCommand>();
  auto calendar = group.add("calendar", "an iCalendar file as a sheet of duties, for `directory import`",
                            "tocsin directory calendar roster.ics --duty desk --database tocsin.db > duty.csv");
  calendar.option("FILE", o->file, "as a calendar program exports it").required();
  calendar.option("--duty", o->duty, "desk, leader, or one of the office's own").required();
  add_database_to_read(calendar, o->database);
  calendar.option("--directory", o->directory, "folder of sheets, or one sheet");
  calendar.option("--from", o->from, "a date, or a time in office time or RFC 3339; default now");
  calendar.option("--days", o->days, "how many days are read").between(1, 366).with_default_shown();
  calendar.option("--time-zone", o->time_zone, "of the office").with_default_shown();
  add_language(calendar, o->language);
  calendar.runs([o, &code] { code = run_directory_calendar(*o); });
}

}  // namespace tocsin::app
