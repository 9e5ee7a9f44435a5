#include "gateway/app/cmd_calendar.h"

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <memory>

#include "directory/calendar_duty.h"
#include "directory/duty_course.h"
#include "directory/listing.h"
#include "directory/person_feed.h"
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

// Where the days begin.
template <typename Options>
base::Result<base::UtcTime> checked(const Options& options) {
  if (options.database.empty() == options.directory.empty()) {
    return base::invalid("give either --database or --directory");
  }
  if (!base::zone_exists(options.time_zone)) {
    return base::invalid("this machine knows no time zone \"" + options.time_zone + "\"");
  }
  const auto from = begin_of_days(options.from, options.time_zone);
  if (!from) return base::invalid("--from: expected \"2026-11-22\", office time or RFC 3339");
  return *from;
}

template <typename Options>
base::Result<LoadedDirectory> load(const Options& options) {
  directory::ImportOptions how;
  how.time_zone = options.time_zone;
  if (options.database.empty()) return load_directory(options.directory, how);
  if (!is_database(options.database)) {
    return base::Error{base::ErrorCode::kNotFound, "cannot open the database " + options.database, ""};
  }
  return load_directory(options.database, how);
}

}  // namespace

int run_directory_calendar(const CalendarCommand& options) {
  const auto from = checked(options);
  if (!from) return fail(from.error(), kExitUsage);
  const auto text = read_file(options.file);
  if (!text) return fail_to_open(text.error());
  const auto loaded = load(options);
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

int run_directory_duty(const DutyCommand& options) {
  const auto from = checked(options);
  if (!from) return fail(from.error(), kExitUsage);
  const auto loaded = load(options);
  if (!loaded) return fail_to_open(loaded.error());
  const auto all = directory::duties_of(loaded->tables);
  for (const auto& duty : options.duties) {
    if (std::find(all.begin(), all.end(), duty) == all.end())
      return fail({base::ErrorCode::kNotFound, "nothing in the directory is of a duty \"" + duty + "\"", ""},
                  kExitRefused);
  }
  const auto& duties = options.duties.empty() ? all : options.duties;
  const roster::Span span{*from, *from + std::chrono::hours(24) * options.days};
  print(options.json ? directory::duty_json(*loaded->roster, duties, span)
                     : directory::duty_text(*loaded->roster, duties, span, options.time_zone,
                                            language_of_reader(options.language) == "zh"));
  return kExitDone;
}

int run_directory_feed(const FeedCommand& options) {
  const auto from = checked(options);
  if (!from) return fail(from.error(), kExitUsage);
  const auto loaded = load(options);
  if (!loaded) return fail_to_open(loaded.error());
  const auto* person = loaded->roster->person_coded(options.person);
  if (person == nullptr) {
    return fail(directory::no_such_code({loaded->tables, *loaded->roster}, options.person), kExitRefused);
  }
  const roster::Span span{*from, *from + std::chrono::hours(24) * options.days};
  const auto now = base::SystemClock().utc_now();
  print(roster::write_feed(
      directory::person_feed(directory::duties_of(loaded->tables), *loaded->roster, *person, span, options.host, now)));
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

  const auto d = std::make_shared<DutyCommand>();
  auto duty = group.add("duty", "who has which duty, from when to when, and where nobody has",
                        "tocsin directory duty desk --database tocsin.db --from 2026-12-01 --days 31");
  duty.option("DUTY", d->duties, "desk, leader, or one of the office's own; default all");
  add_database_to_read(duty, d->database);
  duty.option("--directory", d->directory, "folder of sheets, or one sheet");
  duty.option("--from", d->from, "a date, or a time in office time or RFC 3339; default now");
  duty.option("--days", d->days, "how many days").between(1, 366).with_default_shown();
  duty.option("--time-zone", d->time_zone, "of the office").with_default_shown();
  add_language(duty, d->language);
  add_json(duty, d->json);
  duty.runs([d, &code] { code = run_directory_duty(*d); });

  const auto f = std::make_shared<FeedCommand>();
  auto feed = group.add("feed", "the duties of one person as an iCalendar file",
                        "tocsin directory feed xia-qinghe --database tocsin.db > duties.ics");
  feed.option("PERSON", f->person, "code of the person").required();
  add_database_to_read(feed, f->database);
  feed.option("--directory", f->directory, "folder of sheets, or one sheet");
  feed.option("--from", f->from, "a date, or a time in office time or RFC 3339; default now");
  feed.option("--days", f->days, "how many days").between(1, 366).with_default_shown();
  feed.option("--host", f->host, "of the office: ends the name of each event").with_default_shown();
  feed.option("--time-zone", f->time_zone, "of the office").with_default_shown();
  feed.runs([f, &code] { code = run_directory_feed(*f); });
}

}  // namespace tocsin::app
