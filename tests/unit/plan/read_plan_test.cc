#include "gateway/plan/read_plan.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <fstream>

#include "gateway/base/digest.h"
#include "tests/unit/plan/small_plan.h"

namespace tocsin::plan {
namespace {

using namespace std::chrono_literals;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;

TEST(ReadPlanTest, ASmallPlanIsReadWithTheDefaultsOfTheReference) {
  const SmallPlan small;
  const auto plan = small.plan();

  ASSERT_NE(plan, nullptr);
  EXPECT_EQ(plan->name, "Test office");
  EXPECT_EQ(plan->time_zone, "Asia/Shanghai");
  EXPECT_THAT(plan->languages, ElementsAre("zh", "en"));
  EXPECT_EQ(plan->stale_after, 6h);
  EXPECT_EQ(plan->open_within, 2min);
  ASSERT_EQ(plan->levels.size(), 4U);
  EXPECT_EQ(plan->levels[0].id, "IV");
  EXPECT_EQ(plan->levels[3].colour, "red");
  EXPECT_EQ(plan->hazard(model::HazardKind::kFire)->merge_window, 2h);
  EXPECT_EQ(plan->hazard(model::HazardKind::kFire)->default_level, 0);
  EXPECT_EQ(plan->hazard(model::HazardKind::kFire)->name.at("zh"), "火灾");
  EXPECT_EQ(plan->digest, base::to_hex(base::digest(small.text())));
}

TEST(ReadPlanTest, ACountIsCalledAndAskedForInTheWordsOfTheClosedList) {
  const auto plan = SmallPlan().plan();

  ASSERT_NE(plan, nullptr);
  EXPECT_EQ(plan->attribute("serious")->label.at("en"), "seriously injured");
  EXPECT_EQ(plan->attribute("serious")->ask.at("zh"), "重伤多少人？");
}

TEST(ReadPlanTest, APlanInOneLanguageNeedsNoOther) {
  SmallPlan small;
  small.head += "languages = [\"en\"]\n";
  small.attributes = "[attribute.serious]\ntype = \"count\"\n";
  small.hazard = "[hazard.fire]\nattributes = [\"serious\"]\n";
  small.templates.clear();
  for (const char* name : {"alert", "update", "stand_down", "receipt", "question", "unreadable", "stranger"}) {
    small.templates += std::string("[template.") + name + "]\nen.default = \"words\"\n";
  }
  const auto plan = small.plan();

  ASSERT_NE(plan, nullptr);
  EXPECT_EQ(plan->default_language(), "en");
  EXPECT_EQ(plan->levels[0].name.count("zh"), 0U);
}

TEST(ReadPlanTest, AllMistakesOfOnePassAreFoundInTheOrderOfTheFile) {
  SmallPlan small;
  small.head += "stale_aftre = \"6h\"\nopen_within = \"soon\"\n";
  small.ladders = "[ladder.person]\nrungs = [{ channel = \"fax\", wait = \"3m\" }]\n";
  const auto read = small.read();

  EXPECT_EQ(read.plan, nullptr);
  EXPECT_THAT(codes(read.findings), ElementsAre("unknown-key", "bad-duration", "unknown-channel"));
  EXPECT_EQ(read.findings[0].line, 5);
  EXPECT_EQ(read.findings[0].column, 1);
  EXPECT_EQ(read.findings[0].hint, "did you mean \"stale_after\"?");
  EXPECT_EQ(read.findings[1].line, 6);
  EXPECT_EQ(read.findings[1].column, 15);
}

TEST(ReadPlanTest, ColumnsCountCharactersNotBytes) {
  SmallPlan small;
  small.levels = "level = [{ id = \"A\", name = { zh = \"一二三\", en = \"one\" }, color = \"blue\" }]\n";
  small.levels.swap(small.head);
  small.head += small.levels;
  small.levels.clear();
  small.response =
      "[[response]]\nhazard=\"fire\"\nlevel=\"A\"\nstep=[{name=\"a\",to=[\"area:heads\"],ladder=\"person\"}]\n";
  const auto read = small.read();

  ASSERT_THAT(codes(read.findings), ElementsAre("missing-key", "unknown-key"));
  EXPECT_EQ(read.findings[1].column, 57);
}

TEST(ReadPlanTest, WhatIsNotTomlIsOneFindingWithItsPlace) {
  const auto read = read_plan("[plan]\nname = \n", "plan.toml");

  EXPECT_EQ(read.plan, nullptr);
  ASSERT_THAT(codes(read.findings), ElementsAre("toml-syntax"));
  EXPECT_EQ(read.findings[0].line, 2);
}

TEST(ReadPlanTest, AnEmptyFileNamesEveryPartThatIsMissing) {
  const auto read = read_plan("", "plan.toml");

  EXPECT_THAT(codes(read.findings), ElementsAre("missing-key", "missing-key", "missing-key", "missing-key"));
}

TEST(ReadPlanTest, DeepNestingIsRefusedBeforeItIsParsed) {
  const std::string deep_list = "a = " + std::string(100'000, '[');
  std::string deep_key = "a";
  for (int i = 0; i < 100'000; ++i) deep_key += ".a";
  std::string quoted_key = "\"a\"";
  for (int i = 0; i < 100'000; ++i) quoted_key += ".\"a\"";

  for (const auto& text : {deep_list, deep_key + " = 1", "[" + deep_key + "]", quoted_key + " = 1"}) {
    const auto read = read_plan(text, "plan.toml");
    EXPECT_THAT(codes(read.findings), ElementsAre("toml-syntax"));
    EXPECT_EQ(read.findings[0].message, "not TOML: nested deeper than 16 levels");
  }
}

TEST(ReadPlanTest, DotsAndBracketsInsideTextsAndCommentsAreNoNesting) {
  SmallPlan small;
  const std::string noise = std::string(40, '.') + std::string(40, '[');
  small.head += "# " + noise + "\n";
  small.templates += "[template.extra]\nzh.default = \"\"\"\\\" " + noise + "\"\"\"\nen.default = '" + noise + "'\n";

  EXPECT_NE(small.plan(), nullptr);
}

TEST(ReadPlanTest, ATooLargeFileIsRefusedUnread) {
  const auto read = read_plan(std::string(kMaxPlanBytes + 1, '#'), "plan.toml");

  EXPECT_THAT(codes(read.findings), ElementsAre("too-large"));
}

TEST(ReadPlanTest, AThousandFindingsAreEnough) {
  std::string text;
  for (int i = 0; i < 5000; ++i) text += "key" + std::to_string(i) + " = 1\n";
  const auto read = read_plan(text, "plan.toml");

  EXPECT_EQ(read.findings.size(), 1001U);
  EXPECT_EQ(read.findings.back().code, "too-many-findings");
}

TEST(ReadPlanTest, ControlCharactersAreRefusedInEveryText) {
  SmallPlan small;
  small.head = "[plan]\nname = \"a\\u0007b\"\nversion = \"1\\u202E2\"\n";

  EXPECT_THAT(codes(small.read().findings), ElementsAre("control-character", "control-character"));
}

TEST(ReadPlanTest, KindsAndCountsCannotBeInvented) {
  SmallPlan small;
  small.attributes += "[attribute.protesters]\ntype = \"count\"\nname = { zh = \"人\", en = \"people\" }\n";
  small.hazard += "[hazard.assembly]\n";

  EXPECT_THAT(codes(small.read().findings), ElementsAre("count-outside-list", "unknown-kind"));
}

TEST(ReadPlanTest, AFileThatCannotBeOpenedIsNotFound) {
  const auto read = read_plan_file("/nonexistent/plan.toml");

  ASSERT_FALSE(read.ok());
  EXPECT_EQ(read.error().code, base::ErrorCode::kNotFound);
  EXPECT_FALSE(read_plan_file("/tmp").ok());
}

TEST(ReadPlanTest, AFileIsReadUnderItsOwnName) {
  char name[] = "/tmp/tocsin-plan-XXXXXX";
  const int fd = mkstemp(name);
  ASSERT_GE(fd, 0);
  std::ofstream(name) << "nonsense = 1\n";
  const auto read = read_plan_file(name);
  std::remove(name);

  ASSERT_TRUE(read.ok());
  ASSERT_THAT(codes(read->findings), Contains("unknown-key"));
  EXPECT_EQ(read->findings[0].file, name);
}

}  // namespace
}  // namespace tocsin::plan
