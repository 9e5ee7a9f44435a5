// What a sender reported, kept in order, for tests; what it waits for is answered as the test says.
//
// Called from any thread.  Tests wait for what they expect to see, never for time to pass.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "gateway/ports/sender.h"

namespace tocsin::testing {

class RecordedEvents : public ports::SenderEvents {
 public:
  struct Seen {
    std::vector<model::SendEnd> ends;
    std::vector<model::Receipt> receipts;
    std::vector<model::InboundMessage> inbound;
    std::vector<model::LinkChanged> changes;
    int ended_calls = 0, receipt_calls = 0;

    // Ends with that outcome.
    [[nodiscard]] int count(model::SendOutcome outcome) const {
      int n = 0;
      for (const model::SendEnd& end : ends) n += end.outcome == outcome ? 1 : 0;
      return n;
    }
    // How often each part ended: (delivery, part) -> times.
    [[nodiscard]] std::map<std::pair<std::int64_t, int>, int> by_part() const {
      std::map<std::pair<std::int64_t, int>, int> times;
      for (const model::SendEnd& end : ends) ++times[{end.delivery.value, end.part}];
      return times;
    }
    [[nodiscard]] bool up() const { return !changes.empty() && changes.back().up; }
  };
  enum class Answer { kStored, kNotStored, kLater };  // kLater: answer_waiting() will

  void sends_ended(model::SendsEnded ended) override {
    change([&] {
      ++seen_.ended_calls;
      for (model::SendEnd& end : ended.ends) seen_.ends.push_back(std::move(end));
    });
  }
  void receipts(model::ReceiptsIn receipts, DoneFn done) override {
    take(
        [&] {
          ++seen_.receipt_calls;
          for (model::Receipt& receipt : receipts.receipts) seen_.receipts.push_back(std::move(receipt));
        },
        std::move(done));
  }
  void inbound(model::InboundMessage message, DoneFn done) override {
    take([&] { seen_.inbound.push_back(std::move(message)); }, std::move(done));
  }
  void link_changed(model::LinkChanged link) override {
    change([&] { seen_.changes.push_back(std::move(link)); });
  }

  void answer_with(Answer answer) {
    const std::lock_guard lock(mutex_);
    answer_ = answer;
  }
  // Answers everything that kLater kept; how many that were.
  int answer_waiting(bool stored) {
    std::vector<DoneFn> waiting;
    {
      const std::lock_guard lock(mutex_);
      waiting.swap(waiting_);
    }
    for (DoneFn& done : waiting) done(stored);
    return static_cast<int>(waiting.size());
  }
  // False when it did not come to that within `limit`.
  [[nodiscard]] bool wait_until(const std::function<bool(const Seen&)>& reached,
                                std::chrono::milliseconds limit = std::chrono::seconds(20)) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, limit, [&] { return reached(seen_); });
  }
  [[nodiscard]] Seen seen() const {
    const std::lock_guard lock(mutex_);
    return seen_;
  }

 private:
  template <typename F>
  void change(F f) {
    {
      const std::lock_guard lock(mutex_);
      f();
    }
    changed_.notify_all();
  }
  // Whoever sees what f noted may already answer it.
  template <typename F>
  void take(F f, DoneFn done) {
    Answer answer = Answer::kLater;
    change([&] {
      f();
      answer = answer_;
      if (answer == Answer::kLater) waiting_.push_back(std::move(done));
    });
    if (answer != Answer::kLater) done(answer == Answer::kStored);
  }

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  Seen seen_;
  Answer answer_ = Answer::kStored;
  std::vector<DoneFn> waiting_;
};

}  // namespace tocsin::testing
