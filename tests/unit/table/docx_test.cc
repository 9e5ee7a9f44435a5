#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/table/drawn.h"

namespace tocsin::table {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

TEST(DocxTest, TablesAreSheetsAndTheWordsBeforeThemCaptions) {
  const Read read = read_sample("call_list.docx");
  ASSERT_THAT(said_in(read), IsEmpty());
  EXPECT_EQ(read.book.kind, FileKind::kDocx);
  ASSERT_THAT(read.book.grids, SizeIs(2));
  EXPECT_EQ(read.book.grids[0].caption, "应急通讯录\n第一工作片区");
  EXPECT_EQ(read.book.grids[1].caption, "第二工作片区");
  EXPECT_EQ(read.book.grids[1].name, "2");
}

TEST(DocxTest, MergedCellsSpanAndNestedTablesAreWordsOfTheirCell) {
  const Read read = read_sample("call_list.docx");
  ASSERT_THAT(read.book.grids, SizeIs(2));
  EXPECT_THAT(drawn(read.book.grids[0]),
              ElementsAre("1: A=单位 | B=姓名 | C=电话 [1x2] | D=^C1",
                          "2: A=消防队 [2x1] | B=石青松 | C=144 0000 0001 | D=0539-0000001",
                          "3: A=^A2 | B=柳\n溪桥 队员 | C=144 0000 0002 [1x2] | D=^C3", "4: B=内一\n内二 | C=新"));
}

TEST(DocxTest, OfTwoWaysToSayOneThingTheFirstIsRead) {
  const Read read = read_sample("call_list.docx");
  ASSERT_THAT(read.book.grids, SizeIs(2));
  EXPECT_THAT(drawn(read.book.grids[1]), ElementsAre("1: A=谷雨田 | B=甲"));
}

TEST(DocxTest, ADocumentWithoutTableIsAnError) {
  EXPECT_THAT(said_in(read_sample("no_table.docx")), ElementsAre("no-table: there is no table with words in it"));
}

}  // namespace
}  // namespace tocsin::table
