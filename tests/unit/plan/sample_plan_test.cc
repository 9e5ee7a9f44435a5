// plans/: what is shown to every newcomer must be right.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "gateway/base/text.h"
#include "gateway/plan/lint.h"
#include "gateway/plan/subjects.h"
#include "gateway/plan/template_text.h"
#include "tests/unit/plan/small_plan.h"

namespace tocsin::plan {
namespace {

using namespace std::chrono_literals;
using model::HazardKind;

ReadPlan read_sample(const std::string& name) {
  auto read = read_plan_file(TOCSIN_SOURCE_DIR "/plans/" + name + "/plan.toml");
  EXPECT_TRUE(read.ok()) << name;
  return read.ok() ? std::move(*read) : ReadPlan{};
}

std::string rendered(const base::Diagnostic& finding, const ReadPlan& read) {
  const auto file = read.files.find(finding.file);
  return base::render(finding, file == read.files.end() ? read.source : file->second);
}

class EverySample : public testing::TestWithParam<const char*> {};

TEST_P(EverySample, HasNoErrorsAndNoWarningsThatNobodyAnswersFor) {
  const auto read = read_sample(GetParam());
  for (const auto& finding : read.findings) ADD_FAILURE() << rendered(finding, read);
  ASSERT_NE(read.plan, nullptr);
  for (auto finding : lint(*read.plan)) {
    locate(finding, read.places);
    const auto answered =
        std::any_of(read.plan->accepted.begin(), read.plan->accepted.end(), [&](const auto& accepted) {
          return accepted.finding == finding.code && finding.where.starts_with(accepted.where);
        });
    if (!answered) ADD_FAILURE() << rendered(finding, read);
  }
}

TEST_P(EverySample, CallsEveryStepAndLadderByATitle) {
  const auto read = read_sample(GetParam());
  ASSERT_NE(read.plan, nullptr);
  for (const auto& ladder : read.plan->ladders) EXPECT_FALSE(ladder.title.empty()) << ladder.name;
  for (const auto& response : read.plan->responses) {
    for (const auto& step : response.steps) EXPECT_FALSE(step.title.empty()) << place_of(*read.plan, response, step);
  }
}

TEST_P(EverySample, TestsEveryHazardByCases) {
  const auto read = read_sample(GetParam());
  ASSERT_NE(read.plan, nullptr);
  std::map<HazardKind, int> cases;
  for (const auto& one : read.plan->cases) ++cases[std::get<CaseReport>(one.events.front().what).kind];
  for (const auto& hazard : read.plan->hazards) EXPECT_GE(cases[hazard.first], 4) << model::name_of(hazard.first);
}

// Whoever saves lives waits for nobody's word: the desk's duties and everyone a response calls to the place itself.
TEST_P(EverySample, ApprovalHoldsBackNoRescue) {
  const auto read = read_sample(GetParam());
  ASSERT_NE(read.plan, nullptr);
  int approvals = 0;
  for (const auto& response : read.plan->responses) {
    if (!response.approval) continue;
    ++approvals;
    for (const auto& step : response.steps) {
      const bool rescue = step.task.has_value() || step.name.starts_with("rescue") || step.name.starts_with("help") ||
                          step.name == "heads" || step.name == "empty";
      EXPECT_TRUE(step.life_safety || !rescue) << model::name_of(response.kind) << " " << step.name;
    }
  }
  EXPECT_GT(approvals, 0);
}

TEST_P(EverySample, EveryResponseThatAsksPeopleToComeSaysWhoMayEndItAndWhen) {
  const auto read = read_sample(GetParam());
  ASSERT_NE(read.plan, nullptr);
  for (const auto& response : read.plan->responses) {
    const bool comes = std::any_of(response.steps.begin(), response.steps.end(),
                                   [](const auto& step) { return step.needs == model::AnswerKind::kComing; });
    if (!comes) continue;
    ASSERT_TRUE(response.stand_down.has_value()) << model::name_of(response.kind);
    EXPECT_FALSE(response.stand_down->by.empty());
    EXPECT_FALSE(response.stand_down->conditions.empty());
  }
}

INSTANTIATE_TEST_SUITE_P(Plans, EverySample, testing::Values("sample-subdistrict", "campus"), [](const auto& plan) {
  return std::string(plan.param) == "campus" ? "Campus" : "SubDistrict";
});

TEST(CampusPlanTest, IsTiedToNoCountry) {
  const auto read = read_sample("campus");
  ASSERT_NE(read.plan, nullptr);
  EXPECT_THAT(read.plan->languages, testing::ElementsAre("en"));
  EXPECT_EQ(read.plan->levels.size(), 3U);
  EXPECT_NE(read.plan->time_zone, "Asia/Shanghai");
  for (const auto& file : read.files) {
    for (const auto character : base::to_utf32(file.second)) EXPECT_LT(character, 0x250) << file.first;
  }
}

class SamplePlanTest : public testing::Test {
 protected:
  void SetUp() override {
    plan_ = read_sample("sample-subdistrict").plan;
    ASSERT_NE(plan_, nullptr);
  }

  PlanPtr plan_;
};

TEST_F(SamplePlanTest, CoversEveryClassOfHazard) {
  std::set<model::HazardClass> classes;
  for (const auto& hazard : plan_->hazards) classes.insert(model::kind_info(hazard.first)->hazard_class);

  EXPECT_EQ(classes.size(), 3U);
  EXPECT_GE(plan_->hazards.size(), 16U);
}

TEST_F(SamplePlanTest, HasMoreThanAHundredAndTwentyCases) {
  EXPECT_GE(plan_->cases.size(), 120U);
}

TEST_F(SamplePlanTest, TheTwoHighestLevelsWaitForTheCommanderAndStartWithoutHimInTime) {
  for (const auto& response : plan_->responses) {
    if (response.kind == HazardKind::kUnclassified) continue;
    const bool high = response.level >= *plan_->level_named("II");
    ASSERT_EQ(response.approval.has_value(), high) << model::name_of(response.kind);
    if (!high) continue;
    EXPECT_EQ(model::to_text(response.approval->by.at(0)), "post:commander");
    EXPECT_TRUE(response.approval->starts_by_default);
    EXPECT_LE(response.approval->at_most, 10min);
  }
}

TEST_F(SamplePlanTest, EveryResponseToDangerBeginsWithTheCallTo119Or120) {
  for (const auto& response : plan_->responses) {
    if (response.kind == HazardKind::kUnclassified) continue;
    ASSERT_FALSE(response.steps.empty());
    const auto& first = response.steps.front();
    ASSERT_TRUE(first.task.has_value());
    EXPECT_EQ(first.task->clock, 5min);
    EXPECT_EQ(first.start, StepStart::kAtOnce);
    const auto& words = first.task->text.at("zh");
    EXPECT_TRUE(words.find("119") != std::string::npos || words.find("120") != std::string::npos) << words;
  }
}

TEST_F(SamplePlanTest, OneTrappedIsLevelThreeAndFiveAreLevelTwo) {
  const auto* fire = plan_->hazard(HazardKind::kFire);
  const auto matches = [&](const char* level, std::int64_t trapped) {
    for (const auto& criteria : fire->criteria) {
      if (criteria.level != *plan_->level_named(level)) continue;
      for (const auto& clause : criteria.any) {
        const auto& first = clause.all.front();
        if (clause.all.size() != 1 || first.attribute != "trapped") continue;
        if (std::get<Range>(first.wanted).contains(model::Quantity::whole(trapped))) return true;
      }
    }
    return false;
  };

  EXPECT_TRUE(matches("III", 1));
  EXPECT_FALSE(matches("II", 1));
  EXPECT_TRUE(matches("II", 5));
  EXPECT_FALSE(matches("I", 5));
}

TEST_F(SamplePlanTest, UnclassifiedReportsRingTheDeskAndThenTheLeader) {
  const auto* response = plan_->response(HazardKind::kUnclassified, model::kNoLevel);

  ASSERT_NE(response, nullptr);
  EXPECT_EQ(model::to_text(response->steps.at(0).to.at(0)), "duty:desk");
  EXPECT_EQ(response->steps.at(1).start, StepStart::kNotOpened);
  EXPECT_EQ(model::to_text(response->steps.at(1).to.at(0)), "duty:leader");
}

Fields a_usual_fire() {
  return {{"code", "107"},
          {"hazard", "火灾"},
          {"level", "III"},
          {"level_name", "三级"},
          {"colour", "yellow"},
          {"area", "青石街道 / 东湖社区 / 三网格"},
          {"place", "东湖小区5号楼2单元"},
          {"facts", "被困1 受伤2"},
          {"time", "14:32"},
          {"assembly", "东湖小学操场"},
          {"change", "级别由三级升为二级"},
          {"level_before", "III"},
          {"question", "火还在蔓延吗？"},
          {"office", "青石街道应急值班室"}};
}

TEST_F(SamplePlanTest, AnSmsFitsTwoSegmentsAndEndsWithHowToAnswer) {
  for (const auto& [name, made] : plan_->templates) {
    const auto& channels = made.text.at("zh");
    const auto sms = channels.count("sms") != 0 ? channels.at("sms") : channels.at("default");
    const auto text = fill(sms, a_usual_fire());
    EXPECT_LE(base::count_characters(text), 134U) << name << ": " << text;
  }
  const auto alert = fill(plan_->templates.at("alert").text.at("zh").at("sms"), a_usual_fire());
  EXPECT_THAT(alert, testing::StartsWith("三级火灾 青石街道 / 东湖社区 / 三网格 东湖小区5号楼2单元\n"));
  EXPECT_THAT(alert, testing::EndsWith("\n回复 1收到 2前往 3到达 0不能到 编号107"));
}

TEST_F(SamplePlanTest, AReportNobodyUnderstoodStillReadsWell) {
  const auto& alert = plan_->templates.at("alert").text;
  const Fields fields{{"code", "107"}, {"hazard", "something"}, {"time", "14:32"}, {"office", "desk"}};

  EXPECT_EQ(fill(alert.at("en").at("sms"), fields),
            "something: place unknown\nReply 1 received 2 coming 3 there 0 cannot, no. 107");
  EXPECT_EQ(fill(alert.at("zh").at("sms"), fields), "something 地点不明\n回复 1收到 2前往 3到达 0不能到 编号107");
}

TEST_F(SamplePlanTest, AReceiptAsksWhatMattersOrSaysWhatToDo) {
  const auto& receipt = plan_->templates.at("receipt").text.at("zh").at("default");
  auto fields = a_usual_fire();
  EXPECT_THAT(fill(receipt, fields), testing::EndsWith("火还在蔓延吗？请写明事情和数字，例如：被困2、没有蔓延"));
  fields["question"] = "";
  EXPECT_THAT(fill(receipt, fields), testing::EndsWith("情况有变请再报。危急请拨119、120。"));
}

TEST_F(SamplePlanTest, AOneWayLinkNeverAsksForAnAnswer) {
  auto fields = a_usual_fire();
  fields["one_way"] = "yes";
  for (const auto& [name, made] : plan_->templates) {
    if (name != "alert" && name != "update") continue;
    for (const auto& [language, channels] : made.text) {
      for (const auto& [channel, text] : channels) {
        const auto filled = fill(text, fields);
        EXPECT_THAT(filled, testing::Not(testing::HasSubstr("2前往"))) << name << " " << language << " " << channel;
        EXPECT_THAT(filled, testing::Not(testing::HasSubstr("2 coming"))) << name << " " << language << " " << channel;
      }
    }
  }
}

}  // namespace
}  // namespace tocsin::plan
