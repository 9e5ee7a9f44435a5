#include "gateway/engine/command_queue.h"

#include <gtest/gtest.h>

namespace tocsin::engine {
namespace {

Pending a_report() {
  return {model::SubmitReport{}, {}, false};
}
Pending a_desk_command() {
  return {model::OpenIncident{}, {}, false};
}
Pending an_end_of_a_send() {
  return {model::SendsEnded{}, {}, true};
}

int fill_with_reports(CommandQueue& queue) {
  int taken = 0;
  for (auto report = a_report(); queue.push(report); report = a_report()) ++taken;
  return taken;
}

TEST(CommandQueueTest, ReportsLeaveATenthToAnswersAndDesk) {
  CommandQueue queue(20);
  EXPECT_EQ(fill_with_reports(queue), 18);
  auto desk = a_desk_command();
  EXPECT_TRUE(queue.push(desk));
}

TEST(CommandQueueTest, WhatIsToldOnlyOnceIsTakenEvenWhenFullOrClosed) {
  CommandQueue queue(10);
  fill_with_reports(queue);
  auto one = a_desk_command();
  EXPECT_TRUE(queue.push(one));
  auto two = a_desk_command();
  EXPECT_FALSE(queue.push(two));
  auto end = an_end_of_a_send();
  EXPECT_TRUE(queue.push(end));
  queue.close();
  auto last = an_end_of_a_send();
  EXPECT_TRUE(queue.push(last));
}

TEST(CommandQueueTest, WhatAFailedBatchMustNotLoseComesFirstAgain) {
  CommandQueue queue(10);
  auto report = a_report();
  queue.push(report);
  std::vector<Pending> kept;
  kept.push_back(an_end_of_a_send());
  queue.push_front(std::move(kept));

  const auto taken = queue.take(10, {});

  ASSERT_EQ(taken.size(), 2U);
  EXPECT_TRUE(std::holds_alternative<model::SendsEnded>(taken.front().command));
}

TEST(CommandQueueTest, TakesNoMoreThanAskedForAndInOrder) {
  CommandQueue queue(10);
  auto first = a_report();
  auto second = a_desk_command();
  queue.push(first);
  queue.push(second);
  EXPECT_TRUE(std::holds_alternative<model::SubmitReport>(queue.take(1, {}).front().command));
  EXPECT_EQ(queue.size(), 1U);
}

}  // namespace
}  // namespace tocsin::engine
