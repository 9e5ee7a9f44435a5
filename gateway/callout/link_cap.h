// How many more messages a link may carry in this hour and this day.
//
// Sliding windows counted by the minute: never more than the cap in any hour or day, to the minute; but for one message
// of more parts than the cap, which goes when nothing else went in that time.  A plain value: copied with the link it
// belongs to.  Not thread-safe; time is given, in UTC, for what went before a restart counts.
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>
#include <utility>
#include <vector>

#include "gateway/base/time.h"

namespace tocsin::callout {

class LinkCap {
 public:
  static constexpr int kNoLimit = std::numeric_limits<int>::max();

  LinkCap() = default;
  LinkCap(int per_hour, int per_day) : per_hour_(per_hour), per_day_(per_day) {}

  [[nodiscard]] bool is_set() const { return per_hour_ > 0 || per_day_ > 0; }

  void count(base::UtcTime at, int messages) {
    if (!is_set() || messages <= 0) return;
    const auto minute = minute_of(at);
    const auto place = std::lower_bound(used_.begin(), used_.end(), std::pair(minute, 0));
    if (place != used_.end() && place->first == minute) {
      place->second += messages;
    } else {
      used_.insert(place, {minute, messages});
    }
  }
  // Some that were counted at `at` did not go after all.
  void give_back(base::UtcTime at, int messages) {
    const auto place = std::lower_bound(used_.begin(), used_.end(), std::pair(minute_of(at), 0));
    if (place == used_.end() || place->first != minute_of(at)) return;
    place->second -= messages;
    if (place->second <= 0) used_.erase(place);
  }

  [[nodiscard]] int left(base::UtcTime now) {
    if (!is_set()) return kNoLimit;
    const auto this_minute = minute_of(now);
    while (!used_.empty() && used_.front().first <= this_minute - kDay) used_.erase(used_.begin());
    int left = kNoLimit;
    if (per_hour_ > 0) left = std::min(left, per_hour_ - used_since(this_minute - kHour + 1));
    if (per_day_ > 0) left = std::min(left, per_day_ - used_since(this_minute - kDay + 1));
    return std::max(left, 0);
  }
  // May one message of so many parts go?
  [[nodiscard]] bool holds(base::UtcTime now, int parts) { return left(now) >= within_cap(parts); }
  // May one that can wait go, when such ones get no more than one part in `share` of each cap (one message at the
  // least), and only of what nobody else has used?
  [[nodiscard]] bool spares(base::UtcTime now, int parts, int share) {
    if (!holds(now, parts)) return false;
    const auto this_minute = minute_of(now);
    const auto within = [&](int cap, std::int64_t window) {
      return cap == 0 || used_since(this_minute - window + 1) + parts <= std::max(1, cap / share);
    };
    return within(per_hour_, kHour) && within(per_day_, kDay);
  }
  // When it may; empty = now.
  [[nodiscard]] std::optional<base::UtcTime> frees_at(base::UtcTime now, int parts = 1) {
    if (holds(now, parts)) return std::nullopt;
    const auto this_minute = minute_of(now);
    auto free = this_minute + 1;
    const int others = within_cap(parts) - 1;
    if (per_hour_ > 0) free = std::max(free, room_at(per_hour_ - others, kHour, this_minute));
    if (per_day_ > 0) free = std::max(free, room_at(per_day_ - others, kDay, this_minute));
    return base::UtcTime(std::chrono::minutes(free));
  }

 private:
  static constexpr std::int64_t kHour = 60, kDay = 24 * 60;  // minutes

  static std::int64_t minute_of(base::UtcTime at) {
    return std::chrono::floor<std::chrono::minutes>(at).time_since_epoch().count();
  }
  [[nodiscard]] int within_cap(int parts) const {
    if (per_hour_ > 0) parts = std::min(parts, per_hour_);
    if (per_day_ > 0) parts = std::min(parts, per_day_);
    return std::max(parts, 1);
  }
  [[nodiscard]] int used_since(std::int64_t minute) const {
    int sum = 0;
    for (auto it = used_.rbegin(); it != used_.rend() && it->first >= minute; ++it) sum += it->second;
    return sum;
  }
  // The first minute in whose window fewer than `cap` lie, when nothing more is sent.
  [[nodiscard]] std::int64_t room_at(int cap, std::int64_t window, std::int64_t this_minute) const {
    int in_window = used_since(this_minute - window + 1);
    for (const auto& [minute, messages] : used_) {
      if (minute <= this_minute - window) continue;
      if (in_window < cap) break;
      in_window -= messages;
      if (in_window < cap) return minute + window;
    }
    return this_minute;
  }

  int per_hour_ = 0, per_day_ = 0;
  std::vector<std::pair<std::int64_t, int>> used_;  // (minute since 1970, messages), in order
};

}  // namespace tocsin::callout
