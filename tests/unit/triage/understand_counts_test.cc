#include <gtest/gtest.h>

#include "tests/unit/triage/a_vocabulary.h"

namespace tocsin::triage {
namespace {

struct Said {
  const char* text;
  const char* facts;
};
void PrintTo(const Said& said, std::ostream* out) {
  *out << said.text;
}

class CountsTest : public testing::TestWithParam<Said> {};

TEST_P(CountsTest, AreReadAsPeopleTypeThem) {
  EXPECT_EQ(facts_of(GetParam().text), GetParam().facts) << GetParam().text;
}

INSTANTIATE_TEST_SUITE_P(
    Bound, CountsTest,
    testing::Values(
        Said{"伤2", "serious=2"}, Said{"两人被困", "trapped=2"}, Said{"2人重伤1人死亡", "dead=1 serious=2"},
        Said{"重伤2人死亡1人", "dead=1 serious=2"}, Said{"死1伤2", "dead=1 serious=2"},
        Said{"2死3伤", "dead=2 serious=3"}, Said{"2 injured, 1 trapped", "serious=2 trapped=1"},
        Said{"2 injured and 1 trapped", "serious=2 trapped=1"}, Said{"2 injured 1 trapped", "serious=2 trapped=1"},
        Said{"injured 2 trapped 1", "serious=2 trapped=1"}, Said{"injured: 2", "serious=2"},
        Said{"number of injured: 2", "serious=2"}, Said{"5 people trapped", "trapped=5"},
        Said{"5 people are still trapped", "trapped=5"}, Said{"two workers trapped", "trapped=2"},
        Said{"被困2人1人死亡", "dead=1 trapped=2"}, Said{"受伤：2，被困：1", "serious=2 trapped=1"},
        Said{"受伤人数 2 被困人数 1", "serious=2 trapped=1"}, Said{"被困人员5人受伤2人", "serious=2 trapped=5"},
        Said{"被困 2人受伤 1人死亡", "dead=1 serious=2"}, Said{"107 被困2 受伤1", "serious=1 trapped=2"},
        Said{"2名工人在3楼被困", "trapped=2"}, Said{"2injured", "serious=2"}, Said{"injured2", "serious=2"},
        Said{"被困3 速来", "trapped=3"}, Said{"被困了2个人", "trapped=2"}, Said{"重伤、轻伤各2人", "light=2 serious=2"},
        Said{"1人死亡，重伤轻伤各两人", "dead=1 light=2 serious=2"},
        Said{"1人死亡、重伤轻伤各两人", "dead=1 light=2 serious=2"}, Said{"有人被困，3人", "trapped=3"},
        Said{"一家三口被困", "trapped=3"}, Said{"2 seriously injured, 3 minor injuries", "light=3 serious=2"},
        Said{"轻伤1,重伤2", "light=1 serious=2"}, Said{"重伤2\n被困1", "serious=2 trapped=1"},
        Said{"被困，2人受伤", "serious=2"}));

INSTANTIATE_TEST_SUITE_P(
    Numbers, CountsTest,
    testing::Values(Said{"被困十二人", "trapped=12"}, Said{"二十三人被困", "trapped=23"},
                    Said{"一百零五人被困", "trapped=105"}, Said{"一百五十人被困", "trapped=150"},
                    Said{"两百五人被困", "trapped=250"}, Said{"一千二百人被困", "trapped=1200"},
                    Said{"一万二千人被困", "trapped=12000"}, Said{"1.2万人被困", "trapped=12000"},
                    Said{"3千人被困", "trapped=3000"}, Said{"1,200 people trapped", "trapped=1200"},
                    Said{"俩人被困", "trapped=2"}, Said{"他们仨被困", "trapped=3"}, Said{"20多人被困", "trapped=20"},
                    Said{"20多名群众被困", "trapped=20"}, Said{"二十余人被困", "trapped=20"},
                    Said{"十几个人被困", "trapped=10"}, Said{"3-5人被困", "trapped=3"}, Said{"3～5人被困", "trapped=3"},
                    Said{"三到五人被困", "trapped=3"}, Said{"3 to 5 people trapped", "trapped=3"},
                    Said{"两三人被困", "trapped=2"}, Said{"十七八个人被困", "trapped=17"},
                    Said{"二三十人被困", "trapped=20"}, Said{"约30人被困", "trapped=30"},
                    Said{"被困约30人", "trapped=30"}, Said{"近20人被困", "trapped=20"},
                    Said{"20人左右被困", "trapped=20"}, Said{"至少5人被困", "trapped=5"},
                    Said{"5人以上被困", "trapped=5"}, Said{"more than 5 people trapped", "trapped=5"},
                    Said{"不止2人被困", "trapped=2"}, Said{"20+ injured", "serious=20"}, Said{"零人被困", "trapped=0"},
                    Said{"受伤0人", "light=0 serious=0"}, Said{"０人受伤，２人被困", "light=0 serious=0 trapped=2"},
                    Said{"②人被困", "trapped=2"}, Said{"壹人死亡", "dead=1"}, Said{"兩人受傷", "serious=2"},
                    Said{"٣ trapped", "trapped=3"}, Said{"被困人数十人", "trapped=10"}));

INSTANTIATE_TEST_SUITE_P(Unknown, CountsTest,
                         testing::Values(Said{"有人被困", ""}, Said{"被困", ""}, Said{"十来个人被困", ""},
                                         Said{"20来人被困", ""}, Said{"几十人被困", ""}, Said{"数百人被困", ""},
                                         Said{"几个人被困", ""}, Said{"不到5人被困", ""}, Said{"5人以下受伤", ""},
                                         Said{"不超过5人被困", ""}, Said{"at most 5 people trapped", ""},
                                         Said{"被困人数不清楚", ""}, Said{"不清楚有没有人被困", ""},
                                         Said{"有没有人被困不知道", ""}, Said{"不知道有没有人受伤", ""},
                                         Said{"是否有人受伤待核实", ""}, Said{"unknown number of people trapped", ""},
                                         Said{"not sure if anyone is trapped", ""}, Said{"可能没有人被困", ""},
                                         Said{"有人被困吗？", ""}, Said{"伤亡3人", ""}, Said{"有伤亡", ""},
                                         Said{"不少人被困", ""}, Said{"半人被困", ""}, Said{"2.5人被困", ""},
                                         Said{"一些人被困", ""}, Said{"一直被困", ""}, Said{"不是没有人被困", ""}));

INSTANTIATE_TEST_SUITE_P(
    None, CountsTest,
    testing::Values(Said{"没有人被困", "trapped=0"}, Said{"无人被困", "trapped=0"}, Said{"没人被困", "trapped=0"},
                    Said{"没有发现有人被困", "trapped=0"}, Said{"被困：无", "trapped=0"},
                    Said{"无伤亡", "dead=0 light=0 serious=0"}, Said{"无人伤亡", "dead=0 light=0 serious=0"},
                    Said{"暂无人员伤亡", "dead=0 light=0 serious=0"},
                    Said{"未造成人员伤亡", "dead=0 light=0 serious=0"}, Said{"零伤亡", "dead=0 light=0 serious=0"},
                    Said{"人员伤亡：无", "dead=0 light=0 serious=0"},
                    Said{"无伤亡，2人被困", "dead=0 light=0 serious=0 trapped=2"},
                    Said{"伤亡无 2人被困", "dead=0 light=0 serious=0 trapped=2"},
                    Said{"nobody hurt", "dead=0 light=0 serious=0"}, Said{"no casualties", "dead=0 light=0 serious=0"},
                    Said{"no injured", "light=0 serious=0"}, Said{"no one trapped", "trapped=0"},
                    Said{"nobody is trapped", "trapped=0"}, Said{"no people trapped", "trapped=0"},
                    Said{"没有人受伤", "light=0 serious=0"}, Said{"无一人死亡", "dead=0"},
                    Said{"无死亡、被困", "dead=0 trapped=0"}, Said{"no dead or trapped", "dead=0 trapped=0"},
                    Said{"没有人被困和2人受伤", "serious=2 trapped=0"},
                    Said{"injured: none, trapped: 2", "light=0 serious=0 trapped=2"},
                    Said{"2人受伤没有人被困", "serious=2 trapped=0"}, Said{"受伤2人无人被困", "serious=2 trapped=0"}));

// A zero that nobody said would keep the alarm low: these only look like one.
INSTANTIATE_TEST_SUITE_P(
    NotNone, CountsTest,
    testing::Values(Said{"房屋被淹没有人被困", ""}, Said{"电没有了有人被困", ""}, Said{"信号没有 有人被困", ""},
                    Said{"没电有人被困", ""}, Said{"无人机发现有人被困", ""}, Said{"无法呼吸被困", ""},
                    Said{"people trapped no power", ""}, Said{"people trapped no injuries", "light=0 serious=0"},
                    Said{"没有人，有人被困", ""}, Said{"无人看管的小孩被困", ""}, Said{"2人没有被困", ""},
                    Said{"没有人员被困和有人受伤", "trapped=0"}, Said{"被困情况：没有人知道", ""},
                    Said{"无2人被困", ""}, Said{"没有人被困，3人被困", "trapped=3"}, Said{"未成年人被困", ""}));

INSTANTIATE_TEST_SUITE_P(
    NoCounts, CountsTest,
    testing::Values(Said{"被困3号楼", ""}, Said{"被困12栋", ""}, Said{"5单元有人被困", ""}, Said{"K12+300有人受伤", ""},
                    Said{"被困 12 栋", ""}, Said{"trapped 3 floors up", ""}, Said{"2 cars trapped", ""},
                    Said{"3辆车被困", ""}, Said{"20户被困", ""}, Said{"被困2小时", ""}, Said{"被困3个小时", ""},
                    Said{"已打119 有人被困", ""}, Said{"有人被困119", ""}, Said{"12:30有人被困", ""},
                    Said{"被困 12:30", ""}, Said{"2026-11-22被困", ""}, Said{"第2组被困", ""}, Said{"B2被困", ""},
                    Said{"#3 trapped", ""}, Said{"20名消防员在救被困人员", ""}, Said{"50%受伤", ""},
                    Said{"3单元2人被困", "trapped=2"}, Said{"东路12号3人被困", "trapped=3"}, Said{"周一受伤", ""},
                    Said{"1/2被困", ""}, Said{"½人被困", ""}, Said{"999999999999人被困", ""}));

TEST(CountsTest, EvacuatedCountsWhatIsDoneAndNotWhatIsToDo) {
  auto builder = support::a_plan();
  builder.attribute(support::a_count("evacuated", {"转移", "疏散"}, {"evacuated"}));
  builder.no_hazards();
  const Vocabulary vocabulary(builder.shared(), {});
  const auto evacuated = [&](std::string_view text) { return model::to_text(vocabulary.read_report(text).facts); };

  EXPECT_EQ(evacuated("已转移200人"), "evacuated=200");
  EXPECT_EQ(evacuated("需要转移200人"), "");
  EXPECT_EQ(evacuated("无法转移200人"), "");
  EXPECT_EQ(evacuated("尚未转移200人"), "");
  EXPECT_EQ(evacuated("200 people evacuated"), "evacuated=200");
  EXPECT_EQ(evacuated("200 people to be evacuated"), "");
}

TEST(CountsTest, AWordOfThePlanMayBeginWithAClassifier) {
  auto builder = support::a_plan();
  builder.attribute(support::a_count("trapped", {"人被困"}, {}));
  const Vocabulary vocabulary(builder.shared(), {});

  EXPECT_EQ(model::to_text(vocabulary.read_report("2人被困").facts), "trapped=2");
}

}  // namespace
}  // namespace tocsin::triage
