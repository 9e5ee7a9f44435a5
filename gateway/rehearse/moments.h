// The hours at which a call-out can take another course: one moment for each set of ladders that hold at the same time,
// on working days and days of rest, by day and by night.  Pure; used by diff.
#pragma once

#include <string>
#include <vector>

#include "gateway/base/said.h"
#include "gateway/base/time.h"
#include "gateway/plan/plan.h"

namespace tocsin::rehearse {

struct HourBand {
  std::int32_t day = 0;  // since 1970-01-01, office time
  bool rest = false;     // by the second plan's calendar
  int from_minute = 0, to_minute = 0;
};

struct Moment {
  base::UtcTime at{};           // inside the first of its bands
  std::vector<HourBand> bands;  // where the same ladders hold
};

// Of the 14 days that begin at `from`, and of each day within a year that one calendar changes and the other does not.
// `of_duty`: day and night, working day and rest day are told apart even where the ladders are the same.
[[nodiscard]] std::vector<Moment> moments_of(const plan::Plan& before, const plan::Plan& after,
                                             const plan::Response& old_response, const plan::Response& new_response,
                                             base::UtcTime from, bool of_duty);

// "working days 07:00-22:00"; empty when all of `all` are among `which` (indices).
[[nodiscard]] base::Said in_words(const std::vector<Moment>& all, const std::vector<std::size_t>& which);

}  // namespace tocsin::rehearse
