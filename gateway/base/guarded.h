// A value that can be reached only through its lock, so that no comment has to say who guards it.
#pragma once

#include <mutex>
#include <utility>

namespace tocsin::base {

template <typename T>
class Guarded {
 public:
  Guarded() = default;
  explicit Guarded(T value) : value_(std::move(value)) {}

  // Calls f(value) under the lock and returns what it returns.  Never call out of it into foreign code.
  template <typename F>
  auto with(F&& f) {
    const std::lock_guard lock(mutex_);
    return std::forward<F>(f)(value_);
  }
  template <typename F>
  auto with(F&& f) const {
    const std::lock_guard lock(mutex_);
    return std::forward<F>(f)(value_);
  }

 private:
  mutable std::mutex mutex_;
  T value_{};
};

}  // namespace tocsin::base
