#include "adapters/console/console.h"

#include <gmock/gmock.h>

#include <memory>

#include "tests/support/recorded_events.h"

namespace tocsin::console {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using testing::RecordedEvents;

constexpr const char* kPhone = "+8614400000017";

class ConsoleTest : public ::testing::Test {
 protected:
  Console& started(ConsoleSettings settings = {}) {
    console =
        std::make_unique<Console>(std::move(settings), [this](std::string_view line) { shown.emplace_back(line); });
    console->start(0, events);
    return *console;
  }
  static ports::OutMessage a_message(std::string text) { return {{42}, kPhone, std::move(text), {}, 0, 5}; }

  std::vector<std::string> shown;
  RecordedEvents events;
  std::unique_ptr<Console> console;
};

TEST_F(ConsoleTest, WhatWouldBeSentIsShownWithTheNumberMasked) {
  started().send({a_message("fire at bridge 12")});
  ASSERT_THAT(shown, ::testing::SizeIs(1));
  EXPECT_THAT(shown[0], HasSubstr("fire at bridge 12"));
  EXPECT_THAT(shown[0], HasSubstr("0017"));
  EXPECT_THAT(shown[0], Not(HasSubstr("14400000017")));
}

TEST_F(ConsoleTest, WholeNumbersAreShownOnlyWhenAskedFor) {
  ConsoleSettings settings;
  settings.whole_numbers = true;
  started(settings).send({a_message("fire")});
  EXPECT_THAT(shown, ElementsAre(HasSubstr(kPhone)));
}

TEST_F(ConsoleTest, NoTextCanDriveTheTerminal) {
  started().send({a_message("one\ntwo\x1B[2J")});
  EXPECT_THAT(shown[0], HasSubstr("one\n    two"));
  EXPECT_EQ(shown[0].find('\x1B'), std::string::npos);
}

TEST_F(ConsoleTest, AcceptedComesBeforeDeliveredAndBothBeforeSendReturns) {
  started().send({a_message("fire")});
  const auto seen = events.seen();
  ASSERT_EQ(seen.ends.size(), 1U);
  EXPECT_EQ(seen.ends[0].outcome, model::SendOutcome::kAccepted);
  ASSERT_EQ(seen.receipts.size(), 1U);
  EXPECT_EQ(seen.receipts[0].carrier_id, seen.ends[0].carrier_id);
}

TEST_F(ConsoleTest, WithoutReceiptsNothingIsSaidOfDelivery) {
  ConsoleSettings settings;
  settings.receipts = false;
  EXPECT_FALSE(started(settings).can().receipts);
  console->send({a_message("fire")});
  EXPECT_THAT(events.seen().receipts, IsEmpty());
}

TEST_F(ConsoleTest, HeldMessagesWaitForThePumpInTheirOrder) {
  ConsoleSettings settings;
  settings.hold = true;
  started(settings).send({a_message("first")});
  console->send({a_message("second")});
  EXPECT_THAT(shown, IsEmpty());
  EXPECT_EQ(console->free_window(), 62);
  EXPECT_EQ(console->pump(), 2);
  EXPECT_THAT(shown, ElementsAre(HasSubstr("first"), HasSubstr("second")));
  EXPECT_EQ(console->pump(), 0);
}

TEST_F(ConsoleTest, APhoneIsHeardOnlyWhileTheConsoleRuns) {
  EXPECT_TRUE(started().phone_texts(kPhone, "2"));
  console->stop({});
  EXPECT_FALSE(console->phone_texts(kPhone, "2"));
  EXPECT_EQ(events.seen().inbound.size(), 1U);
}

}  // namespace
}  // namespace tocsin::console
