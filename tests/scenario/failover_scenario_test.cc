// Two links: which one carries what, and who takes over when one cannot.
#include <fstream>
#include <iterator>

#include <gmock/gmock.h>

#include "tests/support/temp_folder.h"
#include "tests/support/world.h"

namespace tocsin::testing {
namespace {

using namespace std::chrono_literals;
using model::DeliveryState;
using model::RecordKind;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

WorldOptions two_links() {
  WorldOptions options;
  options.second_link = true;
  return options;
}

class Failover : public ::testing::Test {
 protected:
  explicit Failover(WorldOptions options = two_links()) : world(std::move(options)) {}
  void TearDown() override {
    for (const auto& text : world.unexpected()) ADD_FAILURE() << "nobody expected: " << text;
  }
  std::vector<std::string> told_over(const FakeCarrier& carrier) {
    std::vector<std::string> people;
    for (const auto& text : carrier.log) people.push_back(world.person_at(text.to));
    return people;
  }
  std::vector<std::string> why_moved() {
    std::vector<std::string> why;
    for (const auto& entry : world.record()) {
      if (entry.kind == RecordKind::kMoved) why.push_back(entry.detail);
    }
    return why;
  }
  World world;
};

TEST_F(Failover, TheFirstLinkCarriesEverythingWhileItCan) {
  world.report("fire", "trapped=1", "lake-1");
  EXPECT_THAT(world.sms.log, SizeIs(3));
  EXPECT_THAT(world.backup.log, IsEmpty());
  world.forget_texts();
}

TEST_F(Failover, WhatIsOwedOverALinkThatTheSettingsHaveNoMoreGoesOverAnother) {
  world.sms.go_down();
  world.backup.go_down();
  world.report("fire", "", "lake-1");
  world.advance(1s);

  world.backup.come_back();
  world.reopen_with_backup_alone();
  world.settle();

  EXPECT_THAT(told_over(world.backup), ElementsAre("leader"));
  EXPECT_THAT(why_moved(), ElementsAre("gone"));
  world.forget_texts();
}

TEST_F(Failover, WhatIsNewGoesOverTheNextLinkAtOnceWhenTheFirstIsDown) {
  world.sms.go_down();
  world.settle();
  world.report("fire", "", "lake-1");
  EXPECT_THAT(told_over(world.backup), ElementsAre("leader"));
  world.forget_texts();
}

TEST_F(Failover, WhatWaitsForALinkThatWentDownIsTakenOverWithinSecondsAndTheRecordSaysWhy) {
  world.sms.set_window(0);
  world.report("fire", "trapped=1", "lake-1");
  world.advance(1min);
  ASSERT_THAT(world.unexpected(), IsEmpty()) << "it is slow, not down";

  world.sms.go_down();
  world.advance(6s);

  EXPECT_THAT(world.backup.log, SizeIs(3));
  EXPECT_THAT(why_moved(), ElementsAre("down", "down", "down"));
  EXPECT_EQ(world.count_records(RecordKind::kStalled), 0);
  EXPECT_FALSE(world.on_call_sheet("commander")) << "the ladder did not have to go on without";
  world.forget_texts();
  world.sms.set_window(100);
  world.sms.come_back();
  world.advance(1min);
  EXPECT_THAT(world.sms.log, IsEmpty()) << "nobody is told again";
}

TEST_F(Failover, ALinkThatIsBackWithinAMomentKeepsItsQueue) {
  world.sms.set_window(0);
  world.report("fire", "", "lake-1");
  world.sms.go_down();
  world.advance(3s);
  world.sms.set_window(100);
  world.sms.come_back();
  world.advance(5s);
  EXPECT_THAT(told_over(world.sms), ElementsAre("leader"));
  EXPECT_THAT(world.backup.log, IsEmpty());
  world.forget_texts();
}

TEST_F(Failover, NoMoreIsTakenOverThanTheNextLinkCanCarryNow) {
  world.sms.set_window(0);
  world.report("fire", "trapped=1", "lake-1");
  world.backup.set_window(1);
  world.backup.mood = CarrierMood::kHolds;
  world.sms.go_down();
  world.advance(6s);
  ASSERT_THAT(world.backup.log, SizeIs(1));

  world.sms.set_window(100);
  world.sms.come_back();
  world.advance(1s);

  EXPECT_THAT(world.sms.log, SizeIs(2)) << "the rest waited where it was owed";
  EXPECT_THAT(why_moved(), ElementsAre("down"));
  world.backup.release();
  world.forget_texts();
}

TEST_F(Failover, TheBetterLinkTakesBackWhatWaitsForTheNext) {
  world.sms.go_down();
  world.settle();
  world.backup.set_window(0);
  world.report("fire", "trapped=1", "lake-1");
  world.sms.come_back();
  world.advance(1s);
  EXPECT_THAT(world.sms.log, SizeIs(3));
  EXPECT_THAT(why_moved(), ElementsAre("better", "better", "better"));
  world.forget_texts();
}

TEST_F(Failover, WhatNobodyCouldCarryBeforeARestartGoesWhenALinkIsBack) {
  world.sms.go_down();
  world.backup.go_down();
  world.report("fire", "", "lake-1");
  world.advance(31s);
  ASSERT_TRUE(world.on_call_sheet("leader"));
  world.restart();
  world.backup.come_back();
  world.advance(10s);
  EXPECT_THAT(told_over(world.backup), ElementsAre("leader"));
  world.forget_texts();
}

TEST_F(Failover, WhatWasOnItsWayOnALostConnectionIsSentOnceMoreOverTheOtherLink) {
  world.sms.mood = CarrierMood::kHolds;
  world.report("fire", "", "lake-1");
  world.sms.go_down("connection lost");
  world.advance(1s);

  EXPECT_THAT(told_over(world.sms), ElementsAre("leader"));
  EXPECT_THAT(told_over(world.backup), ElementsAre("leader"));
  const auto tried = world.alert_of(world.incident(101), "leader").deliveries;
  ASSERT_THAT(tried, SizeIs(2));
  EXPECT_EQ(tried[0].state, DeliveryState::kUnknown);
  EXPECT_EQ(tried[1].state, DeliveryState::kDelivered);
  EXPECT_EQ(tried[1].cause, model::Reason::kEndUnknown);
  world.forget_texts();
}

TEST_F(Failover, TheRepeatGoesOverTheOtherLinkThoughTheFirstIsBackAlready) {
  world.sms.mood = CarrierMood::kHolds;
  world.report("fire", "", "lake-1");
  world.sms.lose();
  world.advance(1s);
  EXPECT_THAT(told_over(world.sms), ElementsAre("leader"));
  EXPECT_THAT(told_over(world.backup), ElementsAre("leader"));
  world.forget_texts();
}

TEST_F(Failover, WhatALinkRefusesTheNextCarries) {
  world.sms.mood = CarrierMood::kRefuses;
  world.report("fire", "", "lake-1");
  EXPECT_THAT(told_over(world.backup), ElementsAre("leader"));
  EXPECT_THAT(why_moved(), ElementsAre("refused"));
  const auto tried = world.alert_of(world.incident(101), "leader").deliveries;
  ASSERT_THAT(tried, SizeIs(1));
  EXPECT_EQ(tried[0].state, DeliveryState::kDelivered);
  EXPECT_FALSE(world.on_call_sheet("leader"));
  world.forget_texts();
}

TEST_F(Failover, WhatEveryLinkRefusesIsRefusedOnceByEach) {
  world.sms.mood = world.backup.mood = CarrierMood::kRefuses;
  world.report("fire", "", "lake-1");
  world.advance(1min);
  EXPECT_THAT(told_over(world.sms), ElementsAre("leader"));
  EXPECT_THAT(told_over(world.backup), ElementsAre("leader"));
  EXPECT_TRUE(world.on_call_sheet("leader"));
  world.forget_texts();
}

TEST_F(Failover, ALinkThatThrottlesWithoutEndGivesWayToTheNext) {
  world.sms.mood = CarrierMood::kThrottles;
  world.report("fire", "", "lake-1");
  world.advance(20s);
  EXPECT_THAT(world.sms.log, SizeIs(6));
  EXPECT_THAT(told_over(world.backup), ElementsAre("leader"));
  EXPECT_EQ(world.alert_of(world.incident(101), "leader").deliveries.size(), 1U);
  world.forget_texts();
}

// ---- caps ----

class Capped : public Failover {
 protected:
  explicit Capped(int per_hour = 1) : Failover(options(per_hour)) {}
  static WorldOptions options(int per_hour) {
    auto options = two_links();
    options.policies.resize(2);
    for (auto& policy : options.policies) policy.per_hour = per_hour;
    return options;
  }
};
class CappedAtThree : public Capped {
 protected:
  CappedAtThree() : Capped(3) {}
};

TEST_F(Capped, BeyondItsCapALinkGivesWayAndTheRemainderGoesToTheCallSheetUntilThereIsRoom) {
  world.report("fire", "trapped=1", "lake-1");  // three people
  EXPECT_THAT(world.sms.log, SizeIs(1));
  EXPECT_THAT(world.backup.log, SizeIs(1));
  std::string third = "commander";
  for (const char* person : {"lake-head", "town-head"}) {
    if (world.waiting_texts(person) == 0) third = person;
  }
  world.forget_texts();
  EXPECT_FALSE(world.on_call_sheet(third));
  world.advance(31s);
  EXPECT_TRUE(world.on_call_sheet(third));

  world.advance(1h);
  EXPECT_EQ(world.waiting_texts(third), 1) << "still owed, and gone once there was room";
  world.forget_texts();
}

TEST_F(Capped, ARestartDoesNotForgetWhatWasSent) {
  world.report("fire", "", "lake-1");
  world.report("fire", "", "hill");
  world.forget_texts();
  world.advance(2min);
  world.restart();
  world.texts("worker", "着火了，被困5人，速来");
  EXPECT_THAT(world.unexpected(), IsEmpty()) << "both are full";
  world.advance(5min);
  EXPECT_THAT(world.unexpected(), IsEmpty());
}

TEST_F(CappedAtThree, ASummaryBeyondTheCapsWaitsAndIsNotComposedAnewWithoutEnd) {
  // With it each text is two messages: one of three is left, and nothing fits it.
  for (auto* carrier : {&world.sms, &world.backup}) carrier->signature = std::string(70, 'x');
  world.report("food_poisoning", "ill=3", "lake-1");
  world.report("food_poisoning", "ill=3", "hill");
  ASSERT_THAT(world.sms.log, SizeIs(1));
  ASSERT_THAT(world.backup.log, SizeIs(1));
  world.forget_texts();
  for (auto* carrier : {&world.sms, &world.backup}) carrier->go_down();
  world.advance(1s);
  world.report("fire", "trapped=1", "lake-1");
  world.report("fire", "trapped=1", "hill");
  world.advance(10min);
  for (auto* carrier : {&world.sms, &world.backup}) carrier->come_back();
  world.advance(1min);
  EXPECT_THAT(world.unexpected(), IsEmpty()) << "both are full";
  EXPECT_LE(world.count_records(RecordKind::kToldTogether), 40);

  world.advance(4h);
  EXPECT_THAT(world.unexpected(), Not(IsEmpty())) << "still owed, and gone once there was room";
  world.forget_texts();
}

// A stick with a SIM: its carrier counts each part, and it is alone.
class OneStick : public Failover {
 protected:
  OneStick() : Failover(options()) {}
  static WorldOptions options() {
    WorldOptions options;
    options.policies.resize(1);
    options.policies[0].per_hour = 4;
    return options;
  }
};

TEST_F(OneStick, ItNeverSendsMorePartsThanItsCapAndTheMostUrgentGoFirst) {
  world.sms.signature = std::string(70, 'x');  // with it each text is two messages
  world.sms.set_window(0);
  world.report("fire", "", "hill", "", true);   // a drill, less urgent: one person
  world.report("fire", "trapped=1", "lake-1");  // three
  world.sms.set_window(100);
  world.settle();
  ASSERT_THAT(world.sms.log, SizeIs(2)) << "four parts";
  for (const auto& text : world.sms.log) EXPECT_THAT(text.text, Not(HasSubstr("演练")));
  world.advance(40s);
  int on_sheet = 0;
  for (const char* person : {"commander", "lake-head", "town-head"}) on_sheet += world.on_call_sheet(person) ? 1 : 0;
  EXPECT_EQ(on_sheet, 1) << "who got no message is phoned";
  EXPECT_THAT(world.sms.log, SizeIs(2));
  world.forget_texts();
  world.advance(61min);
  EXPECT_LE(world.sms.log.size(), 4U);
  EXPECT_GT(world.sms.log.size(), 2U) << "what was still owed went in the next hour";
  world.forget_texts();
}

TEST_F(OneStick, WhatTheCarrierGaveBackDoesNotCount) {
  world.sms.signature = std::string(70, 'x');
  world.sms.mood = CarrierMood::kThrottles;
  world.report("fire", "", "lake-1");
  world.advance(4s);
  const auto tries = world.sms.log.size();
  ASSERT_GT(tries, 2U) << "two tries would fill the cap";
  world.sms.mood = CarrierMood::kConfirms;
  world.advance(2s);
  EXPECT_EQ(world.alert_of(world.incident(101), "leader").deliveries.front().state, DeliveryState::kDelivered);
  world.forget_texts();
}

TEST_F(OneStick, WhatWasOnItsWayAtAKillCountsWithAllItsParts) {
  world.sms.signature = std::string(140, 'x');  // with it each text is three messages
  world.sms.mood = CarrierMood::kHolds;
  world.report("fire", "", "lake-1");
  ASSERT_THAT(world.sms.log, SizeIs(1));
  world.crash();
  world.sms.mood = CarrierMood::kConfirms;
  ASSERT_TRUE(world.try_open()) << world.open_error.message;
  world.advance(10s);
  EXPECT_THAT(world.sms.log, SizeIs(1)) << "one of four is left, and the repeat needs three";
  world.restart();
  world.advance(10s);
  EXPECT_THAT(world.sms.log, SizeIs(1)) << "nor does the next start forget it";
  world.forget_texts();
}

TEST_F(OneStick, ARestartDoesNotForgetThePartsOfWhatTheLinkToldOfAsOne) {
  world.sms.signature = std::string(140, 'x');
  world.report("fire", "", "lake-1");
  ASSERT_THAT(world.sms.log, SizeIs(1));
  world.restart();
  world.report("fire", "", "hill");
  world.advance(10s);
  EXPECT_THAT(world.sms.log, SizeIs(1));
  world.forget_texts();
}

TEST_F(OneStick, NoRoomIsKeptForAMessageThatIsNotOwedAnyMore) {
  world.report("fire", "", "lake-1");
  world.report("fire", "", "hill");
  ASSERT_THAT(world.sms.log, SizeIs(2));
  world.sms.signature = std::string(140, 'x');
  world.report("food_poisoning", "", "lake-1");
  ASSERT_THAT(world.sms.log, SizeIs(2)) << "two are left, and it needs three";
  ASSERT_TRUE(world.desk(model::StandDown{{}, 103, "over"}).ok());
  world.sms.signature.clear();
  world.report("fire", "", "lake-1", "", true);  // a drill
  world.advance(1s);
  EXPECT_THAT(world.sms.log, SizeIs(3));
  world.forget_texts();
}

// The second in the settings comes first.
class BackupFirst : public Failover {
 protected:
  explicit BackupFirst(int cap_of_the_other = 0) : Failover(options(cap_of_the_other)) {}
  static WorldOptions options(int cap_of_the_other) {
    auto options = two_links();
    options.policies.resize(2);
    options.policies[0].priority = 2;
    options.policies[0].per_hour = cap_of_the_other;
    options.policies[1].priority = 1;
    options.policies[1].per_hour = 5;
    return options;
  }
};

TEST_F(BackupFirst, WhatItsCapDoesNotHoldGoesOverTheOtherAtOnce) {
  world.backup.signature = std::string(140, 'x');  // with it each text is three messages
  world.report("fire", "", "lake-1");
  ASSERT_THAT(world.backup.log, SizeIs(1));
  world.report("fire", "", "hill");
  world.advance(1s);
  EXPECT_THAT(world.backup.log, SizeIs(1));
  EXPECT_THAT(world.sms.log, SizeIs(1));
  EXPECT_THAT(why_moved(), ElementsAre("full"));
  world.forget_texts();
}

class BothCapped : public BackupFirst {
 protected:
  BothCapped() : BackupFirst(5) {}
};

TEST_F(BothCapped, TwoLinksThatDoNotHoldItDoNotHandItToAndFro) {
  world.sms.signature = world.backup.signature = std::string(140, 'x');
  world.report("fire", "", "lake-1");
  world.report("fire", "", "hill");
  ASSERT_THAT(world.backup.log, SizeIs(1));
  ASSERT_THAT(world.sms.log, SizeIs(1));
  const auto before = why_moved().size();
  world.report("food_poisoning", "", "lake-1");
  for (int i = 0; i < 20; ++i) world.advance(1s);
  EXPECT_EQ(why_moved().size(), before);
  EXPECT_EQ(world.count_records(RecordKind::kStalled), 0);
  world.advance(20s);
  EXPECT_GT(world.count_records(RecordKind::kStalled), 0) << "its ladder goes on without";
  int turns = 0;
  while (turns < 1000 && world.office->engine().pump()) ++turns;
  EXPECT_LT(turns, 10);
  world.forget_texts();
}

// ---- a link that falls again and again, and one that lost a part of itself ----

TEST_F(Failover, ALinkThatFallsAgainAndAgainIsDoubtedOnceAndComesBackGently) {
  for (int i = 0; i < 6; ++i) {
    world.sms.go_down("connection lost");
    world.advance(10s);
    world.sms.come_back();
    world.advance(20s);
  }
  EXPECT_EQ(world.count_records(RecordKind::kLinkDoubted), 1);
  EXPECT_THAT(world.office->readiness().problems.front().en, HasSubstr("goes down again and again"));
  world.report("fire", "trapped=1", "lake-1");
  EXPECT_THAT(world.backup.log, SizeIs(3)) << "though it is up just now";
  world.forget_texts();
  world.advance(31min);
  EXPECT_EQ(world.count_records(RecordKind::kLinkTrusted), 1);
  EXPECT_THAT(world.office->readiness().problems, IsEmpty());
  world.forget_texts();
  const auto before = world.sms.log.size();
  world.report("fire", "", "hill");
  EXPECT_EQ(world.sms.log.size(), before + 1);
  world.forget_texts();
}

TEST_F(Failover, ALinkThatFellAgainAndAgainIsNotTrustedWhileItIsDown) {
  for (int i = 0; i < 4; ++i) {
    world.sms.come_back();
    world.advance(20s);
    world.sms.go_down("connection lost");
    world.advance(10s);
  }
  ASSERT_EQ(world.count_records(RecordKind::kLinkDoubted), 1);
  world.advance(40min);
  EXPECT_EQ(world.count_records(RecordKind::kLinkTrusted), 0);
  world.sms.come_back();
  world.report("fire", "trapped=1", "lake-1");
  EXPECT_LE(world.sms.log.size(), 1U) << "on trial";
  world.forget_texts();
}

TEST_F(Failover, ALinkThatLostOneOfItsConnectionsGoesOnAndTheDeskIsToldOnce) {
  world.sms.loses_one_connection("connect: refused");
  world.sms.loses_one_connection("connect: refused");
  world.settle();
  EXPECT_EQ(world.count_records(RecordKind::kLinkDegraded), 1);
  EXPECT_THAT(world.office->readiness().problems.front().en, HasSubstr("lost some of its connections"));
  world.report("fire", "", "lake-1");
  EXPECT_THAT(told_over(world.sms), ElementsAre("leader"));
  world.forget_texts();
  world.sms.is_whole();
  world.settle();
  EXPECT_EQ(world.count_records(RecordKind::kLinkWhole), 1);
  EXPECT_THAT(world.office->readiness().problems, IsEmpty());
}

// ---- prefixes, and a link that brings no answers ----

class OneWayBackup : public Failover {
 protected:
  OneWayBackup() : Failover(options()) {}
  static WorldOptions options() {
    static const TempFolder folder;
    auto options = two_links();
    options.backup_can.answers = false;
    options.plan = folder.file("plan.toml");
    std::ifstream in(std::string(TOCSIN_SOURCE_DIR) + "/tests/support/town/plan.toml");
    std::string text{std::istreambuf_iterator<char>(in), {}};
    const std::string asks = " 回1收到2前往3到达0不能";
    text.replace(text.find(asks), asks.size(), "{{^one_way}}" + asks + "{{/one_way}}");
    std::ofstream(options.plan) << text;
    return options;
  }
};

TEST_F(OneWayBackup, WordsThatAskForAReplyAreMadeAnewForALinkThatBringsNone) {
  world.sms.set_window(0);
  world.report("fire", "", "lake-1");
  world.sms.go_down();
  world.advance(6s);
  ASSERT_THAT(told_over(world.backup), ElementsAre("leader"));
  EXPECT_THAT(world.gets("leader", "101"), Not(HasSubstr("回1")));
  world.sms.set_window(100);
  world.sms.come_back();
  world.report("fire", "", "hill");
  EXPECT_THAT(world.gets("leader", "102"), HasSubstr("回1"));
}

TEST_F(OneWayBackup, SoAreThoseOfAMessageThatTheFirstLinkRefused) {
  world.sms.mood = CarrierMood::kRefuses;
  world.report("fire", "", "lake-1");
  ASSERT_THAT(told_over(world.backup), ElementsAre("leader"));
  EXPECT_THAT(world.backup.log.front().text, Not(HasSubstr("回1")));
  world.forget_texts();
}

class OwnNumbers : public Failover {
 protected:
  OwnNumbers() : Failover(options()) {}
  static WorldOptions options() {
    auto options = two_links();
    options.policies.resize(2);
    options.policies[1].priority = 9;
    options.policies[1].prefixes = {"+8614400000006"};  // the leader's
    return options;
  }
};

TEST_F(OwnNumbers, AnOperatorsLinkCarriesItsOwnNumbersAndNoOthers) {
  world.report("fire", "", "lake-1");
  EXPECT_THAT(told_over(world.backup), ElementsAre("leader"));
  world.forget_texts();
  world.sms.go_down();
  world.report("fire", "trapped=1", "hill");
  world.advance(10s);
  EXPECT_THAT(told_over(world.backup), ElementsAre("leader")) << "the commander's number is not for it";
  world.advance(31s);
  EXPECT_TRUE(world.on_call_sheet("commander"));
  world.forget_texts();
  world.sms.come_back();
  world.advance(1s);
  world.forget_texts();
}

TEST_F(Failover, ThatALinkIsDownIsToldWithItsReason) {
  world.sms.go_down("tls: the certificate has expired");
  world.settle();
  const auto problem = world.office->readiness().problems.front();
  EXPECT_THAT(problem.en, HasSubstr("is down (tls: the certificate has expired)."));
  EXPECT_THAT(problem.zh, HasSubstr("已中断（TLS：证书已过期）。"));
}

}  // namespace
}  // namespace tocsin::testing
