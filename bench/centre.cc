#include "bench/centre.h"

#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <new>
#include <thread>

#include "bench/figures.h"
#include "tests/support/smsc.h"

namespace tocsin::bench {
namespace {

void nap(int us) {
  std::this_thread::sleep_for(std::chrono::microseconds(us));
}

[[noreturn]] void serve(Board& board) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  testing::SmscSettings settings;
  settings.keep = false;
  settings.on_submit = [&board](std::string_view to, std::string_view /*octets*/) {
    const auto now = now_ns();
    if (board.submitted.fetch_add(1) == 0) board.first_at = now;
    const int head = head_of_number(to);
    if (head >= 0 && head < kAreas && board.head_at[head] == 0) board.head_at[head] = now;
  };
  testing::Smsc smsc(settings);
  board.port = smsc.port();
  for (;;) {
    const auto counts = smsc.counts();
    board.sessions = counts.sessions;
    if (board.acknowledged != counts.acknowledged) {
      board.acknowledged_at = now_ns();
      board.acknowledged = counts.acknowledged;
    }
    nap(500);
  }
}

}  // namespace

Centre::Centre() {
  void* shared = ::mmap(nullptr, sizeof(Board), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (shared == MAP_FAILED) std::abort();
  board_ = new (shared) Board;
  child_ = ::fork();
  if (child_ < 0) std::abort();
  if (child_ == 0) serve(*board_);
  while (board_->port == 0) nap(1000);
}

Centre::~Centre() {
  ::kill(child_, SIGKILL);
  ::waitpid(child_, nullptr, 0);
  ::munmap(board_, sizeof(Board));
}

bool Centre::wait_bound() {
  for (int i = 0; i < 10'000 && board_->sessions == 0; ++i) nap(1000);
  return board_->sessions > 0;
}

bool Centre::wait_acknowledged(std::int64_t receipts, int seconds) {
  const auto until = now_ns() + seconds * 1'000'000'000LL;
  while (board_->acknowledged < receipts && now_ns() < until) nap(1000);
  return board_->acknowledged >= receipts;
}

std::int64_t Centre::wait_head(int area) {
  const auto until = now_ns() + 5'000'000'000LL;
  while (board_->head_at[area] == 0 && now_ns() < until) nap(200);
  return board_->head_at[area];
}

sms::SmppSettings link_to(Centre& centre) {
  sms::SmppSettings settings;
  settings.name = "smpp";
  settings.host = "127.0.0.1";
  settings.port = static_cast<std::uint16_t>(centre.board().port.load());
  settings.system_id = "tocsin";
  settings.password = "secret";
  settings.source_addr = "10690000";
  return settings;
}

}  // namespace tocsin::bench
