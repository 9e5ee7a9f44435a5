#include "gateway/engine/timeline.h"

#include <algorithm>

namespace tocsin::engine {

void Timeline::start(std::optional<base::UtcTime> last_recorded) {
  anchor_utc_ = clock_.utc_now();
  anchor_steady_ = clock_.steady_now();
  known_lag_ = base::Duration{};
  if (last_recorded && anchor_utc_ <= *last_recorded) {
    known_lag_ = anchor_utc_ - *last_recorded;
    anchor_utc_ = *last_recorded + base::Duration{1};
  }
  last_ = anchor_utc_ - base::Duration{1};
}

base::UtcTime Timeline::stamp() {
  const auto now = anchor_utc_ + (clock_.steady_now() - anchor_steady_);
  last_ = std::max(now, last_ + base::Duration{1});
  return last_;
}

std::optional<base::Duration> Timeline::step() {
  const auto steady = clock_.steady_now();
  const auto expected = anchor_utc_ + (steady - anchor_steady_);
  const auto drift = clock_.utc_now() - expected;
  if (drift > tolerance_) {
    anchor_utc_ = expected + drift;
    anchor_steady_ = steady;
    known_lag_ = base::Duration{};
    return drift;
  }
  const auto news = drift - known_lag_;
  if (drift < -tolerance_ && (news < -tolerance_ || news > tolerance_)) {
    known_lag_ = drift;
    return news < base::Duration{} ? std::optional(news) : std::nullopt;
  }
  if (drift >= -tolerance_) known_lag_ = base::Duration{};
  return std::nullopt;
}

}  // namespace tocsin::engine
