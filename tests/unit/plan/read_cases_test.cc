#include <gtest/gtest.h>

#include "tests/unit/plan/small_plan.h"

namespace tocsin::plan {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const std::string kReport = "report = { hazard = \"fire\", serious = 1 }\n";
const std::string kExpect = "expect = { level = \"IV\" }\n";

ReadPlan with(const std::string& cases) {
  SmallPlan small;
  small.criteria = "[[hazard.fire.criteria]]\nlevel = \"III\"\nany = [{ serious = \"3..\" }]\n";
  small.templates += cases;
  return small.read();
}

std::vector<std::string> found(const std::string& rest) {
  return codes(with("[[case]]\nname = \"a\"\n" + rest).findings);
}

const Case& only_case(const ReadPlan& read) {
  static const Case none;
  for (const auto& finding : read.findings) ADD_FAILURE() << base::render(finding, read.source);
  return read.plan == nullptr || read.plan->cases.size() != 1 ? none : read.plan->cases[0];
}

TEST(ReadCasesTest, ACaseLooksAtOneHourOfAWorkingMondayUnlessItSaysOtherwise) {
  const auto read = with("[[case]]\nname = \"small fire\"\n" + kReport + kExpect);
  const auto& made = only_case(read);

  EXPECT_EQ(made.name, "small fire");
  EXPECT_EQ(made.at, "2026-01-12 10:00");
  EXPECT_EQ(made.until, 1h);
  ASSERT_EQ(made.events.size(), 1U);
  const auto& report = std::get<CaseReport>(made.events[0].what);
  EXPECT_EQ(report.kind, model::HazardKind::kFire);
  EXPECT_EQ(to_text(report.facts), "serious=1");
  EXPECT_EQ(made.expect.level, "IV");
  EXPECT_FALSE(made.expect.questions.has_value());
  EXPECT_EQ(read.places.count("case/small fire"), 1U);
}

TEST(ReadCasesTest, AReportSaysFactsByTheirTypesOrWords) {
  const auto facts = with(
      "[[case]]\nname = \"a\"\nreport = { hazard = \"fire\", area = \"donghu\", place = \"gate 2\", "
      "serious = 2, spreading = true, depth = 0.5, where = \"school\" }\n" +
      kExpect);
  const auto& report = std::get<CaseReport>(only_case(facts).events.at(0).what);
  EXPECT_EQ(to_text(report.facts), "depth=0.5 serious=2 spreading=yes where=school");
  EXPECT_EQ(report.area, "donghu");
  EXPECT_EQ(report.place, "gate 2");

  const auto words = with("[[case]]\nname = \"a\"\nreport = { text = \"着火 伤2\", place = \"\" }\n" + kExpect);
  const auto& said = std::get<CaseReport>(only_case(words).events.at(0).what);
  EXPECT_EQ(said.kind, model::HazardKind::kUnclassified);
  EXPECT_EQ(said.text, "着火 伤2");
}

TEST(ReadCasesTest, EveryKindOfEventIsRead) {
  const auto read = with(R"([[case]]
name = "a"
at = "2026-11-23 22:30"
until = "30m"
report = { hazard = "fire" }
event = [
  { after = "1m", answer = "coming", who = "post:commander" },
  { after = "1m", opened = true },
  { after = "2m", decision = "decline", who = "person:p-017" },
  { after = "3m", report = { text = "着火" } },
  { after = "4m", link_down = "sms" },
  { after = "5m", link_up = "sms" },
  { after = "20m", stand_down = true },
]
expect = { level = "IV" }
)");
  const auto& made = only_case(read);

  ASSERT_EQ(made.events.size(), 8U);
  EXPECT_EQ(std::get<CaseAnswer>(made.events[1].what).kind, model::AnswerKind::kComing);
  EXPECT_TRUE(std::holds_alternative<CaseOpened>(made.events[2].what));
  const auto& decision = std::get<CaseDecision>(made.events[3].what);
  EXPECT_FALSE(decision.approved);
  EXPECT_EQ(decision.who.person, "p-017");
  EXPECT_EQ(std::get<CaseReport>(made.events[4].what).text, "着火");
  EXPECT_FALSE(std::get<CaseLink>(made.events[5].what).up);
  EXPECT_TRUE(std::get<CaseLink>(made.events[6].what).up);
  EXPECT_TRUE(std::holds_alternative<CaseStandDown>(made.events[7].what));
  EXPECT_EQ(made.events[7].after, 20min);
  EXPECT_EQ(read.places.count("case/a/event/7"), 1U);
}

TEST(ReadCasesTest, EverythingThatCanBeExpectedIsRead) {
  const auto read = with("[[case]]\nname = \"a\"\n" + kReport + R"(
[case.expect]
level = "III"
clause = "fire/III/1"
grade = "none"
questions = []
told = ["area:heads", { who = "person:p-017", within = "1m", over = "sms" }]
not_told = ["post:propaganda"]
steps = ["heads"]
not_steps = ["desk"]
)");
  const auto& expect = only_case(read).expect;

  EXPECT_EQ(expect.clause, "fire/III/1");
  EXPECT_EQ(expect.grade, "none");
  ASSERT_TRUE(expect.questions.has_value());
  EXPECT_THAT(*expect.questions, IsEmpty());
  ASSERT_EQ(expect.told.size(), 2U);
  EXPECT_EQ(expect.told[0].who.selector->name, "heads");
  EXPECT_EQ(expect.told[1].within, 1min);
  EXPECT_EQ(expect.told[1].over, model::Channel::kSms);
  EXPECT_EQ(expect.not_told.size(), 1U);
  EXPECT_THAT(expect.steps, ElementsAre("heads"));
  EXPECT_THAT(expect.not_steps, ElementsAre("desk"));
}

TEST(ReadCasesTest, MistakesInReportsAreFound) {
  const auto report = [](const std::string& said) { return found("report = { " + said + " }\n" + kExpect); };

  EXPECT_THAT(report("hazard = \"fyre\""), ElementsAre("unknown-hazard"));
  EXPECT_THAT(report("area = \"donghu\""), ElementsAre("missing-key"));
  EXPECT_THAT(report("hazard = \"fire\", seriuos = 1"), ElementsAre("unknown-attribute"));
  EXPECT_THAT(report("hazard = \"fire\", serious = 1.5"), ElementsAre("wrong-type"));
  EXPECT_THAT(report("hazard = \"fire\", serious = -1"), ElementsAre("out-of-range"));
  EXPECT_THAT(report("hazard = \"fire\", spreading = \"yes\""), ElementsAre("wrong-type"));
  EXPECT_THAT(report("hazard = \"fire\", where = \"shool\""), ElementsAre("unknown-choice"));
  EXPECT_THAT(report("hazard = \"fire\", depth = \"deep\""), ElementsAre("wrong-type"));
  EXPECT_THAT(found(kExpect), ElementsAre("missing-key"));
}

TEST(ReadCasesTest, AnAttributeOfAnotherHazardIsAMistakeInAReport) {
  SmallPlan small;
  small.hazard = "[hazard.fire]\nkeywords = { zh = [\"火\"], en = [\"fire\"] }\nattributes = [\"serious\"]\n";
  small.templates += "[[case]]\nname = \"a\"\nreport = { hazard = \"fire\", spreading = true }\n" + kExpect;

  EXPECT_THAT(codes(small.read().findings), ElementsAre("attribute-not-of-hazard"));
}

TEST(ReadCasesTest, MistakesInEventsAreFound) {
  const auto event = [](const std::string& said) { return found(kReport + "event = [" + said + "]\n" + kExpect); };

  EXPECT_THAT(event("{ opened = true }"), ElementsAre("missing-key"));
  EXPECT_THAT(event("{ after = \"1m\" }"), ElementsAre("event-unclear"));
  EXPECT_THAT(event("{ after = \"1m\", opened = true, stand_down = true }"), ElementsAre("event-unclear"));
  EXPECT_THAT(event("{ after = \"1m\", opened = false }"), ElementsAre("wrong-type"));
  EXPECT_THAT(event("{ after = \"1m\", answer = \"coming\" }"), ElementsAre("missing-key"));
  EXPECT_THAT(event("{ after = \"1m\", answer = \"come\", who = \"post:x\" }"), ElementsAre("unknown-word"));
  EXPECT_THAT(event("{ after = \"1m\", answer = \"coming\", who = \"boss\" }"), ElementsAre("bad-selector"));
  EXPECT_THAT(event("{ after = \"1m\", opened = true, who = \"post:x\" }"), ElementsAre("not-applicable"));
  EXPECT_THAT(event("{ after = \"1m\", link_down = \"knock\" }"), ElementsAre("unknown-word"));
  EXPECT_THAT(event("{ after = \"2m\", opened = true }, { after = \"1m\", stand_down = true }"),
              ElementsAre("event-out-of-order"));
  EXPECT_THAT(event("{ after = \"2h\", opened = true }"), ElementsAre("event-after-end"));
}

TEST(ReadCasesTest, NamesThatAreExpectedMustBeThoseOfThePlan) {
  const auto expect = [](const std::string& said) { return found(kReport + "expect = { " + said + " }\n"); };

  EXPECT_THAT(expect(""), ElementsAre("empty-list"));
  EXPECT_THAT(expect("level = \"V\""), ElementsAre("unknown-name"));
  EXPECT_THAT(expect("clause = \"fire/III/2\""), ElementsAre("unknown-name"));
  EXPECT_THAT(expect("questions = [\"serius\"]"), ElementsAre("unknown-name"));
  EXPECT_THAT(expect("steps = [\"head\"]"), ElementsAre("unknown-name"));
  EXPECT_THAT(expect("told = [\"boss\"]"), ElementsAre("bad-selector"));
  EXPECT_THAT(expect("told = [{ within = \"1m\" }]"), ElementsAre("missing-key"));
  EXPECT_THAT(expect("told = [{ who = \"post:x\", over = \"smss\" }]"), ElementsAre("unknown-channel"));
  EXPECT_THAT(expect("levl = \"IV\", steps = []"), ElementsAre("unknown-key"));
}

TEST(ReadCasesTest, TheDefaultLevelOfAHazardIsExpectedByItsOwnName) {
  EXPECT_THAT(found(kReport + "expect = { clause = \"fire/default\" }\n"), IsEmpty());
  EXPECT_THAT(found(kReport + "expect = { clause = \"flood/default\" }\n"), ElementsAre("unknown-name"));
}

TEST(ReadCasesTest, MomentsAreOnTheCalendar) {
  const auto at = [](const std::string& moment) { return found("at = \"" + moment + "\"\n" + kReport + kExpect); };

  EXPECT_THAT(at("2028-02-29 23:59"), IsEmpty());
  EXPECT_THAT(at("2026-02-29 10:00"), ElementsAre("bad-moment"));
  EXPECT_THAT(at("2026-13-01 10:00"), ElementsAre("bad-moment"));
  EXPECT_THAT(at("2026-11-23"), ElementsAre("bad-moment"));
  EXPECT_THAT(at("2026-11-23 24:00"), ElementsAre("bad-moment"));
  EXPECT_THAT(at("2026-11-23T10:00"), ElementsAre("bad-moment"));
  EXPECT_THAT(found("until = \"8d\"\n" + kReport + kExpect), ElementsAre("out-of-range"));
}

TEST(ReadCasesTest, NamesAreUniqueAndTheOtherPlaceIsTold) {
  const auto one = "[[case]]\nname = \"a\"\n" + kReport + kExpect;
  const auto read = with(one + one);

  ASSERT_THAT(codes(read.findings), ElementsAre("duplicate-name"));
  EXPECT_THAT(read.findings[0].hint, HasSubstr("plan.toml:"));
}

TEST(ReadCasesTest, AThousandCasesAreEnough) {
  std::string cases;
  for (int i = 0; i <= 1000; ++i) cases += "[[case]]\nname = \"" + std::to_string(i) + "\"\n" + kReport + kExpect;

  EXPECT_THAT(codes(with(cases).findings), ElementsAre("too-many"));
}

TEST(ReadAcceptTest, AWarningIsAcceptedByItsCodeItsPlaceAndAReason) {
  const auto read = with(
      "[[accept]]\nfinding = \"range-gap\"\nwhere = \"fire/III\"\nreason = \"decided on 3 May\"\n"
      "[[accept]]\nfinding = \"ladder-unused\"\nreason = \"kept for the flood season\"\n");

  ASSERT_NE(read.plan, nullptr);
  ASSERT_EQ(read.plan->accepted.size(), 2U);
  EXPECT_EQ(read.plan->accepted[0].where, "fire/III");
  EXPECT_EQ(read.plan->accepted[1].where, "");
  EXPECT_EQ(read.places.count("accept/2"), 1U);
}

TEST(ReadAcceptTest, NothingIsAcceptedWithoutAReason) {
  EXPECT_THAT(codes(with("[[accept]]\nfinding = \"range-gap\"\n").findings), ElementsAre("missing-key"));
  EXPECT_THAT(codes(with("[[accept]]\nfinding = \"Range gap\"\nreason = \"x\"\n").findings), ElementsAre("bad-name"));
}

}  // namespace
}  // namespace tocsin::plan
