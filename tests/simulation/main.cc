// tocsin-simulate: runs seeds until one breaks a promise, or replays one.
#include <cstdio>
#include <cstdlib>
#include <string>

#include "gateway/base/log.h"
#include "tests/simulation/simulation.h"

namespace {

constexpr const char* kUsage =
    "tocsin-simulate [--seeds N] [--from S] [--seed S] [--actions N] [--no-faults] [--verbose] [--keep FILE] "
    "[--keep-going]\n"
    "  --seeds N     run N seeds (default 100), from --from S (default 1)\n"
    "  --seed S      run one seed; with --verbose print what it does\n"
    "  --keep FILE   copy the database there at the end of the run\n"
    "  --keep-going  do not stop at the first seed that breaks a promise\n";

struct Wanted {
  std::uint64_t from = 1, seeds = 100;
  bool keep_going = false;
  tocsin::simulation::Options options;
};

bool number(const char* text, std::uint64_t& into) {
  char* end = nullptr;
  into = text == nullptr ? 0 : std::strtoull(text, &end, 10);
  return end != nullptr && end != text && *end == '\0';
}

bool read(int argc, char** argv, Wanted& wanted) {
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
    const char* next = i + 1 < argc ? argv[i + 1] : nullptr;
    std::uint64_t value = 0;
    if (word == "--verbose") {
      wanted.options.verbose = true;
    } else if (word == "--no-faults") {
      wanted.options.faults = false;
    } else if (word == "--keep-going") {
      wanted.keep_going = true;
    } else if (word == "--keep" && next != nullptr) {
      wanted.options.keep = next;
      ++i;
    } else if (!number(next, value)) {
      return false;
    } else {
      ++i;
      if (word == "--seeds")
        wanted.seeds = value;
      else if (word == "--from")
        wanted.from = value;
      else if (word == "--seed")
        wanted.from = value, wanted.seeds = 1;
      else if (word == "--actions" && value > 0 && value < 100000)
        wanted.options.actions = static_cast<int>(value);
      else
        return false;
    }
  }
  return true;
}

}  // namespace

int main(int argc, char** argv) {
  Wanted wanted;
  if (!read(argc, argv, wanted)) {
    std::fputs(kUsage, stderr);
    return 2;
  }
  tocsin::base::set_log_level(tocsin::base::LogLevel::kOff);
  std::uint64_t failed = 0;
  for (std::uint64_t i = 0; i < wanted.seeds; ++i) {
    const auto outcome = tocsin::simulation::run(wanted.from + i, wanted.options);
    if (outcome.broken.empty()) continue;
    ++failed;
    std::printf("seed %llu breaks a promise:\n", static_cast<unsigned long long>(outcome.seed));
    for (const auto& sentence : outcome.broken) std::printf("  %s\n", sentence.c_str());
    std::printf("  replay: ./dev simulate --seed %llu --verbose\n", static_cast<unsigned long long>(outcome.seed));
    std::fflush(stdout);
    if (!wanted.keep_going) {
      std::printf("found after %llu seed(s)\n", static_cast<unsigned long long>(i + 1));
      return 1;
    }
  }
  std::printf("%llu seed(s), %llu broke a promise\n", static_cast<unsigned long long>(wanted.seeds),
              static_cast<unsigned long long>(failed));
  return failed == 0 ? 0 : 1;
}
