// Which plan an office starts with: its file, or the last good one.
#include "gateway/app/file_plan.h"

#include <gmock/gmock.h>

#include <fstream>

#include "gateway/store/sqlite_store.h"
#include "tests/support/fake_roster.h"
#include "tests/support/temp_folder.h"

namespace tocsin::app {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

class FirstPlanTest : public ::testing::Test {
 protected:
  FirstPlanTest() {
    options_.lock = false;
    store_ = std::move(store::SqliteStore::open(folder_.file("a.db"), options_)).value();
  }

  // The town's plan with another version, and more text at its end.
  static std::string plan_text(const std::string& version, const std::string& more = "") {
    std::ifstream in(TOCSIN_SOURCE_DIR "/tests/support/town/plan.toml");
    std::string text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
    const std::string was = "version = \"1\"";
    return text.replace(text.find(was), was.size(), "version = \"" + version + "\"") + more;
  }
  void write_file(const std::string& text) const { std::ofstream(folder_.file("plan.toml")) << text; }

  void in_force(const std::string& text, bool from_file) {
    const auto read = plan::read_plan(text, "plan.toml");
    const auto digest = read.plan ? read.plan->digest : "of something old";
    ASSERT_TRUE(store_->begin().ok());
    const int number = store_->plan_in_force() ? store_->plan_in_force()->swap.number + 1 : 1;
    const int version = store_->plan_version(digest, text, "", "", {});
    store_->put_in_force({number, version, {}, model::PlanVia::kApi, "admin:office", ""});
    if (from_file) store_->see_plan_file(digest);
    ASSERT_TRUE(store_->commit({}).ok());
  }

  base::Result<FirstPlan> start() {
    const auto session = std::move(db::Session::open(folder_.file("a.db"), {})).value();
    auto first = FirstPlan::read(folder_.file("plan.toml"), session.get());
    if (first) {
      first->choose(roster_, {}, [this](const plan::ReadPlan&, const ports::Roster&, base::UtcTime) {
        ++looks_;
        return seen_;
      });
    }
    return first;
  }
  void a_warning() {
    base::Diagnostic gap;
    gap.severity = base::Severity::kWarning;
    gap.code = "range-gap";
    gap.file = "plan.toml";
    gap.line = 7;
    gap.message = "a gap";
    seen_.push_back(gap);
  }

  testing::TempFolder folder_;
  store::StoreOptions options_;
  std::unique_ptr<store::SqliteStore> store_;
  support::FakeRoster roster_;
  base::Diagnostics seen_;  // what directory and links show
  int looks_ = 0;
};

TEST_F(FirstPlanTest, TheFileIsTakenWhenNothingWasInForceEvenWithWarningsWhichAreTold) {
  write_file(plan_text("1"));
  a_warning();
  const auto first = start();
  ASSERT_TRUE(first.ok());
  EXPECT_EQ(first->plan->version, "1");
  EXPECT_TRUE(first->how.from_file);
  EXPECT_EQ(first->how.via, model::PlanVia::kStart);
  EXPECT_TRUE(first->refused.empty());
  EXPECT_THAT(first->said, HasSubstr("plan.toml:7"));
  EXPECT_THAT(first->said, HasSubstr("there was no other plan"));
}

TEST_F(FirstPlanTest, AFileWithErrorsStopsAStartThatHasNothingElse) {
  write_file(plan_text("1", "\n[nonsense]\n"));
  const auto first = start();
  ASSERT_FALSE(first.ok());
  EXPECT_EQ(first.error().code, base::ErrorCode::kInvalid);
  EXPECT_THAT(first.error().message, HasSubstr("nonsense"));
  EXPECT_EQ(FirstPlan::read(folder_.file("nowhere.toml"), nullptr).error().code, base::ErrorCode::kNotFound);
}

TEST_F(FirstPlanTest, ThePlanInForceIsUsedAgainWithoutANewVerdict) {
  in_force(plan_text("1"), true);
  write_file(plan_text("1"));
  a_warning();
  const auto first = start();
  ASSERT_TRUE(first.ok());
  EXPECT_EQ(first->plan->version, "1");
  EXPECT_TRUE(first->refused.empty());
  EXPECT_EQ(looks_, 0);
}

TEST_F(FirstPlanTest, AGoodNewFileIsTaken) {
  in_force(plan_text("1"), true);
  write_file(plan_text("2"));
  const auto first = start();
  ASSERT_TRUE(first.ok());
  EXPECT_EQ(first->plan->version, "2");
  EXPECT_EQ(first->how.digest, first->plan->digest);
  EXPECT_EQ(looks_, 1);
}

TEST_F(FirstPlanTest, AFileWithErrorsLeavesTheLastGoodPlanInForceAndSaysWhere) {
  in_force(plan_text("1"), true);
  write_file(plan_text("2", "\n[nonsense]\n"));
  const auto first = start();
  ASSERT_TRUE(first.ok());
  EXPECT_EQ(first->plan->version, "1");
  EXPECT_THAT(first->refused.en, HasSubstr("plan.toml:"));
  EXPECT_THAT(first->refused.en, HasSubstr("[unknown-key]"));
  EXPECT_THAT(first->said, HasSubstr("the last good plan is in force"));
}

TEST_F(FirstPlanTest, AWarningNobodyAnswersForDoesTheSameOnceThereIsALastGoodPlan) {
  in_force(plan_text("1"), true);
  write_file(plan_text("2"));
  a_warning();
  auto first = start();
  ASSERT_TRUE(first.ok());
  EXPECT_EQ(first->plan->version, "1");
  EXPECT_THAT(first->refused.en, HasSubstr("plan.toml:7: a gap [range-gap]"));
}

TEST_F(FirstPlanTest, AFileThatIsGoneLeavesTheLastGoodPlanInForce) {
  in_force(plan_text("1"), true);
  const auto first = start();
  ASSERT_TRUE(first.ok());
  EXPECT_EQ(first->plan->version, "1");
  EXPECT_THAT(first->refused.en, HasSubstr("cannot open"));
}

TEST_F(FirstPlanTest, APlanPutInForceByAPersonStaysUntilTheFileChanges) {
  in_force(plan_text("1"), true);
  in_force(plan_text("2"), false);
  write_file(plan_text("1"));
  auto first = start();
  ASSERT_TRUE(first.ok());
  EXPECT_EQ(first->plan->version, "2");
  EXPECT_TRUE(first->refused.empty());
  EXPECT_NE(first->digest, first->plan->digest) << "what readiness tells";
  EXPECT_EQ(looks_, 0);

  write_file(plan_text("3"));
  first = start();
  ASSERT_TRUE(first.ok());
  EXPECT_EQ(first->plan->version, "3");
}

TEST_F(FirstPlanTest, AStoredPlanThatCannotBeReadAnyMoreIsSaidAndTheFileIsUsed) {
  in_force("[old_language]\n", false);
  write_file(plan_text("1"));
  a_warning();
  const auto first = start();
  ASSERT_TRUE(first.ok());
  EXPECT_EQ(first->plan->version, "1");
  EXPECT_THAT(first->said, HasSubstr("cannot read the plan that was in force"));
}

TEST_F(FirstPlanTest, WhatWasAnsweredForWhenThisPlanWasInForceBeforeHoldsAgain) {
  in_force(plan_text("2"), true);
  ASSERT_TRUE(store_->begin().ok());
  store_->keep_override(1, {{"range-gap", "", "on purpose"}, "admin:office", {}});
  ASSERT_TRUE(store_->commit({}).ok());
  in_force(plan_text("1"), true);
  write_file(plan_text("2"));
  a_warning();
  const auto first = start();
  ASSERT_TRUE(first.ok());
  EXPECT_EQ(first->plan->version, "2");
  EXPECT_EQ(first->how.accepted, 2) << "this one, and what the file accepts itself";
}

}  // namespace
}  // namespace tocsin::app
