// Who starts a response and who ends it: approval with a one-time code, deputies in turn, the plan's default,
// life-safety steps first; conditions at the end; what only the desk is asked; ladders by the hour.
#include <gmock/gmock.h>

#include "tests/support/world.h"

namespace tocsin::testing {
namespace {

using namespace std::chrono_literals;
using model::ApprovalOutcome;
using model::ApprovalState;
using model::StepState;
using ::testing::HasSubstr;

WorldOptions town_with_approval(const std::string& start = "2026-11-22T02:00:00Z") {
  WorldOptions options;
  options.plan = std::string(TOCSIN_SOURCE_DIR) + "/tests/support/town/plan-approval.toml";
  options.start = start;
  return options;
}

class AuthorityScenario : public ::testing::Test {
 protected:
  void TearDown() override {
    for (const auto& text : world.unexpected()) ADD_FAILURE() << "nobody expected: " << text;
  }

  // A fire of level III at 10:00: life-safety steps begin, the commander is asked.
  void a_fire() {
    world.report("fire", "trapped=1", "lake-1");
    world.gets("lake-head", "警报101");
    world.gets("town-head", "警报101");
    world.gets("commander", "请批准101");
  }
  model::Principal as(const std::string& person) {
    return {model::Role::kCommander, "session-of-" + person, world.id_of(person)};
  }
  model::CommandResult try_code(const std::string& person, int code = 101) {
    model::AskApprovalCode ask{as(person), code, model::SignInId{++requests_}, "192.0.2.1", "314159"};
    return world.submit(ask);
  }
  // Asks for a code and takes it from that person's phone.
  model::SignInId code_for(const std::string& person, int code = 101) {
    const auto asked = try_code(person, code);
    if (!asked) {
      ADD_FAILURE() << asked.error().message;
      return {};
    }
    const auto& reply = std::get<model::ApprovalReply>(*asked);
    EXPECT_EQ(reply.outcome, ApprovalOutcome::kDone);
    world.gets(person, "314159");
    return reply.request;
  }
  model::CommandResult send(const std::string& person, bool approved, model::SignInId request,
                            const std::string& one_time_code = "314159", int code = 101) {
    return world.submit(model::Approve{as(person), code, approved, request, one_time_code, {}});
  }
  ApprovalOutcome decide(const std::string& person, bool approved) {
    const auto done = send(person, approved, code_for(person));
    if (!done) {
      ADD_FAILURE() << done.error().message;
      return ApprovalOutcome::kNotNamed;
    }
    return std::get<model::ApprovalReply>(*done).outcome;
  }
  StepState state_of(const std::string& name) { return world.step(world.incident(101), name).state; }
  model::Approval approval() {
    const auto view = world.incident(101);
    EXPECT_FALSE(view.approvals.empty());
    return view.approvals.empty() ? model::Approval{} : view.approvals.back();
  }

  World world{town_with_approval()};
  std::int64_t requests_ = 1000;
};

TEST_F(AuthorityScenario, LifeSafetyStepsBeginAtOnceAndTheOthersWaitForTheWord) {
  a_fire();

  EXPECT_EQ(approval().state, ApprovalState::kPending);
  EXPECT_EQ(approval().by, "post:commander");
  EXPECT_EQ(state_of("call-119"), StepState::kRunning);
  EXPECT_EQ(state_of("evacuate"), StepState::kRunning);
  EXPECT_EQ(state_of("command"), StepState::kWaiting);
  EXPECT_EQ(state_of("leader"), StepState::kWaiting);
}

TEST_F(AuthorityScenario, WhoMustDecideReadsByWhenAndWhatHappensOtherwise) {
  world.report("fire", "trapped=1", "lake-1");
  EXPECT_THAT(world.gets("commander", "请批准101"), HasSubstr("10:10前无人决定即自动启动"));
  world.forget_texts();
}

TEST_F(AuthorityScenario, AnApprovalBeginsWhatWaitedInTheSameMomentAndAsksNobodyAnyMore) {
  a_fire();

  EXPECT_EQ(decide("commander", true), ApprovalOutcome::kDone);

  world.gets("commander", "警报101");
  EXPECT_EQ(state_of("command"), StepState::kRunning);
  EXPECT_EQ(state_of("approval"), StepState::kSatisfied);
  EXPECT_EQ(approval().state, ApprovalState::kApproved);
  EXPECT_EQ(approval().person, world.id_of("commander"));
  EXPECT_EQ(world.count_records(model::RecordKind::kApprovalDecided), 1);
  world.texts("commander", "2");
  world.texts("lake-head", "1");
  world.texts("town-head", "1");
  world.advance(2min + 1s);
  world.gets("leader", "警报101");  // the desk did not open it
  world.texts("leader", "1");
  world.advance(1h);
  EXPECT_EQ(approval().state, ApprovalState::kApproved) << "its time passes without a word";
  EXPECT_FALSE(world.on_call_sheet("commander"));
}

TEST_F(AuthorityScenario, WhoseUpdateFailedAfterAnAnswerThatIsEnoughIsAskedNothingWhenTheirStepBegins) {
  world.report("fire", "", "lake-1");  // level IV: the leader alone
  world.texts("leader", "2");
  world.sms.mood = CarrierMood::kUndelivers;
  world.report("fire", "trapped=1", "lake-1");  // level III, whose leader's step waits for the word
  world.sms.mood = CarrierMood::kConfirms;
  world.advance(13min);

  EXPECT_EQ(state_of("leader"), StepState::kSatisfied);
  EXPECT_FALSE(world.on_call_sheet("leader"));
  EXPECT_LT(world.alert_of(world.incident(101), "leader").alert.ladder, 0) << "one message, as to all who had answered";
  world.forget_texts();
}

TEST_F(AuthorityScenario, ABareDigitNeverApproves) {
  a_fire();
  for (const char* digit : {"1", "2", "3"}) world.texts("commander", digit);

  EXPECT_EQ(approval().state, ApprovalState::kPending);
  EXPECT_EQ(state_of("command"), StepState::kWaiting);
  world.advance(59s);
  EXPECT_FALSE(world.on_call_sheet("commander")) << "received pauses, as usual";
  world.advance(2s);
  EXPECT_TRUE(world.on_call_sheet("commander")) << "and no longer than one wait";
}

TEST_F(AuthorityScenario, DeputiesAreAskedInTurnAndToldForWhom) {
  a_fire();
  world.advance(1min + 1s);
  EXPECT_TRUE(world.on_call_sheet("commander"));
  EXPECT_EQ(world.waiting_texts("deputy-a"), 0);
  world.advance(2min);
  EXPECT_THAT(world.gets("deputy-a", "请批准101"), HasSubstr("代指挥甲"));
  EXPECT_EQ(world.waiting_texts("deputy-b"), 0);
  world.advance(2min);
  EXPECT_THAT(world.gets("deputy-b", "请批准101"), HasSubstr("代指挥甲"));
  EXPECT_EQ(world.waiting_texts("leader"), 0) << "not opened, and held back all the same";
}

TEST_F(AuthorityScenario, ADeputyWhoWasAskedDecidesForTheHolderAndOneWhoWasNotMayNot) {
  a_fire();
  const auto early = try_code("deputy-a");
  ASSERT_TRUE(early.ok());
  EXPECT_EQ(std::get<model::ApprovalReply>(*early).outcome, ApprovalOutcome::kNotNamed);
  world.advance(3min + 2s);
  EXPECT_THAT(world.gets("deputy-a", "请批准101"), HasSubstr("代指挥甲"));

  EXPECT_EQ(decide("deputy-a", true), ApprovalOutcome::kDone);

  world.gets("commander", "警报101");
  world.gets("commander", "已批准启动，批准人：");
  world.gets("leader", "警报101");
  EXPECT_EQ(approval().person, world.id_of("deputy-a"));
  EXPECT_EQ(approval().stands_in_for, world.id_of("commander"));
}

TEST_F(AuthorityScenario, WhoeverElseWasAskedIsToldWhatWasDecidedAndByWhom) {
  a_fire();
  world.advance(3min + 2s);
  world.gets("deputy-a", "请批准101");

  EXPECT_EQ(decide("commander", false), ApprovalOutcome::kDone);

  const auto name = world.office->roster()->person(world.id_of("commander"))->name;
  EXPECT_THAT(world.gets("deputy-a", "编号101"), HasSubstr("已决定不启动，决定人：" + name));
  EXPECT_EQ(world.waiting_texts("commander"), 0) << "who decided knows";
  EXPECT_EQ(world.waiting_texts("deputy-b"), 0) << "nobody asked them";
  world.texts("deputy-a", "1");
  EXPECT_EQ(world.incident(101).incident.state, model::IncidentState::kOpen);
}

TEST_F(AuthorityScenario, WhoWasAskedIsToldThatTimeDecided) {
  world.report("fire", "trapped=5", "lake-1");
  world.forget_texts();
  world.advance(6min + 1s);
  world.gets("director", "nobody decided in time, it does not start");
  world.forget_texts();
}

TEST_F(AuthorityScenario, WhatWasDecidedIsSaidOnceTheLinkIsBack) {
  a_fire();
  world.advance(3min + 2s);
  world.gets("deputy-a", "请批准101");
  const auto request = code_for("commander");
  world.sms.go_down();
  EXPECT_TRUE(send("commander", false, request).ok());
  world.advance(1h);

  world.sms.come_back();
  world.advance(1s);

  world.gets("deputy-a", "已决定不启动");
  world.forget_texts();
}

TEST_F(AuthorityScenario, SomebodyElsesWordIsRefusedAndRecordedAndChangesNothing) {
  a_fire();
  for (int i = 0; i < 5; ++i) {
    const auto asked = try_code("director");
    ASSERT_TRUE(asked.ok());
    EXPECT_EQ(std::get<model::ApprovalReply>(*asked).outcome, ApprovalOutcome::kNotNamed);
  }
  const auto sent = send("director", true, model::SignInId{1});
  ASSERT_TRUE(sent.ok());
  EXPECT_EQ(std::get<model::ApprovalReply>(*sent).outcome, ApprovalOutcome::kNotNamed);
  EXPECT_EQ(world.count_records(model::RecordKind::kApprovalRefused), 1) << "once a minute, not once a try";
  EXPECT_EQ(approval().state, ApprovalState::kPending);
}

TEST_F(AuthorityScenario, AWrongAUsedUpAndSomebodyElsesCodeApproveNothing) {
  a_fire();
  const auto request = code_for("commander");
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(std::get<model::ApprovalReply>(*send("commander", true, request, "000000")).outcome,
              ApprovalOutcome::kWrongCode);
  }
  EXPECT_EQ(std::get<model::ApprovalReply>(*send("commander", true, request)).outcome, ApprovalOutcome::kWrongCode)
      << "five wrong ones end it";
  world.advance(3min + 2s);
  world.gets("deputy-a", "请批准101");
  const auto of_deputy = code_for("deputy-a");
  EXPECT_EQ(std::get<model::ApprovalReply>(*send("commander", true, of_deputy)).outcome, ApprovalOutcome::kWrongCode);
  EXPECT_EQ(approval().state, ApprovalState::kPending);
  EXPECT_EQ(state_of("command"), StepState::kWaiting);
  EXPECT_EQ(decide("commander", true), ApprovalOutcome::kDone) << "another code is as good as the first";
  world.forget_texts();
}

TEST_F(AuthorityScenario, DeclinedLifeSafetyGoesOnAndNothingElseBegins) {
  a_fire();

  EXPECT_EQ(decide("commander", false), ApprovalOutcome::kDone);

  EXPECT_EQ(approval().state, ApprovalState::kDeclined);
  EXPECT_EQ(state_of("command"), StepState::kClosed);
  EXPECT_EQ(state_of("leader"), StepState::kClosed);
  EXPECT_EQ(state_of("evacuate"), StepState::kRunning);
  EXPECT_EQ(world.incident(101).incident.state, model::IncidentState::kOpen);
  world.advance(1h);
  EXPECT_EQ(state_of("knock"), StepState::kClosed);
  EXPECT_TRUE(world.on_call_sheet("lake-head")) << "their ladder is climbed as if nothing had been declined";
}

TEST_F(AuthorityScenario, NobodyDecidedInTimeThePlanStartsIt) {
  a_fire();
  world.advance(10min - 1s);
  EXPECT_EQ(state_of("command"), StepState::kWaiting);
  world.forget_texts();
  world.advance(2s);

  EXPECT_EQ(approval().state, ApprovalState::kStartedByDefault);
  EXPECT_FALSE(approval().person);
  EXPECT_EQ(state_of("command"), StepState::kRunning);
  EXPECT_EQ(state_of("leader"), StepState::kRunning) << "its time came while it was held back";
  EXPECT_EQ(state_of("knock"), StepState::kRunning) << "called for by the evacuation meanwhile";
  world.gets("commander", "警报101");
  world.gets("leader", "警报101");
  world.gets("worker", "警报101");
  for (const char* asked : {"commander", "deputy-a", "deputy-b"}) world.gets(asked, "到时无人决定，已自动启动");
  const auto late = try_code("commander");
  ASSERT_FALSE(late.ok());
  EXPECT_EQ(late.error().code, base::ErrorCode::kConflict);
}

TEST_F(AuthorityScenario, NobodyDecidedInTimeThePlanLeavesIt) {
  world.report("fire", "trapped=5", "lake-1");
  EXPECT_THAT(world.gets("director", "APPROVE 101"), HasSubstr("At 10:06 it is dropped unless somebody decides"));
  world.forget_texts();
  world.advance(6min + 1s);

  EXPECT_EQ(approval().state, ApprovalState::kLeftByDefault);
  EXPECT_EQ(state_of("command"), StepState::kClosed);
  EXPECT_EQ(state_of("rescue"), StepState::kClosed);
  world.forget_texts();
  world.advance(1h);
}

TEST_F(AuthorityScenario, TheDefaultComesAfterARestartToo) {
  a_fire();
  world.crash();
  world.clock.advance(20min);
  ASSERT_TRUE(world.try_open());
  world.settle();

  EXPECT_EQ(approval().state, ApprovalState::kStartedByDefault);
  world.gets("commander", "警报101");
  world.restart();
  EXPECT_EQ(world.count_records(model::RecordKind::kApprovalDecided), 1) << "once";
  world.forget_texts();
}

TEST_F(AuthorityScenario, ACodeAskedForBeforeARestartIsGoodAfterIt) {
  a_fire();
  const auto request = code_for("commander");
  world.crash();
  ASSERT_TRUE(world.try_open());
  EXPECT_EQ(std::get<model::ApprovalReply>(*send("commander", true, request)).outcome, ApprovalOutcome::kDone);
  EXPECT_EQ(send("commander", false, request).error().code, base::ErrorCode::kConflict) << "it is decided once";
  world.forget_texts();
}

TEST_F(AuthorityScenario, ARaiseAsksAnewAndStopsNothingThatRan) {
  a_fire();
  EXPECT_EQ(decide("commander", true), ApprovalOutcome::kDone);
  world.forget_texts();

  world.report("fire", "trapped=5", "lake-1");

  const auto view = world.incident(101);
  EXPECT_EQ(view.incident.level_id, "II");
  ASSERT_EQ(view.approvals.size(), 2U);
  EXPECT_EQ(view.approvals.front().state, ApprovalState::kApproved);
  EXPECT_EQ(view.approvals.back().state, ApprovalState::kPending);
  EXPECT_EQ(state_of("command"), StepState::kRunning) << "it ran before";
  EXPECT_EQ(state_of("rescue"), StepState::kWaiting);
  world.gets("director", "APPROVE 101");
  EXPECT_EQ(std::get<model::ApprovalReply>(*try_code("commander")).outcome, ApprovalOutcome::kNotNamed)
      << "this level is the director's";
  world.forget_texts();
}

TEST_F(AuthorityScenario, WhoCameBeforeTheRaiseIsNotAskedAgainWhenItIsApprovedAndWhoIsSilentHasDeputies) {
  world.report("fire", "serious=10", "lake-1");  // level II at once: rescue has nothing to carry over
  world.forget_texts();
  ASSERT_TRUE(world.desk(model::SetLevel{{}, 101, "III", "less than it seemed"}).ok());
  EXPECT_EQ(decide("commander", true), ApprovalOutcome::kDone);
  world.texts("commander", "2");
  ASSERT_TRUE(world.desk(model::SetLevel{{}, 101, "II", ""}).ok());
  world.forget_texts();

  EXPECT_EQ(decide("director", true), ApprovalOutcome::kDone);

  const auto view = world.incident(101);
  EXPECT_EQ(world.step(view, "command").counters.coming, 1) << "the answer given before counts";
  world.forget_texts();
  world.advance(3min + 2s);
  EXPECT_FALSE(world.on_call_sheet("commander"));
  EXPECT_TRUE(world.on_call_sheet("director"));
  world.forget_texts();
}

TEST_F(AuthorityScenario, ARaiseWhileTheWordIsAwaitedLeavesTheFirstQuestionBehind) {
  a_fire();
  const auto request = code_for("commander");
  world.report("fire", "trapped=5", "lake-1");
  const auto view = world.incident(101);
  ASSERT_EQ(view.approvals.size(), 2U);
  EXPECT_EQ(view.approvals.front().state, ApprovalState::kMoot);
  EXPECT_EQ(std::get<model::ApprovalReply>(*send("commander", true, request)).outcome, ApprovalOutcome::kNotNamed);
  EXPECT_EQ(state_of("command"), StepState::kWaiting);
  world.forget_texts();
}

TEST_F(AuthorityScenario, AStandDownEndsTheWaitingAndTellsWhoWasOnlyAsked) {
  a_fire();
  model::StandDown end{as("commander"), 101, "false alarm", {}, {"fire-out", "counted"}, ""};
  ASSERT_TRUE(world.submit(end).ok());
  EXPECT_EQ(approval().state, ApprovalState::kMoot);
  world.gets("commander", "终止101");
  world.gets("lake-head", "终止101");
  world.gets("town-head", "终止101");
  world.advance(1h);
}

TEST_F(AuthorityScenario, OnlyWhoThePlanNamesOrWhoApprovedMayEndIt) {
  a_fire();
  world.forget_texts();
  const std::vector<std::string> all{"fire-out", "counted"};
  EXPECT_EQ(world.submit(model::StandDown{as("director"), 101, "", {}, all, ""}).error().code,
            base::ErrorCode::kForbidden);
  world.advance(3min + 2s);
  world.forget_texts();
  EXPECT_EQ(world.submit(model::StandDown{as("deputy-a"), 101, "", {}, all, ""}).error().code,
            base::ErrorCode::kForbidden);
  EXPECT_EQ(decide("deputy-a", true), ApprovalOutcome::kDone);
  EXPECT_TRUE(world.submit(model::StandDown{as("deputy-a"), 101, "", {}, all, ""}).ok()) << "who starts it ends it";
  world.forget_texts();
}

TEST_F(AuthorityScenario, TheDeskEndsItOnTheWordOfSomebodyWhoMay) {
  a_fire();
  const std::vector<std::string> all{"fire-out", "counted"};
  const auto nobody = world.desk(model::StandDown{{}, 101, "", {}, all, ""});
  ASSERT_FALSE(nobody.ok());
  EXPECT_EQ(nobody.error().field, "ordered_by");
  EXPECT_THAT(nobody.error().message, HasSubstr("post:commander"));
  EXPECT_EQ(world.desk(model::StandDown{{}, 101, "", {}, all, "director"}).error().code, base::ErrorCode::kForbidden);
  EXPECT_EQ(world.desk(model::StandDown{{}, 101, "", {}, all, "nobody-here"}).error().field, "ordered_by");
  EXPECT_TRUE(world.desk(model::StandDown{{}, 101, "", {}, all, "commander"}).ok());
  const auto record = world.record();
  const auto ticked = std::find_if(record.begin(), record.end(),
                                   [](const auto& e) { return e.kind == model::RecordKind::kConditionsTicked; });
  ASSERT_NE(ticked, record.end());
  EXPECT_EQ(ticked->a, world.id_of("commander").value);
  EXPECT_EQ(ticked->detail, "fire-out counted");
  world.forget_texts();
}

TEST_F(AuthorityScenario, AConditionNobodyTickedKeepsItOpenAndIsNamed) {
  a_fire();
  const auto refused = world.submit(model::StandDown{as("commander"), 101, "", {}, {"counted"}, ""});
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, base::ErrorCode::kInvalid);
  EXPECT_EQ(refused.error().field, "conditions");
  EXPECT_THAT(refused.error().message, HasSubstr("fire-out"));
  EXPECT_THAT(refused.error().message, HasSubstr("明火已灭？"));
  EXPECT_EQ(world.incident(101).incident.state, model::IncidentState::kOpen);
  const auto view = world.incident(101);
  EXPECT_EQ(view.callouts.back().stand_down_by, "post:commander");
  EXPECT_EQ(view.callouts.back().conditions.size(), 2U);
}

TEST_F(AuthorityScenario, WithoutARuleTheDeskEndsItAsBeforeAndACommanderDoesNot) {
  world.report("fire", "", "lake-1");
  world.gets("leader", "警报101");
  EXPECT_EQ(world.submit(model::StandDown{as("commander"), 101, "", {}, {}, ""}).error().code,
            base::ErrorCode::kForbidden);
  EXPECT_TRUE(world.desk(model::StandDown{{}, 101, "out", {}, {}, ""}).ok());
  world.gets("leader", "终止101");
}

TEST_F(AuthorityScenario, WhatOnlyTheDeskCanSeeIsNotAskedOfTheReporter) {
  const auto reply = world.report("fire", "trapped=1", "lake-1");
  for (const auto& question : reply.assessment.questions) EXPECT_NE(question.attribute, "roof");
  const auto questions = world.incident(101).incident.desk_questions;
  ASSERT_EQ(questions.size(), 1U);
  EXPECT_EQ(questions.front().name, "roof");
  EXPECT_EQ(questions.front().text.zh, "屋顶着火了吗？请看监控。");
  world.report("fire", "roof=no", "lake-1");
  EXPECT_TRUE(world.incident(101).incident.desk_questions.empty()) << "answered";
  world.forget_texts();
}

TEST_F(AuthorityScenario, TheGradeOfThePublishedInstrumentsIsKeptAndCallsNobody) {
  world.report("fire", "serious=1", "lake-1");
  EXPECT_EQ(world.incident(101).incident.grade_id, "");
  world.report("fire", "serious=12", "lake-1");
  const auto incident = world.incident(101).incident;
  EXPECT_EQ(incident.level_id, "II");
  EXPECT_EQ(incident.grade_id, "III");
  EXPECT_EQ(incident.grade_clause, "fire/grade/III/1");
  world.forget_texts();
}

TEST(LadderHoursScenario, AnAlertMadeByNightClimbsTheNightsLadder) {
  World world(town_with_approval("2026-11-22T15:00:00Z"));  // 23:00 in the office
  world.report("fire", "", "lake-1");
  EXPECT_TRUE(world.on_call_sheet("leader")) << "the desk calls first";
  EXPECT_EQ(world.waiting_texts("leader"), 0);
  world.advance(5min + 1s);
  world.gets("leader", "警报101");
}

TEST(LadderHoursScenario, ByDayTheMessageGoesFirst) {
  World world(town_with_approval());
  world.report("fire", "", "lake-1");
  EXPECT_FALSE(world.on_call_sheet("leader"));
  world.gets("leader", "警报101");
}

}  // namespace
}  // namespace tocsin::testing
