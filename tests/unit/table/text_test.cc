#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "directory/table/limits.h"
#include "tests/unit/table/drawn.h"

namespace tocsin::table {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(TextTest, CsvIsReadAndWhatItWasTakenForIsSaid) {
  const Read read = read_tables("\xEF\xBB\xBF姓名,手机\r\n\r\n\"王\r\n伟\",1.44E+10\r\n", "a.csv");
  ASSERT_THAT(said_in(read), IsEmpty());
  EXPECT_THAT(drawn(read.book.grids.at(0)), ElementsAre("1: A=姓名 | B=手机", "3: A=王\n伟 | B=1.44E+10~"));
  EXPECT_EQ(read.book.grids[0].rows[1].line, 3);
  ASSERT_TRUE(read.book.text);
  EXPECT_TRUE(read.book.text->marked);
  EXPECT_EQ(read.book.text->encoding, Encoding::kUtf8);
  EXPECT_EQ(read.book.text->separator, Separator::kComma);
}

TEST(TextTest, SemicolonsAndFullWidthCommasDivideToo) {
  EXPECT_THAT(drawn(read_tables("姓名;手机\n王,伟;1\n", "").book.grids.at(0)),
              ElementsAre("1: A=姓名 | B=手机", "2: A=王,伟 | B=1"));
  EXPECT_THAT(drawn(read_tables("姓名，手机\n\"王，伟\"，１\n", "").book.grids.at(0)),
              ElementsAre("1: A=姓名 | B=手机", "2: A=王，伟 | B=１"));
}

TEST(TextTest, PastedTextIsDividedByTabsOrByRunsOfBlanks) {
  EXPECT_THAT(drawn(read_tables("姓名\t\t手机\n王  伟\t\t1", "").book.grids.at(0)),
              ElementsAre("1: A=姓名 | C=手机", "2: A=王 伟 | C=1"));
  const Read read = read_tables("姓名   手机\r\n\r\n王 伟　　144 0000 0001\r\n", "");
  EXPECT_THAT(drawn(read.book.grids.at(0)), ElementsAre("1: A=姓名 | B=手机", "3: A=王 伟 | B=144 0000 0001"));
  EXPECT_EQ(read.book.text->separator, Separator::kBlanks);
}

TEST(TextTest, TheCallersSeparatorGoesBeforeTheOneFound) {
  ReadOptions options;
  options.separator = Separator::kSemicolon;
  EXPECT_THAT(drawn(read_tables("a,b;c\na,b;c\n", "", options).book.grids.at(0)),
              ElementsAre("1: A=a,b | B=c", "2: A=a,b | B=c"));
}

TEST(TextTest, AnErrorLeavesNoSheetAndSaysWhereInBothLanguages) {
  const Read read = read_tables("姓名,手机\n王伟,\"1\n", "a.csv");
  EXPECT_THAT(read.book.grids, IsEmpty());
  EXPECT_THAT(said_in(read), ElementsAre("open-quote: column B: the quote opened here is never closed"));
  EXPECT_EQ(read.findings[0].file, "a.csv");
  EXPECT_EQ(read.findings[0].line, 2);
  EXPECT_EQ(read.findings[0].column, 4);
  EXPECT_EQ(read.findings[0].message_zh, "B列：此处的引号没有闭合");
}

TEST(TextTest, NothingButBlanksIsAnError) {
  EXPECT_THAT(said_in(read_tables("", "")), ElementsAre("empty-file: the file is empty"));
  EXPECT_THAT(said_in(read_tables(" \n,,\n", "")), ElementsAre("empty-file: there are no words in the text"));
}

TEST(TextTest, LimitsHold) {
  EXPECT_THAT(said_in(read_tables(std::string(kMaxFileBytes + 1, ' '), "")), ElementsAre(HasSubstr("file-too-long")));
  EXPECT_THAT(said_in(read_tables("a," + std::string(kMaxCellBytes + 1, 'x'), "")),
              ElementsAre("cell-too-long: B1: the cell has more than 32 KB"));
  std::string rows;
  for (std::size_t i = 0; i <= kMaxRows; ++i) rows += "a\n";
  EXPECT_THAT(said_in(read_tables(rows, "")),
              ElementsAre("too-many-rows: row 50001: more than 50000 rows with something in them"));
  EXPECT_THAT(said_in(read_tables("a  b\n" + std::string(kMaxRowBytes + 1, 'x'), "")),
              ElementsAre(HasSubstr("row-too-long")));
}

}  // namespace
}  // namespace tocsin::table
