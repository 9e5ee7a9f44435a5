#include "adapters/https/event_loop.h"

#include <asio/executor_work_guard.hpp>
#include <asio/io_context.hpp>
#include <asio/posix/stream_descriptor.hpp>
#include <asio/post.hpp>
#include <asio/steady_timer.hpp>
#include <exception>
#include <optional>
#include <typeinfo>
#include <utility>

#include "gateway/base/log.h"

namespace tocsin::https {

struct EventLoop::Impl {
  asio::io_context io{1};
  asio::executor_work_guard<asio::io_context::executor_type> work{io.get_executor()};
};

EventLoop::EventLoop() : impl_(std::make_unique<Impl>()) {}
EventLoop::~EventLoop() = default;

void EventLoop::run() {
  for (;;) {
    try {
      impl_->io.run();
      return;
    } catch (const std::exception& failed) {  // no memory, most likely: the deadline of what failed clears it away
      base::log(base::LogLevel::kError, "https.callback_failed", std::string("exception=") + typeid(failed).name());
    }
  }
}

void EventLoop::stop() {
  impl_->io.stop();
}

void EventLoop::post(Callback work) {
  asio::post(impl_->io, std::move(work));
}

// ---- Watch ----

struct EventLoop::Watch::State {
  State(asio::io_context& io, int number, Callback callback) : fd(io, number), ready(std::move(callback)) {}
  asio::posix::stream_descriptor fd;
  Callback ready;
  bool alive = true, reading = false, writing = false;
};

EventLoop::Watch::Watch(EventLoop& loop, int fd, Callback ready)
    : state_(std::make_shared<State>(loop.impl_->io, fd, std::move(ready))) {}

EventLoop::Watch::~Watch() {
  state_->alive = false;
  state_->fd.release();  // its owner closes it
}

void EventLoop::Watch::wait(const std::shared_ptr<State>& state, bool readable) {
  bool& waiting = readable ? state->reading : state->writing;
  if (waiting) return;
  waiting = true;
  state->fd.async_wait(
      readable ? asio::posix::stream_descriptor::wait_read : asio::posix::stream_descriptor::wait_write,
      [state, readable](const asio::error_code&) {
        (readable ? state->reading : state->writing) = false;
        if (state->alive) state->ready();
      });
}

void EventLoop::Watch::wait_readable() {
  wait(state_, true);
}
void EventLoop::Watch::wait_writable() {
  wait(state_, false);
}

// ---- Timer ----

struct EventLoop::Timer::State {
  State(asio::io_context& io, Callback callback) : timer(io), passed(std::move(callback)) {}
  asio::steady_timer timer;
  Callback passed;
  bool alive = true;
  std::optional<Deadline> wanted, armed;  // armed for at most `wanted`: a deadline that moved away is armed anew then
};

EventLoop::Timer::Timer(EventLoop& loop, Callback passed)
    : state_(std::make_shared<State>(loop.impl_->io, std::move(passed))) {}

EventLoop::Timer::~Timer() {
  state_->alive = false;
  state_->timer.cancel();
}

void EventLoop::Timer::arm(const std::shared_ptr<State>& state) {
  state->armed = state->wanted;
  state->timer.expires_at(*state->wanted);
  state->timer.async_wait([state](const asio::error_code& error) {
    if (error || !state->alive) return;  // armed for an earlier time instead
    state->armed.reset();
    if (!state->wanted) return;
    if (std::chrono::steady_clock::now() < *state->wanted) {
      arm(state);
      return;
    }
    state->wanted.reset();
    state->passed();
  });
}

void EventLoop::Timer::set(Deadline when) {
  state_->wanted = when;
  if (!state_->armed || *state_->armed > when) arm(state_);
}

void EventLoop::Timer::clear() {
  state_->wanted.reset();
}

}  // namespace tocsin::https
