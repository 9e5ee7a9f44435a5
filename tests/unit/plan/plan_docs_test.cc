// Every ```toml example of docs/plan.md is read.  A complete one must be accepted; a fragment (its first
// line is "# fragment") stands in for the part of the same name in a small plan; "# refused: CODE" must be found.
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "gateway/base/text.h"
#include "gateway/plan/template_text.h"
#include "tests/unit/plan/small_plan.h"

namespace tocsin::plan {
namespace {

struct Example {
  int line = 0;
  std::string first;
  std::string text;
};

std::string manual() {
  std::ifstream in(TOCSIN_SOURCE_DIR "/docs/plan.md");
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

std::vector<Example> examples() {
  std::vector<Example> all;
  bool inside = false;
  int number = 0;
  for (const auto& line : base::split(manual(), '\n')) {
    ++number;
    if (!inside && line == "```toml") {
      inside = true;
      all.push_back({number, "", ""});
    } else if (inside && line == "```") {
      inside = false;
    } else if (inside) {
      if (all.back().text.empty()) all.back().first = line;
      all.back().text += line + "\n";
    }
  }
  return all;
}

// The parts of the small plan that the fragment does not bring itself.
std::string completed(const std::string& fragment) {
  SmallPlan small;
  const auto brings = [&](const char* header) {
    return fragment.rfind(header, 0) == 0 || fragment.find(std::string("\n") + header) != std::string::npos;
  };
  if (brings("[plan]")) small.head.clear();
  if (brings("[attribute.")) small.attributes.clear();
  if (brings("[hazard.")) small.hazard.clear();
  if (brings("[ladder.")) small.ladders.clear();
  if (brings("hazard = \"fire\"")) small.response.clear();
  if (fragment.find("hazard = \"unclassified\"") != std::string::npos) small.unclassified.clear();
  if (brings("[template.")) small.templates.clear();
  return fragment + small.text();
}

TEST(PlanDocsTest, EveryExampleIsReadAsTheManualSays) {
  const auto all = examples();
  ASSERT_GE(all.size(), 10U);
  int complete = 0;
  for (const auto& example : all) {
    const std::string refused = "# refused: ";
    const bool fragment = example.first == "# fragment" || example.first.rfind(refused, 0) == 0;
    const auto read = read_plan(fragment ? completed(example.text) : example.text, "docs/plan.md example");
    complete += fragment ? 0 : 1;
    if (example.first.rfind(refused, 0) == 0) {
      EXPECT_THAT(codes(read.findings), testing::Contains(example.first.substr(refused.size())))
          << "example at line " << example.line;
      continue;
    }
    for (const auto& finding : read.findings) {
      ADD_FAILURE() << "example at line " << example.line << ": " << base::render(finding, read.source);
    }
  }
  EXPECT_GE(complete, 1);
}

TEST(PlanDocsTest, TheManualListsEveryFieldKindAndCount) {
  const auto text = manual();
  for (const auto& field : template_fields())
    EXPECT_THAT(text, testing::HasSubstr("`" + std::string(field.name) + "`"));
  for (const auto& kind : model::all_kinds()) EXPECT_THAT(text, testing::HasSubstr("`" + std::string(kind.name) + "`"));
  for (const auto& count : model::all_counts())
    EXPECT_THAT(text, testing::HasSubstr("`" + std::string(count.name) + "`"));
}

}  // namespace
}  // namespace tocsin::plan
