#include "gateway/engine/command_queue.h"

#include <algorithm>
#include <iterator>

namespace tocsin::engine {

bool CommandQueue::push(Pending& pending) {
  {
    const std::lock_guard lock(mutex_);
    const bool is_report = std::holds_alternative<model::SubmitReport>(pending.command);
    const auto room = is_report ? limit_ - limit_ / 10 : limit_;
    if (!pending.must_not_drop && (closed_ || waiting_.size() >= room)) return false;
    waiting_.push_back(std::move(pending));
  }
  ready_.notify_one();
  return true;
}

void CommandQueue::push_front(std::vector<Pending> pending) {
  const std::lock_guard lock(mutex_);
  waiting_.insert(waiting_.begin(), std::make_move_iterator(pending.begin()), std::make_move_iterator(pending.end()));
}

std::vector<Pending> CommandQueue::take(std::size_t most, base::Duration wait) {
  std::unique_lock lock(mutex_);
  if (wait > base::Duration{}) {
    ready_.wait_for(lock, wait, [&] { return woken_ || !waiting_.empty(); });
  }
  woken_ = false;
  std::vector<Pending> taken;
  const auto n = std::min(most, waiting_.size());
  taken.reserve(n);
  std::move(waiting_.begin(), waiting_.begin() + static_cast<std::ptrdiff_t>(n), std::back_inserter(taken));
  waiting_.erase(waiting_.begin(), waiting_.begin() + static_cast<std::ptrdiff_t>(n));
  return taken;
}

void CommandQueue::wake() {
  {
    const std::lock_guard lock(mutex_);
    woken_ = true;
  }
  ready_.notify_one();
}

void CommandQueue::close() {
  const std::lock_guard lock(mutex_);
  closed_ = true;
}

std::size_t CommandQueue::size() const {
  const std::lock_guard lock(mutex_);
  return waiting_.size();
}

}  // namespace tocsin::engine
