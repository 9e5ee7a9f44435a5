// A clock that moves only when a test says so.
#pragma once

#include <atomic>

#include "gateway/base/time.h"

namespace tocsin::testing {

class ManualClock final : public base::Clock {
 public:
  explicit ManualClock(base::UtcTime start) : utc_(base::to_micros(start)) {}

  [[nodiscard]] base::UtcTime utc_now() const override { return base::from_micros(utc_ + elapsed_); }
  [[nodiscard]] base::SteadyTime steady_now() const override {
    return base::SteadyTime{base::Duration{elapsed_.load()}};
  }

  void advance(base::Duration by) { elapsed_ += by.count(); }
  // Somebody sets the machine's clock; steady time does not notice.
  void step_utc(base::Duration by) { utc_ += by.count(); }

 private:
  std::atomic<std::int64_t> utc_;
  std::atomic<std::int64_t> elapsed_{1'000'000};
};

}  // namespace tocsin::testing
