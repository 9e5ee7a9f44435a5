#include "adapters/https/certificate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>
#include <sstream>

#include "adapters/https/tls_context.h"
#include "tests/support/temp_folder.h"

namespace tocsin::https {
namespace {

std::string content(const std::string& file) {
  std::ostringstream text;
  text << std::ifstream(file).rdbuf();
  return text.str();
}

class CertificateTest : public ::testing::Test {
 protected:
  testing::TempFolder folder_;
  const std::string certificate_ = folder_.file("cert.pem"), key_ = folder_.file("key.pem");
};

TEST_F(CertificateTest, AFirstStartMakesAPairOnlyTheOwnerCanRead) {
  ASSERT_TRUE(ensure_certificate(certificate_, key_).ok());
  for (const auto& file : {certificate_, key_}) {
    struct stat info {};
    ASSERT_EQ(::stat(file.c_str(), &info), 0);
    EXPECT_EQ(info.st_mode & 0777U, 0600U) << file;
  }
  EXPECT_TRUE(make_tls_context(certificate_, key_).ok());
}

TEST_F(CertificateTest, ALaterStartLeavesThePairAlone) {
  ASSERT_TRUE(ensure_certificate(certificate_, key_).ok());
  const std::string before = content(certificate_) + content(key_);
  ASSERT_TRUE(ensure_certificate(certificate_, key_).ok());
  EXPECT_EQ(content(certificate_) + content(key_), before);
}

TEST_F(CertificateTest, HalfAPairIsRefusedAndNothingIsOverwritten) {
  std::ofstream(certificate_) << "mine";
  const auto made = ensure_certificate(certificate_, key_);
  ASSERT_FALSE(made.ok());
  EXPECT_THAT(made.error().message, ::testing::HasSubstr("key.pem"));
  EXPECT_EQ(content(certificate_), "mine");
}

TEST_F(CertificateTest, APairThatDoesNotBelongTogetherIsRefused) {
  ASSERT_TRUE(ensure_certificate(certificate_, key_).ok());
  ASSERT_TRUE(ensure_certificate(folder_.file("other.pem"), folder_.file("other-key.pem")).ok());
  EXPECT_FALSE(make_tls_context(certificate_, folder_.file("other-key.pem")).ok());
}

TEST_F(CertificateTest, AFolderThatIsNotThereIsAnErrorThatNamesTheFile) {
  const auto made = ensure_certificate(folder_.file("no/cert.pem"), folder_.file("no/key.pem"));
  ASSERT_FALSE(made.ok());
  EXPECT_THAT(made.error().message, ::testing::HasSubstr("no/key.pem"));
}

TEST_F(CertificateTest, TheFingerprintIsThirtyTwoPairsOfHexadecimalDigits) {
  ASSERT_TRUE(ensure_certificate(certificate_, key_).ok());
  const auto print = fingerprint(certificate_);
  ASSERT_TRUE(print.ok());
  EXPECT_THAT(*print, ::testing::MatchesRegex("[0-9A-F:]+"));
  EXPECT_EQ(print->size(), 32U * 3 - 1);
  EXPECT_FALSE(fingerprint(key_).ok());
}

}  // namespace
}  // namespace tocsin::https
