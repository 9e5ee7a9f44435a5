#include "adapters/transfer/loop.h"

#include <pthread.h>
#include <sys/socket.h>

#include <algorithm>
#include <csignal>
#include <exception>
#include <map>
#include <mutex>
#include <thread>

#include "adapters/transfer/easy.h"
#include "gateway/base/log.h"

namespace tocsin::transfer {

using base::Duration;
using base::SteadyTime;

class Loop::Impl {
 public:
  explicit Impl(Settings settings);
  ~Impl();

  void post(Task task);
  void run();

  const Settings settings;
  std::multimap<SteadyTime, Task> timers;
  std::map<CURL*, std::unique_ptr<Easy>> running;
  Sockets sockets;
  bool finished = false;
  void begin(Transfer transfer, Then then);
  void end_all();

 private:
  void one_round();
  void wait();
  void do_posted();
  void do_due();
  void take_ended();
  void end(CURL* handle, CURLcode code);
  // No exception leaves a task: what it was about to do is lost, the loop goes on.
  void perform(const Task& task);

  CURLM* multi_ = nullptr;
  std::mutex mutex_;  // guards posted_, closed_
  std::vector<Task> posted_;
  bool closed_ = false;

 public:
  std::thread thread;  // last: everything stands before it runs
};

Loop::Impl::Impl(Settings s) : settings(std::move(s)) {
  static const CURLcode ready = curl_global_init(CURL_GLOBAL_DEFAULT);
  if (ready == CURLE_OK) multi_ = curl_multi_init();
}

Loop::Impl::~Impl() {
  for (const curl_socket_t socket : sockets) ::shutdown(socket, SHUT_RDWR);
  for (const auto& [handle, easy] : running) curl_multi_remove_handle(multi_, handle);
  running.clear();
  if (multi_ != nullptr) curl_multi_cleanup(multi_);
}

void Loop::Impl::post(Task task) {
  {
    const std::lock_guard lock(mutex_);
    if (closed_) return;
    posted_.push_back(std::move(task));
  }
  curl_multi_wakeup(multi_);
}

void Loop::Impl::run() {
  // The process's signals are the main thread's; and a peer that hangs up while TLS writes is no SIGPIPE.
  sigset_t all;
  sigfillset(&all);
  for (const int fault : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT}) sigdelset(&all, fault);
  pthread_sigmask(SIG_BLOCK, &all, nullptr);
  while (!finished) one_round();
  const std::lock_guard lock(mutex_);
  closed_ = true;
  posted_.clear();
}

void Loop::Impl::one_round() {
  do_posted();
  do_due();
  if (finished) return;
  int open = 0;
  curl_multi_perform(multi_, &open);
  take_ended();
  if (!finished) wait();
}

void Loop::Impl::wait() {
  constexpr Duration kLongest = std::chrono::seconds(60);
  Duration limit = timers.empty() ? kLongest : std::min(kLongest, timers.begin()->first - Loop::now());
  {
    const std::lock_guard lock(mutex_);
    if (!posted_.empty()) limit = Duration::zero();
  }
  const auto ms = std::chrono::ceil<std::chrono::milliseconds>(std::max(limit, Duration::zero())).count();
  curl_multi_poll(multi_, nullptr, 0, static_cast<int>(ms), nullptr);
}

void Loop::Impl::perform(const Task& task) {
  try {
    task();
  } catch (const std::exception&) {
    base::log(base::LogLevel::kError, "transfer.internal_error");
  }
}

void Loop::Impl::do_posted() {
  std::vector<Task> tasks;
  {
    const std::lock_guard lock(mutex_);
    tasks.swap(posted_);
  }
  for (const Task& task : tasks) {
    if (!finished) perform(task);
  }
}

void Loop::Impl::do_due() {
  const SteadyTime now = Loop::now();
  while (!finished && !timers.empty() && timers.begin()->first <= now) {
    const Task task = std::move(timers.begin()->second);
    timers.erase(timers.begin());
    perform(task);
  }
}

void Loop::Impl::take_ended() {
  int left = 0;
  while (const CURLMsg* message = finished ? nullptr : curl_multi_info_read(multi_, &left)) {
    if (message->msg == CURLMSG_DONE) end(message->easy_handle, message->data.result);
  }
}

void Loop::Impl::begin(Transfer transfer, Then then) {
  auto easy = Easy::make(settings, sockets, std::move(transfer), then);
  if (easy == nullptr || curl_multi_add_handle(multi_, easy->handle()) != CURLM_OK) {
    Ended never;
    never.error = "cannot be transferred";
    timers.emplace(Loop::now(), [then = std::move(then), never] { then(never); });
    return;
  }
  CURL* handle = easy->handle();
  running.emplace(handle, std::move(easy));
}

void Loop::Impl::end(CURL* handle, CURLcode code) {
  auto found = running.extract(handle);
  if (found.empty()) return;
  const auto& easy = found.mapped();
  Ended ended = easy->ended(code);
  curl_multi_remove_handle(multi_, handle);
  perform([&] { easy->then(std::move(ended)); });
}

void Loop::Impl::end_all() {
  while (!running.empty()) end(running.begin()->first, CURLE_OPERATION_TIMEDOUT);
}

Loop::Loop(Settings settings) : impl_(std::make_unique<Impl>(std::move(settings))) {
  impl_->thread = std::thread([impl = impl_.get()] { impl->run(); });
}

Loop::~Loop() {
  impl_->post([this] { quit(); });
  impl_->thread.join();
}

void Loop::post(Task task) {
  impl_->post(std::move(task));
}

SteadyTime Loop::now() {
  return SteadyTime{std::chrono::duration_cast<Duration>(std::chrono::steady_clock::now().time_since_epoch())};
}

void Loop::at(SteadyTime when, Task task) {
  impl_->timers.emplace(when, std::move(task));
}

void Loop::begin(Transfer transfer, Then then) {
  impl_->begin(std::move(transfer), std::move(then));
}

void Loop::end_all() {
  impl_->end_all();
}

void Loop::quit() {
  impl_->finished = true;
}

}  // namespace tocsin::transfer
