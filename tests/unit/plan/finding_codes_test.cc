#include "gateway/plan/finding_codes.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "gateway/plan/sarif.h"
#include "tests/unit/plan/small_plan.h"

namespace tocsin::plan {
namespace {

namespace fs = std::filesystem;
const fs::path kRoot = TOCSIN_SOURCE_DIR;

std::string text_of(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

// Small letters in parts joined by hyphens: "range-gap".
bool is_code(const std::string& text) {
  const auto small = [](char c) { return c >= 'a' && c <= 'z'; };
  return text.find('-') != std::string::npos && text.find("--") == std::string::npos && text.front() != '-' &&
         text.back() != '-' && std::all_of(text.begin(), text.end(), [&](char c) { return c == '-' || small(c); });
}

// The first text behind each call that makes a finding, if it has the shape of a code.
void add_codes(const std::string& source, const std::string& call, std::set<std::string>& codes) {
  for (auto at = source.find(call); at != std::string::npos; at = source.find(call, at + 1)) {
    const auto open = source.find_first_of(";\"", at + call.size());
    if (open == std::string::npos || source[open] == ';') continue;
    const auto close = source.find('"', open + 1);
    if (close == std::string::npos || close == open + 1) continue;
    const auto text = source.substr(open + 1, close - open - 1);
    if (is_code(text)) codes.insert(text);
  }
}

std::set<std::string> codes_in(const fs::path& folder) {
  std::set<std::string> codes;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() != ".cc") continue;
    const auto source = text_of(entry.path());
    for (const char* call : {"error(", "warn(", "finding(", "find("}) add_codes(source, call, codes);
  }
  return codes;
}

TEST(FindingCodesTest, EveryCodeOfTheReaderAndTheChecksIsInTheTable) {
  auto codes = codes_in(kRoot / "gateway/plan");
  EXPECT_GE(codes.size(), 70U);
  codes.merge(codes_in(kRoot / "gateway/rehearse"));
  for (const auto& code : codes) EXPECT_NE(finding_code(code), nullptr) << code;
}

TEST(FindingCodesTest, EachIsThereOnceAndMeansSomethingInBothLanguages) {
  std::set<std::string> seen;
  for (const auto& known : finding_codes()) {
    EXPECT_TRUE(seen.insert(known.code).second) << known.code;
    EXPECT_FALSE(known.meaning.en.empty() || known.meaning.zh.empty()) << known.code;
  }
  EXPECT_EQ(finding_code("no-such-code"), nullptr);
}

TEST(FindingCodesTest, EachOfReaderAndLintHasAGoldenFinding) {
  std::string golden;
  for (const auto& entry : fs::directory_iterator(kRoot / "tests/golden/plan")) {
    if (entry.path().extension() == ".findings") golden += text_of(entry.path());
  }
  // Shown by unit tests instead: they take a file of megabytes, several files, a tangle of clauses, or a plan nobody
  // could write (the reader refuses conditions that no value meets).
  const std::set<std::string> elsewhere{
      "too-large",        "too-many-findings", "bad-bundle",           "file-missing",
      "path-outside",     "include-circle",    "include-twice",        "include-too-deep",
      "defined-twice",    "plan-included",     "criteria-too-tangled", "clause-never",
      "rest-and-workday", "bad-date"};
  for (const auto& known : finding_codes()) {
    if (known.by != FoundBy::kReader && known.by != FoundBy::kLint) continue;
    const bool shown = golden.find("[" + known.code + "]") != std::string::npos;
    EXPECT_NE(shown, elsewhere.count(known.code) != 0) << known.code;
  }
}

TEST(SarifTest, TellsPlaceRuleAndBothLanguages) {
  auto found = base::finding(base::Severity::kWarning, "range-gap", base::said("a hole", "有空档"),
                             base::said("close it", "请补上"), "fire/III");
  found.file = "预案 1.toml";
  found.line = 3;
  found.column = 7;
  const auto log = sarif({found, found}, "1.2.3", true);
  for (const char* part :
       {R"("version": "2.1.0")", R"("ruleId": "range-gap")", R"("ruleIndex": 0)", R"("level": "warning")",
        R"("text": "有空档\n请补上")", R"("message_en": "a hole\nclose it")", R"("startLine": 3)",
        R"("startColumn": 7)", R"("uri": "%E9%A2%84%E6%A1%88%201.toml")", R"("fullyQualifiedName": "fire/III")"}) {
    EXPECT_THAT(log, testing::HasSubstr(part));
  }
  const auto rule = log.find(R"("id": "range-gap")");
  EXPECT_NE(rule, std::string::npos);
  EXPECT_EQ(log.find(R"("id": "range-gap")", rule + 1), std::string::npos) << "one rule for both findings";
}

}  // namespace
}  // namespace tocsin::plan
