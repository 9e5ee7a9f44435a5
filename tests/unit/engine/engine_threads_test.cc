// The engine on a thread of its own, with many threads asking: what the thread sanitizer looks at.
#include <gtest/gtest.h>

#include <thread>

#include "adapters/console/console.h"
#include "gateway/db/session.h"
#include "tests/support/world.h"

namespace tocsin::testing {
namespace {

using namespace std::chrono_literals;

model::SubmitReport a_report(const World& world, const std::string& key) {
  model::SubmitReport report;
  report.by.role = model::Role::kReporter;
  report.by.name = "worker";
  report.by.person = world.id_of("worker");
  report.key = key;
  report.hazard = "fire";
  report.area = "lake-1";
  return report;
}

// The town's office with the machine's clock and a console link, running by itself.
class EngineThreadsTest : public ::testing::Test {
 protected:
  void SetUp() override {
    world.office->stop(0s);
    world.office.reset();
    auto parts = world.parts();
    parts.clock = &machine;
    parts.senders = {&console};
    parts.heartbeat = [this] { ++heartbeats; };
    auto opened = app::Office::open(parts);
    ASSERT_TRUE(opened.ok()) << opened.error().message;
    office = std::move(*opened);
    office->engine().run();
  }
  void TearDown() override {
    if (office) office->stop(1s);
  }

  World world;
  base::SystemClock machine;
  std::atomic<int> heartbeats{0};
  console::Console console{{}};
  std::unique_ptr<app::Office> office;
};

TEST_F(EngineThreadsTest, ManyThreadsReportAtOnceAndEachReportIsOneRow) {
  constexpr int kThreads = 4, kEach = 10;
  std::vector<std::thread> threads;
  std::atomic<int> accepted{0};
  for (int t = 0; t < kThreads; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < kEach; ++i) {
        const auto result =
            office->submit(a_report(world, "thread-" + std::to_string(t) + "-" + std::to_string(i))).get();
        if (result.ok()) ++accepted;
        (void)office->readiness();
        (void)office->metrics();
      }
    });
  }
  for (auto& thread : threads) thread.join();

  EXPECT_EQ(accepted, kThreads * kEach);
  const auto view = office->queries().incident(101, 100);
  ASSERT_TRUE(view.ok());
  EXPECT_EQ(view->reports.size(), static_cast<std::size_t>(kThreads * kEach));
}

TEST_F(EngineThreadsTest, AnAnswerByPhoneReachesItsAlert) {
  ASSERT_TRUE(office->submit(a_report(world, "phone-answer-1")).get().ok());
  const auto* leader = office->roster()->person_coded("leader");
  std::promise<bool> stored;
  // The text may have to wait for the hand-over to be written down; the record tells.
  ASSERT_TRUE(console.phone_texts(leader->contacts.front().address, "1 101", [&](bool ok) { stored.set_value(ok); }));
  EXPECT_TRUE(stored.get_future().get());
  const auto view = office->queries().incident(101, 100);
  ASSERT_TRUE(view.ok());
  ASSERT_EQ(view->alerts.size(), 1U);
  EXPECT_EQ(view->alerts.front().alert.answer, model::AnswerKind::kReceived);
}

TEST_F(EngineThreadsTest, TheHeartGoesOnWithEachTurnAndNotWhileTheStoreHangs) {
  ASSERT_TRUE(office->submit(a_report(world, "heart-0001")).get().ok());
  const auto reaches = [&](int wanted) {
    for (int i = 0; i < 1000 && heartbeats < wanted; ++i) std::this_thread::sleep_for(10ms);  // an idle turn is 500 ms
    return heartbeats >= wanted;
  };
  EXPECT_TRUE(reaches(2));

  auto other = std::move(db::Session::open(world.parts().database, {})).value();
  ASSERT_TRUE(other->begin().ok());
  auto waiting = office->submit(a_report(world, "heart-0002"));
  EXPECT_EQ(waiting.wait_for(700ms), std::future_status::timeout) << "somebody else keeps the write lock";
  const int before = heartbeats;
  EXPECT_EQ(waiting.wait_for(1s), std::future_status::timeout);
  EXPECT_EQ(heartbeats, before);
  other->rollback();
  EXPECT_TRUE(waiting.get().ok());
  EXPECT_TRUE(reaches(before + 1));
}

TEST_F(EngineThreadsTest, StopAnswersEverybodyWhoStillWaits) {
  std::vector<std::future<model::CommandResult>> waiting;
  for (int i = 0; i < 50; ++i) waiting.push_back(office->submit(a_report(world, "stopping-" + std::to_string(i))));
  office->stop(1s);
  for (auto& future : waiting) EXPECT_EQ(future.wait_for(0s), std::future_status::ready);
  const auto late = office->submit(a_report(world, "too-late-1")).get();
  ASSERT_FALSE(late.ok());
  EXPECT_EQ(late.error().code, base::ErrorCode::kRetryLater);
}

TEST_F(EngineThreadsTest, ANewDirectoryIsSwappedInBetweenBatches) {
  office->engine().use_roster(office->roster());
  EXPECT_TRUE(office->submit(a_report(world, "after-swap-1")).get().ok());
  EXPECT_TRUE(office->roster() != nullptr);
}

}  // namespace
}  // namespace tocsin::testing
