// What whoever was alerted sees of the incident: what and where, who comes, who leads, what happened, what waits.
#include <gmock/gmock.h>

#include "gateway/ports/scenes.h"
#include "tests/support/world.h"
#include "tests/support/world_directory.h"

namespace tocsin::testing {
namespace {

using namespace std::chrono_literals;
using model::AnswerKind;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class SceneScenario : public Scenario {
 protected:
  void TearDown() override { world.forget_texts(); }  // who is told is not what this is about

  ports::Scene scene(const std::string& language = "en", int code = 101) { return scene_of(world, language, code); }
  static ports::Scene scene_of(World& town, const std::string& language = "en", int code = 101) {
    const auto shown = town.office->scenes()->scene(id_of(town, code), language);
    if (!shown.ok()) {
      ADD_FAILURE() << shown.error().message;
      return {};
    }
    return *shown;
  }
  // By its own code, merged or not.
  static model::IncidentId id_of(World& town, int code) {
    const auto all = town.office->queries().incidents({});
    for (const auto& incident : all->rows) {
      if (incident.code == code) return incident.id;
    }
    return {};
  }
  static void answer(World& town, const std::string& person, AnswerKind kind) {
    model::AnswerAlert command;
    command.by = {model::Role::kCommander, "phone", town.id_of(person)};
    command.alert = town.alert_of(town.incident(101), person).alert.id;
    command.kind = kind;
    ASSERT_TRUE(town.submit(command).ok());
    town.advance(10s);
  }
  void answers(const std::string& person, AnswerKind kind) { answer(world, person, kind); }
  static std::vector<std::string> whats(const ports::Scene& scene) {
    std::vector<std::string> all;
    for (const auto& event : scene.timeline) all.push_back(event.what);
    return all;
  }
  static std::vector<std::string> names(const ports::Scene& scene) {
    std::vector<std::string> all;
    for (const auto& person : scene.people) all.push_back(person.name);
    return all;
  }
  static std::string last(const ports::Scene& scene) {
    return scene.timeline.empty() ? std::string() : scene.timeline.back().text;
  }
};

TEST_F(SceneScenario, ItSaysWhatAndWhereAndHowSerious) {
  world.report("fire", "trapped=1 serious=2", "lake", "north gate");
  const auto shown = scene();
  EXPECT_EQ(shown.incident.code, 101);
  EXPECT_EQ(shown.incident.level_id, "III");
  EXPECT_EQ(shown.level_rank, 2);
  EXPECT_EQ(shown.levels, 4);
  EXPECT_FALSE(shown.colour.empty());
  EXPECT_EQ(shown.area_code, "lake");
  EXPECT_EQ(shown.area_path, "Town / 东湖社区");
  EXPECT_EQ(shown.assembly_point, "东湖小学");
  ASSERT_TRUE(shown.latitude.has_value());
  EXPECT_NEAR(*shown.latitude, 35.31, 1e-9);
  EXPECT_EQ(shown.facts.at("trapped"), model::FactValue(model::Quantity::whole(1)));
  EXPECT_FALSE(shown.leader.has_value());
  EXPECT_FALSE(shown.approval.has_value());
}

TEST_F(SceneScenario, TheTimelineIsReadableInBothLanguages) {
  world.report("fire", "trapped=1", "lake-1");
  ASSERT_TRUE(world.desk(model::SetLevel{{}, 101, "II", "wind"}).ok());
  ASSERT_TRUE(world.desk(model::SetLevel{{}, 101, "III", "calm"}).ok());
  ASSERT_TRUE(world.desk(model::StandDown{{}, 101, "out"}).ok());
  const auto english = scene();
  EXPECT_THAT(whats(english), ElementsAre("opened", "report", "callout_started", "level_raised", "callout_started",
                                          "level_lowered", "callout_started", "stand_down"));
  EXPECT_THAT(english.timeline[1].text, HasSubstr("A report came in"));
  EXPECT_THAT(english.timeline[3].text, HasSubstr("The desk raised the level to "));
  const auto chinese = scene("zh");
  ASSERT_EQ(chinese.timeline.size(), english.timeline.size());
  EXPECT_THAT(chinese.timeline[0].text, HasSubstr("事件101：火灾"));
  EXPECT_THAT(chinese.timeline[3].text, HasSubstr("值班室将级别升为"));
  EXPECT_EQ(chinese.timeline[7].text, "响应终止");
  EXPECT_EQ(english.incident.state, model::IncidentState::kEnded);
  for (const auto& event : english.timeline) {
    EXPECT_FALSE(event.text.empty()) << event.what;
    EXPECT_THAT(event.text, ::testing::Not(HasSubstr("wind"))) << "reasons are the desk's";
  }
}

TEST_F(SceneScenario, WhoComesIsListedFirstComeFirstWithTheirPost) {
  world.report("fire", "trapped=1", "lake-1");
  EXPECT_THAT(scene().people, IsEmpty());
  answers("town-head", AnswerKind::kComing);
  answers("commander", AnswerKind::kComing);
  answers("lake-head", AnswerKind::kCannot);
  answers("commander", AnswerKind::kArrived);
  const auto shown = scene();
  EXPECT_THAT(names(shown), ElementsAre("街道辛", "指挥甲"));
  EXPECT_EQ(shown.people[0].post, "") << "by no post";
  EXPECT_EQ(shown.people[1].post, "指挥长");
  EXPECT_EQ(shown.people[1].answer, AnswerKind::kArrived);
  EXPECT_LT(shown.people[0].at, shown.people[1].at);
  EXPECT_EQ(shown.coming, 1);
  EXPECT_EQ(shown.arrived, 1);
  EXPECT_EQ(last(shown), "指挥甲 has arrived");
}

TEST_F(SceneScenario, WhoTakesItBackIsNotComingAnyMore) {
  world.report("fire", "trapped=1", "lake-1");
  answers("commander", AnswerKind::kComing);
  ASSERT_TRUE(scene().leader.has_value());
  answers("commander", AnswerKind::kCannot);
  const auto shown = scene();
  EXPECT_THAT(shown.people, IsEmpty());
  EXPECT_EQ(shown.coming + shown.arrived, 0);
  EXPECT_FALSE(shown.leader.has_value());
  EXPECT_EQ(last(shown), "指挥甲 cannot come");
}

TEST_F(SceneScenario, WhoOfThoseInCommandComesFirstLeadsUntilTheHolderComesBehindTheirDeputy) {
  world.report("fire", "trapped=1", "lake-1");
  world.advance(9min);  // the ladder asks the first deputy
  answers("deputy-a", AnswerKind::kComing);
  auto shown = scene();
  ASSERT_TRUE(shown.leader.has_value());
  EXPECT_EQ(shown.leader->name, "副手乙");
  answers("commander", AnswerKind::kComing);
  shown = scene();
  ASSERT_TRUE(shown.leader.has_value());
  EXPECT_EQ(shown.leader->name, "指挥甲");
  EXPECT_EQ(last(shown), "指挥甲 leads");
  EXPECT_EQ(last(scene("zh")), "指挥甲负责指挥");
  answers("commander", AnswerKind::kArrived);
  EXPECT_EQ(scene().leader->at, shown.leader->at) << "since they came, not since they arrived";
  EXPECT_EQ(shown.leader->answer, AnswerKind::kComing);
  EXPECT_EQ(scene().leader->answer, AnswerKind::kArrived);
}

TEST_F(SceneScenario, LookingAgainShowsWhatHappenedSince) {
  world.report("fire", "trapped=1", "lake-1");
  const auto before = whats(scene()).size();
  EXPECT_EQ(whats(scene()).size(), before);
  world.report("fire", "trapped=2", "lake-1");
  EXPECT_EQ(whats(scene()).back(), "report");
  EXPECT_EQ(whats(scene()).size(), before + 1);
  world.restart();
  EXPECT_EQ(whats(scene()).size(), before + 1) << "nothing of it lives in memory alone";
}

TEST_F(SceneScenario, AThousandReportsLeaveTheNewestHundred) {
  world.report("fire", "trapped=1", "lake-1");
  for (int i = 0; i < 130; ++i) world.report("fire", "trapped=1", "lake-1");
  const auto shown = scene();
  EXPECT_EQ(shown.timeline.size(), 100U);
  EXPECT_EQ(shown.timeline.front().what, "report");
  EXPECT_LE(shown.timeline.front().at, shown.timeline.back().at);
}

TEST_F(SceneScenario, AMergedIncidentSaysWhereItWentAndTheOtherWhatCame) {
  world.report("fire", "trapped=1", "lake-1");
  world.report("fire", "trapped=1", "hill");
  ASSERT_TRUE(world.desk(model::MergeIncidents{{}, 102, 101}).ok());
  const auto gone = scene("en", 102);
  EXPECT_EQ(gone.incident.state, model::IncidentState::kMerged);
  EXPECT_EQ(last(gone), "Incident 102 became part of 101");
  EXPECT_THAT(whats(scene()), ::testing::Contains("merged"));
}

TEST_F(SceneScenario, NamesAreThoseOfTheDayOnWhichItWasOpened) {
  world.follow_directory();
  DirectoryOf directory{world};
  ASSERT_TRUE(directory.import_town().ok());
  world.advance(1min);
  world.report("fire", "trapped=1", "lake-1");
  answers("commander", AnswerKind::kComing);
  ASSERT_TRUE(directory.rename("commander", "Another Name").ok());
  world.advance(1min);
  EXPECT_THAT(names(scene()), ElementsAre("指挥甲"));
}

TEST_F(SceneScenario, NobodyKnowsAnIncidentThatIsNotThere) {
  EXPECT_EQ(world.office->scenes()->scene({1}, "en").error().code, base::ErrorCode::kNotFound);
}

TEST_F(SceneScenario, WhoeverIsAskedSeesWhatTheirWordSetsOff) {
  WorldOptions options;
  options.plan = std::string(TOCSIN_SOURCE_DIR) + "/tests/support/town/plan-approval.toml";
  World town(options);
  town.report("fire", "trapped=1", "lake-1");
  const auto asked = scene_of(town);
  ASSERT_TRUE(asked.approval.has_value());
  EXPECT_EQ(asked.approval->state, model::ApprovalState::kPending);
  EXPECT_EQ(asked.approval->until, town.incident(101).approvals.back().due_at);
  ASSERT_FALSE(asked.approval->sets_off.empty());
  int people = 0;
  for (const auto& step : asked.approval->sets_off) {
    EXPECT_FALSE(step.title.empty());
    people += step.people;
  }
  EXPECT_GT(people, 0);
  EXPECT_THAT(asked.approval->sets_off.front().channels, ::testing::Contains(model::Channel::kSms));
  EXPECT_THAT(whats(asked), ::testing::Contains("approval_asked"));

  town.advance(30min);  // nobody decides
  const auto later = scene_of(town);
  ASSERT_TRUE(later.approval.has_value());
  EXPECT_NE(later.approval->state, model::ApprovalState::kPending);
  EXPECT_THAT(later.approval->sets_off, IsEmpty());
  town.forget_texts();
}

}  // namespace
}  // namespace tocsin::testing
