#include "gateway/store/ballast.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "tests/support/temp_folder.h"

namespace tocsin::store {
namespace {

TEST(BallastTest, ItHoldsRealSpaceUntilReleasedAndCanBeMadeAgain) {
  const testing::TempFolder folder;
  Ballast ballast(folder.file("ballast"), 1 << 20);
  EXPECT_FALSE(ballast.held());

  ASSERT_TRUE(ballast.restore().ok());
  EXPECT_TRUE(ballast.held());
  EXPECT_TRUE(ballast.restore().ok()) << "there already";

  EXPECT_TRUE(ballast.release());
  EXPECT_FALSE(ballast.held());
  EXPECT_FALSE(std::filesystem::exists(ballast.path()));
  EXPECT_FALSE(ballast.release()) << "nothing left to free";
  ASSERT_TRUE(ballast.restore().ok());
  EXPECT_TRUE(Ballast(folder.file("ballast"), 1 << 20).held()) << "the next process takes it over";
}

TEST(BallastTest, AFileOfHolesIsNoBallast) {
  const testing::TempFolder folder;
  Ballast ballast(folder.file("ballast"), 1 << 20);
  ASSERT_TRUE(Ballast(folder.file("ballast"), 1).restore().ok());
  std::filesystem::resize_file(ballast.path(), 1 << 20);
  EXPECT_FALSE(ballast.held());
  ASSERT_TRUE(ballast.restore().ok());
  EXPECT_TRUE(ballast.held());
}

TEST(BallastTest, WithoutSpaceItLeavesNothingBehind) {
  const testing::TempFolder folder;
  Ballast ballast(folder.file("ballast"), std::int64_t{1} << 60);
  const auto refused = ballast.restore();
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, base::ErrorCode::kRetryLater);
  EXPECT_FALSE(std::filesystem::exists(ballast.path()));
}

}  // namespace
}  // namespace tocsin::store
