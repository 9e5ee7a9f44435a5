#include "gateway/app/secret_file.h"

#include <gmock/gmock.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "tests/support/temp_folder.h"

namespace tocsin::app {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class SecretFileTest : public ::testing::Test {
 protected:
  void TearDown() override { unsetenv("CREDENTIALS_DIRECTORY"); }
  std::string write(const std::string& name, mode_t mode, const std::string& text = "open sesame\n") {
    const auto path = folder_.file(name);
    std::ofstream(path) << text;
    EXPECT_EQ(::chmod(path.c_str(), mode), 0);
    return path;
  }
  testing::TempFolder folder_;
};

TEST_F(SecretFileTest, AFileOfTheOwnersAloneIsRead) {
  EXPECT_EQ(read_secret(write("a", 0600), 100).value(), "open sesame\n");
  EXPECT_EQ(read_secret(write("b", 0400), 100).value(), "open sesame\n");
}

TEST_F(SecretFileTest, AFileThatOthersCanGetAtIsRefusedWithPathAndModeAndWithoutItsContent) {
  for (const mode_t mode : {0640U, 0604U, 0620U, 0602U, 0610U, 0777U}) {
    const auto path = write("a", mode);
    const auto read = read_secret(path, 100);
    ASSERT_FALSE(read.ok()) << mode;
    EXPECT_EQ(read.error().code, base::ErrorCode::kRefused);
    EXPECT_THAT(read.error().message, HasSubstr(path));
    EXPECT_THAT(read.error().message, Not(HasSubstr("sesame")));
    EXPECT_FALSE(check_secret(path).ok());
  }
  EXPECT_THAT(check_secret(write("a", 0644)).error().message, HasSubstr("mode 0644"));
}

TEST_F(SecretFileTest, ASecretOfSomebodyElseIsRefused) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root can give a file away";
  const auto path = write("a", 0600);
  ASSERT_EQ(::chown(path.c_str(), 12345, 12345), 0);
  EXPECT_THAT(check_secret(path).error().message, HasSubstr("belongs to user 12345"));
}

TEST_F(SecretFileTest, WhatIsNoPlainFileOrTooLargeOrNotThereIsAnError) {
  EXPECT_EQ(check_secret(folder_.file("none")).error().code, base::ErrorCode::kNotFound);
  EXPECT_EQ(read_secret(folder_.file("none"), 10).error().code, base::ErrorCode::kNotFound);
  std::filesystem::create_directory(folder_.file("d"));
  EXPECT_THAT(check_secret(folder_.file("d")).error().message, HasSubstr("not a plain file"));
  EXPECT_FALSE(read_secret(write("a", 0600, "12345678901"), 10).ok());
  EXPECT_TRUE(read_secret(write("b", 0600, "1234567890"), 10).ok());
}

TEST_F(SecretFileTest, ACredentialIsLookedUpInTheServiceManagersFolderAndNowhereElse) {
  EXPECT_FALSE(read_secret("credential:main", 100).ok()) << "nobody gave any";
  write("main", 0440);
  setenv("CREDENTIALS_DIRECTORY", folder_.path().c_str(), 1);
  EXPECT_EQ(read_secret("credential:main", 100).value(), "open sesame\n");
  EXPECT_EQ(secret_path("credential:main").value(), folder_.file("main"));
  EXPECT_TRUE(check_secret("credential:main").ok());
  for (const char* wrong :
       {"credential:", "credential:../main", "credential:a/b", "credential:.hidden", "credential:a b"}) {
    EXPECT_FALSE(secret_path(wrong).ok()) << wrong;
  }
}

}  // namespace
}  // namespace tocsin::app
