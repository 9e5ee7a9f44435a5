// Each shape of table in each format gives exactly these entries, findings and questions: the files are made by
// shape_samples.py, the words stand in tests/golden/intake.  After a wanted change run with TOCSIN_UPDATE_GOLDEN=1,
// then read the difference.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "directory/intake/draft.h"
#include "directory/table/read.h"

namespace tocsin::intake {
namespace {

namespace fs = std::filesystem;

const fs::path kGolden = fs::path(TOCSIN_SOURCE_DIR) / "tests/golden/intake";

std::string bytes_of(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

std::string draft_of(const std::string& file) {
  const table::Read read = table::read_tables(bytes_of(fs::path(TOCSIN_SHAPE_SAMPLES) / file), file);
  EXPECT_FALSE(base::has_errors(read.findings)) << file;
  const Draft draft = read_draft(read.book, guess_mapping(read.book), {"CN", "539"});
  for (const Finding& finding : draft.findings) {
    EXPECT_FALSE(finding.message.zh.empty()) << finding.code;
    EXPECT_EQ(finding.proposal.en.empty(), finding.proposal.zh.empty()) << finding.code;
  }
  return draft_text(draft, {false, true});
}

// A format that says less than XLSX does (no merged cells) has words of its own.
class ShapesTest : public testing::TestWithParam<std::tuple<std::string, std::string>> {};

TEST_P(ShapesTest, GiveTheseEntriesAndFindings) {
  const auto& [shape, format] = GetParam();
  const std::string actual = draft_of(shape + "." + format);
  const fs::path common = kGolden / (shape + ".draft"), own = kGolden / (shape + "." + format + ".draft");
  if (std::getenv("TOCSIN_UPDATE_GOLDEN") != nullptr) {
    fs::create_directories(kGolden);
    fs::remove(own);
    if (format == "xlsx") {
      std::ofstream(common, std::ios::binary) << actual;
    } else if (bytes_of(common) != actual) {
      std::ofstream(own, std::ios::binary) << actual;
    }
    return;
  }
  EXPECT_EQ(actual, bytes_of(fs::exists(own) ? own : common)) << "run with TOCSIN_UPDATE_GOLDEN=1";
}

std::string name_of_case(const testing::TestParamInfo<std::tuple<std::string, std::string>>& one) {
  return std::get<0>(one.param) + "_" + std::get<1>(one.param);
}

INSTANTIATE_TEST_SUITE_P(Xlsx, ShapesTest,
                         testing::Combine(testing::Values("persons", "side_by_side", "units", "work_areas",
                                                          "upper_offices", "grid_heads", "english", "headings",
                                                          "two_tables"),
                                          testing::Values("xlsx", "docx", "html")),
                         name_of_case);
INSTANTIATE_TEST_SUITE_P(Text, ShapesTest,
                         testing::Combine(testing::Values("persons", "side_by_side", "units", "work_areas",
                                                          "upper_offices", "grid_heads", "english", "headings"),
                                          testing::Values("csv")),
                         name_of_case);

TEST(ShapesTest, ChineseSaysTheSameFindings) {
  const table::Read read =
      table::read_tables(bytes_of(fs::path(TOCSIN_SHAPE_SAMPLES) / "persons.xlsx"), "persons.xlsx");
  const Draft draft = read_draft(read.book, guess_mapping(read.book), {"CN", "539"});
  const std::string text = draft_text(draft, {true, false});
  EXPECT_NE(text.find("只有10位，手机号应为11位：少1位"), std::string::npos) << text;
  EXPECT_EQ(text.find("14400000001"), std::string::npos) << "numbers are masked";
}

}  // namespace
}  // namespace tocsin::intake
