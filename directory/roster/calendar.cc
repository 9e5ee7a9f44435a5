#include "directory/roster/calendar.h"

#include <libical/ical.h>

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <utility>

#include "directory/roster/calendar_times.h"
#include "directory/roster/content_lines.h"
#include "gateway/base/local_time.h"
#include "gateway/base/text.h"

namespace tocsin::roster {
namespace {

using base::said;
using base::Said;

constexpr std::int64_t kLongestShift = 31 * kSecondsOfDay;
constexpr std::size_t kMostZones = 50, kMostDates = 5'000;  // dates of RDATE and EXDATE of one event

struct Block {
  std::vector<const ContentLine*> lines;
  int line = 0;
  [[nodiscard]] const ContentLine* find(std::string_view name) const {
    const auto found = std::find_if(lines.begin(), lines.end(), [&](const ContentLine* l) { return l->name == name; });
    return found == lines.end() ? nullptr : *found;
  }
};

// "RRULE" of a shift: only what cannot be made to run for hours.
bool is_calm(std::string_view rule) {
  static const std::set<std::string_view> kParts = {"FREQ",  "INTERVAL", "COUNT",      "UNTIL",
                                                    "BYDAY", "BYMONTH",  "BYMONTHDAY", "WKST"};
  static const std::set<std::string_view> kOften = {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"};
  bool often = false;
  std::set<std::string> seen;
  if (rule.size() > 500) return false;
  for (const std::string& part : base::split(rule, ';')) {
    const auto equal = part.find('=');
    if (equal == std::string::npos) return false;
    const std::string name = part.substr(0, equal), value = part.substr(equal + 1);
    if (kParts.count(name) == 0 || !seen.insert(name).second) return false;
    if (name == "FREQ") often = kOften.count(value) != 0;
    const int count = name == "INTERVAL" || name == "COUNT" ? count_in(value) : 1;
    if (count < 1 || count > 10'000) return false;
  }
  return often;
}

class Reader {
 public:
  Reader(std::string_view text, const CalendarOptions& options) : options_(options), source_(content_lines(text)) {}

  Calendar run() {
    if (source_.too_long > 0) {
      fail(source_.too_long, "line-too-long", said("a line is longer than 64 KB", "一行超过64 KB"));
      return std::move(out_);
    }
    divide();
    if (base::has_errors(out_.findings)) return std::move(out_);
    // Those that replace one occurrence first: their master leaves it out.
    for (const Block& event : events_) {
      if (event.find("RECURRENCE-ID") != nullptr) read_event(event);
    }
    for (const Block& event : events_) {
      if (event.find("RECURRENCE-ID") == nullptr) read_event(event);
    }
    std::stable_sort(out_.shifts.begin(), out_.shifts.end(), [](const CalendarShift& a, const CalendarShift& b) {
      return std::tie(a.span.from, a.line) < std::tie(b.span.from, b.line);
    });
    return std::move(out_);
  }

 private:
  void fail(int line, std::string code, const Said& message) {
    if (out_.findings.size() >= 500) return;
    auto one = base::finding(base::Severity::kError, std::move(code), message);
    one.file = options_.file;
    one.line = line;
    out_.findings.push_back(std::move(one));
  }

  // VEVENT and VTIMEZONE blocks; what nests inside an event (VALARM) is left out.
  void divide() {
    std::vector<std::string> open;
    Block* block = nullptr;
    Block zone;
    bool any = false;
    for (const ContentLine& line : source_.lines) {
      if (line.name == "BEGIN") {
        open.push_back(line.value);
        any = any || line.value == "VCALENDAR";
        if (open.size() > 8) return fail(line.line, "not-a-calendar", said("blocks nest too deep", "嵌套过深"));
        if (line.value == "VEVENT" && block == nullptr) {
          if (events_.size() >= kMostEvents) {
            return fail(line.line, "too-many-events", said("more than {0} events", "事件超过{0}个", kMostEvents));
          }
          block = &events_.emplace_back();
          block->line = line.line;
        } else if (line.value == "VTIMEZONE" && block == nullptr) {
          zone = {};
          block = &zone;
        }
        continue;
      }
      if (line.name == "END") {
        if (open.empty() || open.back() != line.value) {
          return fail(line.line, "not-a-calendar", said("END of what has no BEGIN", "END没有对应的BEGIN"));
        }
        open.pop_back();
        if (line.value == "VTIMEZONE" && block == &zone) take_zone(zone);
        if (line.value == "VTIMEZONE" || line.value == "VEVENT") block = nullptr;
        continue;
      }
      if (block == nullptr) continue;
      if (block == &zone || open.back() == "VEVENT") block->lines.push_back(&line);
    }
    if (!any || !open.empty()) {
      fail(1, "not-a-calendar", said("is no whole iCalendar file", "不是完整的iCalendar文件"));
    }
  }

  void take_zone(const Block& block) {
    const auto* id = block.find("TZID");
    if (id == nullptr || zones_.size() >= kMostZones) return;
    Zone zone;
    const auto* location = block.find("X-LIC-LOCATION");
    if (location != nullptr && base::zone_exists(location->value)) {
      zone.iana = location->value;
    } else {
      std::set<std::int64_t> offsets;
      for (const ContentLine* line : block.lines) {
        if (line->name != "TZOFFSETTO" && line->name != "TZOFFSETFROM") continue;
        const auto offset = utc_offset(line->value);
        if (!offset) return;
        offsets.insert(*offset);
      }
      if (offsets.size() != 1) return;
      zone.offset = *offsets.begin();
    }
    zones_.emplace(id->value, zone);
  }

  std::optional<Zone> zone_of(const ContentLine& line, const WallTime& time) const {
    if (time.utc) return Zone{"UTC", {}};
    const std::string id(line.parameter("TZID"));
    if (id.empty()) return Zone{options_.zone, {}};
    if (base::zone_exists(id)) return Zone{id, {}};
    const auto known = zones_.find(id);
    if (known != zones_.end()) return known->second;
    // "/example.org/Europe/London": 3.2.19 lets a name begin with whose registry it is of.
    for (std::size_t slash = id.find('/'); slash != std::string::npos; slash = id.find('/', slash + 1)) {
      if (const auto rest = id.substr(slash + 1); base::zone_exists(rest)) return Zone{rest, {}};
    }
    return std::nullopt;
  }

  struct Event {
    WallTime start;
    Zone zone;
    std::int64_t seconds = 0;  // by the clock on the wall
  };

  // Absent: said why.
  std::optional<Event> times_of(const Block& block) {
    const auto* start = block.find("DTSTART");
    const auto at = start == nullptr ? std::nullopt : wall_time(start->value);
    if (!at) {
      fail(block.line, "bad-start", said("an event without a DTSTART that can be read", "事件没有可读的DTSTART"));
      return std::nullopt;
    }
    const auto zone = zone_of(*start, *at);
    if (!zone) {
      fail(start->line, "unknown-zone",
           said("no time zone \"{0}\" is known", "不认识时区“{0}”",
                base::cut(base::to_valid_utf8(start->parameter("TZID")), 64)));
      return std::nullopt;
    }
    Event event{*at, *zone, at->date ? kSecondsOfDay : 0};
    if (const auto* end = block.find("DTEND")) {
      const auto until = wall_time(end->value);
      const auto end_zone = until ? zone_of(*end, *until) : std::nullopt;
      if (!end_zone || until->date != at->date) {
        fail(end->line, "bad-end", said("a DTEND that cannot be read", "DTEND无法读取"));
        return std::nullopt;
      }
      const bool same = end_zone->iana == zone->iana && end_zone->offset == zone->offset;
      event.seconds =
          same ? until->wall - at->wall
               : std::chrono::floor<std::chrono::seconds>(end_zone->utc(until->wall) - zone->utc(at->wall)).count();
    } else if (const auto* length = block.find("DURATION")) {
      event.seconds = duration(length->value).value_or(-1);
    }
    if (event.seconds <= 0 || event.seconds > kLongestShift) {
      fail(block.line, "bad-length",
           said("an event that ends before it begins, or lasts more than 31 days", "事件结束早于开始，或长于31天"));
      return std::nullopt;
    }
    return event;
  }

  void read_event(const Block& block) {
    const auto* uid_line = block.find("UID");
    const std::string uid = uid_line == nullptr ? std::string() : uid_line->value;
    const auto* recurrence = block.find("RECURRENCE-ID");
    if (recurrence != nullptr) {
      const auto at = wall_time(recurrence->value);
      const auto zone = at ? zone_of(*recurrence, *at) : std::nullopt;
      if (!zone || !recurrence->parameter("RANGE").empty()) {
        fail(recurrence->line, "bad-recurrence-id",
             said("a change of one occurrence that cannot be read, or of all that follow",
                  "单次变更无法读取，或变更以后各次"));
        return;
      }
      replaced_.emplace(uid, zone->utc(at->wall));
    }
    const auto* status = block.find("STATUS");
    if (status != nullptr && status->value == "CANCELLED") return;
    const auto event = times_of(block);
    if (!event) return;
    CalendarShift shift;
    shift.line = block.line;
    take_people(block, shift);
    std::set<base::UtcTime> without;
    std::vector<Wall> starts{event->start.wall};
    if (!take_dates(block, *event, "EXDATE", [&](Wall wall) { without.insert(event->zone.utc(wall)); }) ||
        !take_dates(block, *event, "RDATE", [&](Wall wall) { starts.push_back(wall); }) ||
        !take_rules(block, *event, starts)) {
      return;
    }
    std::sort(starts.begin(), starts.end());
    starts.erase(std::unique(starts.begin(), starts.end()), starts.end());
    for (const Wall start : starts) {
      shift.span = {event->zone.utc(start), event->zone.utc(start + event->seconds)};
      if (shift.span.empty() || without.count(shift.span.from) != 0) continue;
      if (recurrence == nullptr && replaced_.count({uid, shift.span.from}) != 0) continue;
      if (shift.span.to > options_.window.from && shift.span.from < options_.window.to) out_.shifts.push_back(shift);
    }
  }

  // EXDATE and RDATE: in the zone of their own, as readings of the event's clock.
  template <typename Take>
  bool take_dates(const Block& block, const Event& event, std::string_view name, const Take& take) {
    std::size_t count = 0;
    for (const ContentLine* line : block.lines) {
      if (line->name != name) continue;
      for (const std::string& one : base::split(line->value, ',')) {
        const auto at = wall_time(one);
        const auto zone = at ? zone_of(*line, *at) : std::nullopt;
        if (!zone || ++count > kMostDates) {
          fail(line->line, "bad-dates", said("{0} cannot be read", "{0}无法读取", name));
          return false;
        }
        if (at->date != event.start.date) {
          // A date alone leaves out the day's occurrence of an event with times.
          take(at->wall + event.start.wall % kSecondsOfDay);
        } else {
          take(event.start.wall + wall_between(event, *zone, at->wall));
        }
      }
    }
    return true;
  }

  // From the event's start to a reading of another clock, by the event's own.
  static std::int64_t wall_between(const Event& event, const Zone& zone, Wall wall) {
    if (zone.iana == event.zone.iana && zone.offset == event.zone.offset) return wall - event.start.wall;
    const auto at = zone.utc(wall);
    if (event.zone.offset) {
      return std::chrono::floor<std::chrono::seconds>(at.time_since_epoch()).count() + *event.zone.offset -
             event.start.wall;
    }
    const auto text = base::local_text(at, event.zone.iana, "%Y%m%dT%H%M%S");
    const auto there = text ? wall_time(*text) : std::nullopt;
    return there ? there->wall - event.start.wall : 0;
  }

  bool take_rules(const Block& block, const Event& event, std::vector<Wall>& starts) {
    for (const ContentLine* line : block.lines) {
      if (line->name == "EXRULE") {
        fail(line->line, "rule-refused", said("EXRULE is not read", "不支持EXRULE"));
        return false;
      }
      if (line->name != "RRULE") continue;
      if (!is_calm(line->value) || ++rules_ > kMostRules || !follow(*line, event, starts)) {
        fail(line->line, "rule-refused",
             said("a recurrence rule that is not one of shifts, or has too many occurrences",
                  "重复规则不是排班用的规则，或次数过多"));
        return false;
      }
    }
    return true;
  }

  bool follow(const ContentLine& line, const Event& event, std::vector<Wall>& starts) {
    std::string rule;
    std::optional<WallTime> until;
    for (const std::string& part : base::split(line.value, ';')) {
      if (part.starts_with("UNTIL=")) {
        until = wall_time(std::string_view(part).substr(6));
        if (!until) return false;
      } else {
        rule += (rule.empty() ? "" : ";") + part;
      }
    }
    const auto past_end = [&](Wall wall) {
      if (!until) return false;
      if (until->date) return wall / kSecondsOfDay > until->wall / kSecondsOfDay;
      if (until->utc) return event.zone.utc(wall) > base::UtcTime{} + std::chrono::seconds(until->wall);
      return wall > until->wall;
    };
    icalerror_set_errors_are_fatal(0);
    const auto parsed = icalrecurrencetype_from_string(rule.c_str());
    if (parsed.freq == ICAL_NO_RECURRENCE) return false;
    const std::chrono::sys_seconds begin{std::chrono::seconds(event.start.wall)};
    const std::chrono::year_month_day day{std::chrono::floor<std::chrono::days>(begin)};
    const auto rest = static_cast<int>(event.start.wall % kSecondsOfDay);
    icaltimetype start = icaltime_null_time();
    start.year = static_cast<int>(day.year());
    start.month = static_cast<int>(static_cast<unsigned>(day.month()));
    start.day = static_cast<int>(static_cast<unsigned>(day.day()));
    start.hour = rest / 3600;
    start.minute = rest / 60 % 60;
    start.second = rest % 60;
    const std::unique_ptr<icalrecur_iterator, void (*)(icalrecur_iterator*)> all(icalrecur_iterator_new(parsed, start),
                                                                                 icalrecur_iterator_free);
    if (!all) return false;
    for (;;) {
      const icaltimetype next = icalrecur_iterator_next(all.get());
      if (icaltime_is_null_time(next) != 0) return true;
      if (++occurrences_ > kMostOccurrences) return false;
      const std::chrono::year_month_day on{std::chrono::year{next.year},
                                           std::chrono::month{static_cast<unsigned>(next.month)},
                                           std::chrono::day{static_cast<unsigned>(next.day)}};
      if (!on.ok()) return false;
      const Wall wall = std::chrono::sys_days{on}.time_since_epoch().count() * kSecondsOfDay + rest;
      if (past_end(wall) || event.zone.utc(wall) >= options_.window.to) return true;
      starts.push_back(wall);
    }
  }

  static CalendarPerson person_of(const ContentLine& line) {
    CalendarPerson person;
    std::string mail = line.value;
    std::transform(mail.begin(), mail.end(), mail.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    if (mail.starts_with("mailto:")) person.mail = plain_text(mail.substr(7));
    person.name = plain_text(line.parameter("CN"));
    return person;
  }

  static void take_people(const Block& block, CalendarShift& shift) {
    for (const ContentLine* line : block.lines) {
      if (line->name == "SUMMARY") shift.summary = base::cut(plain_text(line->value), 200);
      if (line->name == "ORGANIZER") shift.organizer = person_of(*line);
      if (line->name == "ATTENDEE" && shift.attendees.size() < 20 && line->parameter("CUTYPE") != "ROOM" &&
          line->parameter("PARTSTAT") != "DECLINED") {
        shift.attendees.push_back(person_of(*line));
      }
    }
  }

  const CalendarOptions& options_;
  const ContentLines source_;
  Calendar out_;
  std::vector<Block> events_;
  std::map<std::string, Zone> zones_;
  std::set<std::pair<std::string, base::UtcTime>>
      replaced_;  // UID and beginning of occurrences with a row of their own
  std::size_t rules_ = 0, occurrences_ = 0;
};

}  // namespace

Calendar read_calendar(std::string_view text, const CalendarOptions& options) {
  if (text.size() > kMostCalendarBytes) {
    Calendar out;
    auto one = base::finding(base::Severity::kError, "too-long", said("is larger than 4 MB", "大于4 MB"));
    one.file = options.file;
    out.findings.push_back(std::move(one));
    return out;
  }
  return Reader(text, options).run();
}

}  // namespace tocsin::roster
