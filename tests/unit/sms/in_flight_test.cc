#include "adapters/sms/smpp/in_flight.h"

#include <gtest/gtest.h>

#include "adapters/sms/smpp/open_turns.h"

namespace tocsin::sms::smpp {
namespace {

using namespace std::chrono_literals;

constexpr base::SteadyTime kNow{std::chrono::hours(1)};

InFlight a_request(std::int64_t delivery, base::SteadyTime at = kNow) {
  return {0, {delivery}, 1, 1, at, 0};
}

TEST(InFlightTest, AResponseFindsItsRequestOnce) {
  InFlightTable table(10);
  const auto first = table.add(a_request(1)), second = table.add(a_request(2));
  EXPECT_NE(first, second);
  EXPECT_EQ(table.take(second)->delivery.value, 2);
  EXPECT_FALSE(table.take(second));
  EXPECT_FALSE(table.take(0));
  EXPECT_EQ(table.size(), 1U);
}

TEST(InFlightTest, AnOldRequestIsNeverOverwrittenByALaterNumber) {
  InFlightTable table(10);
  const auto old = table.add(a_request(1));
  for (std::int64_t i = 2; i < 1000; ++i) {
    const auto sequence = table.add(a_request(i));
    ASSERT_EQ(table.take(sequence)->delivery.value, i);
  }
  EXPECT_EQ(table.take(old)->delivery.value, 1);
}

TEST(InFlightTest, OnlyWhatIsOverdueIsTakenOut) {
  InFlightTable table(10);
  (void)table.add(a_request(1, kNow));
  (void)table.add(a_request(2, kNow + 1s));
  int taken = 0;
  table.take_sent_until(kNow, [&](const InFlight& request) { taken += static_cast<int>(request.delivery.value); });
  EXPECT_EQ(taken, 1);
  EXPECT_EQ(table.size(), 1U);
}

TEST(OpenTurnsTest, TheOldestOpenOneIsKnownInWhateverOrderTheyEnd) {
  OpenTurns turns;
  EXPECT_EQ(turns.oldest(), turns.next());
  const auto a = turns.begin(), b = turns.begin(), c = turns.begin();
  turns.end(b);
  EXPECT_EQ(turns.oldest(), a);
  EXPECT_EQ(turns.open(), 2U);
  turns.end(a);
  EXPECT_EQ(turns.oldest(), c);
  turns.end(c);
  EXPECT_EQ(turns.oldest(), turns.next());
  EXPECT_EQ(turns.open(), 0U);
}

}  // namespace
}  // namespace tocsin::sms::smpp
