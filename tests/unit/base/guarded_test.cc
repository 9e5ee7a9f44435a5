#include "gateway/base/guarded.h"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

namespace tocsin::base {
namespace {

TEST(GuardedTest, NoIncrementIsLostBetweenThreads) {
  Guarded<int> counter;
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&counter] {
      for (int n = 0; n < 10'000; ++n) counter.with([](int& value) { ++value; });
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(counter.with([](int value) { return value; }), 40'000);
}

TEST(GuardedTest, AConstOneCanBeRead) {
  const Guarded<int> seven(7);
  EXPECT_EQ(seven.with([](const int& value) { return value; }), 7);
}

}  // namespace
}  // namespace tocsin::base
