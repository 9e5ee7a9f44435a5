#include <pthread.h>
#include <signal.h>

#include <cstdio>

#include "gateway/app/commands.h"
#include "gateway/app/daemon.h"
#include "gateway/app/plan_file.h"
#include "gateway/app/version.h"
#include "gateway/base/log.h"

namespace tocsin::app {
namespace {

using namespace std::chrono_literals;

constexpr base::Duration kStopWithin = 5s;  // for links to hear what is still on its way

sigset_t our_signals() {
  sigset_t set;
  sigemptyset(&set);
  for (const int signal : {SIGTERM, SIGINT, SIGHUP}) sigaddset(&set, signal);
  return set;
}

base::LogLevel level_named(const std::string& name) {
  if (name == "debug") return base::LogLevel::kDebug;
  if (name == "warning") return base::LogLevel::kWarning;
  if (name == "error") return base::LogLevel::kError;
  return base::LogLevel::kInfo;
}

void say(const std::string& line) {
  std::printf("%s\n", line.c_str());
  std::fflush(stdout);
}

void reload(Daemon& daemon) {
  const auto done = daemon.reload();
  if (done) {
    std::fputs(daemon.warnings().c_str(), stderr);
    base::log(base::LogLevel::kInfo, "reload.done");
    return;
  }
  std::fprintf(stderr, "%s\n", done.error().message.c_str());
  base::log(base::LogLevel::kError, "reload.refused", "all stays as it was");
}

}  // namespace

int run_serve(const ServeOptions& options) {
  const auto read = read_settings(options.config);
  if (!read) return fail_to_open(read.error());
  std::fputs(render_all(read->findings, read->source).c_str(), stderr);
  if (base::has_errors(read->findings)) return kExitRefused;
  base::set_log_level(level_named(read->settings.log_level));

  // Blocked before any thread exists, so that every thread inherits it and only sigwait() below takes them.
  const auto signals = our_signals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  ::signal(SIGPIPE, SIG_IGN);

  const base::SystemClock clock;
  auto started = Daemon::start(read->settings, clock, [](std::string_view line) { say(std::string(line)); });
  if (!started) return fail_to_open(started.error());
  auto& daemon = **started;
  std::fputs(daemon.warnings().c_str(), stderr);
  say("tocsin " + std::string(kVersion) + " serves " + daemon.url());
  say("certificate " + daemon.certificate() + " SHA-256 " + daemon.fingerprint());
  daemon.run();

  for (int signal = 0; sigwait(&signals, &signal) == 0 && signal == SIGHUP;) reload(daemon);
  base::log(base::LogLevel::kInfo, "daemon.stopping");
  daemon.stop(kStopWithin);
  return kExitDone;
}

}  // namespace tocsin::app
