#include "adapters/https/auth.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/fake_front_door.h"

namespace tocsin::https {
namespace {

const std::string kToken = "abcdefghijklmnopqrstuvwxyz0123456789-_ABCDE";
const std::string kSession = "ABCDEfghijklmnopqrstuvwxyz0123456789-_abcde";

class AuthTest : public ::testing::Test {
 protected:
  AuthTest() {
    door_.fake_queries.add_token(kToken, {1, "desk", model::Role::kDuty, model::PersonId{4}, {}, {}});
    session_.id = model::SessionId{5};
    session_.account = model::AccountId{6};
    session_.name = "office";
    session_.role = model::Role::kAdmin;
    session_.made_at = session_.renewed_at = door_.now();
    session_.expires_at = door_.now() + std::chrono::hours(12);
    door_.fake_queries.add_session(kSession, session_);
  }
  base::Result<Access> by(const std::string& authorization, const std::string& cookie = "") {
    HttpRequest request;
    request.authorization = authorization;
    request.cookie = cookie;
    return keeper_.access(request);
  }
  testing::FakeFrontDoor door_;
  model::Session session_;
  Gatekeeper keeper_{door_};
};

TEST_F(AuthTest, ATokenIsItsRowsPrincipal) {
  for (const auto* scheme : {"Bearer ", "bearer ", "BEARER  "}) {
    const auto access = by(scheme + kToken);
    ASSERT_TRUE(access.ok()) << scheme;
    EXPECT_EQ(access->by.role, model::Role::kDuty);
    EXPECT_EQ(access->by.name, "desk");
    EXPECT_EQ(access->by.person, model::PersonId{4});
    EXPECT_FALSE(access->session);
    EXPECT_FALSE(access->by_cookie);
  }
}

TEST_F(AuthTest, ASessionComesByCookieOrByBearer) {
  const auto cookie = by("", "theme=dark; __Host-sid=" + kSession + "; x=y");
  ASSERT_TRUE(cookie.ok());
  EXPECT_TRUE(cookie->by_cookie);
  EXPECT_EQ(cookie->by.role, model::Role::kAdmin);
  EXPECT_EQ(cookie->session, session_.id);
  const auto bearer = by("Bearer " + kSession);
  ASSERT_TRUE(bearer.ok());
  EXPECT_FALSE(bearer->by_cookie);
}

TEST_F(AuthTest, AnythingElseIsRefusedWithoutRepeatingIt) {
  for (const auto& header :
       {std::string(), std::string("Bearer"), "Basic " + kToken, kToken, "Bearer " + kToken + "x",
        "Bearer " + kToken + " " + kToken, std::string("Bearer short"), "Bearer " + std::string(5000, 'a')}) {
    const auto access = by(header);
    ASSERT_FALSE(access.ok()) << header;
    EXPECT_EQ(access.error().code, base::ErrorCode::kForbidden);
    EXPECT_THAT(access.error().message, ::testing::Not(::testing::HasSubstr("abcdef")));
  }
  for (const auto& cookie : {"sid=" + kSession, "__Host-sid=" + kSession + "; __Host-sid=" + kSession,
                             "x__Host-sid=" + kSession, std::string("__Host-sid=")}) {
    EXPECT_FALSE(by("", cookie).ok()) << cookie;
  }
  EXPECT_FALSE(by("Basic x", "__Host-sid=" + kSession).ok()) << "a cookie does not stand in for a bad header";
}

TEST_F(AuthTest, ARevokedTokenAndTheSystemsRoleAreRefused) {
  door_.fake_queries.add_token(kToken, {1, "desk", model::Role::kDuty, {}, {}, base::UtcTime{}});
  EXPECT_FALSE(by("Bearer " + kToken).ok());
  door_.fake_queries.add_token(kToken, {1, "desk", model::Role::kSystem, {}, {}, {}});
  EXPECT_FALSE(by("Bearer " + kToken).ok());
}

TEST_F(AuthTest, WhatIsRememberedIsDroppedAtOnceWhenTheCoreSaysSo) {
  ASSERT_TRUE(by("Bearer " + kSession).ok());
  door_.revoke(kSession);
  EXPECT_FALSE(by("Bearer " + kSession).ok());
}

TEST_F(AuthTest, ASessionEndsAtItsTimeEvenWhileItIsRemembered) {
  ASSERT_TRUE(by("Bearer " + kSession).ok());
  door_.now_us += base::Duration(std::chrono::hours(12)).count();
  EXPECT_FALSE(by("Bearer " + kSession).ok());
}

TEST_F(AuthTest, APersonsSessionEndsWhenTheyAreGoneFromTheDirectory) {
  auto session = session_;
  session.account = {};
  session.role = model::Role::kReporter;
  session.person = model::PersonId{1};
  door_.fake_queries.add_session(kSession, session);
  EXPECT_TRUE(by("Bearer " + kSession).ok());
  session.person = model::PersonId{99};
  door_.fake_queries.add_session(kSession, session);
  ++door_.version;
  EXPECT_FALSE(by("Bearer " + kSession).ok());
}

TEST_F(AuthTest, AFieldSessionIsProlongedOnceADayWithItsCookie) {
  auto session = session_;
  session.account = {};
  session.role = model::Role::kReporter;
  session.person = model::PersonId{1};
  session.expires_at = session.made_at + std::chrono::hours(24 * 180);
  door_.fake_queries.add_session(kSession, session);
  EXPECT_EQ(by("", "__Host-sid=" + kSession)->new_cookie, "");
  door_.now_us += base::Duration(std::chrono::hours(25)).count();
  ++door_.version;
  EXPECT_EQ(by("", "__Host-sid=" + kSession)->new_cookie,
            "__Host-sid=" + kSession + "; Path=/; Max-Age=15552000; Secure; HttpOnly; SameSite=Strict");
  EXPECT_EQ(by("", "__Host-sid=" + kSession)->new_cookie, "") << "said once";
  const auto commands = door_.identity_commands();
  ASSERT_EQ(commands.size(), 1U);
  EXPECT_EQ(std::get<model::RenewSession>(commands[0]).session, session.id);
}

TEST_F(AuthTest, OnlyTheUnixSocketNeedsNoCredential) {
  HttpRequest request;
  request.local = true;
  const auto local = keeper_.access(request);
  ASSERT_TRUE(local.ok());
  EXPECT_EQ(local->by.role, model::Role::kAdmin);
  EXPECT_EQ(local->by.name, "local");
  request.authorization = "Bearer " + std::string(43, 'x');
  EXPECT_FALSE(keeper_.access(request).ok());
}

TEST(RolesTest, ASetHasWhatWasPutIntoIt) {
  EXPECT_TRUE(kDesk.has(model::Role::kDuty));
  EXPECT_TRUE(kDesk.has(model::Role::kAdmin));
  EXPECT_FALSE(kDesk.has(model::Role::kCommander));
  EXPECT_FALSE(kEverybody.has(model::Role::kSystem));
  EXPECT_TRUE(kEverybody.has(model::Role::kAuditor));
  EXPECT_FALSE(kReporting.has(model::Role::kAuditor));
  EXPECT_FALSE(kEverybody.has_link());
  EXPECT_TRUE((kToldOrDesk | kAlertLink).has_link());
}

}  // namespace
}  // namespace tocsin::https
