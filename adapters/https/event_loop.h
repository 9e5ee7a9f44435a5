// One thread's loop over readiness, timers and posted work.  Asio stands behind it, in event_loop.cc alone.
//
// Everything made for a loop lives on the loop's thread: a Watch or Timer is made, used and destroyed there (or while
// run() is not running), so nothing needs a lock.  Only post() and stop() may be called from other threads.
#pragma once

#include <chrono>
#include <functional>
#include <memory>

namespace tocsin::https {

using Deadline = std::chrono::steady_clock::time_point;

class EventLoop {
 public:
  using Callback = std::function<void()>;

  EventLoop();
  // Work that was posted and not run is dropped.
  ~EventLoop();
  EventLoop(const EventLoop&) = delete;
  EventLoop& operator=(const EventLoop&) = delete;

  // Until stop().  What a callback throws is logged and ends that callback only.
  void run();
  void stop();
  // Runs `work` on the loop's thread, in the order of the calls.  Never inside the call.
  void post(Callback work);

  // The readiness of one non-blocking descriptor, which must stay open as long as this lives.
  class Watch {
   public:
    // `ready` is called once for each wait that was answered; errors count as ready: the next call on the descriptor
    // finds them.
    Watch(EventLoop& loop, int fd, Callback ready);
    ~Watch();  // nothing is called any more
    Watch(const Watch&) = delete;
    Watch& operator=(const Watch&) = delete;
    // One-shot; asking again before it was answered is one wait.
    void wait_readable();
    void wait_writable();

   private:
    struct State;
    static void wait(const std::shared_ptr<State>& state, bool readable);
    std::shared_ptr<State> state_;
  };

  // One deadline at a time.
  class Timer {
   public:
    Timer(EventLoop& loop, Callback passed);
    ~Timer();  // nothing is called any more
    Timer(const Timer&) = delete;
    Timer& operator=(const Timer&) = delete;
    // Instead of the deadline before.  Moving one further away costs nothing.
    void set(Deadline when);
    void clear();

   private:
    struct State;
    static void arm(const std::shared_ptr<State>& state);
    std::shared_ptr<State> state_;
  };

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace tocsin::https
