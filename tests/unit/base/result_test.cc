#include "gateway/base/result.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>

namespace tocsin::base {
namespace {

Result<int> half(int n) {
  if (n % 2 != 0) return invalid("odd", "n");
  return n / 2;
}

TEST(ResultTest, HoldsAValueOrAnError) {
  ASSERT_TRUE(half(4).ok());
  EXPECT_EQ(*half(4), 2);
  const auto failed = half(3);
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().code, ErrorCode::kInvalid);
  EXPECT_EQ(failed.error().field, "n");
}

TEST(ResultTest, AValueCanBeMovedOut) {
  Result<std::unique_ptr<int>> made(std::make_unique<int>(7));
  const std::unique_ptr<int> taken = std::move(made).value();
  EXPECT_EQ(*taken, 7);
}

TEST(ResultTest, ContextIsAddedInFrontAndTheRestStays) {
  const Error error = Error{ErrorCode::kRetryLater, "disk full", "key"}.within("saving").within("report");
  EXPECT_EQ(error.message, "report: saving: disk full");
  EXPECT_EQ(error.code, ErrorCode::kRetryLater);
  EXPECT_EQ(error.field, "key");
}

TEST(ResultTest, EveryCodeHasItsWord) {
  EXPECT_STREQ(to_string(ErrorCode::kInvalid), "invalid");
  EXPECT_STREQ(to_string(ErrorCode::kNotFound), "not_found");
  EXPECT_STREQ(to_string(ErrorCode::kConflict), "conflict");
  EXPECT_STREQ(to_string(ErrorCode::kForbidden), "forbidden");
  EXPECT_STREQ(to_string(ErrorCode::kRetryLater), "retry_later");
  EXPECT_STREQ(to_string(ErrorCode::kRefused), "refused");
  EXPECT_STREQ(to_string(ErrorCode::kCorrupt), "corrupt");
  EXPECT_STREQ(to_string(ErrorCode::kInternal), "internal");
}

}  // namespace
}  // namespace tocsin::base
