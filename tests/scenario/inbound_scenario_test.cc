// What people text in: threads of one report, drills, strangers in a flood, machines that answer machines, and a
// decision by SMS.
#include <gmock/gmock.h>

#include <algorithm>

#include "gateway/base/text.h"
#include "gateway/db/session.h"
#include "gateway/store/inbox.h"
#include "tests/support/world.h"

namespace tocsin::testing {
namespace {

using namespace std::chrono_literals;
using model::AnswerKind;
using model::RecordKind;
using ::testing::HasSubstr;
using ::testing::SizeIs;

std::string number_of(int n) {
  const auto digits = std::to_string(n);
  return "+86144" + std::string(8 - digits.size(), '0') + digits;
}

class InboundScenario : public Scenario {
 protected:
  std::int64_t rows(const std::string& query) {
    auto session = db::Session::open(world.folder + "/tocsin.db", {db::Mode::kReadOnly});
    auto found = (*session)->statement(query).run();
    return found.next() ? found.int64(0) : -1;
  }
  int texts_to(const std::string& number) {
    return static_cast<int>(
        std::count_if(world.sms.log.begin(), world.sms.log.end(), [&](const auto& sent) { return sent.to == number; }));
  }
};

// ---- answers ----

TEST_F(InboundScenario, FreeWordsWithSeveralOpenAreKeptAtEachAndCountForNone) {
  world.report("fire", "trapped=1", "lake-1");
  world.report("fire", "trapped=1", "hill");
  world.forget_texts();

  world.texts("commander", "堵在高架上，半小时");

  for (const int code : {101, 102}) {
    const auto view = world.incident(code);
    EXPECT_EQ(world.alert_of(view, "commander").alert.answer, AnswerKind::kNone);
    EXPECT_EQ(rows("select count(*) from note where incident = " + std::to_string(view.incident.id.value) +
                   " and body = '堵在高架上，半小时'"),
              1);
  }
}

TEST_F(InboundScenario, AMessageWithAnIdPostedAgainLateIsTheSameAndOneWithoutIsSaidAnew) {
  using What = model::InboundResult::What;
  const auto comes = [&](const std::string& udh) {
    const auto done = world.submit(model::InboundMessage{0, number_of(1), "10690000", "堵车", udh});
    return done.ok() && std::get<model::InboundResult>(*done).what == What::kRepeat;
  };
  EXPECT_FALSE(comes("id 77"));
  EXPECT_FALSE(comes(""));
  world.advance(12min);
  EXPECT_TRUE(comes("id 77")) << "a provider that was not heard posts it again";
  EXPECT_FALSE(comes("id 78")) << "another id is another message";
  EXPECT_FALSE(comes("")) << "who says it again after ten minutes means it";
  world.advance(24h);
  EXPECT_FALSE(comes("id 77")) << "its digest is kept no longer";
  world.forget_texts();
}

TEST_F(InboundScenario, AMistypedCodeIsAskedBackAndNotSwallowed) {
  world.report("fire", "trapped=1", "lake-1");
  world.forget_texts();

  world.texts("commander", "2 170");

  world.gets("commander", "101");
  EXPECT_EQ(world.alert_of(world.incident(101), "commander").alert.answer, AnswerKind::kNone);
}

TEST_F(InboundScenario, ACryForHelpLongAfterAnEndIsAReportAndNoAnswerToIt) {
  world.report("fire", "", "lake-1");
  EXPECT_TRUE(world.desk(model::StandDown{{}, 101, "over"}).ok());
  world.forget_texts();
  world.texts("leader", "谢谢大家");
  world.gets("leader", "已经终止");
  EXPECT_EQ(world.count_records(RecordKind::kAnswerLate), 1);

  world.advance(31min);
  world.texts("leader", "快来人");

  EXPECT_EQ(world.incident(102).incident.kind, model::HazardKind::kUnclassified);
  world.gets("desk-1", "102");
  world.forget_texts();
}

TEST_F(InboundScenario, AnAutoReplyNeverCountsIsNeverAReportAndIsNeverAnswered) {
  world.report("fire", "trapped=1", "lake-1");
  world.forget_texts();

  world.texts("commander", "【自动回复】收到");
  world.texts("worker", "自动回复：您发的“东湖社区着火，两人被困”已收到");

  EXPECT_EQ(world.alert_of(world.incident(101), "commander").alert.answer, AnswerKind::kNone);
  EXPECT_EQ(world.count_records(RecordKind::kReportAccepted), 1);
  EXPECT_EQ(rows("select count(*) from stranger where sender = 'person:worker'"), 1) << "the desk may look at it";
}

TEST_F(InboundScenario, TwoMachinesThatAnswerEachOtherComeToAnEnd) {
  world.report("fire", "trapped=1", "lake-1");
  EXPECT_TRUE(world.desk(model::StandDown{{}, 101, "over"}).ok());
  world.forget_texts();
  const auto before = world.sms.log.size();

  for (int i = 0; i < 40; ++i) world.texts("commander", "2 101 " + std::string(static_cast<std::size_t>(i) + 1, '!'));

  EXPECT_LE(world.sms.log.size() - before, 12U);
  EXPECT_EQ(world.count_records(RecordKind::kAnswerLate), 40) << "each is recorded";
  world.forget_texts();
}

TEST_F(InboundScenario, NothingIsSaidToServiceNumbersNamesOrOurOwn) {
  for (const auto* sender : {"10086", "95588", "106575200001", "+86106575200001", "+8610086", "TOCSIN", "+8612306",
                             "+861065752", "12", "", "+"}) {
    world.number_texts(sender, "您的话费余额为12.50元");
  }
  EXPECT_TRUE(world.sms.log.empty());
}

// ---- reports ----

TEST_F(InboundScenario, FreeWordsOfTheReporterAddToTheSameReportForHalfAnHour) {
  world.texts("worker", "东湖社区着火");
  world.forget_texts();

  world.advance(5min);
  world.texts("worker", "快来人");
  world.advance(20min);
  world.texts("worker", "二楼");

  EXPECT_THAT(world.incident(101).reports, SizeIs(3));
  EXPECT_FALSE(world.office->queries().incident(102, 1).ok()) << "nobody is rung for the same report again";
  world.forget_texts();
  world.advance(31min);
  world.texts("worker", "又有情况");
  EXPECT_EQ(world.incident(102).incident.kind, model::HazardKind::kUnclassified);
  world.forget_texts();
}

TEST_F(InboundScenario, AReceiptIsOneSegmentHoweverLongThePlaceIs) {
  world.texts("worker", "东湖社区着火，两人被困，重伤3人，正在蔓延");

  const auto receipt = world.gets("worker", "回执101");
  EXPECT_LE(base::count_characters(receipt), 70U) << receipt;
  world.forget_texts();
}

TEST_F(InboundScenario, TheSignatureOfTheLinkIsPartOfThatSegment) {
  world.texts("worker", "东湖社区着火，两人被困，重伤3人，正在蔓延");
  const auto room = 70 - base::count_characters(world.gets("worker", "回执101"));
  world.forget_texts();
  for (std::size_t i = 0; i <= room; ++i) world.sms.signature += "署";

  world.texts("worker", "东湖社区着火，两人被困，重伤4人，正在蔓延");

  const auto receipt = world.gets("worker", "回执101");
  EXPECT_LE(base::count_characters(world.sms.signature + receipt), 70U) << receipt;
  world.forget_texts();
}

TEST_F(InboundScenario, WhatIsNotMarkedAsADrillIsRealEvenWhileADrillGoesOn) {
  world.report("fire", "", "lake-1", "", true);
  world.forget_texts();

  world.texts("worker", "演练现场真的着火了，两人被困");

  EXPECT_FALSE(world.incident(102).incident.drill);
  EXPECT_EQ(world.incident(102).incident.kind, model::HazardKind::kFire);
  world.forget_texts();
}

TEST_F(InboundScenario, ADrillBySmsIsKeptForTheDeskOpensNothingAndRingsNobody) {
  world.texts("worker", "【演练】东湖社区着火，两人被困");
  world.texts("worker", "DRILL fire at lake, 2 trapped");

  EXPECT_EQ(world.count_records(RecordKind::kIncidentOpened), 0);
  EXPECT_EQ(rows("select count(*) from stranger where sender = 'person:worker' and body like '%着火%'"), 1);
  EXPECT_EQ(rows("select count(*) from stranger"), 2);
  world.gets("worker", "演练短信已收到");
  world.gets("worker", "演练短信已收到");
  world.advance(1h);
}

TEST_F(InboundScenario, AnAnswerMarkedAsADrillIsForTheDrillAndNeverForARealAlert) {
  world.report("fire", "trapped=1", "lake-1", "", true);
  world.forget_texts();
  world.texts("commander", "【演练】2");
  EXPECT_EQ(world.alert_of(world.incident(101), "commander").alert.answer, AnswerKind::kComing);

  world.report("fire", "trapped=1", "hill");
  world.forget_texts();
  world.texts("commander", "演练 收到");
  EXPECT_EQ(world.alert_of(world.incident(102), "commander").alert.answer, AnswerKind::kNone);
  world.gets("commander", "演练短信已收到");
}

TEST_F(InboundScenario, APreFilledSmsAndTheUploadOfTheSameKeyAreOneIncident) {
  world.texts("worker", "东湖社区着火 #k:ABCD1234");
  world.forget_texts();
  EXPECT_THAT(world.incident(101).reports.front().text, HasSubstr("#k:ABCD1234")) << "a key is no phone number";

  model::SubmitReport upload;
  upload.by = {model::Role::kReporter, "session-of-worker", world.id_of("worker")};
  upload.key = "abcd1234";
  upload.hazard = "fire";
  upload.area = "hill";  // too far away to be joined by itself
  upload.facts = *model::parse_facts("trapped=4");
  const auto done = world.submit(upload);

  ASSERT_TRUE(done.ok());
  EXPECT_EQ(std::get<model::SubmittedReport>(*done).incident_code, 101);
  EXPECT_EQ(world.incident(101).incident.level_id, "II");
  EXPECT_FALSE(world.office->queries().incident(102, 1).ok());
  world.forget_texts();
}

TEST_F(InboundScenario, ThePreFilledSmsOfAReportThatWasUploadedOpensNothing) {
  model::SubmitReport upload;
  upload.by = {model::Role::kReporter, "session-of-worker", world.id_of("worker")};
  upload.key = "ABCD1234";
  upload.hazard = "fire";
  upload.area = "lake-1";
  ASSERT_TRUE(world.submit(upload).ok());
  EXPECT_TRUE(world.desk(model::StandDown{{}, 101, "over"}).ok());
  world.forget_texts();

  world.texts("worker", "东湖社区着火 #k:ABCD1234");

  EXPECT_EQ(world.count_records(RecordKind::kIncidentOpened), 1);
  EXPECT_EQ(world.count_records(RecordKind::kReportRepeated), 1);
}

// ---- strangers ----

TEST_F(InboundScenario, AFloodOfStrangersRingsNobodyIsCountedAndTakesNoMoreThanItsShareOfTheLink) {
  for (int i = 0; i < 400; ++i) world.number_texts(number_of(1000 + i), "着火了 " + std::to_string(i));

  EXPECT_EQ(world.count_records(RecordKind::kIncidentOpened), 0);
  EXPECT_EQ(rows("select count(*) from stranger"), 300);
  EXPECT_EQ(rows("select sum(messages) from stranger_left_out"), 100);
  EXPECT_EQ(world.count_records(RecordKind::kStrangerWrote), 301) << "what is left out fills no disk";
  EXPECT_LE(world.sms.log.size(), 60U);
  EXPECT_THAT(world.office->metrics(), HasSubstr("tocsin_strangers_left_out_total 100"));
  world.forget_texts();

  world.texts("worker", "东湖社区着火，两人被困");
  EXPECT_EQ(world.incident(101).incident.kind, model::HazardKind::kFire) << "those one knows are heard all the while";
  world.forget_texts();
}

TEST_F(InboundScenario, HowManyStrangersWereLeftOutStandsInTheRecordOnceAMinute) {
  const auto others_text = [&](int first, int count) {
    for (int i = first; i < first + count; ++i) world.number_texts(number_of(1000 + i), "着火了 " + std::to_string(i));
  };
  others_text(0, 350);
  world.advance(61s);
  others_text(350, 20);
  world.advance(1h);

  std::vector<std::int64_t> left_out;
  for (const auto& entry : world.record()) {
    if (entry.kind == RecordKind::kStrangerWrote && entry.b > 0) left_out.push_back(entry.b);
  }
  EXPECT_THAT(left_out, ::testing::ElementsAre(1, 49, 20));
  world.forget_texts();
}

TEST_F(InboundScenario, OneStrangerFillsNoInbox) {
  for (int i = 0; i < 30; ++i) world.number_texts(number_of(77), "喂 " + std::to_string(i));

  EXPECT_EQ(rows("select count(*) from stranger"), 10);
  EXPECT_EQ(texts_to(number_of(77)), 1);
  world.number_texts(number_of(78), "着火了");
  EXPECT_EQ(rows("select count(*) from stranger"), 11);
  world.forget_texts();
  world.advance(73h);
  EXPECT_EQ(rows("select count(*) from stranger_left_out"), 0);
}

TEST_F(InboundScenario, TheDeskTakesAMessageOverOnceHoweverOftenItTriesAndSeesWhatWasLeftOut) {
  for (int i = 0; i < 12; ++i) world.number_texts(number_of(77), "东湖社区着火 " + std::to_string(i));
  world.forget_texts();
  const auto look = [&] {
    auto session = db::Session::open(world.folder + "/tocsin.db", {db::Mode::kReadOnly});
    return store::read_inbox(**session, {});
  };
  const auto inbox = look();
  ASSERT_THAT(inbox.entries, SizeIs(10));
  EXPECT_EQ(inbox.left_out, 2);
  EXPECT_EQ(inbox.entries.front().from, number_of(77));
  EXPECT_EQ(inbox.entries.front().text, "东湖社区着火 9");

  model::SubmitReport take;
  take.by = {model::Role::kDuty, "desk", {}};
  take.key = inbox.entries.front().key();
  take.text = inbox.entries.front().text;
  take.takes_message = true;
  ASSERT_TRUE(world.submit(take).ok());
  ASSERT_TRUE(world.submit(take).ok());
  auto late = take;  // both had read that it waits
  late.by.name = "deputy-desk";
  const auto second = world.submit(late);
  ASSERT_FALSE(second.ok());
  EXPECT_EQ(second.error().code, base::ErrorCode::kConflict);
  EXPECT_EQ(second.error().message, "it was taken over already by desk: incident 101");

  EXPECT_EQ(world.count_records(RecordKind::kReportAccepted), 1);
  EXPECT_EQ(look().entries.front().taken_as, 101);
  EXPECT_EQ(look().entries.back().taken_as, 0);
  world.forget_texts();
}

// ---- a decision by SMS ----

class DecisionScenario : public ::testing::Test {
 protected:
  static WorldOptions town() {
    WorldOptions options;
    options.plan = std::string(TOCSIN_SOURCE_DIR) + "/tests/support/town/plan-approval.toml";
    return options;
  }
  void SetUp() override {
    world.report("fire", "trapped=1", "lake-1");
    world.gets("commander", "请批准101");
    world.forget_texts();
  }
  model::ApprovalState state() { return world.incident(101).approvals.back().state; }
  // The six digits of the text that came.
  std::string code_for(const std::string& person) {
    const auto text = world.gets(person, "验证码");
    const auto at = text.find_first_of("0123456789");
    return at == std::string::npos ? std::string() : text.substr(at, 6);
  }
  World world{town()};
};

TEST_F(DecisionScenario, TheWordAloneBringsACodeAndHowToUseItAndTheWordWithTheCodeDecides) {
  world.texts("commander", "批准");
  EXPECT_EQ(state(), model::ApprovalState::kPending);
  const auto code = code_for("commander");

  world.texts("commander", "批准 " + code);

  EXPECT_EQ(state(), model::ApprovalState::kApproved);
  world.gets("commander", "已按您的批准启动");
  EXPECT_EQ(world.words_stored_with(code), 0) << "the code is nowhere once it is used";
  world.forget_texts();
}

TEST_F(DecisionScenario, ARefusalNeedsTheCodeToo) {
  world.texts("commander", "不批准");
  EXPECT_EQ(state(), model::ApprovalState::kPending);
  world.texts("commander", "不批准 " + code_for("commander"));
  EXPECT_EQ(state(), model::ApprovalState::kDeclined);
  world.gets("commander", "不启动");
  world.forget_texts();
}

TEST_F(DecisionScenario, AWrongCodeDecidesNothingAndFiveOfThemEndTheRightOne) {
  world.texts("commander", "批准");
  const auto code = code_for("commander");
  const std::string wrong = code == "111111" ? "222222" : "111111";
  for (int i = 0; i < 5; ++i) world.texts("commander", "批准 " + wrong + std::string(static_cast<std::size_t>(i), '.'));
  world.texts("commander", "批准 " + code);

  EXPECT_EQ(state(), model::ApprovalState::kPending);
  world.forget_texts();
}

TEST_F(DecisionScenario, SomebodyElsesCodeIsNoUse) {
  world.texts("commander", "批准");
  const auto code = code_for("commander");

  world.texts("lake-head", "批准 " + code);

  EXPECT_EQ(state(), model::ApprovalState::kPending);
  world.forget_texts();
}

TEST_F(DecisionScenario, ACodeAskedForOnThePageIsGoodBySmsToo) {
  const model::Principal commander{model::Role::kCommander, "session-of-commander", world.id_of("commander")};
  ASSERT_TRUE(world.submit(model::AskApprovalCode{commander, 101, model::SignInId{77}, "192.0.2.1", "314159"}).ok());
  world.texts("commander", "approve 314159");
  EXPECT_EQ(state(), model::ApprovalState::kApproved);
  world.forget_texts();
}

}  // namespace
}  // namespace tocsin::testing
