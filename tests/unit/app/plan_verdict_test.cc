// Errors refuse a plan, warnings wait for somebody who answers for them.
#include "gateway/app/plan_verdict.h"

#include <gmock/gmock.h>

#include "gateway/app/reply_text.h"

namespace tocsin::app {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

base::Diagnostic finding(base::Severity severity, const std::string& code, const std::string& where = "") {
  base::Diagnostic made;
  made.severity = severity;
  made.code = code;
  made.where = where;
  return made;
}
base::Diagnostic warning(const std::string& code, const std::string& where = "") {
  return finding(base::Severity::kWarning, code, where);
}

TEST(PlanVerdictTest, APlanWithoutFindingsMayStandAndNotesDoNotHinderIt) {
  EXPECT_TRUE(judge({}, {}, {}, {}).may_stand);
  const auto verdict = judge({finding(base::Severity::kNote, "hint")}, {}, {}, {});
  EXPECT_TRUE(verdict.may_stand);
  EXPECT_TRUE(why_not(verdict).empty());
}

TEST(PlanVerdictTest, AWarningStandsInTheWayUntilSomebodyAnswersForIt) {
  const base::Diagnostics findings = {warning("range-gap", "fire/III/1"), warning("ladder-unused", "ladder/x")};
  const auto nobody = judge(findings, {}, {}, {});
  EXPECT_FALSE(nobody.may_stand);
  EXPECT_EQ(why_not(nobody), (base::Said{"2 warnings that nobody answers for", "2条无人负责的警告"}));

  const model::KeptOverride earlier{{"ladder-unused", "", "the next version needs it"}, "admin:office", {}};
  const auto verdict = judge(findings, {{"range-gap", "fire/III", "on purpose"}}, {earlier}, {});
  EXPECT_TRUE(verdict.may_stand);
  EXPECT_EQ(verdict.accepted, 2);
  EXPECT_THAT(verdict.standings, ElementsAre(Standing::kAcceptedInFile, Standing::kAcceptedEarlier));
  EXPECT_THAT(verdict.given, IsEmpty()) << "given now was nothing";
}

TEST(PlanVerdictTest, WhatIsAnsweredForNowIsKeptAndWhatCoversNothingIsNamed) {
  const auto verdict = judge({warning("range-gap", "fire/III")}, {}, {},
                             {{"range-gap", "", "on purpose"}, {"range-gpa", "", "mistyped"}});
  EXPECT_TRUE(verdict.may_stand);
  EXPECT_THAT(verdict.standings, ElementsAre(Standing::kAcceptedNow));
  ASSERT_THAT(verdict.given, SizeIs(1));
  ASSERT_THAT(verdict.unused, SizeIs(1));
  EXPECT_EQ(verdict.unused.front().finding, "range-gpa");
}

TEST(PlanVerdictTest, NobodyCanAnswerForAnError) {
  const auto verdict = judge({finding(base::Severity::kError, "unknown-key", "fire")}, {{"unknown-key", "", "I may"}},
                             {}, {{"unknown-key", "fire", "I insist"}});
  EXPECT_FALSE(verdict.may_stand);
  EXPECT_EQ(why_not(verdict), (base::Said{"1 error", "1个错误"}));
  EXPECT_THAT(verdict.unused, SizeIs(1));
}

TEST(PlanVerdictTest, APlaceCoversWhatLiesInItAndNothingThatOnlyBeginsAlike) {
  const base::Diagnostics findings = {warning("range-gap", "fire/III"), warning("range-gap", "fire/III/2"),
                                      warning("range-gap", "fire/IIII"), warning("range-gap")};
  const auto verdict = judge(findings, {{"range-gap", "fire/III", "r"}}, {}, {});
  EXPECT_THAT(verdict.standings, ElementsAre(Standing::kAcceptedInFile, Standing::kAcceptedInFile, Standing::kInTheWay,
                                             Standing::kInTheWay));
}

TEST(PlanVerdictTest, AWordWithoutAReasonAnswersForNothing) {
  EXPECT_FALSE(judge({warning("range-gap")}, {}, {}, {{"range-gap", "", "  "}}).may_stand);
}

TEST(PlanReplyTest, ARefusalShowsEachFindingWithItsLineAndHowToAcceptIt) {
  plan::ReadPlan read;
  read.files["plan.toml"] = "[plan]\nname = \"x\"\n";
  const auto said = plan_reply_text(
      422,
      R"({"type":"urn:tocsin:problem:plan-refused","detail":"1 warning that nobody answers for","unused":[],)"
      R"("findings":[{"severity":"warning","code":"range-gap","standing":"in_the_way","file":"plan.toml","line":2,)"
      R"("column":1,"where":"fire/III","message":"a gap"}]})",
      read);
  EXPECT_THAT(said, HasSubstr("plan.toml:2:1: warning: a gap [range-gap]"));
  EXPECT_THAT(said, HasSubstr("name = \"x\""));
  EXPECT_THAT(said, HasSubstr("--accept 'range-gap@fire/III=REASON'"));
  EXPECT_THAT(said, HasSubstr("refused: 1 warning that nobody answers for"));
}

TEST(PlanReplyTest, WhatBecameOfThePlanIsSaidInOneSentence) {
  const plan::ReadPlan read;
  EXPECT_EQ(plan_reply_text(201, R"({"version":5,"label":"2","changed":true,"dry_run":false,"accepted":1})", read),
            "version 5 (\"2\") is in force, with 1 accepted warning\n");
  EXPECT_EQ(plan_reply_text(200, R"({"version":5,"label":"2","changed":false,"dry_run":false,"accepted":0})", read),
            "version 5 (\"2\") is in force already; nothing was changed\n");
  EXPECT_EQ(plan_reply_text(200, R"({"version":null,"changed":false,"dry_run":true,"accepted":0})", read),
            "it may be put in force; nothing was changed\n");
}

TEST(PlanReplyTest, WhoReadsChineseReadsAllOfItInChinese) {
  const plan::ReadPlan read;
  EXPECT_EQ(
      plan_reply_text(201, R"({"version":5,"label":"2","changed":true,"dry_run":false,"accepted":1})", read, true),
      "第5版（“2”）已启用，1条警告已有人负责\n");
  EXPECT_EQ(plan_reply_text(200, R"({"version":null,"changed":false,"dry_run":true,"accepted":0})", read, true),
            "可以启用；未作任何改动\n");
  const auto refused = plan_reply_text(
      422,
      R"({"type":"urn:tocsin:problem:plan-refused","detail":"1条无人负责的警告","unused":[{"finding":"x","where":null}],)"
      R"("findings":[{"severity":"warning","code":"range-gap","standing":"in_the_way","file":"plan.toml","line":2,)"
      R"("column":1,"where":"fire/III","message":"a gap","message_zh":"空缺"}]})",
      read, true);
  for (const auto* words : {"空缺", "妨碍启用", "没有可负责的", "不能启用：1条无人负责的警告"}) {
    EXPECT_THAT(refused, HasSubstr(words));
  }
}

}  // namespace
}  // namespace tocsin::app
