// Any sender while it runs, and what it told: for tests of links whose making is all that differs.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <utility>

#include "tests/support/recorded_events.h"

namespace tocsin::testing {

// Declare it after what the sender talks to: it stops the sender first.
class StartedSender {
 public:
  StartedSender() = default;
  StartedSender(const StartedSender&) = delete;
  StartedSender& operator=(const StartedSender&) = delete;
  ~StartedSender() {
    if (sender) sender->stop(base::Duration::zero());
  }

  void start(std::unique_ptr<ports::Sender> made) {
    sender = std::move(made);
    sender->start(3, events);
  }
  void start_up(std::unique_ptr<ports::Sender> made) {
    start(std::move(made));
    ASSERT_TRUE(events.wait_until([](const RecordedEvents::Seen& seen) { return seen.up(); }));
  }
  // Sends one message that makes one part, and waits for its end.
  model::SendEnd sent(ports::OutMessage message) {
    const auto count = events.seen().ends.size() + 1;
    sender->send({std::move(message)});
    EXPECT_TRUE(events.wait_until([count](const RecordedEvents::Seen& seen) { return seen.ends.size() == count; }));
    return events.seen().ends.back();
  }

  RecordedEvents events;
  std::unique_ptr<ports::Sender> sender;
};

}  // namespace tocsin::testing
