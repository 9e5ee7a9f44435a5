// What a provider posts: taken from whoever knows the link's token, and answered only when it is stored.
#include <gmock/gmock.h>

#include "tests/unit/https/a_server.h"

namespace tocsin::testing {
namespace {

using CallbackTest = ServerTest;
using ::testing::HasSubstr;
using ::testing::Not;

const std::string kForm = "application/x-www-form-urlencoded";
const std::string kPath = std::string("/api/v1/links/cloud/callback/") + kCallbackToken;

TEST_F(CallbackTest, AFormOrJsonIsHandedOverWholeAndAnsweredAsTheLinkWants) {
  start();
  const Got got = client().post(kPath, "MessageSid=SM1&MessageStatus=delivered", "", kForm);
  EXPECT_EQ(got.status, 200);
  EXPECT_EQ(got.body, "taken");
  EXPECT_EQ(door_.called_back_with.with([](const auto& last) { return last; }),
            "MessageSid=SM1&MessageStatus=delivered");
  EXPECT_EQ(client().post(kPath, "[]", "").status, 200);
  EXPECT_EQ(client().post(kPath, "<x/>", "", "text/xml").status, 200) << "what it calls itself does not matter";
}

TEST_F(CallbackTest, AnotherLinkAndAnotherTokenAreTheSameNothing) {
  start();
  const Got token = client().post("/api/v1/links/cloud/callback/another-token-of-this-link", "[]", "");
  const Got link = client().post(std::string("/api/v1/links/other/callback/") + kCallbackToken, "[]", "");
  EXPECT_EQ(token.status, 404);
  EXPECT_EQ(link.status, 404);
  EXPECT_EQ(token.body, link.body);
  EXPECT_THAT(token.body, Not(HasSubstr("another-token")));
  EXPECT_EQ(client().get(kPath, "").status, 405);
}

TEST_F(CallbackTest, WhatIsNotStoredIsToBePostedAgainAndWhatCannotBeReadIsNot) {
  start();
  door_.callback_status = 503;
  EXPECT_EQ(client().post(kPath, "[]", "").status, 503);
  door_.callback_status = 400;
  EXPECT_EQ(client().post(kPath, "{", "").status, 400);
}

TEST_F(CallbackTest, ABodyOfMoreThanSixtyFourKibIsRefused) {
  start();
  EXPECT_EQ(client().post(kPath, std::string(64 * 1024, 'x'), "", kForm).status, 200);
  EXPECT_EQ(client().post(kPath, std::string(64 * 1024 + 1, 'x'), "", kForm).status, 413);
}

}  // namespace
}  // namespace tocsin::testing
