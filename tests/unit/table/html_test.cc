#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/table/drawn.h"

namespace tocsin::table {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::vector<std::string> drawn_html(const std::string& html) {
  const Read read = read_tables(html, "page.html");
  EXPECT_THAT(said_in(read), IsEmpty());
  EXPECT_EQ(read.book.kind, FileKind::kHtml);
  return read.book.grids.empty() ? std::vector<std::string>{} : drawn(read.book.grids[0]);
}

TEST(HtmlTest, SpansBothWaysLeaveNoPlaceTwice) {
  EXPECT_THAT(drawn_html("<table><tr><th rowspan=2>单位</th><th colspan=2>负责人</th></tr><tr><th>姓名<th>手机</tr>"
                         "<tr><td>消防队<td>石青松<td>14400000001</table>"),
              ElementsAre("1: A=单位 [2x1] | B=负责人 [1x2] | C=^B1", "2: A=^A1 | B=姓名 | C=手机",
                          "3: A=消防队 | B=石青松 | C=14400000001"));
}

TEST(HtmlTest, SpansThatClaimMoreThanTheTableHasAreCut) {
  EXPECT_THAT(drawn_html("<table><tr><td colspan=9999 rowspan=9999>a<tr><tr></table>"),
              ElementsAre("1: A=a [3x1]", "2: A=^A1", "3: A=^A1"));
  EXPECT_THAT(drawn_html("<table><tr><td rowspan=0>a<td>b<tr><td>c</table>"),
              ElementsAre("1: A=a [2x1] | B=b", "2: A=^A1 | B=c"));
}

TEST(HtmlTest, WhatExcelPutsOnTheClipboardIsRead) {
  const std::string page =
      "Version:1.0\r\nStartHTML:0000000105\r\nEndHTML:0000009999\r\nStartFragment:0000000200\r\nEndFragment:"
      "0000000300\r\n"
      "<html xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><head><meta "
      "charset=gb2312><style><!--td{a:b}--></style>\r\n"
      "<!--[if gte mso 9]><xml><x:Name>表</x:Name></xml><![endif]--></head><body link=blue>\r\n<table border=0>"
      "<!--StartFragment--><col width=72><col width=0 style='display:none'>\r\n <tr height=19 "
      "style='mso-height-source:auto'>"
      "\r\n  <td class=xl65 x:str>王<span\r\n  style='mso-spacerun:yes'>&nbsp; </span>伟</td><td "
      "x:num=\"14400000001\">1.44E+10"
      "</td><td>甲<br>\r\n    乙 &amp; &#20025;</td></tr><tr style='display: none'><td></td><td>1.44E+10</td></tr>\r\n"
      "<!--EndFragment--></table></body></html>";
  const Read read = read_tables(page, "");
  ASSERT_THAT(said_in(read), IsEmpty());
  ASSERT_THAT(read.book.grids, SizeIs(1));
  EXPECT_THAT(drawn(read.book.grids[0]),
              ElementsAre("1: A=王 伟 | B=14400000001# | C=甲\n乙 & 丹", "2: B=1.44E+10~ (hidden)"));
  EXPECT_THAT(read.book.grids[0].hidden_columns, ElementsAre(2));
}

TEST(HtmlTest, HeadingsAreCaptionsAndTablesInCellsAreWords) {
  const Read read = read_tables(
      "<html><body><h1>通讯录</h1><p>第一片区</p><table><tr><td>a<table><tr><td>b<td>c</tr></table></td><td>d</table>"
      "<div>第二片区<table><tr><td>e</table><p>尾",
      "");
  ASSERT_THAT(read.book.grids, SizeIs(2));
  EXPECT_EQ(read.book.grids[0].caption, "通讯录\n第一片区");
  EXPECT_THAT(drawn(read.book.grids[0]), ElementsAre("1: A=a\nb c | B=d"));
  EXPECT_EQ(read.book.grids[1].caption, "第二片区");
}

TEST(HtmlTest, ScriptsStylesAndCommentsAreNoWords) {
  EXPECT_THAT(drawn_html("<table><tr><td><script>x=1</script><style>y</style><!-- z -->王</table>"),
              ElementsAre("1: A=王"));
}

TEST(HtmlTest, APageSavedAsGb18030IsReadWhateverItSaysOfItself) {
  // 王 and 联系电话 of everyday length.
  const Read read =
      read_tables("<html><meta charset=utf-8><table><tr><td>\xCD\xF5<td>\xC1\xAA\xCF\xB5\xB5\xE7\xBB\xB0</table>", "");
  ASSERT_THAT(said_in(read), IsEmpty());
  EXPECT_EQ(read.book.text->encoding, Encoding::kGb18030);
  EXPECT_THAT(drawn(read.book.grids[0]), ElementsAre("1: A=王 | B=联系电话"));
}

TEST(HtmlTest, EntitiesOfADocumentTypeAreNotExpanded) {
  EXPECT_THAT(
      drawn_html("<!DOCTYPE html [<!ENTITY a SYSTEM \"file:///etc/hostname\">]><html><table><tr><td>x&a;</table>"),
      ElementsAre(HasSubstr("&a;")));
}

TEST(HtmlTest, WhatIsNestedOrDressedBeyondReasonIsRefused) {
  std::string deep = "<table>";
  for (int i = 0; i < 100'000; ++i) deep += "<b>";
  EXPECT_THAT(said_in(read_tables(deep, "")), ElementsAre("too-deep: tags are nested deeper than 256"));
  std::string dressed = "<table a";
  for (int i = 0; i < 100'000; ++i) dressed += " b" + std::to_string(i);
  EXPECT_THAT(said_in(read_tables(dressed, "")),
              ElementsAre("too-many-attributes: a tag has more than 500 attributes"));
}

TEST(HtmlTest, CoveredCellsCountAgainstTheLimit) {
  std::string page = "<table><tr><td rowspan=65534 colspan=256>a</td></tr>";
  for (int i = 0; i < 3'000; ++i) page += "<tr>";
  EXPECT_THAT(said_in(read_tables(page, "")), ElementsAre(HasSubstr("too-many-cells: sheet 1, ")));
}

TEST(HtmlTest, APageWithoutTableIsAnError) {
  EXPECT_THAT(said_in(read_tables("<html><p>王", "")), ElementsAre("no-table: there is no table with words in it"));
}

}  // namespace
}  // namespace tocsin::table
