// A thread for what takes a core for seconds, one piece of work at a time.
//
// Whoever asks gets a future and holds nothing but it; whoever asks meanwhile is told to come back, so that no queue of
// such work stands between the office and its reports.  The thread gives way to the others where the machine lets it.
#pragma once

#include <sys/resource.h>

#include <functional>
#include <future>
#include <mutex>
#include <string>
#include <system_error>
#include <thread>
#include <utility>

#include "gateway/base/result.h"

namespace tocsin::app {

// Any thread.
template <typename T>
class OneAtATime {
 public:
  using Work = std::function<base::Result<T>()>;

  // What is said while another is under way, and when no thread can be made.
  OneAtATime(std::string busy, std::string no_thread) : busy_(std::move(busy)), no_thread_(std::move(no_thread)) {}
  // Waits until what is under way has ended.
  ~OneAtATime() {
    if (thread_.joinable()) thread_.join();
  }
  OneAtATime(const OneAtATime&) = delete;
  OneAtATime& operator=(const OneAtATime&) = delete;

  // Runs `work` on the thread; the future holds what it came to, or what it threw.  kRetryLater, at once: another is
  // under way, or no thread can be made.
  [[nodiscard]] std::future<base::Result<T>> run(Work work) {
    const std::lock_guard lock(mutex_);
    if (busy_now_) return later(busy_);
    if (thread_.joinable()) thread_.join();  // it has only to end
    std::packaged_task<base::Result<T>()> task([this, work = std::move(work)]() -> base::Result<T> {
      (void)::setpriority(PRIO_PROCESS, 0, kGivesWay);  // where the machine refuses, it works all the same
      const FreeAgain before_the_answer{*this};         // whoever has it may ask for the next
      return work();
    });
    auto future = task.get_future();
    try {
      thread_ = std::thread(std::move(task));
    } catch (const std::system_error&) {
      return later(no_thread_);
    }
    busy_now_ = true;
    return future;
  }

 private:
  static constexpr int kGivesWay = 10;  // nice; on Linux it is the thread's own

  struct FreeAgain {
    OneAtATime& owner;
    ~FreeAgain() {
      const std::lock_guard lock(owner.mutex_);
      owner.busy_now_ = false;
    }
  };
  static std::future<base::Result<T>> later(const std::string& why) {
    std::promise<base::Result<T>> promise;
    promise.set_value(base::Error{base::ErrorCode::kRetryLater, why, ""});
    return promise.get_future();
  }

  const std::string busy_, no_thread_;
  std::mutex mutex_;
  bool busy_now_ = false;  // guarded, like the thread
  std::thread thread_;     // of the last one; may have ended
};

}  // namespace tocsin::app
