#include "gateway/triage/understand.h"

#include <gtest/gtest.h>

#include <thread>

#include "gateway/triage/classify.h"
#include "tests/unit/triage/a_vocabulary.h"

namespace tocsin::triage {
namespace {

using model::HazardKind;
using namespace support;

std::string kind_of(std::string_view text) {
  return std::string(model::name_of(read(text).kind));
}

TEST(UnderstandTest, AWholeReportIsRead) {
  const auto said = read("东湖社区一网格3号楼着火，火势正在蔓延，2人受伤，1人被困");

  EXPECT_EQ(said.kind, HazardKind::kFire);
  EXPECT_EQ(said.area, kEastOne);
  EXPECT_EQ(model::to_text(said.facts), "serious=2 spreading=yes trapped=1");
  EXPECT_FALSE(said.drill);
  EXPECT_EQ(said.key, "");
}

TEST(UnderstandTest, AWholeReportIsReadInEnglish) {
  const auto said = read("Fire at East Lake, school, 2 injured, 1 trapped, spreading");

  EXPECT_EQ(said.kind, HazardKind::kFire);
  EXPECT_EQ(said.area, kEast);
  EXPECT_EQ(model::to_text(said.facts), "place_kind=school serious=2 spreading=yes trapped=1");
}

TEST(UnderstandTest, TraditionalAndFullWidthFormsAreTheSame) {
  EXPECT_EQ(kind_of("東湖社區著火"), "fire");
  EXPECT_EQ(read("東湖社區著火").area, kEast);
  EXPECT_EQ(kind_of("ＦＩＲＥ"), "fire");
  EXPECT_EQ(facts_of("２ ＩＮＪＵＲＥＤ"), "serious=2");
}

TEST(UnderstandTest, NothingUnderstoodIsUnclassifiedAndNothingElse) {
  for (const auto* text : {"", " ", "救命", "help", "\xff\xfe", "？？？", "0", "[number removed]"}) {
    const auto said = read(text);
    EXPECT_EQ(said.kind, HazardKind::kUnclassified) << text;
    EXPECT_TRUE(said.facts.empty()) << text;
    EXPECT_FALSE(said.area) << text;
  }
}

// --- Hazards ----------------------------------------------------------------------------------

TEST(UnderstandTest, TheNameOfAHazardIsAKeywordToo) {
  EXPECT_EQ(kind_of("发生火灾"), "fire");
  EXPECT_EQ(kind_of("FIRES everywhere"), "fire");
  EXPECT_EQ(kind_of("firewood stolen"), "unclassified");
}

TEST(UnderstandTest, TheLongestKeywordWinsElseTheFirst) {
  auto builder = a_plan();
  builder.hazard(a_hazard(HazardKind::kForestFire, {"山林着火"}, {}, {}));
  const Vocabulary vocabulary(builder.shared(), {});
  const auto kind = [&](std::string_view text) { return vocabulary.read_report(text).kind; };

  EXPECT_EQ(kind("山林着火"), HazardKind::kForestFire);
  EXPECT_EQ(kind("着火"), HazardKind::kFire);
  EXPECT_EQ(kind("着火，山林着火"), HazardKind::kForestFire);
  EXPECT_EQ(kind("发水，着火"), HazardKind::kFlood);
  EXPECT_EQ(kind("着火，发水"), HazardKind::kFire);
}

TEST(UnderstandTest, AWordOfTwoHazardsGoesToTheOneNamedOtherwiseElseToTheGraver) {
  auto builder = a_plan();
  builder.hazard(a_hazard(HazardKind::kForestFire, {"着火", "山林"}, {}, {}));
  const auto gentle = Vocabulary(builder.default_level(HazardKind::kFire, level_III).shared(), {});
  const auto grave = Vocabulary(builder.default_level(HazardKind::kForestFire, level_II).shared(), {});

  EXPECT_EQ(gentle.read_report("山林着火").kind, HazardKind::kForestFire);
  EXPECT_EQ(gentle.read_report("着火").kind, HazardKind::kFire);
  EXPECT_EQ(grave.read_report("着火").kind, HazardKind::kForestFire);
}

TEST(UnderstandTest, ANegatedHazardIsNotMeant) {
  EXPECT_EQ(kind_of("没有着火"), "unclassified");
  EXPECT_EQ(kind_of("不是火灾，是发水"), "flood");
  EXPECT_EQ(kind_of("no fire"), "unclassified");
  EXPECT_EQ(kind_of("没有人，着火了"), "fire");
  EXPECT_EQ(kind_of("无人看管着火"), "fire");
  EXPECT_EQ(kind_of("不知道为什么着火"), "fire");
}

TEST(UnderstandTest, AFactMayBeSaidInsideTheWordForTheHazard) {
  auto builder = a_plan();
  builder.attribute(a_count("poisoned", {"中毒"}, {}));
  builder.hazard(a_hazard(HazardKind::kFoodPoisoning, {"食物中毒"}, {}, {"poisoned"}));
  const Vocabulary vocabulary(builder.shared(), {});

  const auto said = vocabulary.read_report("食物中毒20人");

  EXPECT_EQ(said.kind, HazardKind::kFoodPoisoning);
  EXPECT_EQ(model::to_text(said.facts), "poisoned=20");
}

TEST(UnderstandTest, OnlyFactsOfTheHazardAreKept) {
  EXPECT_EQ(facts_of("着火，水深2米，1人被困"), "trapped=1");
  EXPECT_EQ(facts_of("水深2米，1人被困"), "trapped=1 water_depth=2") << "unclassified: whatever the plan knows";
}

// --- Flags and choices ------------------------------------------------------------------------

TEST(UnderstandTest, AFlagIsYesNoOrUnknown) {
  EXPECT_EQ(facts_of("正在蔓延"), "spreading=yes");
  EXPECT_EQ(facts_of("spreading"), "spreading=yes");
  EXPECT_EQ(facts_of("没有蔓延"), "spreading=no");
  EXPECT_EQ(facts_of("火势没有继续蔓延"), "spreading=no");
  EXPECT_EQ(facts_of("不再蔓延"), "spreading=no");
  EXPECT_EQ(facts_of("不蔓延"), "spreading=no");
  EXPECT_EQ(facts_of("not spreading"), "spreading=no");
  EXPECT_EQ(facts_of("is not yet spreading"), "spreading=no");
  EXPECT_EQ(facts_of("isn’t spreading"), "spreading=no");
  EXPECT_EQ(facts_of("蔓延：否"), "spreading=no");
  EXPECT_EQ(facts_of("是否蔓延：否"), "spreading=no");
  EXPECT_EQ(facts_of("是否蔓延：是"), "spreading=yes");
  EXPECT_EQ(facts_of("spreading: no"), "spreading=no");
  EXPECT_EQ(facts_of("不断蔓延"), "spreading=yes");
  EXPECT_EQ(facts_of("没有人救火蔓延"), "spreading=yes");
  EXPECT_EQ(facts_of("是否蔓延不清楚"), "");
  EXPECT_EQ(facts_of("可能蔓延"), "");
  EXPECT_EQ(facts_of("spreading?"), "");
  EXPECT_EQ(facts_of("没有蔓延，又正在蔓延"), "spreading=yes") << "said twice, the worse counts";
}

TEST(UnderstandTest, AChoiceIsNamedByItsKeywordsTheWorstOfSeveral) {
  EXPECT_EQ(facts_of("幼儿园着火"), "place_kind=school");
  EXPECT_EQ(facts_of("学校食堂着火，波及商店"), "place_kind=school");
  EXPECT_EQ(facts_of("不是学校，是商店着火"), "place_kind=shop");
  EXPECT_EQ(facts_of("可能是学校着火"), "");
}

TEST(UnderstandTest, APlaceNamedOnlyAsADirectionIsNoChoice) {
  EXPECT_EQ(facts_of("学校旁边的商店着火"), "place_kind=shop");
  EXPECT_EQ(facts_of("2人受伤已送往学校"), "serious=2");
  EXPECT_EQ(facts_of("fire near the school"), "");
  EXPECT_EQ(facts_of("2 injured taken to school"), "serious=2");
}

// --- Measures ---------------------------------------------------------------------------------

TEST(UnderstandTest, AMeasureComesInThePlansUnit) {
  EXPECT_EQ(facts_of("水深0.5米"), "water_depth=0.5");
  EXPECT_EQ(facts_of("水深０．５米"), "water_depth=0.5");
  EXPECT_EQ(facts_of("水深.5米"), "water_depth=0.5");
  EXPECT_EQ(facts_of("water depth 50 cm"), "water_depth=0.5");
  EXPECT_EQ(facts_of("积水50公分"), "water_depth=0.5");
  EXPECT_EQ(facts_of("50㎝ deep"), "water_depth=0.5");
  EXPECT_EQ(facts_of("水深零点五米"), "water_depth=0.5");
  EXPECT_EQ(facts_of("水深一米二"), "water_depth=1.2");
  EXPECT_EQ(facts_of("水深1米25"), "water_depth=1.25");
  EXPECT_EQ(facts_of("水深一米半"), "water_depth=1.5");
  EXPECT_EQ(facts_of("水深1米2人被困"), "trapped=2 water_depth=1");
  EXPECT_EQ(facts_of("水深2"), "water_depth=2");
  EXPECT_EQ(facts_of("水深超过1米"), "water_depth=1");
  EXPECT_EQ(facts_of("积水30-50厘米"), "water_depth=0.3");
  EXPECT_EQ(facts_of("2 m of water, depth unknown"), "");
}

TEST(UnderstandTest, AMeasureOfAnotherSortIsNotTaken) {
  EXPECT_EQ(facts_of("积水3小时"), "");
  EXPECT_EQ(facts_of("积水2人被困"), "trapped=2");
  EXPECT_EQ(facts_of("水深不到1米"), "");
  EXPECT_EQ(facts_of("水深半米"), "");
  EXPECT_EQ(facts_of("水深2米3人被困"), "trapped=3 water_depth=2");
}

// --- Areas ------------------------------------------------------------------------------------

TEST(UnderstandTest, AnAreaIsFoundByNameCodeOrAlias) {
  EXPECT_EQ(read("西山社区着火").area, kWest);
  EXPECT_EQ(read("qs-02 fire").area, kWest);
  EXPECT_EQ(read("fire in EAST  LAKE").area, kEast);
  EXPECT_EQ(read("火车站社区漏水").area, kStation);
  EXPECT_EQ(kind_of("火车站社区漏水"), "unclassified");
}

TEST(UnderstandTest, TheMostExactPlaceOfANestedOneCounts) {
  EXPECT_EQ(read("青石街道东湖社区二网格着火").area, kEastTwo);
  EXPECT_EQ(read("二网格，东湖社区").area, kEastTwo);
}

TEST(UnderstandTest, ANameOfTwoAreasCountsOnlyBesideAnotherThatDecides) {
  EXPECT_FALSE(read("一网格着火").area);
  EXPECT_FALSE(read("老街着火").area);
  EXPECT_EQ(read("东湖社区一网格着火").area, kEastOne);
  EXPECT_EQ(read("西山 一网格着火").area, kWestOne);
  EXPECT_FALSE(read("青石街道老街一网格着火").area == kEastOne);
}

TEST(UnderstandTest, OfUnrelatedPlacesTheFirstCounts) {
  EXPECT_EQ(read("西山社区往东湖社区方向着火").area, kWest);
}

TEST(UnderstandTest, DigitsInTheNameOfAnAreaAreNoCountAndNoPartOfAHouseNumber) {
  EXPECT_EQ(read("东湖3号楼被困").area, kEastOne);
  EXPECT_EQ(facts_of("东湖3号楼被困"), "");
  EXPECT_EQ(read("被困3").area, model::AreaId{}) << "an alias of digits is no place in running text";
  EXPECT_EQ(facts_of("被困3"), "trapped=3");
  EXPECT_EQ(read("和平里2人被困").area, kStation);
}

TEST(FindAreaTest, IsExactAfterNormalForm) {
  EXPECT_EQ(the_vocabulary().find_area("东湖社区"), kEast);
  EXPECT_EQ(the_vocabulary().find_area(" 東湖社區 "), kEast);
  EXPECT_EQ(the_vocabulary().find_area("ｑｓ－01"), kEast);
  EXPECT_EQ(the_vocabulary().find_area("102"), kWestOne);
  EXPECT_EQ(the_vocabulary().find_area("3"), kWestOne);
  EXPECT_FALSE(the_vocabulary().find_area("一网格"));
  EXPECT_FALSE(the_vocabulary().find_area("老街"));
  EXPECT_FALSE(the_vocabulary().find_area("东湖社区北"));
  EXPECT_FALSE(the_vocabulary().find_area(""));
}

TEST(FindAreaTest, ACodeWinsOverANameThatReadsTheSame) {
  const std::vector areas{an_area(kEast, "A1", "East", {}), an_area(kWest, "A2", "West", {}, {"a1"})};
  const Vocabulary vocabulary(a_plan().shared(), areas);

  EXPECT_EQ(vocabulary.find_area("A1"), kEast);
}

TEST(UnderstandTest, AnAreaTreeThatLoopsDoesNotHang) {
  const std::vector areas{an_area(kEast, "A1", "东村", kWest), an_area(kWest, "A2", "西村", kEast)};
  const Vocabulary vocabulary(a_plan().shared(), areas);

  EXPECT_TRUE(vocabulary.read_report("东村西村着火").area);
}

// --- Key and drill ----------------------------------------------------------------------------

TEST(UnderstandTest, TheKeyOfAPreFilledSmsIsFoundAndCountsNobody) {
  const auto said = read("着火 被困 #0h5xk2m9abcd7");

  EXPECT_EQ(said.key, "0H5XK2M9ABCD7");
  EXPECT_EQ(model::to_text(said.facts), "");
  EXPECT_EQ(read("着火＃0H5XK2M9ABCDO").key, "0H5XK2M9ABCD0");
  EXPECT_EQ(read("东湖社区着火 #k:abcd1234").key, "ABCD1234");
  EXPECT_EQ(read("#k:ABCDE12345678，着火").key, "ABCDE12345678");
  EXPECT_EQ(read("#k:ABCD123 着火").key, "") << "seven";
  EXPECT_EQ(read("#123456789012 着火").key, "") << "twelve";
  EXPECT_EQ(read("#12345678901234 着火").key, "") << "fourteen";
  EXPECT_EQ(read("#123456789012U 着火").key, "") << "no base32";
}

TEST(UnderstandTest, ADrillSaysSoFirst) {
  EXPECT_TRUE(read("演练：东湖社区着火").drill);
  EXPECT_TRUE(read("【演练】东湖社区着火").drill);
  EXPECT_TRUE(read("演練 著火").drill);
  EXPECT_TRUE(read("DRILL fire").drill);
  EXPECT_TRUE(read(" [drill] fire").drill);
  EXPECT_EQ(kind_of("演练：着火"), "fire");
}

TEST(UnderstandTest, AnythingElseIsReal) {
  EXPECT_FALSE(read("着火，不是演练").drill);
  EXPECT_FALSE(read("演练场着火").drill);
  for (const auto* real : {"演练现场着火了", "演练中真的着火了", "演练时有人受伤", "演练 真的着火了", "演练结束后着火",
                           "drill is over, fire at lake", "DRILL no this is not a drill, fire"}) {
    EXPECT_FALSE(read(real).drill) << real;
  }
  EXPECT_TRUE(read("演练东湖社区着火").drill);
  EXPECT_TRUE(read("演练地震，被困2").drill);
  EXPECT_FALSE(read("drilling rig on fire").drill);
  EXPECT_FALSE(read("drills stolen").drill);
  EXPECT_FALSE(read("fire drill").drill);
}

// --- Bounds -----------------------------------------------------------------------------------

TEST(UnderstandTest, OnlyTheFirstTwoThousandCharactersAreRead) {
  std::string padding;
  for (int i = 0; i < 2000; ++i) padding += "好";

  EXPECT_EQ(kind_of(padding + "着火"), "unclassified");
  EXPECT_EQ(kind_of(padding.substr(3) + "着火"), "unclassified") << "cut inside the word";
  EXPECT_EQ(kind_of(padding.substr(6) + "着火"), "fire");
}

TEST(UnderstandTest, SeveralThreadsReadOneVocabularyAlike) {
  constexpr int kThreads = 4, kRounds = 200;
  std::vector<int> right(kThreads);
  std::vector<std::thread> threads;
  for (int t = 0; t < kThreads; ++t) {
    threads.emplace_back([&right, t] {
      for (int i = 0; i < kRounds; ++i) {
        const bool alike = facts_of("東湖社區著火，兩人受傷") == "serious=2" && read_answer("馬上到")->bare;
        right[static_cast<std::size_t>(t)] += alike ? 1 : 0;
      }
    });
  }
  for (auto& thread : threads) thread.join();

  EXPECT_EQ(right, std::vector<int>(kThreads, kRounds));
}

TEST(UnderstandTest, WhatIsReadAlwaysPassesTheCheckOfFacts) {
  const auto plan = a_plan().build();
  for (const auto* text : {"着火 2人被困 水深3米 正在蔓延 学校", "发水 伤亡无 被困1000000000人", "受伤.5人",
                           "水深1000000000公里", "被困0.0001", "呕吐5人 着火 发水 吃坏肚子"}) {
    const auto said = read(text);
    EXPECT_TRUE(check_facts(plan, said.kind, said.facts).ok()) << text << ": " << model::to_text(said.facts);
  }
}

}  // namespace
}  // namespace tocsin::triage
