#include "directory/table/kind.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/table/drawn.h"

namespace tocsin::table {
namespace {

using namespace std::string_view_literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::string ole2_with(std::string_view stream) {
  std::string bytes("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"sv);
  bytes.append(512, '\0');
  for (const char c : stream) {
    bytes += c;
    bytes += '\0';
  }
  return bytes;
}

void then_refused(std::string_view bytes, const char* message, const char* hint_zh) {
  const Read read = read_tables(bytes, "f");
  EXPECT_THAT(read.book.grids, ::testing::IsEmpty());
  ASSERT_EQ(read.findings.size(), 1U);
  EXPECT_THAT(read.findings[0].message, HasSubstr(message));
  EXPECT_THAT(read.findings[0].hint_zh, HasSubstr(hint_zh));
}

TEST(KindTest, OldOfficeFilesAreToldToBeSavedAnew) {
  then_refused(ole2_with("Workbook"), "old Excel or WPS workbook", "另存为");
  then_refused(ole2_with("WordDocument"), "old Word or WPS document", "另存为");
  then_refused(ole2_with(""), "old office program", "另存为");
  then_refused("<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">",
               "Excel 2003 XML", "另存为");
  then_refused("MIME-Version: 1.0\r\n", "web page archive", "另存为");
}

TEST(KindTest, AWorkbookWithAPasswordIsToldToBeSavedWithoutIt) {
  then_refused(ole2_with("EncryptedPackage"), "protected by a password", "取消密码");
}

TEST(KindTest, WhatIsNoTableIsSaidWithWhatToDo) {
  then_refused("%PDF-1.7", "a PDF", "复制其中的表格");
  then_refused("\xFF\xD8\xFF\xE0"sv, "a picture (JPEG)", "录入");
  then_refused("\x89PNG\r\n", "a picture (PNG)", "录入");
  then_refused(
      "\0\0\0\x18"
      "ftypheic"sv,
      "a picture", "复制");
  then_refused("{\\rtf1", "an RTF document", "另存为");
  then_refused("Rar!\x1A", "an archive (RAR)", "解压");
}

TEST(KindTest, OtherPackedFilesAreSaidWithWhatToDo) {
  EXPECT_THAT(said_in(read_sample("other.zip")), ElementsAre("not-a-table: this is an archive (ZIP)"));
  EXPECT_THAT(said_in(read_sample("slides.pptx")), ElementsAre("not-a-table: this is a presentation"));
  EXPECT_THAT(said_in(read_sample("sheet.ods")), ElementsAre("not-a-table: this is an OpenDocument file (.ods, .odt)"));
  EXPECT_THAT(said_in(read_sample("page.ofd")), ElementsAre("not-a-table: this is an OFD document"));
  EXPECT_THAT(said_in(read_sample("book.xlsb")), ElementsAre("not-a-table: this is a binary workbook (.xlsb)"));
}

TEST(KindTest, HtmlIsKnownByItsFirstWordsAndAName) {
  EXPECT_TRUE(is_html("\r\n <!DOCTYPE HTML><html>"));
  EXPECT_TRUE(is_html("Version:0.9\r\nStartHTML:00000097\r\n<html>"));
  EXPECT_TRUE(is_html("<!-- saved --><html>"));
  EXPECT_FALSE(is_html("姓名,<table>"));
  EXPECT_FALSE(is_html("<王伟>,1"));
  EXPECT_FALSE(is_html(""));
}

TEST(KindTest, WhatAFileIsDoesNotHangOnItsName) {
  EXPECT_EQ(read_tables("姓名,手机\n", "list.xlsx").book.kind, FileKind::kText);
  EXPECT_EQ(read_tables(sample("small.xlsx"), "list.csv").book.kind, FileKind::kXlsx);
}

}  // namespace
}  // namespace tocsin::table
