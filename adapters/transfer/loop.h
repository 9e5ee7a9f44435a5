// One thread that carries out transfers, and whatever its owner does between them.
//
// post() may be called from any thread; everything else only by tasks, that is on the loop's own thread, where all
// tasks and all ends are called, one after the other.  Each transfer ends exactly once, never inside begin(); nothing
// is tried again, not even what libcurl would by itself on a connection that it kept and that turned out to be gone.
#pragma once

#include <functional>
#include <memory>

#include "adapters/transfer/transfer.h"
#include "gateway/base/time.h"

namespace tocsin::transfer {

class Loop {
 public:
  using Task = std::function<void()>;
  using Then = std::function<void(Ended)>;

  explicit Loop(Settings settings);
  ~Loop();  // as quit(), and waits; not on the loop's own thread
  Loop(const Loop&) = delete;
  Loop& operator=(const Loop&) = delete;

  void post(Task task);  // nothing once the loop has quit

  [[nodiscard]] static base::SteadyTime now();
  void at(base::SteadyTime when, Task task);
  void begin(Transfer transfer, Then then);
  void end_all();  // ends what has not ended, as if its time were over
  void quit();     // the loop ends after the task that says so; what has not ended by then never does

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace tocsin::transfer
