#include "gateway/store/attachment_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/time.h>

#include <filesystem>
#include <fstream>

#include "gateway/base/digest.h"
#include "tests/support/temp_folder.h"

namespace tocsin::store {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class AttachmentFilesTest : public ::testing::Test {
 protected:
  [[nodiscard]] std::string path_of(const std::string& hash) const {
    return folder_.file("attachments") + "/" + hash.substr(0, 2) + "/" + hash;
  }
  static base::UtcTime in_an_hour() {
    timeval now{};
    gettimeofday(&now, nullptr);
    return base::from_micros((static_cast<std::int64_t>(now.tv_sec) + 3600) * 1'000'000);
  }
  [[nodiscard]] int files() const {
    int n = 0;
    for (const auto& entry : fs::recursive_directory_iterator(folder_.file("attachments")))
      n += entry.is_regular_file();
    return n;
  }

  testing::TempFolder folder_;
  AttachmentFiles files_{folder_.file("attachments")};
};

TEST_F(AttachmentFilesTest, WhatWasPutIsReadBackUnderItsHashAndNobodyElseMayReadTheFile) {
  const auto hash = files_.put("a photograph").value();
  EXPECT_EQ(hash, base::to_hex(base::digest("a photograph")));
  EXPECT_TRUE(files_.has(hash));
  EXPECT_EQ(files_.read(hash).value(), "a photograph");
  struct stat info {};
  ASSERT_EQ(::stat(path_of(hash).c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777U, 0600U);
  ASSERT_EQ(::stat(folder_.file("attachments").c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777U, 0700U);
}

TEST_F(AttachmentFilesTest, TheSameBytesAreOneFile) {
  EXPECT_EQ(files_.put("x").value(), files_.put("x").value());
  EXPECT_EQ(files(), 1);
}

TEST_F(AttachmentFilesTest, AFileCutShortByAPowerCutIsWrittenAnew) {
  const auto hash = files_.put("a photograph").value();
  fs::resize_file(path_of(hash), 3);
  EXPECT_EQ(files_.read(hash).error().code, base::ErrorCode::kCorrupt);
  ASSERT_TRUE(files_.put("a photograph").ok());
  EXPECT_EQ(files_.read(hash).value(), "a photograph");
}

TEST_F(AttachmentFilesTest, BytesChangedOnDiskAreNotShown) {
  const auto hash = files_.put("a photograph").value();
  std::ofstream(path_of(hash), std::ios::in | std::ios::binary) << 'B';
  EXPECT_EQ(files_.read(hash).error().code, base::ErrorCode::kCorrupt);
}

TEST_F(AttachmentFilesTest, WhatIsNoHashNamesNoFile) {
  for (const std::string& name :
       {std::string("../../etc/passwd"), std::string(64, 'g'), std::string(), std::string(63, 'a')}) {
    EXPECT_FALSE(files_.has(name));
    EXPECT_EQ(files_.read(name).error().code, base::ErrorCode::kNotFound);
    EXPECT_TRUE(files_.remove(name).ok());
  }
}

TEST_F(AttachmentFilesTest, RemovingTwiceIsFine) {
  const auto hash = files_.put("x").value();
  EXPECT_TRUE(files_.remove(hash).ok());
  EXPECT_FALSE(files_.has(hash));
  EXPECT_TRUE(files_.remove(hash).ok());
}

TEST_F(AttachmentFilesTest, OldFilesAreFoundFolderByFolderAndLeftoversGo) {
  const auto hash = files_.put("x").value();
  const int folder = std::stoi(hash.substr(0, 2), nullptr, 16);
  std::ofstream(path_of(hash) + ".abc.part") << "half";
  EXPECT_THAT(files_.put_before(base::from_micros(1), 0, 256), IsEmpty());
  EXPECT_EQ(files(), 2);
  EXPECT_THAT(files_.put_before(in_an_hour(), folder, 1), ElementsAre(hash));
  EXPECT_EQ(files(), 1) << "the leftover is gone, the file waits for the engine's word";
  EXPECT_THAT(files_.put_before(in_an_hour(), 0, folder), IsEmpty());
}

TEST_F(AttachmentFilesTest, AFolderThatCannotBeMadeIsARetryAndNotALoss) {
  std::ofstream(folder_.file("attachments")) << "in the way";
  EXPECT_EQ(files_.put("x").error().code, base::ErrorCode::kRetryLater);
}

}  // namespace
}  // namespace tocsin::store
