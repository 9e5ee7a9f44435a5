#include "adapters/https/doorway.h"

#include <chrono>

#include "adapters/https/waiting.h"

namespace tocsin::https {
namespace {

constexpr std::size_t kMostWaiting = 16;
constexpr std::chrono::seconds kWaitAtMost{3};

}  // namespace

Turns::Turn::Turn(Turns& turns, const std::string& client) : turns_(turns), client_(client) {
  const Waiting waiting;  // sixteen who queue here must not keep answers from their workers
  std::unique_lock lock(turns_.mutex_);
  if (turns_.waiting_.size() >= kMostWaiting || !turns_.waiting_.insert(client_).second) return;
  waits_ = true;
  if (!turns_.free_.wait_for(lock, kWaitAtMost, [&] { return !turns_.taken_; })) return;
  turns_.taken_ = has_it_ = true;
}

Turns::Turn::~Turn() {
  {
    const std::lock_guard lock(turns_.mutex_);
    if (waits_) turns_.waiting_.erase(client_);
    if (has_it_) turns_.taken_ = false;
  }
  if (has_it_) turns_.free_.notify_one();
}

}  // namespace tocsin::https
