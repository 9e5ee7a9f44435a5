// So many a second and so many at once, for each key by itself or for all together.
//
// Time is given.  TokenBucket is not thread-safe; RateLimiter is.
#pragma once

#include <chrono>
#include <cstddef>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

namespace tocsin::https {

struct Rate {
  int per_second = 0;  // on average; 0 = no limit
  int burst = 1;       // at once
};

class TokenBucket {
 public:
  using Time = std::chrono::steady_clock::time_point;
  explicit TokenBucket(Rate rate) : tokens_(rate.burst) {}
  // Empty, and one is gone; else how long until there is one.
  [[nodiscard]] std::optional<std::chrono::milliseconds> take(Rate rate, Time now);
  // As full as if it had never been used.
  [[nodiscard]] bool full(Rate rate, Time now) const;

 private:
  [[nodiscard]] double tokens_at(Rate rate, Time now) const;
  double tokens_;
  Time filled_at_{};
};

class RateLimiter {
 public:
  using Time = TokenBucket::Time;
  // At most `keys` keys are remembered: when more are in use, some are forgotten and begin anew.
  explicit RateLimiter(Rate rate = {}, std::size_t keys = 65536) : rate_(rate), most_(keys) {}

  [[nodiscard]] std::optional<std::chrono::milliseconds> take(const std::string& key, Time now);
  void set(Rate rate);
  [[nodiscard]] std::size_t size() const;

 private:
  void forget(Time now);

  mutable std::mutex mutex_;
  Rate rate_;                                             // guarded
  std::unordered_map<std::string, TokenBucket> buckets_;  // guarded
  const std::size_t most_;
};

// Seconds for Retry-After: rounded up, at least 1, at most an hour.
[[nodiscard]] int retry_after_seconds(std::chrono::microseconds wait);

}  // namespace tocsin::https
