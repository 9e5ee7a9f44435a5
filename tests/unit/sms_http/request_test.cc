#include <gmock/gmock.h>

#include "tests/unit/sms_http/a_provider.h"

namespace tocsin::sms::http {
namespace {

using testing::a_provider;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

Wanted a_message(std::string text) {
  Wanted wanted;
  wanted.to = "+8614400000017";
  wanted.text = std::move(text);
  wanted.id = "000000000001A";
  wanted.from = "青石应急";
  wanted.account = "key-id";
  wanted.secret = "key-secret";
  wanted.nonce = "n-1";
  wanted.now = base::UtcTime{std::chrono::seconds(1'800'000'000)};
  return wanted;
}

TEST(HttpSmsRequestTest, AFormIsPercentEncodedAndItsSenderBasicallyAuthenticated) {
  const auto request = request_for(a_provider("twilio-like"), a_message("着火 & 2=2"));
  EXPECT_EQ(request.method, "POST");
  EXPECT_EQ(request.url, "https://api.provider.example/2010-04-01/Accounts/key-id/Messages.json");
  EXPECT_EQ(request.body,
            "Body=%E7%9D%80%E7%81%AB%20%26%202%3D2&From=%E9%9D%92%E7%9F%B3%E5%BA%94%E6%80%A5&To=%2B8614400000017");
  EXPECT_THAT(request.headers, ElementsAre("Content-Type: application/x-www-form-urlencoded",
                                           "Authorization: Basic a2V5LWlkOmtleS1zZWNyZXQ="));
}

// Both signatures were made by another implementation (Python's hmac and urllib) from the same values.
TEST(HttpSmsRequestTest, ParametersAreSignedAsTheBigCloudsWantThem) {
  const auto request = request_for(a_provider("signed-parameters"), a_message("着火 & 2人 ~被困*"));
  EXPECT_THAT(request.body, HasSubstr("&PhoneNumbers=14400000017&"));
  EXPECT_THAT(request.body, HasSubstr("&Signature=7iWKDuULIYqYMkxR4qrPXiZXXcU%3D&SignatureMethod="));
}

TEST(HttpSmsRequestTest, ABodyIsSignedInAHeaderByAChainOfKeys) {
  const auto request = request_for(a_provider("signed-body"), a_message("着火 \"2\"\n人"));
  EXPECT_EQ(request.body, R"({"PhoneNumberSet":["+8614400000017"],"SignName":"青石应急","Text":"着火 \"2\"\n人",)"
                          R"("SessionContext":"000000000001A"})");
  EXPECT_THAT(request.headers, Contains("Authorization: TC3-HMAC-SHA256 Credential=key-id/2027-01-15/sms/tc3_request, "
                                        "SignedHeaders=content-type;host, "
                                        "Signature=6ec51daf550f727040e6bee9fd6270f5ac9a0d24d79b415b1644425868a2f858"));
}

TEST(HttpSmsRequestTest, ATextThatLooksLikeATemplateStaysAText) {
  const auto request = request_for(a_provider("signed-body"), a_message("{{secret}} {{account}} \\ \x01"));
  EXPECT_THAT(request.body, HasSubstr(R"("Text":"{{secret}} {{account}} \\ \u0001")"));
  EXPECT_THAT(request.body, Not(HasSubstr("key-secret")));
}

TEST(HttpSmsRequestTest, AQueryGoesIntoTheUrl) {
  Provider provider;
  provider.url = "https://api.provider.example/send?v=1";
  provider.method = "GET";
  provider.send = Send::kQuery;
  provider.parameters = {{"text", "{{text}}"}, {"to", "{{to_digits}}"}};
  provider.sign.how = Sign::kBearer;
  const auto request = request_for(provider, a_message("a&b"));
  EXPECT_EQ(request.url, "https://api.provider.example/send?v=1&text=a%26b&to=8614400000017");
  EXPECT_EQ(request.body, "");
  EXPECT_THAT(request.headers, ElementsAre("Authorization: Bearer key-secret"));
}

}  // namespace
}  // namespace tocsin::sms::http
