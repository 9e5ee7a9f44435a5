#include "gateway/db/file_lock.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "tests/support/temp_folder.h"

namespace tocsin::db {
namespace {

TEST(FileLockTest, ASecondHolderIsRefusedWithFileAndPid) {
  const testing::TempFolder folder;
  auto first = FileLock::take(folder.file("a.db"));
  ASSERT_TRUE(first.ok()) << first.error().message;

  const auto second = FileLock::take(folder.file("a.db"));

  ASSERT_FALSE(second.ok());
  EXPECT_EQ(second.error().code, base::ErrorCode::kConflict);
  EXPECT_THAT(second.error().message, ::testing::HasSubstr(folder.file("a.db.lock")));
  EXPECT_THAT(second.error().message, ::testing::HasSubstr("pid " + std::to_string(::getpid())));
}

TEST(FileLockTest, ItIsFreeAgainWhenItsHolderHasGone) {
  const testing::TempFolder folder;
  { auto first = FileLock::take(folder.file("a.db")); }
  EXPECT_TRUE(FileLock::take(folder.file("a.db")).ok());
}

TEST(FileLockTest, DatabasesDoNotShareALock) {
  const testing::TempFolder folder;
  auto a = FileLock::take(folder.file("a.db"));
  auto b = FileLock::take(folder.file("b.db"));
  EXPECT_TRUE(a.ok());
  EXPECT_TRUE(b.ok());
}

TEST(FileLockTest, AFolderThatIsNotThereIsAClearError) {
  const testing::TempFolder folder;
  const auto refused = FileLock::take(folder.file("absent/a.db"));
  ASSERT_FALSE(refused.ok());
  EXPECT_THAT(refused.error().message, ::testing::HasSubstr("absent/a.db.lock"));
}

}  // namespace
}  // namespace tocsin::db
