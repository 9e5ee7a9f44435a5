// plans/sample-subdistrict/plan.toml: what is shown to every newcomer must be right.
#include <gtest/gtest.h>

#include <set>

#include "gateway/base/text.h"
#include "gateway/plan/lint.h"
#include "gateway/plan/template_text.h"
#include "tests/unit/plan/small_plan.h"

namespace tocsin::plan {
namespace {

using namespace std::chrono_literals;
using model::HazardKind;

class SamplePlanTest : public testing::Test {
 protected:
  void SetUp() override {
    auto read = read_plan_file(TOCSIN_SOURCE_DIR "/plans/sample-subdistrict/plan.toml");
    ASSERT_TRUE(read.ok());
    for (const auto& finding : read->findings) ADD_FAILURE() << base::render(finding, read->source);
    ASSERT_NE(read->plan, nullptr);
    plan_ = read->plan;
  }

  PlanPtr plan_;
};

TEST_F(SamplePlanTest, HasNoErrorsAndNoWarnings) {
  for (const auto& finding : lint(*plan_)) ADD_FAILURE() << base::render(finding, "");
}

TEST_F(SamplePlanTest, CoversEveryClassOfHazard) {
  std::set<model::HazardClass> classes;
  for (const auto& hazard : plan_->hazards) classes.insert(model::kind_info(hazard.first)->hazard_class);

  EXPECT_EQ(classes.size(), 3U);
  EXPECT_GE(plan_->hazards.size(), 4U);
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
  EXPECT_THAT(fill(receipt, fields), testing::EndsWith("火还在蔓延吗？请用词和数字回复，例如：被困2"));
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
