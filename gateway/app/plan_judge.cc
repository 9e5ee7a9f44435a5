#include "gateway/app/plan_judge.h"

#include <sys/resource.h>

#include <system_error>

namespace tocsin::app {
namespace {

using Judged = base::Result<ports::PlanJudged>;

constexpr int kGivesWay = 10;  // nice; on Linux it is the thread's own

std::future<Judged> later(const char* why) {
  std::promise<Judged> promise;
  promise.set_value(base::Error{base::ErrorCode::kRetryLater, why, ""});
  return promise.get_future();
}

}  // namespace

PlanJudge::~PlanJudge() {
  if (thread_.joinable()) thread_.join();
}

std::future<Judged> PlanJudge::judge(Work work) {
  const std::lock_guard lock(mutex_);
  if (judging_) return later("another plan is being judged: offer this one again in a moment");
  if (thread_.joinable()) thread_.join();  // it has only to end
  std::packaged_task<Judged()> task([this, work = std::move(work)]() -> Judged {
    (void)::setpriority(PRIO_PROCESS, 0, kGivesWay);  // where the machine refuses, it judges all the same
    const FreeAgain before_the_answer{*this};         // whoever has it may offer the next
    return work();
  });
  auto future = task.get_future();
  try {
    thread_ = std::thread(std::move(task));
  } catch (const std::system_error&) {
    return later("there is no thread to judge it on: offer it again in a moment");
  }
  judging_ = true;
  return future;
}

PlanJudge::FreeAgain::~FreeAgain() {
  const std::lock_guard lock(judge.mutex_);
  judge.judging_ = false;
}

}  // namespace tocsin::app
