#include "adapters/https/request_pool.h"

#include <pthread.h>

#include <algorithm>
#include <system_error>

#include "adapters/https/signals_blocked.h"
#include "adapters/https/waiting.h"

namespace tocsin::https {
namespace {

// More than there may be large bodies, whose pictures take long to look at.
constexpr int kActivePerProcessor = 2, kFewestActive = 6;

// Of a worker's thread.
thread_local RequestPool* pool_of_this_thread = nullptr;
thread_local Lane lane_of_this_thread = Lane::kNormal;

}  // namespace

RequestPool::RequestPool(Size size)
    : most_active_(
          std::max(kFewestActive, kActivePerProcessor * static_cast<int>(std::thread::hardware_concurrency()))),
      size_(size) {}

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
  call_all();  // those too many end
  return base::Done{};
}

base::Status RequestPool::grow(int to) {
  const SignalsBlocked block;
  try {
    while (alive_ < to) {
      threads_.emplace_back([this] {
        ::pthread_setname_np(::pthread_self(), "https-worker");
        pool_of_this_thread = this;
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
    call_all();
  }
  for (auto& thread : ending) thread.join();
}

RequestPool::Entered RequestPool::submit(Lane lane, const std::string& client, Job job) {
  const std::lock_guard lock(mutex_);
  auto& queue = waiting_[at(lane)];
  if (stopping_ || static_cast<int>(queue.size()) >= size_.waiting) return Entered::kFull;
  if (static_cast<int>(queue.size_of(client)) >= size_.waiting_per_client) return Entered::kClientFull;
  queue.push(client, std::move(job));
  call_one();
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
  return !waiting_[at(lane)].empty() && running_[at(lane)] < size_.workers - kept && active_[at(lane)] < most_active_;
}

RequestPool::Job RequestPool::next(Lane& lane) {
  for (const Lane one : {Lane::kUrgent, Lane::kNormal}) {
    if (!may_run(one)) continue;
    lane = one;
    return *waiting_[at(one)].pop();
  }
  return nullptr;
}

void RequestPool::call_one() {
  // Those called are on their way to what waits now, urgent or not.
  const int wanted = static_cast<int>(may_run(Lane::kUrgent)) + static_cast<int>(may_run(Lane::kNormal));
  if (sleeping_.empty() || called_ >= wanted) return;
  Sleeper* sleeper = sleeping_.back();
  sleeping_.pop_back();
  sleeper->is_called = true;
  ++called_;
  sleeper->called.notify_one();
}

void RequestPool::call_all() {
  for (Sleeper* sleeper : sleeping_) {
    sleeper->is_called = true;
    ++called_;
    sleeper->called.notify_one();
  }
  sleeping_.clear();
}

void RequestPool::sleep(std::unique_lock<std::mutex>& lock) {
  Sleeper self;
  sleeping_.push_back(&self);
  self.called.wait(lock, [&] { return self.is_called; });
  --called_;
}

void RequestPool::serve() {
  std::unique_lock lock(mutex_);
  while (!stopping_ && alive_ <= size_.workers) {
    Lane lane = Lane::kNormal;
    Job job = next(lane);
    if (job == nullptr) {
      sleep(lock);
      continue;
    }
    ++running_[at(lane)];
    ++active_[at(lane)];
    lane_of_this_thread = lane;
    call_one();
    lock.unlock();
    (*job)();
    job.reset();
    lock.lock();
    --running_[at(lane)];
    --active_[at(lane)];
  }
  --alive_;
  call_one();  // it may have been called for something
}

Waiting::Waiting() : pool_(pool_of_this_thread) {
  if (pool_ == nullptr) return;
  const std::lock_guard lock(pool_->mutex_);
  --pool_->active_[RequestPool::at(lane_of_this_thread)];
  pool_->call_one();
}

Waiting::~Waiting() {
  if (pool_ == nullptr) return;
  const std::lock_guard lock(pool_->mutex_);
  ++pool_->active_[RequestPool::at(lane_of_this_thread)];
}

}  // namespace tocsin::https
