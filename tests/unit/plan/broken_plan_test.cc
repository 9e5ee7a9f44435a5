// plans/tour is sound; in plans/broken each mistake is found on the line below its comment "# finding: CODE", and
// nothing else is found.
#include <gtest/gtest.h>

#include <set>

#include "gateway/base/text.h"
#include "gateway/plan/lint.h"
#include "tests/unit/plan/small_plan.h"

namespace tocsin::plan {
namespace {

struct Found {
  std::string file;
  int line = 0;
  std::string code;
  auto operator<=>(const Found&) const = default;
};

void PrintTo(const Found& found, std::ostream* out) {
  *out << found.file << ":" << found.line << " " << found.code;
}

// A finding stands on the next line that is no comment.
void add_promised(const std::string& file, const std::string& text, std::multiset<Found>& all) {
  const std::string mark = "# finding: ";
  std::vector<std::string> waiting;
  int number = 0;
  for (const auto& whole : base::split(text, '\n')) {
    ++number;
    const auto line = base::trim(whole);
    if (line.rfind(mark, 0) == 0) waiting.push_back(line.substr(mark.size()));
    if (line.empty() || line[0] == '#') continue;
    for (auto& code : waiting) all.insert({file, number, std::move(code)});
    waiting.clear();
  }
}

TEST(BrokenPlanTest, EveryMistakeIsFoundWhereItsCommentSays) {
  const auto read = read_plan_file(TOCSIN_SOURCE_DIR "/plans/broken/plan.toml");
  ASSERT_TRUE(read.ok());
  std::multiset<Found> promised, found;
  for (const auto& [file, text] : read->files) add_promised(file, text, promised);
  for (const auto& finding : read->findings) found.insert({finding.file, finding.line, finding.code});

  EXPECT_EQ(found, promised);
  EXPECT_GE(found.size(), 30U);
  EXPECT_EQ(read->plan, nullptr);
}

TEST(TourPlanTest, IsSoundBeforeTheTourBeginsToChangeIt) {
  const auto read = read_plan_file(TOCSIN_SOURCE_DIR "/plans/tour/plan.toml");
  ASSERT_TRUE(read.ok());
  for (const auto& finding : read->findings) ADD_FAILURE() << base::render(finding, read->source);
  ASSERT_NE(read->plan, nullptr);
  for (const auto& finding : lint(*read->plan)) ADD_FAILURE() << base::render(finding, "");
  EXPECT_EQ(read->plan->cases.size(), 3U);
}

TEST(BrokenPlanTest, EveryFindingIsShownWithItsLine) {
  const auto read = read_plan_file(TOCSIN_SOURCE_DIR "/plans/broken/plan.toml");
  ASSERT_TRUE(read.ok());
  for (const auto& finding : read->findings) {
    EXPECT_THAT(base::render(finding, read->files.at(finding.file)), ::testing::HasSubstr(" | "));
  }
}

}  // namespace
}  // namespace tocsin::plan
