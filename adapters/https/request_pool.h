// The workers that answer whole requests, and the requests that wait for one.
//
// Two lanes.  An urgent request goes before all others; in each lane clients take turns.  `share` percent of the
// workers are kept from either lane, so that neither a flood of reports delays an answer, nor a flood of sign-ins the
// reports.  Bounded for each client and in all: what does not fit is shed by the caller.
// Most of a request's time is the engine's commit, for which a worker waits (waiting.h).  Of those that do not, only a
// few for each processor and lane are let run: waking all of them for a millisecond costs more than the requests.
// Thread-safe.
#pragma once

#include <array>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "adapters/https/fair_queue.h"
#include "adapters/https/routes.h"

namespace tocsin::https {

class RequestPool {
 public:
  struct Size {
    int workers = 64;
    int share = 25;  // percent
    int waiting = 1024, waiting_per_client = 64;
  };
  using Work = std::function<void()>;  // must not throw
  using Job = std::shared_ptr<Work>;   // to cancel it with
  enum class Entered { kYes, kFull, kClientFull };

  explicit RequestPool(Size size);
  ~RequestPool();  // stops
  RequestPool(const RequestPool&) = delete;
  RequestPool& operator=(const RequestPool&) = delete;

  // kRetryLater when threads cannot be made; then there are none.
  [[nodiscard]] base::Status start();
  // Fewer workers end as they become free.  kRetryLater when more cannot be made; then all stays as it was.
  [[nodiscard]] base::Status resize(Size size);
  // What waits is dropped, what runs ends; then the threads are gone.  Idempotent.
  void stop();

  [[nodiscard]] Entered submit(Lane lane, const std::string& client, Job job);
  // True when no worker has begun it and none will.
  [[nodiscard]] bool cancel(Lane lane, const std::string& client, const Job& job);
  [[nodiscard]] int busy() const;

 private:
  friend class Waiting;
  // A worker without a request.
  struct Sleeper {
    std::condition_variable called;
    bool is_called = false;
  };

  [[nodiscard]] static std::size_t at(Lane lane) { return static_cast<std::size_t>(lane); }
  void serve();
  // All below under the lock.
  [[nodiscard]] base::Status grow(int to);
  [[nodiscard]] bool may_run(Lane lane) const;
  // Of the lane that may use one more worker now; empty when there is none.
  [[nodiscard]] Job next(Lane& lane);
  void sleep(std::unique_lock<std::mutex>& lock);
  // Calls one sleeping worker if there is something for it to do and a processor to do it on.
  void call_one();
  void call_all();

  mutable std::mutex mutex_;
  const int most_active_;                  // of one lane
  Size size_;                              // guarded, like all below
  std::array<FairQueue<Job>, 2> waiting_;  // by lane
  std::array<int, 2> running_{};           // by lane
  std::array<int, 2> active_{};            // of these, those that do not wait
  int called_ = 0;                         // sleepers on their way
  int alive_ = 0;                          // threads
  bool stopping_ = false;
  std::vector<Sleeper*> sleeping_;  // the last to fall asleep is called first: its caches are warm
  std::vector<std::thread> threads_;
};

}  // namespace tocsin::https
