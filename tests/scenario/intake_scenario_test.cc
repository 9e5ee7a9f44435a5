// What comes in: by web and by SMS, understood or not, twice, from strangers, with numbers in it.
#include <gmock/gmock.h>

#include "gateway/db/session.h"
#include "tests/support/world.h"

namespace tocsin::testing {
namespace {

using namespace std::chrono_literals;
using model::HazardKind;

model::SubmitReport a_web_report(World& world, const std::string& key) {
  model::SubmitReport report;
  report.by.role = model::Role::kReporter;
  report.by.name = "worker";
  report.by.person = world.id_of("worker");
  report.key = key;
  report.hazard = "fire";
  report.facts = *model::parse_facts("trapped=1");
  report.area = "lake-1";
  return report;
}

TEST_F(Scenario, TheSameKeyIsOneReportHoweverOftenItIsSent) {
  const auto first = world.submit(a_web_report(world, "same-key-1"));
  const auto second = world.submit(a_web_report(world, "same-key-1"));

  ASSERT_TRUE(first.ok());
  ASSERT_TRUE(second.ok());
  EXPECT_EQ(std::get<model::SubmittedReport>(*first).report, std::get<model::SubmittedReport>(*second).report);
  EXPECT_TRUE(std::get<model::SubmittedReport>(*second).repeated);
  EXPECT_THAT(world.incident(101).reports, ::testing::SizeIs(1));
  world.gets("commander", "101");
  world.gets("lake-head", "101");
  world.gets("town-head", "101");
}

TEST_F(Scenario, TheSameKeyWithAnotherBodyIsRefused) {
  ASSERT_TRUE(world.submit(a_web_report(world, "same-key-2")).ok());
  world.forget_texts();
  auto other = a_web_report(world, "same-key-2");
  other.facts = *model::parse_facts("trapped=5");

  EXPECT_EQ(world.refused_report(other).code, base::ErrorCode::kConflict);
  EXPECT_EQ(world.incident(101).incident.level_id, "III");
}

TEST_F(Scenario, UnknownNamesAreRefusedWithTheFieldAndTheNearestName) {
  auto hazard = a_web_report(world, "bad-hazard-1");
  hazard.hazard = "fier";
  const auto no_hazard = world.refused_report(hazard);
  EXPECT_EQ(no_hazard.field, "hazard");
  EXPECT_THAT(no_hazard.message, ::testing::HasSubstr("fire"));

  auto area = a_web_report(world, "bad-area-01");
  area.area = "lake-2";
  const auto no_area = world.refused_report(area);
  EXPECT_EQ(no_area.field, "area");
  EXPECT_THAT(no_area.message, ::testing::HasSubstr("lake-1"));

  auto fact = a_web_report(world, "bad-fact-01");
  fact.facts["traped"] = model::Quantity::whole(1);
  EXPECT_EQ(world.refused_report(fact).field, "facts.traped");
  EXPECT_EQ(world.count_records(model::RecordKind::kReportAccepted), 0) << "a refused report changes nothing";
}

TEST_F(Scenario, AReportNobodyUnderstandsRingsTheDeskAndThenTheLeaderOnDuty) {
  auto report = a_web_report(world, "unclear-1");
  report.hazard = "unsure";
  report.facts.clear();
  report.text = "好像出事了，快来人";
  ASSERT_TRUE(world.submit(report).ok());

  EXPECT_EQ(world.incident(101).incident.kind, HazardKind::kUnclassified);
  world.gets("desk-1", "101");
  world.advance(1min + 59s);
  EXPECT_EQ(world.waiting_texts("leader"), 0);
  world.advance(2s);
  world.gets("leader", "101");
}

TEST_F(Scenario, AnOpenedReportDoesNotRingTheLeader) {
  auto report = a_web_report(world, "unclear-2");
  report.hazard = "";
  report.facts.clear();
  report.text = "看不清";
  ASSERT_TRUE(world.submit(report).ok());
  world.gets("desk-1", "101");
  world.texts("desk-1", "1");

  EXPECT_TRUE(world.desk(model::OpenIncident{{}, 101}).ok());
  world.advance(1h);
}

TEST_F(Scenario, TheDeskClassifiesWhatNobodyUnderstoodAndThePlanTakesOver) {
  auto report = a_web_report(world, "unclear-3");
  report.hazard = "";
  report.facts.clear();
  report.text = "冒烟";
  ASSERT_TRUE(world.submit(report).ok());
  world.gets("desk-1", "101");

  model::ClassifyIncident classify;
  classify.code = 101;
  classify.hazard = "fire";
  classify.facts = *model::parse_facts("trapped=1");
  ASSERT_TRUE(world.desk(classify).ok());

  world.gets("commander", "警报101 火灾 III");
  world.gets("lake-head", "101");
  world.gets("town-head", "101");
  world.gets("desk-1", "更新101");
}

TEST_F(Scenario, NumbersInFreeTextAreRemovedBeforeAnythingIsStored) {
  auto report = a_web_report(world, "numbers-01");
  report.text = "业主 " + std::string("144") + "00000099 说 K12+300 处起火";
  report.place = "电话 " + std::string("0539") + "-0123456 对面";
  const auto result = world.submit(report);
  ASSERT_TRUE(result.ok());

  EXPECT_TRUE(std::get<model::SubmittedReport>(*result).numbers_removed);
  const auto stored = world.incident(101).reports.front();
  EXPECT_THAT(stored.text, ::testing::Not(::testing::HasSubstr("00000099")));
  EXPECT_THAT(stored.text, ::testing::HasSubstr("K12+300"));
  EXPECT_THAT(stored.place, ::testing::Not(::testing::HasSubstr("0123456")));
  world.forget_texts();
}

TEST_F(Scenario, APublicHealthPlaceStopsAtTheCommunity) {
  model::SubmitReport report = a_web_report(world, "health-001");
  report.hazard = "food_poisoning";
  report.facts = *model::parse_facts("ill=3");
  report.place = "3号楼2单元";
  ASSERT_TRUE(world.submit(report).ok());

  const auto view = world.incident(101);
  EXPECT_EQ(world.office->roster()->area(view.incident.area)->code, "lake");
  EXPECT_TRUE(view.incident.place.empty());
  EXPECT_TRUE(view.reports.front().place.empty());
  world.gets("leader", "食物中毒");
}

TEST_F(Scenario, AnSmsReportIsUnderstoodAnsweredWithAReceiptAndOneQuestion) {
  world.texts("worker", "东湖社区着火，两人被困");

  const auto view = world.incident(101);
  EXPECT_EQ(view.incident.kind, HazardKind::kFire);
  EXPECT_EQ(model::to_text(view.facts), "trapped=2");
  EXPECT_EQ(world.office->roster()->area(view.incident.area)->code, "lake");
  world.gets("commander", "被困2");
  world.gets("lake-head", "101");
  world.gets("town-head", "101");
  EXPECT_THAT(world.gets("worker", "回执101"), ::testing::HasSubstr("？")) << "the question that could raise the level";
}

TEST_F(Scenario, TheNextSmsOfTheSameReporterAddsToTheSameIncident) {
  world.texts("worker", "东湖社区着火");
  world.forget_texts();

  world.texts("worker", "被困4");

  EXPECT_THAT(world.incident(101).reports, ::testing::SizeIs(2));
  EXPECT_EQ(world.incident(101).incident.level_id, "II");
  EXPECT_FALSE(world.office->queries().incident(102, 1).ok());
  world.forget_texts();
}

TEST_F(Scenario, TheSameSmsAgainWithinTenMinutesIsOneMessage) {
  world.texts("worker", "东湖社区着火，两人被困");
  world.texts("worker", "东湖社区着火，两人被困");
  EXPECT_THAT(world.incident(101).reports, ::testing::SizeIs(1));
  world.forget_texts();
}

TEST_F(Scenario, AStrangerIsKeptForTheDeskAndAnsweredOnce) {
  const std::string stranger = "+86144" + std::string("00000077");
  world.number_texts(stranger, "着火了");
  world.number_texts(stranger, "快来");

  EXPECT_EQ(world.count_records(model::RecordKind::kStrangerWrote), 2);
  EXPECT_EQ(world.count_records(model::RecordKind::kIncidentOpened), 0) << "a stranger cannot ring a town";
  world.gets(stranger, "119");
}

TEST_F(Scenario, AStrangersWordsAndNumberAreGoneAfterSeventyTwoHours) {
  const std::string stranger = "+86144" + std::string("00000077");
  world.number_texts(stranger, "着火了");
  world.forget_texts();
  const auto rows = [&](const char* query) {
    auto session = db::Session::open(world.folder + "/tocsin.db", {db::Mode::kReadOnly});
    auto found = (*session)->statement(query).run();
    return found.next() ? found.integer(0) : -1;
  };
  ASSERT_EQ(rows("select count(*) from stranger"), 1);
  ASSERT_EQ(rows("select count(*) from delivery where address like '%0077'"), 1);

  world.advance(72h - 1min);
  EXPECT_EQ(rows("select count(*) from stranger"), 1);
  world.advance(2min);
  EXPECT_EQ(rows("select count(*) from stranger"), 0);
  EXPECT_EQ(rows("select count(*) from delivery where address like '%0077'"), 0);
}

TEST_F(Scenario, AnAnswerThatComesBackFromTheCarrierAfterItsStrangerWasForgottenIsNotTriedAgain) {
  world.sms.mood = CarrierMood::kHolds;
  world.number_texts("+86144" + std::string("00000077"), "着火了");
  const auto sent = world.sms.log.size();
  ASSERT_GE(sent, 1U);
  world.forget_texts();
  world.advance(72h + 1min);
  world.sms.mood = CarrierMood::kConfirms;

  world.sms.give_back();
  world.settle();
  world.advance(1h);

  EXPECT_EQ(world.sms.log.size(), sent) << "there is no number it could go to";
  auto session = db::Session::open(world.folder + "/tocsin.db", {db::Mode::kReadOnly});
  auto found = (*session)->statement("select state, code from delivery where address = ''").run();
  ASSERT_TRUE(found.next());
  EXPECT_EQ(found.as<model::DeliveryState>(0), model::DeliveryState::kRefused);
  EXPECT_EQ(found.string(1), "purged");
}

TEST_F(Scenario, AReportThatIsTooOldRingsTheDeskOnly) {
  auto report = a_web_report(world, "stale-0001");
  report.occurred_at = world.clock.utc_now() - 7h;
  ASSERT_TRUE(world.submit(report).ok());
  world.gets("desk-1", "101");
}

TEST_F(Scenario, NearReportsOfOneHazardWithinTheWindowAreOneIncidentAndFarOnesAreNot) {
  world.report("fire", "", "lake-1");
  const auto near = world.report("fire", "", "lake");
  EXPECT_FALSE(near.opened);
  const auto far = world.report("fire", "", "hill");
  EXPECT_TRUE(far.opened);
  world.texts("leader", "1");
  world.advance(2h + 1s);
  const auto late = world.report("fire", "", "lake-1");
  EXPECT_TRUE(late.opened);
  world.forget_texts();
}

TEST_F(Scenario, ADrillIsMarkedAndNeverJoinsARealIncident) {
  world.report("fire", "", "lake-1");
  world.forget_texts();
  const auto drill = world.report("fire", "", "lake-1", "", true);
  EXPECT_TRUE(drill.opened);
  EXPECT_THAT(world.gets("leader", "102"), ::testing::StartsWith("【演练】"));
}

}  // namespace
}  // namespace tocsin::testing
