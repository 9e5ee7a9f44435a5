// The simulator in the daily test run: a few seeds of everything, and that a seed can be replayed.
#include "tests/simulation/simulation.h"

#include <gtest/gtest.h>

#include "gateway/base/log.h"

namespace tocsin::simulation {
namespace {

std::string sentences(const Outcome& outcome) {
  std::string all = "seed " + std::to_string(outcome.seed);
  for (const auto& sentence : outcome.broken) all += "\n  " + sentence;
  return all;
}

void expect_kept(std::uint64_t from, std::uint64_t count, const Options& options) {
  base::set_log_level(base::LogLevel::kOff);
  for (auto seed = from; seed < from + count; ++seed) {
    const auto outcome = run(seed, options);
    EXPECT_TRUE(outcome.broken.empty()) << sentences(outcome);
  }
}

TEST(Simulation, PromisesAreKeptThroughCrashesAndAFailingDisk) {
  expect_kept(1, 40, {});
}

TEST(Simulation, PromisesAreKeptWhenOnlyPeopleAndLinksMisbehave) {
  Options calm;
  calm.faults = false;
  expect_kept(100001, 20, calm);
}

TEST(Simulation, ASeedReplaysExactly) {
  base::set_log_level(base::LogLevel::kOff);
  for (const std::uint64_t seed : {3U, 11U, 500U}) {
    const auto once = run(seed, {});
    const auto again = run(seed, {});
    EXPECT_EQ(once.digest, again.digest) << "seed " << seed;
    EXPECT_EQ(once.trace, again.trace);
    EXPECT_NE(once.digest, run(seed + 1, {}).digest);
  }
}

}  // namespace
}  // namespace tocsin::simulation
