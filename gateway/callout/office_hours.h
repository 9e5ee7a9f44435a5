// When an office is at work: so many minutes of each day, Monday to Friday, by its own clocks.  Holidays are not known.
//
// Pure, any thread.  Zones are IANA names; one that does not exist is never at work.
#pragma once

#include <string>

#include "gateway/base/time.h"

namespace tocsin::callout {

struct OfficeHours {
  std::string zone;
  int from_minute = 0, until_minute = 0;  // of the day; the second is not in it
};

[[nodiscard]] bool at_work(const OfficeHours& hours, base::UtcTime at);
// When they begin next, after `at`: a day later where that cannot be said.
[[nodiscard]] base::UtcTime next_begin(const OfficeHours& hours, base::UtcTime at);

}  // namespace tocsin::callout
