// Every ```toml example of docs/plan.md is read.  A complete one must be accepted; a fragment (its first
// line is "# fragment") stands in for the part of the same name in a small plan; "# refused: CODE" must be found.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "gateway/base/text.h"
#include "gateway/plan/finding_codes.h"
#include "gateway/plan/keys.h"
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
  if (brings("[template")) small.templates.clear();
  return fragment + small.text();
}

// Examples that are a file beside others: of holidays, or one that includes.
ReadPlan read_in_files(const Example& example) {
  SmallPlan small;
  std::map<std::string, std::string> files{{"hazards/fire.toml", small.hazard}, {"templates.toml", small.templates}};
  files["holidays.toml"] = example.text;
  const auto load = [&](const std::string& path) -> base::Result<std::string> {
    const auto it = files.find(path);
    if (it == files.end()) return base::invalid("no " + path);
    return it->second;
  };
  if (example.first == "# holidays") {
    small.head += "holidays = \"holidays.toml\"\n";
  } else {
    small.hazard.clear();
    small.templates.clear();
    small.head = example.text + small.head;
  }
  return read_plan(small.text(), "plan.toml", load);
}

TEST(PlanDocsTest, EveryExampleIsReadAsTheManualSays) {
  const auto all = examples();
  ASSERT_GE(all.size(), 10U);
  int complete = 0;
  for (const auto& example : all) {
    const std::string refused = "# refused: ";
    const bool fragment = example.first == "# fragment" || example.first.rfind(refused, 0) == 0;
    const auto read = example.first == "# holidays" || example.first == "# main file"
                          ? read_in_files(example)
                          : read_plan(fragment ? completed(example.text) : example.text, "docs/plan.md example");
    complete += example.first.rfind('#', 0) == 0 ? 0 : 1;
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

// "<!-- keys:step -->\n" ... "<!-- /keys -->": what stands between is written by the program.
std::string between(const std::string& text, const std::string& begin, const std::string& end) {
  const auto at = text.find(begin);
  if (at == std::string::npos) return "no " + begin;
  const auto from = at + begin.size();
  return text.substr(from, text.find(end, from) - from);
}

std::string with(std::string text, const std::string& begin, const std::string& end, const std::string& part) {
  const auto at = text.find(begin);
  if (at == std::string::npos) return text;
  const auto from = at + begin.size();
  return text.replace(from, text.find(end, from) - from, part);
}

struct Written {
  std::string begin, end, text;
};

std::vector<Written> written_parts() {
  std::vector<Written> parts;
  for (std::size_t i = 0; i < all_tables().size(); ++i) {
    const auto table = Table(i);
    if (table == Table::kTemplate || table == Table::kTexts || table == Table::kHolidays) continue;  // told in prose
    parts.push_back({"<!-- keys:" + all_tables()[i].id + " -->\n", "<!-- /keys -->", keys_as_markdown(table)});
  }
  const std::vector<std::pair<std::string, FoundBy>> found{{"reader", FoundBy::kReader},
                                                           {"lint", FoundBy::kLint},
                                                           {"directory", FoundBy::kDirectory},
                                                           {"links", FoundBy::kLinks},
                                                           {"machine", FoundBy::kMachine}};
  for (const auto& by : found) {
    parts.push_back({"<!-- codes:" + by.first + " -->\n", "<!-- /codes -->", codes_as_markdown(by.second)});
  }
  return parts;
}

TEST(PlanDocsTest, TheTablesOfKeysAndCodesAreThoseTheProgramReadsBy) {
  auto text = manual();
  const auto parts = written_parts();
  if (std::getenv("TOCSIN_UPDATE_GOLDEN") != nullptr) {
    for (const auto& part : parts) text = with(text, part.begin, part.end, part.text);
    std::ofstream(TOCSIN_SOURCE_DIR "/docs/plan.md", std::ios::binary) << text;
  }
  for (const auto& part : parts) {
    EXPECT_EQ(between(text, part.begin, part.end), part.text) << "run this test with TOCSIN_UPDATE_GOLDEN=1";
  }
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
