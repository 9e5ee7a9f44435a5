#include <pthread.h>
#include <signal.h>

#include <cerrno>
#include <cstdio>

#include "gateway/app/commands.h"
#include "gateway/app/daemon.h"
#include "gateway/app/plan_file.h"
#include "gateway/app/plan_inputs.h"
#include "gateway/app/service_manager.h"
#include "gateway/app/version.h"
#include "gateway/base/log.h"

namespace tocsin::app {
namespace {

using namespace std::chrono_literals;

constexpr timespec kLookEvery{3600, 0};     // at the certificate
constexpr base::Duration kStopWithin = 5s;  // for links to hear what is still on its way

sigset_t our_signals() {
  sigset_t set;
  sigemptyset(&set);
  for (const int signal : {SIGTERM, SIGINT, SIGHUP}) sigaddset(&set, signal);
  return set;
}

void say(const std::string& line) {
  std::printf("%s\n", line.c_str());
  std::fflush(stdout);
}

void reload(Daemon& daemon, const ServiceManager& manager) {
  manager.reloading();
  const auto done = daemon.reload();
  if (done) {
    std::fputs(daemon.warnings().c_str(), stderr);
    base::log(base::LogLevel::kInfo, "reload.done");
  } else {
    std::fprintf(stderr, "%s\n", done.error().message.c_str());
    base::log(base::LogLevel::kError, "reload.refused", "all stays as it was");
  }
  manager.ready(done ? "serves " + daemon.url() : "serves " + daemon.url() + "; the last reload was refused");
}

// Until one that ends the daemon.
void wait_for_signals(const sigset_t& signals, Daemon& daemon, const ServiceManager& manager) {
  for (;;) {
    const int signal = sigtimedwait(&signals, nullptr, &kLookEvery);
    if (signal == SIGHUP) {
      reload(daemon, manager);
    } else if (signal > 0) {
      return;
    } else if (errno == EAGAIN) {
      daemon.look_at_certificate();
    }
  }
}

}  // namespace

int run_serve(const ServeOptions& options) {
  auto read = read_settings(options.config);
  if (!read) return fail_to_open(read.error());
  read->settings.chinese = language_of_reader(options.language) == "zh";
  std::fputs(render_all(read->findings, read->source).c_str(), stderr);
  if (base::has_errors(read->findings)) return kExitRefused;
  base::set_log_level(log_level_of(read->settings));

  // Blocked before any thread exists, so that every thread inherits it and only sigwait() below takes them.
  const auto signals = our_signals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  ::signal(SIGPIPE, SIG_IGN);

  const base::SystemClock clock;
  ServiceManager manager;
  auto started = Daemon::start(
      read->settings, clock, [](std::string_view line) { say(std::string(line)); },
      [&] { manager.heartbeat(clock.steady_now()); });
  if (!started) return fail_to_open(started.error());
  auto& daemon = **started;
  std::fputs(daemon.warnings().c_str(), stderr);
  say("tocsin " + std::string(kVersion) + " serves " + daemon.url());
  say("certificate " + daemon.certificate() + " SHA-256 " + daemon.fingerprint());
  daemon.run();

  manager.ready("serves " + daemon.url());
  wait_for_signals(signals, daemon, manager);
  manager.stopping();
  base::log(base::LogLevel::kInfo, "daemon.stopping");
  daemon.stop(kStopWithin);
  return kExitDone;
}

}  // namespace tocsin::app
