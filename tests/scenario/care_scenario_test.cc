// Contact points that fail are listed with their evidence after each call-out, until they work again.
#include <gmock/gmock.h>

#include "gateway/db/session.h"
#include "gateway/store/verify_record.h"
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

// ---- what is forgotten in time ----

TEST(Forgetting, NumbersGoAfterTheirTimeThenPeoplesWordsAndWhatHappenedStaysWithTheRecordWhole) {
  WorldOptions options;
  options.engine.numbers_kept = 24h * 40;
  options.engine.words_kept = 24h * 60;
  World world(options);
  world.texts("worker", "东湖着火，被困2人");
  world.texts("commander", "路上堵车，半小时后到");
  world.forget_texts();
  ASSERT_TRUE(world.desk(model::StandDown{{}, 101, "扑灭"}).ok());
  world.forget_texts();
  const auto count = [&](const std::string& query) {
    auto session = db::Session::open(world.folder + "/tocsin.db", {db::Mode::kReadOnly});
    auto rows = (*session)->statement(query).run();
    return rows.next() ? rows.int64(0) : -1;
  };
  const std::string numbers = "select count(*) from delivery where address like '+%'";
  const std::string words =
      "select (select count(*) from report where body <> '') + (select count(*) from note where body <> '')";
  const auto told = count("select count(*) from delivery where state = 4");
  ASSERT_GT(count(numbers), 0);
  ASSERT_GT(count(words), 1);

  world.advance(24h * 39);
  EXPECT_GT(count(numbers), 0);
  world.advance(24h * 2);
  EXPECT_EQ(count(numbers), 0);
  EXPECT_GT(count(words), 1);
  world.advance(24h * 20);
  EXPECT_EQ(count(words), 0);

  EXPECT_EQ(count("select count(*) from delivery where state = 4"), told);
  EXPECT_FALSE(world.alert_of(world.incident(101), "commander").deliveries.empty()) << "who was told, and when";
  EXPECT_GE(world.count_records(model::RecordKind::kPurged), 2);
  auto session = db::Session::open(world.folder + "/tocsin.db", {db::Mode::kReadOnly});
  EXPECT_TRUE(store::verify_record(**session)->whole);
}

}  // namespace
}  // namespace tocsin::testing
