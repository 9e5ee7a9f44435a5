#include "adapters/sms/modem/keeper.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <csignal>
#include <utility>
#include <vector>

#include "gateway/base/text.h"

namespace tocsin::sms {
namespace {

constexpr int kMonitorPatience = 3000;  // ms

int now_ms() {
  return static_cast<int>(
      std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now().time_since_epoch())
          .count() &
      0x3FFFFFFF);
}

// Starts a program whose standard output goes to `output` (-1: nowhere).  It ends with the thread that started it,
// however that ends: a second gammu-smsd would fight with the first for the stick.
pid_t spawn(const std::vector<std::string>& words, int output, bool modest) {
  std::vector<char*> argv;
  for (const std::string& word : words) argv.push_back(const_cast<char*>(word.c_str()));
  argv.push_back(nullptr);
  const pid_t parent = ::getpid();
  const pid_t child = ::fork();
  if (child != 0) return child;
  // Only what is safe between fork and exec.
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != parent) ::_exit(127);
  sigset_t none;
  sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  for (const int signal : {SIGPIPE, SIGTERM, SIGINT, SIGHUP}) ::signal(signal, SIG_DFL);
  if (modest) ::setpriority(PRIO_PROCESS, 0, 10);  // without a loop sleep it turns all the time
  ::umask(077);
  const int nothing = ::open("/dev/null", O_RDWR);
  ::dup2(nothing, 0);
  ::dup2(output >= 0 ? output : nothing, 1);
  ::dup2(nothing, 2);
  ::execv(argv[0], argv.data());
  ::_exit(127);
}

// Empty when it does not end well in time.
std::string output_of(const std::vector<std::string>& words, int patience) {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) return {};
  const pid_t child = spawn(words, ends[1], false);
  ::close(ends[1]);
  std::string text;
  const int begin = now_ms();
  char buffer[1024];
  while (child > 0 && text.size() < 16384) {
    pollfd ready{ends[0], POLLIN, 0};
    const int left = patience - (now_ms() - begin);
    if (left <= 0 || ::poll(&ready, 1, left) <= 0) break;
    const ssize_t n = ::read(ends[0], buffer, sizeof buffer);
    if (n <= 0) break;
    text.append(buffer, static_cast<std::size_t>(n));
  }
  ::close(ends[0]);
  if (child <= 0) return {};
  ::kill(child, SIGKILL);  // it has ended already unless it was too slow
  while (::waitpid(child, nullptr, 0) < 0 && errno == EINTR) {
  }
  return text;
}

class Watched : public Keeper {
 public:
  Watched(const ModemSettings& settings, Spool& spool) : settings_(settings), spool_(spool) {}
  [[nodiscard]] std::optional<StickStatus> status() override {
    const std::string text =
        output_of({settings_.gammu_monitor, "-C", "-n", "1", "-d", "0", "-c", spool_.smsdrc()}, kMonitorPatience);
    for (const std::string& line : base::split(text, '\n')) {
      if (auto status = read_monitor(line)) return status;
    }
    return std::nullopt;
  }

 protected:
  ModemSettings settings_;
  Spool& spool_;
};

class Child final : public Watched {
 public:
  using Watched::Watched;
  ~Child() override { end(base::Duration::zero()); }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  void start(bool /*changed*/) override {
    if (pid_ <= 0) pid_ = spawn({settings_.gammu_smsd, "-c", spool_.smsdrc()}, -1, true);
  }
  void restart() override {
    end(base::Duration::zero());  // it may stand still in a system call; what it was sending has an unknown end anyway
    start(false);
  }
  void stop(base::Duration limit) override { end(limit); }
  [[nodiscard]] bool runs() override {
    if (pid_ > 0 && ::waitpid(pid_, nullptr, WNOHANG) == pid_) pid_ = -1;
    return pid_ > 0;
  }

 private:
  void end(base::Duration limit) {
    if (pid_ <= 0) return;
    const auto patience = std::chrono::duration_cast<std::chrono::milliseconds>(limit).count();
    ::kill(pid_, SIGTERM);
    const int begin = now_ms();
    while (runs()) {
      if (now_ms() - begin >= patience) ::kill(pid_, SIGKILL);
      ::poll(nullptr, 0, 5);
    }
  }
  pid_t pid_ = -1;
};

class Unit final : public Watched {
 public:
  using Watched::Watched;
  void start(bool changed) override {
    if (changed || !status()) spool_.request_restart();
  }
  void restart() override { spool_.request_restart(); }
  void stop(base::Duration /*limit*/) override {}
  [[nodiscard]] bool runs() override { return true; }  // the manager starts it again by itself
};

}  // namespace

std::optional<StickStatus> read_monitor(std::string_view line) {
  const auto fields = base::split(line, ';');
  constexpr std::size_t kFields = 9;
  if (fields.size() < kFields) return std::nullopt;
  // The client's own name comes first and may hold anything: counted from the end.
  const auto field = [&fields](std::size_t from_end) -> const std::string& { return fields[fields.size() - from_end]; };
  const auto number = [](const std::string& text) {
    int value = -1;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size() ? value : -1;
  };
  StickStatus status;
  status.answers = !field(7).empty();
  status.sent = number(field(5));
  status.received = number(field(4));
  status.failed = number(field(3));
  status.signal = number(field(1));
  if (status.sent < 0 || status.received < 0 || status.failed < 0) return std::nullopt;
  if (status.signal < 0 || status.signal > 100) status.signal = -1;
  return status;
}

std::unique_ptr<Keeper> make_keeper(const ModemSettings& settings, Spool& spool) {
  if (settings.supervisor == "systemd") return std::make_unique<Unit>(settings, spool);
  return std::make_unique<Child>(settings, spool);
}

}  // namespace tocsin::sms
