#include "directory/roster/feed.h"

#include <algorithm>

#include "gateway/base/local_time.h"

namespace tocsin::roster {
namespace {

constexpr std::size_t kLineOctets = 75;  // without the line break

// Form 2 of DATE-TIME (3.3.5).
std::string date_time(base::UtcTime at) {
  return base::local_text(at, "UTC", "%Y%m%dT%H%M%SZ").value_or("19700101T000000Z");
}

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\n') {
      out += "\\n";
    } else if (c == '\\' || c == ';' || c == ',') {
      out += '\\';
      out += c;
    } else if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7F) {
      out += c;
    }
  }
  return out;
}

bool continues(char c) {
  return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

void add_line(std::string& out, std::string_view name, std::string_view value) {
  std::string line = std::string(name) + ":" + std::string(value);
  std::string_view rest = line;
  for (std::size_t room = kLineOctets; rest.size() > room; room = kLineOctets - 1) {  // the blank counts, too
    auto cut = room;
    while (cut > 0 && continues(rest[cut])) --cut;
    if (cut == 0) cut = room;  // no UTF-8 at all
    out.append(rest.substr(0, cut)).append("\r\n ");
    rest.remove_prefix(cut);
  }
  out.append(rest).append("\r\n");
}

}  // namespace

std::vector<FeedEvent> events_of(const Shifts& shifts, std::string_view duty, std::string_view who, const Span& span,
                                 std::string_view summary, std::string_view host) {
  std::vector<Span> on_duty;
  if (span.empty()) return {};
  for (const Stretch& stretch : shifts.stretches(duty, span.from - kLookBack, span.to)) {
    const auto is_on = [&](const OnDuty& on) { return on.who == who; };
    if (std::any_of(stretch.answer.on.begin(), stretch.answer.on.end(), is_on)) on_duty.push_back(stretch.span);
  }
  return events_of(std::move(on_duty), duty, who, span, summary, host);
}

std::vector<FeedEvent> events_of(std::vector<Span> stretches, std::string_view duty, std::string_view who,
                                 const Span& span, std::string_view summary, std::string_view host) {
  std::vector<FeedEvent> events;
  std::sort(stretches.begin(), stretches.end());
  for (const Span& stretch : stretches) {
    if (!events.empty() && events.back().span.to >= stretch.from) {
      events.back().span.to = std::max(events.back().span.to, stretch.to);
    } else {
      events.push_back({{}, std::string(summary), stretch});
    }
  }
  events.erase(
      std::remove_if(events.begin(), events.end(), [&](const FeedEvent& event) { return event.span.to <= span.from; }),
      events.end());
  for (FeedEvent& event : events) {
    event.uid = std::string(duty) + "-" + std::string(who) + "-" + date_time(event.span.from) + "@" + std::string(host);
  }
  return events;
}

std::string write_feed(const Feed& feed) {
  std::string out = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//tocsin//roster//EN\r\n";
  if (!feed.name.empty()) {
    add_line(out, "NAME", escaped(feed.name));  // RFC 7986, 5.1; the other is what calendars read before it
    add_line(out, "X-WR-CALNAME", escaped(feed.name));
  }
  for (const FeedEvent& event : feed.events) {
    out += "BEGIN:VEVENT\r\n";
    add_line(out, "UID", escaped(event.uid));
    add_line(out, "DTSTAMP", date_time(feed.made));
    add_line(out, "DTSTART", date_time(event.span.from));
    add_line(out, "DTEND", date_time(event.span.to));
    add_line(out, "SUMMARY", escaped(event.summary));
    out += "END:VEVENT\r\n";
  }
  out += "END:VCALENDAR\r\n";
  return out;
}

}  // namespace tocsin::roster
