// Contact points that fail are listed with their evidence after each call-out, until they work again.
#include <gmock/gmock.h>

#include "tests/support/world.h"

namespace tocsin::testing {
namespace {

using namespace std::chrono_literals;
using ::testing::IsEmpty;

class Care : public ::testing::Test {
 protected:
  // Codes of those with a contact point in doubt.
  std::vector<std::string> doubtful() {
    std::vector<std::string> people;
    const auto doubts = world.office->queries().doubtful_contacts(world.clock.utc_now() - 24h * 30);
    EXPECT_TRUE(doubts.ok());
    for (const auto* card : world.office->roster()->people()) {
      for (const auto& point : card->contacts) {
        for (const auto& doubt : *doubts) {
          if (doubt.contact == point.id) people.push_back(card->code);
        }
      }
    }
    return people;
  }
  World world;
};

TEST_F(Care, AWrongNumberIsListedAndANumberThatIsOnlyOffIsNotYet) {
  world.sms.mood = CarrierMood::kUndelivers;
  world.report("fire", "", "lake-1", "", true);  // a drill, to the leader
  world.advance(1s);
  EXPECT_THAT(doubtful(), IsEmpty()) << "one night, and the carrier says no more than that it did not arrive";

  world.desk_calls("leader", model::CallOutcome::kWrongNumber);
  EXPECT_THAT(doubtful(), ::testing::ElementsAre("leader"));
  world.forget_texts();
}

TEST_F(Care, WhatFailsInTwoIncidentsIsListedUntilAMessageArrives) {
  world.sms.mood = CarrierMood::kUndelivers;
  world.report("fire", "", "lake-1");
  world.advance(1s);
  world.report("fire", "", "hill");
  world.advance(1s);
  EXPECT_THAT(doubtful(), ::testing::ElementsAre("leader"));

  world.sms.mood = CarrierMood::kConfirms;
  world.report("food_poisoning", "ill=3", "hill");
  world.advance(1s);
  EXPECT_THAT(doubtful(), IsEmpty());
  world.forget_texts();
}

}  // namespace
}  // namespace tocsin::testing
