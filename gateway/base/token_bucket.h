// How many messages may leave now under a limit per second.
//
// A tenth of a second's worth may leave at once, so that no second ever sees more than 1.1 times the limit.
// Not thread-safe; time is given.
#pragma once

#include <algorithm>

#include "gateway/base/time.h"

namespace tocsin::base {

class TokenBucket {
 public:
  // `per_second` 0: no limit.
  explicit TokenBucket(int per_second)
      : per_second_(per_second), most_(std::max(1.0, per_second / 10.0)), tokens_(most_) {}

  // True, and one is gone; false when none is left at `now`.
  [[nodiscard]] bool take(SteadyTime now) {
    if (per_second_ <= 0) return true;
    if (now > filled_at_) {
      const double seconds = static_cast<double>((now - filled_at_).count()) / 1e6;
      tokens_ = std::min(most_, tokens_ + seconds * per_second_);
      filled_at_ = now;
    }
    if (tokens_ < 1.0) return false;
    tokens_ -= 1.0;
    return true;
  }
  // How long until the next one, after take() said false.
  [[nodiscard]] Duration wait() const {
    return Duration{static_cast<Duration::rep>((1.0 - tokens_) / per_second_ * 1e6) + 1};
  }

 private:
  int per_second_;
  double most_, tokens_;
  SteadyTime filled_at_{};
};

}  // namespace tocsin::base
