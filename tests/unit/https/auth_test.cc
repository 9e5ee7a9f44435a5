#include "adapters/https/auth.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/fake_front_door.h"

namespace tocsin::https {
namespace {

const std::string kToken = "abcdefghijklmnopqrstuvwxyz0123456789-_ABCDE";

class AuthTest : public ::testing::Test {
 protected:
  AuthTest() { queries_.add_token(kToken, {1, "desk", model::Role::kDuty, model::PersonId{4}, {}, {}}); }
  testing::FakeQueries queries_;
};

TEST_F(AuthTest, ATokenIsItsRowsPrincipal) {
  for (const auto* scheme : {"Bearer ", "bearer ", "BEARER  "}) {
    const auto by = authenticate(scheme + kToken, queries_);
    ASSERT_TRUE(by.ok()) << scheme;
    EXPECT_EQ(by->role, model::Role::kDuty);
    EXPECT_EQ(by->name, "desk");
    EXPECT_EQ(by->person, model::PersonId{4});
  }
}

TEST_F(AuthTest, AnythingElseIsRefusedWithoutRepeatingIt) {
  for (const auto& header :
       {std::string(), std::string("Bearer"), "Basic " + kToken, kToken, "Bearer " + kToken + "x",
        "Bearer " + kToken + " " + kToken, std::string("Bearer short"), "Bearer " + std::string(5000, 'a')}) {
    const auto by = authenticate(header, queries_);
    ASSERT_FALSE(by.ok()) << header;
    EXPECT_EQ(by.error().code, base::ErrorCode::kForbidden);
    EXPECT_THAT(by.error().message, ::testing::Not(::testing::HasSubstr("abcdef")));
  }
}

TEST_F(AuthTest, ARevokedTokenAndTheSystemsRoleAreRefused) {
  queries_.add_token(kToken, {1, "desk", model::Role::kDuty, {}, {}, base::UtcTime{}});
  EXPECT_FALSE(authenticate("Bearer " + kToken, queries_).ok());
  queries_.add_token(kToken, {1, "desk", model::Role::kSystem, {}, {}, {}});
  EXPECT_FALSE(authenticate("Bearer " + kToken, queries_).ok());
}

TEST(RolesTest, ASetHasWhatWasPutIntoIt) {
  EXPECT_TRUE(kDesk.has(model::Role::kDuty));
  EXPECT_TRUE(kDesk.has(model::Role::kAdmin));
  EXPECT_FALSE(kDesk.has(model::Role::kCommander));
  EXPECT_FALSE(kEverybody.has(model::Role::kSystem));
  EXPECT_FALSE(kEverybody.has(model::Role::kAuditor));
}

}  // namespace
}  // namespace tocsin::https
