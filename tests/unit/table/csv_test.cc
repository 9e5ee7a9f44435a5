#include "directory/table/csv.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tocsin::table {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class CsvTest : public ::testing::Test {
 protected:
  void when_reading(std::string_view text) {
    CsvReader reader(text, "t.csv", findings_);
    for (CsvRow row; reader.next(row);) rows_.push_back(row);
  }
  void then_only_finding_is(std::string_view code, int line, int column) const {
    ASSERT_THAT(findings_, SizeIs(1));
    EXPECT_EQ(findings_[0].code, code);
    EXPECT_EQ(findings_[0].line, line);
    EXPECT_EQ(findings_[0].column, column);
  }

  base::Diagnostics findings_;
  std::vector<CsvRow> rows_;
};

TEST_F(CsvTest, QuotesHoldCommasQuotesAndLineBreaks) {
  when_reading("a,\"b, \"\"c\"\"\",\"d\r\ne\"\r\nf,,g");
  EXPECT_THAT(findings_, IsEmpty());
  ASSERT_THAT(rows_, SizeIs(2));
  EXPECT_THAT(rows_[0].cells, ElementsAre("a", "b, \"c\"", "d\ne"));
  EXPECT_THAT(rows_[1].cells, ElementsAre("f", "", "g"));
  EXPECT_EQ(rows_[1].line, 3);
}

TEST_F(CsvTest, AByteOrderMarkTabsAndBlankRowsAreUnderstood) {
  when_reading(
      "\xEF\xBB\xBF"
      "a\tb,c\td\n\n , \n\t\t\ne\tf\tg\n");
  ASSERT_THAT(rows_, SizeIs(3));
  EXPECT_THAT(rows_[0].cells, ElementsAre("a", "b,c", "d"));
  EXPECT_EQ(rows_[2].line, 5);
}

TEST_F(CsvTest, ColumnsCountCharactersNotBytes) {
  when_reading("东湖社区,一网格,x\n");
  EXPECT_THAT(rows_[0].columns, ElementsAre(1, 6, 10));
}

TEST_F(CsvTest, BadUtf8IsFoundByRowAndColumn) {
  when_reading("code,name\na,b\nc,\xC7\xE0\xCA\xAF\n");
  then_only_finding_is("not-utf8", 3, 3);
  EXPECT_THAT(findings_[0].message, ::testing::HasSubstr("column B"));
}

TEST_F(CsvTest, AQuoteThatIsNeverClosedIsFoundWhereItOpens) {
  when_reading("a,b\nc,\"d\ne,f\n");
  then_only_finding_is("open-quote", 2, 3);
}

TEST_F(CsvTest, AQuoteInTheMiddleIsFound) {
  when_reading("a,b\"c\n");
  then_only_finding_is("stray-quote", 1, 4);
}

TEST_F(CsvTest, TextBehindAClosingQuoteIsFound) {
  when_reading("\"a\"b,c\n");
  then_only_finding_is("stray-quote", 1, 4);
}

TEST_F(CsvTest, LimitsHold) {
  when_reading(std::string(kMaxRowBytes + 1, 'x'));
  then_only_finding_is("row-too-long", 1, 1);
  findings_.clear();
  when_reading(std::string(kMaxColumns, ','));
  then_only_finding_is("too-many-cells", 1, kMaxColumns + 1);
  findings_.clear();
  when_reading(std::string(kMaxFileBytes + 1, '\n'));
  then_only_finding_is("file-too-long", 0, 0);
}

TEST_F(CsvTest, Utf16AndNulAreRefused) {
  when_reading(
      std::string_view("\xFF\xFE"
                       "a\0",
                       4));
  then_only_finding_is("not-utf8", 1, 1);
  findings_.clear();
  when_reading(std::string_view("a\0b", 3));
  then_only_finding_is("stray-nul", 1, 2);
}

}  // namespace
}  // namespace tocsin::table
