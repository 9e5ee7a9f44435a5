// The desk itself: what waits in its inbox rings somebody when nobody opens it, and one shift takes over from another.
#include <gmock/gmock.h>

#include "gateway/base/time.h"
#include "gateway/db/session.h"
#include "gateway/store/inbox.h"
#include "tests/support/world.h"

namespace tocsin::testing {
namespace {

using namespace std::chrono_literals;
using model::RecordKind;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kStranger = "+8614400000077";

class DeskScenario : public Scenario {
 protected:
  // The town's plan, in which the leader is rung for what the desk leaves unopened.
  DeskScenario() {
    auto text = world.plan_text("rings");
    const std::string at = "open_within = \"2m\"\n";
    text.replace(text.find(at), at.size(), at + "inbox_unopened = [\"duty:leader\"]\n");
    EXPECT_TRUE(world.use_plan(text).ok());
  }
  std::vector<model::InboxEntry> inbox() {
    auto session = db::Session::open(world.folder + "/tocsin.db", {db::Mode::kReadOnly});
    return store::read_inbox(**session, {}).entries;
  }
  void a_stranger_writes(const std::string& text, const std::string& from = kStranger) {
    world.number_texts(from, text);
    world.advance(1s);
    world.forget_texts();  // tocsin's own answer
  }
};

TEST_F(DeskScenario, AMessageNobodyOpensRingsTheLeaderOnceInThePlansTime) {
  a_stranger_writes("东湖着火了");
  EXPECT_EQ(inbox().front().open_by, inbox().front().at + 2min);
  world.advance(1min);
  EXPECT_EQ(world.waiting_texts("leader"), 0);
  world.advance(1min);
  EXPECT_THAT(world.gets("leader", "1"), HasSubstr("收件箱"));
  world.advance(30h);
  EXPECT_EQ(world.waiting_texts("leader"), 0);
  EXPECT_EQ(world.count_records(RecordKind::kInboxRung), 1);
}

TEST_F(DeskScenario, WhatTheDeskOpenedInTimeRingsNobody) {
  a_stranger_writes("东湖着火了");
  ASSERT_TRUE(world.desk(model::OpenMessage{{}, inbox().front().id}).ok());
  ASSERT_TRUE(world.desk(model::OpenMessage{{}, inbox().front().id}).ok());
  const auto opened_at = inbox().front().opened_at;
  EXPECT_TRUE(opened_at.has_value());
  world.advance(3h);
  EXPECT_EQ(world.waiting_texts("leader"), 0);
  EXPECT_EQ(inbox().front().opened_at, opened_at);
  const auto none = world.desk(model::OpenMessage{{}, 99});
  ASSERT_FALSE(none.ok());
  EXPECT_EQ(none.error().code, base::ErrorCode::kNotFound);
}

TEST_F(DeskScenario, WhatTheDeskTookOverRingsNobody) {
  a_stranger_writes("喂，东湖");
  model::SubmitReport take;
  take.by = {model::Role::kDuty, "desk", {}};
  take.key = inbox().front().key();
  take.text = inbox().front().text;
  take.drill = true;
  take.takes_message = true;
  ASSERT_TRUE(world.submit(take).ok());
  EXPECT_EQ(inbox().front().taken_as, 101);
  EXPECT_TRUE(inbox().front().opened_at.has_value());
  world.forget_texts();
  world.advance(10min);
  EXPECT_EQ(world.count_records(RecordKind::kInboxRung), 0);
  world.forget_texts();
}

TEST_F(DeskScenario, WhatTheDeskWasToldGoesTheSameRoadAndSaysSoInTheIncident) {
  model::SubmitReport phoned_in;
  phoned_in.by = {model::Role::kDuty, "desk", {}};
  phoned_in.via = model::ReportVia::kDesk;
  phoned_in.key = "phoned-in-1";
  phoned_in.hazard = "fire";
  phoned_in.facts = *model::parse_facts("trapped=1");
  phoned_in.area = "lake-1";
  ASSERT_TRUE(world.submit(phoned_in).ok());
  const auto view = world.incident(101);
  EXPECT_EQ(view.incident.level_id, "III");
  ASSERT_THAT(view.reports, ::testing::SizeIs(1));
  EXPECT_EQ(view.reports[0].via, model::ReportVia::kDesk);
  EXPECT_EQ(view.reports[0].reporter, "desk");
  world.gets("commander", "101");
  world.gets("lake-head", "101");
  world.gets("town-head", "101");
}

TEST_F(DeskScenario, TheLeaderIsRungOnceWithinAnHourForAllThatWaits) {
  a_stranger_writes("东湖着火了");
  a_stranger_writes("快来", "+8614400000078");
  world.advance(3min);
  EXPECT_THAT(world.gets("leader", ""), HasSubstr("2"));
  a_stranger_writes("还有人吗", "+8614400000079");
  world.advance(30min);
  EXPECT_EQ(world.waiting_texts("leader"), 0);
  world.advance(31min);
  EXPECT_THAT(world.gets("leader", ""), HasSubstr("1"));  // of the third alone: of the others it told before
  world.advance(5h);
  EXPECT_EQ(world.waiting_texts("leader"), 0);
  EXPECT_EQ(world.count_records(RecordKind::kInboxRung), 2);
}

TEST_F(DeskScenario, DrillsAndWhatAMachineSentRingNobody) {
  world.texts("worker", "演练 东湖社区着火");
  world.number_texts("+8610690000", "尊敬的客户，您的验证码是");
  world.forget_texts();
  EXPECT_EQ(inbox().size(), 2U);
  world.advance(3h);
  EXPECT_EQ(world.count_records(RecordKind::kInboxRung), 0);
  world.forget_texts();
}

TEST_F(DeskScenario, WithoutAnybodyNamedInThePlanNobodyIsRung) {
  ASSERT_TRUE(world.use_plan(world.plan_text("quiet")).ok());
  a_stranger_writes("东湖着火了");
  world.advance(3h);
  EXPECT_EQ(world.count_records(RecordKind::kInboxRung), 0);
}

TEST_F(DeskScenario, ARestartRingsForWhatFellDueMeanwhile) {
  a_stranger_writes("东湖着火了");
  world.crash();
  world.clock.advance(5min);
  ASSERT_TRUE(world.try_open());
  world.advance(1s);
  EXPECT_THAT(world.gets("leader", ""), HasSubstr("收件箱"));
}

// ---- the shift ----

TEST_F(DeskScenario, AHandoverIsKeptWithWhatWasOpenAndItsNumbersMasked) {
  model::HandOver taken;
  taken.sheet.taken_over_by = "李娜";
  taken.sheet.person = world.id_of("leader");
  taken.sheet.note = "14400000017 要回电";
  taken.sheet.open_incidents = {101, 104};
  taken.sheet.unanswered = 3;
  taken.sheet.dangers = {"link", "clock"};
  taken.sheet.seen = 7;
  const auto done = world.desk(taken);
  ASSERT_TRUE(done.ok());
  const auto& kept = std::get<model::Handover>(*done);
  EXPECT_TRUE(kept.id);
  EXPECT_THAT(kept.note, Not(HasSubstr("14400000017")));

  world.restart();
  const auto past = world.office->queries().handovers(5).value();
  ASSERT_EQ(past.size(), 1U);
  EXPECT_EQ(past[0].id, kept.id);
  EXPECT_EQ(past[0].taken_over_by, "李娜");
  EXPECT_EQ(past[0].person, world.id_of("leader"));
  EXPECT_EQ(past[0].note, kept.note);
  EXPECT_THAT(past[0].open_incidents, ElementsAre(101, 104));
  EXPECT_EQ(past[0].unanswered, 3);
  EXPECT_THAT(past[0].dangers, ElementsAre("link", "clock"));
  EXPECT_EQ(past[0].seen, 7);
  EXPECT_EQ(world.count_records(RecordKind::kDeskHandedOver), 1);
  for (const auto& entry : world.record()) EXPECT_THAT(entry.detail, Not(HasSubstr("李娜")));
}

TEST_F(DeskScenario, NobodyTakesOverWithoutANameOrAsSomebodyWhoIsNot) {
  model::HandOver taken;
  taken.sheet.taken_over_by = "　";
  EXPECT_FALSE(world.desk(taken).ok());
  taken.sheet.taken_over_by = "Li Na";
  taken.sheet.person = model::PersonId{987654};
  EXPECT_FALSE(world.desk(taken).ok());
  EXPECT_EQ(world.count_records(RecordKind::kDeskHandedOver), 0);
}

TEST_F(DeskScenario, ANameIsForgottenWithTheOtherWordsAfterTwoYears) {
  model::HandOver taken;
  taken.sheet.taken_over_by = "李娜";
  taken.sheet.note = "安静";
  ASSERT_TRUE(world.desk(taken).ok());
  world.clock.advance(24h * 731);
  world.advance(2h);
  const auto past = world.office->queries().handovers(5).value();
  ASSERT_EQ(past.size(), 1U);
  EXPECT_EQ(past[0].taken_over_by, "");
  EXPECT_EQ(past[0].note, "");
  world.forget_texts();
}

// ---- the look ----

TEST_F(DeskScenario, TheLookNamesWhatIsInDangerWhoIsOnDutyAndWhatWaits) {
  a_stranger_writes("东湖着火了");
  world.report("fire", "trapped=1", "lake-1");
  world.forget_texts();
  world.sms.go_down("gone");
  world.advance(2s);
  const auto look = *world.office->desk_look().value();
  EXPECT_EQ(look.counts.open_incidents, 1);
  EXPECT_EQ(look.counts.unopened, 1);
  EXPECT_EQ(look.counts.inbox_waiting, 1);
  ASSERT_TRUE(world.desk(model::OpenMessage{{}, inbox().front().id}).ok());
  world.advance(2s);
  EXPECT_EQ(world.office->desk_look().value()->counts.inbox_waiting, 0) << "opened: it rings nobody any more";
  EXPECT_GT(look.unanswered, 0);
  ASSERT_EQ(look.links.size(), 1U);
  EXPECT_EQ(look.links[0].name, "main");
  EXPECT_EQ(look.links[0].state, model::LinkState::kDown);
  EXPECT_GT(look.links[0].handed_over_1h, 0);
  bool told = false;
  for (const auto& danger : look.dangers) told = told || (danger.kind == model::DangerKind::kLink && danger.since);
  EXPECT_TRUE(told);
  bool leader = false;
  for (const auto& duty : look.on_duty) {
    for (const auto& one : duty.people)
      leader = leader || (duty.duty == "leader" && one.person == world.id_of("leader"));
  }
  EXPECT_TRUE(leader);
  world.forget_texts();
}

TEST_F(DeskScenario, TheLookIsMadeOnceASecondForEverybody) {
  const auto first = world.office->desk_look().value();
  world.clock.advance(900ms);
  EXPECT_EQ(world.office->desk_look().value(), first);
  world.clock.advance(100ms);
  EXPECT_NE(world.office->desk_look().value(), first);
}

}  // namespace
}  // namespace tocsin::testing
