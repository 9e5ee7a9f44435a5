#include "adapters/https/rate_limiter.h"

#include <algorithm>

namespace tocsin::https {

double TokenBucket::tokens_at(Rate rate, Time now) const {
  const double seconds = std::chrono::duration<double>(std::max(now - filled_at_, Time::duration::zero())).count();
  return std::min<double>(rate.burst, tokens_ + seconds * rate.per_second);
}

std::optional<std::chrono::milliseconds> TokenBucket::take(Rate rate, Time now) {
  if (rate.per_second <= 0) return std::nullopt;
  tokens_ = tokens_at(rate, now);
  filled_at_ = std::max(filled_at_, now);
  if (tokens_ >= 1.0) {
    tokens_ -= 1.0;
    return std::nullopt;
  }
  return std::chrono::milliseconds(static_cast<std::int64_t>((1.0 - tokens_) * 1000.0 / rate.per_second) + 1);
}

bool TokenBucket::full(Rate rate, Time now) const {
  return rate.per_second <= 0 || tokens_at(rate, now) >= rate.burst;
}

std::optional<std::chrono::milliseconds> RateLimiter::take(const std::string& key, Time now) {
  const std::lock_guard lock(mutex_);
  if (rate_.per_second <= 0) return std::nullopt;
  auto found = buckets_.find(key);
  if (found == buckets_.end()) {
    if (buckets_.size() >= most_) forget(now);
    found = buckets_.emplace(key, TokenBucket(rate_)).first;
  }
  return found->second.take(rate_, now);
}

// Under the lock.  Those that are full lose nothing; when that is not enough, an eighth of the rest goes as it comes.
void RateLimiter::forget(Time now) {
  std::erase_if(buckets_, [&](const auto& entry) { return entry.second.full(rate_, now); });
  const std::size_t keep = most_ - std::max<std::size_t>(1, most_ / 8);
  while (buckets_.size() > keep) buckets_.erase(buckets_.begin());
}

void RateLimiter::set(Rate rate) {
  const std::lock_guard lock(mutex_);
  rate_ = rate;
  if (rate_.per_second <= 0) buckets_.clear();
}

std::size_t RateLimiter::size() const {
  const std::lock_guard lock(mutex_);
  return buckets_.size();
}

int retry_after_seconds(std::chrono::microseconds wait) {
  return static_cast<int>(std::clamp<std::int64_t>(std::chrono::ceil<std::chrono::seconds>(wait).count(), 1, 3600));
}

}  // namespace tocsin::https
