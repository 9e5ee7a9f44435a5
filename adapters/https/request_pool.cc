#include "adapters/https/request_pool.h"

#include <pthread.h>

#include <algorithm>
#include <system_error>

#include "adapters/https/signals_blocked.h"

namespace tocsin::https {

RequestPool::~RequestPool() {
  stop();
}

base::Status RequestPool::start() {
  const std::lock_guard lock(mutex_);
  return grow(size_.workers);
}

base::Status RequestPool::resize(Size size) {
  const std::lock_guard lock(mutex_);
  if (auto grown = grow(size.workers); !grown.ok()) return grown;
  size_ = size;
  ready_.notify_all();  // those too many end
  return base::Done{};
}

base::Status RequestPool::grow(int to) {
  const SignalsBlocked block;
  try {
    while (alive_ < to) {
      threads_.emplace_back([this] {
        ::pthread_setname_np(::pthread_self(), "https-worker");
        serve();
      });
      ++alive_;
    }
  } catch (const std::system_error&) {
    return base::Error{base::ErrorCode::kRetryLater, "the system gives no more threads for workers", "workers"};
  }
  return base::Done{};
}

void RequestPool::stop() {
  std::vector<std::thread> ending;
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    ending.swap(threads_);
    for (auto& lane : waiting_) lane = {};
  }
  ready_.notify_all();
  for (auto& thread : ending) thread.join();
}

RequestPool::Entered RequestPool::submit(Lane lane, const std::string& client, Job job) {
  {
    const std::lock_guard lock(mutex_);
    auto& queue = waiting_[at(lane)];
    if (stopping_ || static_cast<int>(queue.size()) >= size_.waiting) return Entered::kFull;
    if (static_cast<int>(queue.size_of(client)) >= size_.waiting_per_client) return Entered::kClientFull;
    queue.push(client, std::move(job));
  }
  ready_.notify_one();
  return Entered::kYes;
}

bool RequestPool::cancel(Lane lane, const std::string& client, const Job& job) {
  const std::lock_guard lock(mutex_);
  return waiting_[at(lane)].remove(client, job);
}

int RequestPool::busy() const {
  const std::lock_guard lock(mutex_);
  return running_[0] + running_[1];
}

bool RequestPool::may_run(Lane lane) const {
  const int kept = size_.workers > 1 ? std::clamp(size_.workers * size_.share / 100, 1, size_.workers - 1) : 0;
  return !waiting_[at(lane)].empty() && running_[at(lane)] < size_.workers - kept;
}

RequestPool::Job RequestPool::next(Lane& lane) {
  for (const Lane one : {Lane::kUrgent, Lane::kNormal}) {
    if (!may_run(one)) continue;
    lane = one;
    return *waiting_[at(one)].pop();
  }
  return nullptr;
}

void RequestPool::serve() {
  std::unique_lock lock(mutex_);
  for (;;) {
    Lane lane = Lane::kNormal;
    Job job;
    ready_.wait(lock, [&] {
      if (stopping_ || alive_ > size_.workers) return true;
      job = next(lane);
      return job != nullptr;
    });
    if (job == nullptr) {
      --alive_;
      return;
    }
    ++running_[at(lane)];
    lock.unlock();
    (*job)();
    job.reset();
    lock.lock();
    --running_[at(lane)];
    // Its place may be what a request waits for that no sleeping worker was allowed to take.
    if (may_run(Lane::kUrgent) || may_run(Lane::kNormal)) ready_.notify_one();
  }
}

}  // namespace tocsin::https
