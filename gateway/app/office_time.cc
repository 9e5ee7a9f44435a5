#include "gateway/app/office_time.h"

#include "gateway/base/local_time.h"

namespace tocsin::app {

std::optional<base::UtcTime> parse_at(const std::string& typed, const std::string& time_zone) {
  if (auto at = base::parse_rfc3339(typed)) return at;
  return base::parse_local(typed, time_zone);
}

std::optional<base::UtcTime> begin_of_days(const std::string& typed, const std::string& time_zone) {
  if (typed.empty()) return std::chrono::floor<std::chrono::minutes>(base::SystemClock().utc_now());
  const bool date_alone = typed.size() == std::string_view("2026-11-22").size();
  return parse_at(date_alone ? typed + " 00:00" : typed, time_zone);
}

}  // namespace tocsin::app
