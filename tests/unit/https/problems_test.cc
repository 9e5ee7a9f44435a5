#include "adapters/https/problems.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <sstream>

namespace tocsin::https {
namespace {

using base::Error;
using base::ErrorCode;

TEST(ProblemsTest, TheTableIsInTheOrderOfItsEnumAndNoSuffixIsThereTwice) {
  std::set<std::string_view> suffixes;
  int n = 0;
  for (const auto& row : all_problems()) {
    EXPECT_EQ(static_cast<int>(row.problem), n++);
    EXPECT_EQ(&info(row.problem), &row);
    EXPECT_TRUE(suffixes.insert(row.suffix).second) << row.suffix;
    EXPECT_FALSE(row.title_zh.empty());
    EXPECT_GE(row.status, 400);
  }
}

TEST(ProblemsTest, EachErrorOfTheCoreHasItsStatus) {
  const std::vector<std::pair<Error, int>> expected{
      {{ErrorCode::kInvalid, "m", ""}, 400},    {{ErrorCode::kInvalid, "m", "f"}, 422},
      {{ErrorCode::kNotFound, "m", ""}, 404},   {{ErrorCode::kConflict, "m", ""}, 409},
      {{ErrorCode::kChanged, "m", ""}, 412},    {{ErrorCode::kForbidden, "m", ""}, 403},
      {{ErrorCode::kRetryLater, "m", ""}, 503}, {{ErrorCode::kRefused, "m", ""}, 409},
      {{ErrorCode::kCorrupt, "m", ""}, 500},    {{ErrorCode::kInternal, "m", ""}, 500}};
  for (const auto& [error, status] : expected)
    EXPECT_EQ(problem_response(error).status, status) << to_string(error.code);
}

TEST(ProblemsTest, AProblemNamesTypeTitleStatusDetailAndField) {
  const auto response = problem_response({ErrorCode::kInvalid, "serious: expected a \"number\"", "facts.serious"});
  EXPECT_EQ(response.content_type, "application/problem+json");
  EXPECT_EQ(response.body, R"({"type":"urn:tocsin:problem:invalid-field","title":"A field is wrong","status":422,)"
                           R"("detail":"serious: expected a \"number\"","field":"facts.serious"})");
}

TEST(ProblemsTest, InternalErrorsKeepTheirMessageToThemselves) {
  EXPECT_EQ(problem_response({ErrorCode::kInternal, "secret", "secret"}).body,
            R"({"type":"urn:tocsin:problem:internal","title":"An error inside the server","status":500})");
}

TEST(ProblemsTest, TheManualListsEveryTypeWithItsTitleAndNoOther) {
  std::ostringstream file;
  file << std::ifstream(TOCSIN_SOURCE_DIR "/docs/api/problems.md").rdbuf();
  const std::string manual = file.str();
  for (const auto& row : all_problems()) {
    EXPECT_THAT(manual,
                ::testing::HasSubstr("| `" + std::string(row.suffix) + "` | " + std::to_string(row.status) + " | " +
                                     std::string(row.title_en) + " / " + std::string(row.title_zh) + " | "));
  }
  std::size_t rows = 0;
  for (std::size_t at = manual.find("\n| `"); at != std::string::npos; at = manual.find("\n| `", at + 1)) ++rows;
  EXPECT_EQ(rows, all_problems().size());
}

}  // namespace
}  // namespace tocsin::https
