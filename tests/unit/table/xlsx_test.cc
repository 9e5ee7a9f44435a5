#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/table/drawn.h"

namespace tocsin::table {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

TEST(XlsxTest, ADutyListIsReadAsAPersonSeesIt) {
  const Read read = read_sample("duty_list.xlsx");
  ASSERT_THAT(said_in(read), IsEmpty());
  EXPECT_EQ(read.book.kind, FileKind::kXlsx);
  ASSERT_THAT(read.book.grids, SizeIs(2));
  const Grid& duty = read.book.grids[0];
  EXPECT_EQ(duty.name, "值班");
  EXPECT_FALSE(duty.hidden);
  EXPECT_THAT(duty.hidden_columns, ElementsAre(3));
  EXPECT_THAT(drawn(duty),
              ElementsAre("1: A=值班表 [1x4] | B=^A1 | C=^A1 | D=^A1", "2: A=单位 | B=姓名 | C=手机 | D=日期",
                          "4: A=消防_x000D_队 [2x1] | B=石青松 | C=14400000001# | D=2026-11-22#",
                          "5: A=^A4 | B=柳 溪桥 | C=14400000002# | D=2026-11-22 08:00# (hidden)",
                          "6: A=第一行\n第二行 | B=TRUE | C=05390000001# | D=1900-02-28#"));
}

TEST(XlsxTest, FormulasGiveWhatTheyCameToAndWhatIsUnknownIsDoubted) {
  const Read read = read_sample("duty_list.xlsx");
  ASSERT_THAT(read.book.grids, SizeIs(2));
  const Grid& hidden = read.book.grids[1];
  EXPECT_TRUE(hidden.hidden);
  EXPECT_THAT(drawn(hidden), ElementsAre("1: A=算出 | B=~ | C=#N/A~"));
  EXPECT_EQ(hidden.at({1, 2})->doubt, Doubt::kNoValue);
  EXPECT_EQ(hidden.at({1, 3})->doubt, Doubt::kErrorValue);
}

TEST(XlsxTest, NumbersKeepTheirDigitsAndWhatIsLostIsDoubted) {
  const Read read = read_sample("numbers.xlsx");
  ASSERT_THAT(said_in(read), IsEmpty());
  EXPECT_THAT(drawn(read.book.grids[0]),
              ElementsAre("1: A=14400000000#~ | B=440301199001011230#~ | C=0.3# | D=-1.5# | E=2026-11-22# | F=08:30# | "
                          "G=36:00# | H=60# | I=1E400 | J=2958466# | K=1900-03-01# | L=1900-01-01# | M=14400000003#",
                          "2: A=2026-11-22 08:30 | B=2026-11-22 | C=1.44E+10~"));
  const Grid& grid = read.book.grids[0];
  EXPECT_EQ(grid.at({1, 1})->doubt, Doubt::kRounded);
  EXPECT_EQ(grid.at({1, 2})->doubt, Doubt::kTooLong);
  EXPECT_EQ(grid.at({2, 3})->doubt, Doubt::kScientific);
}

TEST(XlsxTest, EveryDoubtIsExplainedInBothLanguages) {
  for (const Doubt doubt :
       {Doubt::kScientific, Doubt::kTooLong, Doubt::kRounded, Doubt::kNoValue, Doubt::kErrorValue}) {
    for (const base::Said& words : {explained(doubt).message, explained(doubt).hint}) {
      EXPECT_NE(words.en, "");
      EXPECT_NE(words.zh, "");
      EXPECT_NE(words.en, words.zh);
    }
  }
  EXPECT_TRUE(explained(Doubt::kNone).message.empty());
}

TEST(XlsxTest, TheOtherDateBaseIsKnown) {
  EXPECT_THAT(drawn(read_sample("numbers_1904.xlsx").book.grids.at(0)),
              ElementsAre("1: A=1904-01-01# | B=2026-11-22#"));
}

TEST(XlsxTest, PrefixesAndPlacesLeftOutAreUnderstood) {
  EXPECT_THAT(drawn(read_sample("prefixed.xlsx").book.grids.at(0)), ElementsAre("1: A=王 | B=14400000001#"));
}

TEST(XlsxTest, OddNamesOfPartsAndChartsheetsAreUnderstood) {
  const Read read = read_sample("odd_names.xlsx");
  ASSERT_THAT(said_in(read), IsEmpty());
  ASSERT_THAT(read.book.grids, SizeIs(1));
  EXPECT_EQ(read.book.grids[0].name, "一");
  EXPECT_THAT(drawn(read.book.grids[0]), ElementsAre("2: A=王"));
}

TEST(XlsxTest, CellsThatAreOnlyFormattedAreNotThere) {
  EXPECT_THAT(drawn(read_sample("formatted.xlsx").book.grids.at(0)), ElementsAre("1: A=王"));
}

TEST(XlsxTest, OfMergedCellsThatOverlapTheFirstCounts) {
  EXPECT_THAT(drawn(read_sample("overlapping.xlsx").book.grids.at(0)),
              ElementsAre("1: A=1# [2x2] | B=^A1 | C=3#", "2: A=^A1 | B=^A1", "3: A=5# [1x3] | B=^A3 | C=^A3 | D=6#",
                          "4: B=7# [2x2] | C=^B4", "5: A=8# | B=^B4 | C=^B4"));
}

}  // namespace
}  // namespace tocsin::table
