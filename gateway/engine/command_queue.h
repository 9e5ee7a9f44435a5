// Commands waiting for the engine.  Thread-safe; bounded, with a share kept for answers, desk and links.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <vector>

#include "gateway/base/time.h"
#include "gateway/model/command.h"

namespace tocsin::engine {

// Called exactly once with the result: after the commit, or with what went wrong.
using Completion = std::function<void(model::CommandResult)>;

struct Pending {
  model::Command command;
  Completion done;             // may be empty
  bool must_not_drop = false;  // told once and never again (ends of sends, links): kept until a commit has it
};

class CommandQueue {
 public:
  explicit CommandQueue(std::size_t limit) : limit_(limit) {}

  // False (and `pending` untouched) when full or closed: reports may use nine tenths, everything else all of it;
  // what must not be dropped is always taken.
  bool push(Pending& pending);
  // Puts back in front, in order, what a failed batch must not lose.
  void push_front(std::vector<Pending> pending);
  // Up to `most`, in order; waits until there is one, `until` has passed, or wake() was called.
  std::vector<Pending> take(std::size_t most, base::Duration wait);
  void wake();
  void close();  // further pushes are refused
  [[nodiscard]] std::size_t size() const;

 private:
  mutable std::mutex mutex_;
  std::condition_variable ready_;
  std::deque<Pending> waiting_;
  std::size_t limit_;
  bool woken_ = false, closed_ = false;
};

}  // namespace tocsin::engine
