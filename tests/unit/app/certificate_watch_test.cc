#include "gateway/app/certificate_watch.h"

#include <gmock/gmock.h>

#include "adapters/https/authority.h"
#include "adapters/https/certificate.h"
#include "tests/support/temp_folder.h"

namespace tocsin::app {
namespace {

using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class CertificateWatchTest : public ::testing::Test {
 protected:
  CertificateWatchTest() {
    const auto made = https::make_authority(tls_, {{"tocsin.office.example"}, "https://tocsin.office.example", now_});
    EXPECT_TRUE(made.ok()) << made.error().message;
    settings_.authority = tls_;
    settings_.public_url = "https://tocsin.office.example";
    settings_.authority_installed = true;
  }
  void look() { watch_.look(settings_, certificate_, now_); }

  testing::TempFolder folder_;
  const std::string tls_ = folder_.file("tls");
  std::string certificate_ = https::authority_files(tls_).server_certificate;
  const base::UtcTime now_ = base::SystemClock().utc_now();  // OpenSSL looks at the machine's clock
  Settings settings_;
  CertificateWatch watch_;
};

TEST_F(CertificateWatchTest, ACertificateOfTheAuthorityOnThePhonesLetsTextsCarryLinks) {
  look();
  EXPECT_TRUE(watch_.links_may_be_sent());
  EXPECT_EQ(watch_.link_base(), "https://tocsin.office.example");
  EXPECT_THAT(watch_.warnings(now_), IsEmpty());
  EXPECT_THAT(watch_.metrics(now_), HasSubstr("tocsin_links_may_be_sent 1"));
}

TEST_F(CertificateWatchTest, WithoutAPublicUrlNoTextCarriesALink) {
  settings_.public_url.clear();
  look();
  EXPECT_FALSE(watch_.links_may_be_sent());
  EXPECT_THAT(watch_.warnings(now_), ElementsAre(Field(&base::Said::en, HasSubstr("https.public_url is not set"))));
}

TEST_F(CertificateWatchTest, AnAuthorityThatIsNotSaidToBeOnThePhonesDoesNotCount) {
  settings_.authority_installed = false;
  look();
  EXPECT_FALSE(watch_.links_may_be_sent());
  EXPECT_THAT(watch_.warnings(now_),
              ElementsAre(Field(&base::Said::en, HasSubstr("https.authority_installed is false"))));
}

TEST_F(CertificateWatchTest, ACertificateForAnotherHostOrOfAnotherAuthorityDoesNotCount) {
  settings_.public_url = "https://other.office.example";
  look();
  EXPECT_FALSE(watch_.links_may_be_sent());
  settings_.public_url = "https://localhost:8443";
  certificate_ = folder_.file("self.pem");
  ASSERT_TRUE(https::ensure_certificate(certificate_, folder_.file("self.key")).ok());
  look();
  EXPECT_FALSE(watch_.links_may_be_sent());
  settings_.authority.clear();
  look();
  EXPECT_THAT(watch_.warnings(now_), ElementsAre(Field(&base::Said::en, HasSubstr("phones do not trust"))));
}

TEST_F(CertificateWatchTest, ThreeWeeksBeforeItEndsItWarnsEveryDay) {
  look();
  const auto days = [&](int n) { return now_ + std::chrono::days(n); };
  EXPECT_THAT(watch_.warnings(days(397 - 22)), IsEmpty());
  EXPECT_THAT(watch_.warnings(days(397 - 21)), ElementsAre(Field(&base::Said::en, HasSubstr("ends in 20 day(s)"))));
  EXPECT_THAT(watch_.warnings(days(398)), ElementsAre(Field(&base::Said::en, HasSubstr("has ended"))));
  EXPECT_THAT(watch_.metrics(days(300)), HasSubstr("tocsin_certificate_days_left 96"));
}

TEST_F(CertificateWatchTest, AFileThatIsNoCertificateMeansNoLinksAndNoFigure) {
  certificate_ = folder_.file("none.pem");
  look();
  EXPECT_FALSE(watch_.links_may_be_sent());
  EXPECT_THAT(watch_.metrics(now_), ::testing::Not(HasSubstr("days_left ")));
}

}  // namespace
}  // namespace tocsin::app
