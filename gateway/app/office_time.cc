#include "gateway/app/office_time.h"

#include "gateway/base/local_time.h"

namespace tocsin::app {

std::optional<base::UtcTime> parse_at(const std::string& typed, const std::string& time_zone) {
  if (auto at = base::parse_rfc3339(typed)) return at;
  return base::parse_local(typed, time_zone);
}

}  // namespace tocsin::app
