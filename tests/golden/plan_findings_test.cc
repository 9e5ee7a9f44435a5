// Plan in, exact findings out: one file per mistake, named for it.
//
// plan/NAME.toml is the mistake; its first line may say "# instead of: PART ...".  All other parts of
// plan/parts/ are put behind it, so that a file shows its mistake and nothing else.  plan/NAME.findings
// is what read_plan (and lint, when the plan is accepted) must print, in English and then in Chinese.  After a wanted
// change run the test with TOCSIN_UPDATE_GOLDEN=1, then read the difference before committing it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "gateway/base/text.h"
#include "gateway/plan/lint.h"
#include "gateway/plan/read_plan.h"

namespace tocsin::plan {
namespace {

namespace fs = std::filesystem;

const fs::path kFolder = fs::path(TOCSIN_SOURCE_DIR) / "tests/golden/plan";

std::string read_text(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

std::vector<std::string> words_after(const std::string& prefix, const std::string& line) {
  if (line.rfind(prefix, 0) != 0) return {};
  return base::split(line.substr(prefix.size()), ' ');
}

std::string completed(const std::string& mistake) {
  const auto replaced = words_after("# instead of: ", mistake.substr(0, mistake.find('\n')));
  std::string text = mistake;
  for (const char* part : {"head", "attributes", "hazard", "ladder", "response", "unclassified", "templates"}) {
    if (std::find(replaced.begin(), replaced.end(), part) != replaced.end()) continue;
    text += "\n" + read_text(kFolder / "parts" / (std::string(part) + ".toml"));
  }
  return text;
}

std::string findings_of(const std::string& mistake, const std::string& file) {
  const auto read = read_plan(completed(mistake), file);
  auto findings = read.findings;
  if (read.plan != nullptr) {
    auto warnings = lint(*read.plan);
    for (auto& warning : warnings) locate(warning, read.places);
    findings.insert(findings.end(), warnings.begin(), warnings.end());
  }
  std::string out;
  for (const bool chinese : {false, true}) {
    for (const auto& finding : findings) out += base::render(finding, read.source, chinese);
  }
  for (const auto& finding : findings) {
    EXPECT_FALSE(finding.message_zh.empty()) << finding.code << " has no Chinese";
    EXPECT_EQ(finding.hint.empty(), finding.hint_zh.empty()) << finding.code;
  }
  return out;
}

// Lines only one of them has, in order: enough for texts of a few lines.
std::string difference(const std::string& expected, const std::string& actual) {
  const auto want = base::split(expected, '\n'), have = base::split(actual, '\n');
  std::string out;
  for (const auto& line : want) {
    if (std::find(have.begin(), have.end(), line) == have.end()) out += "- " + line + "\n";
  }
  for (const auto& line : have) {
    if (std::find(want.begin(), want.end(), line) == want.end()) out += "+ " + line + "\n";
  }
  return out.empty() ? "(the same lines in another order or number)\n" : out;
}

std::vector<std::string> mistakes() {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(kFolder)) {
    if (entry.path().extension() == ".toml") names.push_back(entry.path().stem().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

class PlanFindingsTest : public testing::TestWithParam<std::string> {};

TEST_P(PlanFindingsTest, AreExactlyTheseWords) {
  const auto golden = kFolder / (GetParam() + ".findings");
  const auto actual = findings_of(read_text(kFolder / (GetParam() + ".toml")), GetParam() + ".toml");
  if (std::getenv("TOCSIN_UPDATE_GOLDEN") != nullptr) {
    std::ofstream(golden, std::ios::binary) << actual;
    return;
  }
  ASSERT_TRUE(fs::exists(golden)) << "no " << golden << "; run with TOCSIN_UPDATE_GOLDEN=1";
  const auto expected = read_text(golden);
  if (actual != expected) ADD_FAILURE() << difference(expected, actual);
}

INSTANTIATE_TEST_SUITE_P(EveryMistake, PlanFindingsTest, testing::ValuesIn(mistakes()), [](const auto& test) {
  auto name = test.param;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

TEST(PlanFindingsFolderTest, EveryFindingHasItsPlanAndThePartsAloneAreSound) {
  for (const auto& entry : fs::directory_iterator(kFolder)) {
    if (entry.path().extension() != ".findings") continue;
    auto plan = entry.path();
    EXPECT_TRUE(fs::exists(plan.replace_extension(".toml"))) << plan << " is gone";
  }
  EXPECT_GE(mistakes().size(), 110U);
  EXPECT_EQ(findings_of("", "parts.toml"), "");
}

}  // namespace
}  // namespace tocsin::plan
