// How many short messages a SIM may still send, by the hour and by the day.
//
// Sliding windows: the carrier's own counting is not known, and this one never lets more through in any hour or day
// than the cap.  Not thread-safe; time is given, in UTC, since what was sent before a restart counts too.
#pragma once

#include <algorithm>
#include <deque>
#include <limits>

#include "gateway/base/said.h"
#include "gateway/base/time.h"

namespace tocsin::sms {

class Cap {
 public:
  // 0: no cap.
  Cap(int per_hour, int per_day) : per_hour_(per_hour), per_day_(per_day) {}

  [[nodiscard]] bool is_set() const { return per_hour_ > 0 || per_day_ > 0; }
  void sent(base::UtcTime at) { sent_.insert(std::upper_bound(sent_.begin(), sent_.end(), at), at); }
  // Very many when there is no cap.
  [[nodiscard]] int left(base::UtcTime now) {
    while (!sent_.empty() && sent_.front() <= now - kDay) sent_.pop_front();
    int left = std::numeric_limits<int>::max();
    if (per_hour_ > 0) left = std::min(left, per_hour_ - since(now - kHour));
    if (per_day_ > 0) left = std::min(left, per_day_ - static_cast<int>(sent_.size()));
    return std::max(left, 0);
  }
  // How long until one more may go; zero when one may go now.
  [[nodiscard]] base::Duration wait(base::UtcTime now) {
    if (left(now) > 0) return base::Duration::zero();
    base::Duration wait{};
    if (per_hour_ > 0 && since(now - kHour) >= per_hour_) {
      wait = sent_[sent_.size() - static_cast<std::size_t>(per_hour_)] + kHour - now;
    }
    if (per_day_ > 0 && static_cast<int>(sent_.size()) >= per_day_) {
      wait = std::max(wait, sent_[sent_.size() - static_cast<std::size_t>(per_day_)] + kDay - now);
    }
    return wait;
  }
  // "100 an hour" or "2000 a day": the one that holds things back.
  [[nodiscard]] base::Said words(base::UtcTime now) const {
    if (per_hour_ > 0 && since(now - kHour) >= per_hour_) return base::said("{0} an hour", "每小时{0}条", per_hour_);
    return base::said("{0} a day", "每天{0}条", per_day_);
  }
  [[nodiscard]] const std::deque<base::UtcTime>& sent() const { return sent_; }

 private:
  static constexpr base::Duration kHour = std::chrono::hours(1), kDay = std::chrono::hours(24);
  [[nodiscard]] int since(base::UtcTime begin) const {
    return static_cast<int>(sent_.end() - std::upper_bound(sent_.begin(), sent_.end(), begin));
  }

  int per_hour_, per_day_;
  std::deque<base::UtcTime> sent_;  // of the last day, in order
};

}  // namespace tocsin::sms
