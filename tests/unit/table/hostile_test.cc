// Files that are damaged, cut or made to do harm: one clear finding, no sheet, little time and memory.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sys/resource.h>

#include "gateway/base/text.h"
#include "tests/unit/table/drawn.h"

namespace tocsin::table {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

long most_memory_kib() {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  return used.ru_maxrss;
}

class HostileTest : public ::testing::Test {
 protected:
  static std::vector<std::string> refusal_in(const Read& read) {
    EXPECT_THAT(read.book.grids, IsEmpty());
    for (const auto& finding : read.findings) EXPECT_FALSE(finding.message_zh.empty());
    return said_in(read);
  }
  static std::vector<std::string> refusal_of(const std::string& name) { return refusal_in(read_sample(name)); }
  // Cut at any byte: refused, or read as the whole is.
  static void every_cut_of(const std::string& name) {
    const std::string whole = sample(name);
    ASSERT_THAT(said_in(read_tables(whole, name)), IsEmpty());
    // Fewer bytes than a signature has are text of a letter or two.
    for (std::size_t size = 4; size < whole.size(); ++size) {
      const Read read = read_tables(std::string_view(whole).substr(0, size), name);
      ASSERT_EQ(read.findings.size(), 1U) << name << " cut at " << size;
      ASSERT_THAT(read.book.grids, IsEmpty()) << name << " cut at " << size;
    }
  }
};

TEST_F(HostileTest, APackedFileCutAtAnyByteIsRefused) {
  every_cut_of("small.xlsx");
  every_cut_of("small.docx");
  every_cut_of("duty_list.xlsx");
}

TEST_F(HostileTest, APackedFileWithAnyByteChangedDoesNoHarm) {
  const std::string whole = sample("small.xlsx");
  for (std::size_t at = 0; at < whole.size(); ++at) {
    for (const char change : {'\x01', '\x80', '\xFF'}) {
      std::string bytes = whole;
      bytes[at] = static_cast<char>(bytes[at] ^ change);
      const Read read = read_tables(bytes, "f");
      ASSERT_EQ(read.book.grids.empty(), base::has_errors(read.findings)) << at;
    }
  }
}

TEST_F(HostileTest, TextCutAtAnyByteIsReadOrRefused) {
  for (const std::string whole :
       {"姓名,\"手\n机\"\n王伟,\"1\"\n", "\xFF\xFE\x11\x4F,\0\n\0", "<table><tr><td>王<td>&amp;</table>"}) {
    for (std::size_t size = 0; size <= whole.size(); ++size) {
      const Read read = read_tables(std::string_view(whole).substr(0, size), "f");
      ASSERT_EQ(read.book.grids.empty(), base::has_errors(read.findings)) << size;
    }
  }
}

TEST_F(HostileTest, ADocumentTypeIsRefusedBeforeItsEntitiesAreRead) {
  const auto refused =
      ElementsAre("damaged-file: xl/worksheets/sheet1.xml: it declares a document type, as office files never do");
  EXPECT_THAT(refusal_of("laughs.xlsx"), refused);
  EXPECT_THAT(refusal_of("outside.xlsx"), refused);
  EXPECT_THAT(refusal_of("undeclared.xlsx"), ElementsAre(HasSubstr("sheet1.xml: line ")));
}

TEST_F(HostileTest, NothingIsWrittenToStandardErrorAboutADamagedPart) {
  ::testing::internal::CaptureStderr();
  EXPECT_THAT(refusal_of("bad_encoding.xlsx"), ElementsAre(HasSubstr("damaged-file: xl/worksheets/sheet1.xml: ")));
  EXPECT_EQ(::testing::internal::GetCapturedStderr(), "");
}

TEST_F(HostileTest, WhatUnpacksToMoreThanAnyTableIsRefusedBeforeItIsUnpacked) {
  // The packed bytes of the second are some 20 MB themselves: they are in memory before it is measured.
  const std::string bomb = sample("bomb.xlsx");
  const std::string large = sample("large.xlsx");
  const auto before = most_memory_kib();
  EXPECT_THAT(refusal_in(read_tables(bomb, "f")), ElementsAre(HasSubstr("is packed more tightly than any table is")));
  EXPECT_THAT(refusal_in(read_tables(large, "f")), ElementsAre(HasSubstr("unpacked, the file has more than 64 MB")));
  EXPECT_LT(most_memory_kib() - before, 32 * 1024);
}

TEST_F(HostileTest, APartThatYieldsMoreThanItClaimsIsRefused) {
  std::string bytes = sample("bomb.xlsx");
  // The size unpacked, in the directory and before the part (APPNOTE.TXT 4.3.7 and 4.3.12): the sheet claims 100 bytes.
  for (const auto& [sign, offset, name_at] : {std::tuple{"PK\x03\x04", 22, 30}, std::tuple{"PK\x01\x02", 24, 46}}) {
    for (std::size_t at = 0; (at = bytes.find(sign, at)) != std::string::npos; ++at) {
      if (bytes.compare(at + static_cast<std::size_t>(name_at), 14, "xl/worksheets/") != 0) continue;
      bytes.replace(at + static_cast<std::size_t>(offset), 4, std::string("\x64\0\0\0", 4));
    }
  }
  const Read read = read_tables(bytes, "f");
  EXPECT_THAT(said_in(read), ElementsAre(AllOf(HasSubstr("sheet1.xml"))));
}

TEST_F(HostileTest, PartsTooManyTwiceLockedOrMissingAreRefused) {
  EXPECT_THAT(refusal_of("many_parts.xlsx"), ElementsAre("too-many-parts: the file has more than 4096 parts"));
  EXPECT_THAT(refusal_of("twice.xlsx"), ElementsAre("duplicate-part: the file holds one part twice"));
  EXPECT_THAT(refusal_of("locked.xlsx"), ElementsAre(HasSubstr("password-protected: ")));
  EXPECT_THAT(refusal_of("no_sheet_part.xlsx"), ElementsAre("damaged-file: sheet a: the sheet is not in the file"));
}

TEST_F(HostileTest, WhatASheetClaimsIsLimited) {
  EXPECT_THAT(refusal_of("deep.xlsx"), ElementsAre(HasSubstr("elements are nested deeper than 256")));
  EXPECT_THAT(refusal_of("far.xlsx"), ElementsAre("too-many-columns: sheet Sheet1, XFD1048576: more than 256 columns"));
  EXPECT_THAT(refusal_of("backwards.xlsx"), ElementsAre(HasSubstr("rows or cells that do not come in order")));
  EXPECT_THAT(refusal_of("long_cell.xlsx"),
              ElementsAre("cell-too-long: sheet Sheet1, A1: the cell has more than 32 KB"));
  EXPECT_THAT(refusal_of("one_string.xlsx"), ElementsAre(HasSubstr("too-many-cells: sheet Sheet1, A")));
  EXPECT_THAT(refusal_of("merged_all.xlsx"), ElementsAre(HasSubstr("too-many-cells: sheet Sheet1, ")));
}

}  // namespace
}  // namespace tocsin::table
