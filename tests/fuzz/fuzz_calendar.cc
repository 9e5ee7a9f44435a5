// Any bytes as an iCalendar file: what is read lies in the window, and within the limits.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "directory/roster/calendar.h"
#include "gateway/base/text.h"

namespace {

void check(std::string_view text) {
  namespace base = tocsin::base;
  tocsin::roster::CalendarOptions options;
  options.zone = "Europe/London";
  options.window = {base::from_micros(1'795'000'000'000'000), base::from_micros(1'805'000'000'000'000)};
  const auto read = tocsin::roster::read_calendar(text, options);
  for (const auto& shift : read.shifts) {
    const bool holds = !shift.span.empty() && shift.span.to > options.window.from &&
                       shift.span.from < options.window.to && shift.line > 0 && base::is_utf8(shift.summary) &&
                       shift.attendees.size() <= 20;
    if (!holds) std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  check(text);
  check("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;TZID=Asia/Shanghai:20261120T083000\nDURATION:PT12H\n" + text +
        "\nEND:VEVENT\nEND:VCALENDAR\n");
  return 0;
}
