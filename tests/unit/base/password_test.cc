#include "gateway/base/password.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tocsin::base {
namespace {

TEST(PasswordTest, AHashIsArgon2idOf19MiBAndMatchesItsPasswordAlone) {
  const auto hash = hash_password("correct horse battery");
  ASSERT_TRUE(hash);
  EXPECT_THAT(*hash, ::testing::StartsWith("$argon2id$v=19$m=19456,t=2,p=1$"));
  EXPECT_TRUE(password_matches("correct horse battery", *hash));
  EXPECT_FALSE(password_matches("correct horse batterx", *hash));
  EXPECT_FALSE(password_matches("", *hash));
  EXPECT_NE(hash_password("correct horse battery"), hash) << "a salt of its own";
}

TEST(PasswordTest, NothingMatchesWhatIsNoHash) {
  for (const auto* hash : {"", "x", "$argon2id$"}) EXPECT_FALSE(password_matches("correct horse battery", hash));
  EXPECT_FALSE(password_matches("x", std::string(5000, 'a')));
  EXPECT_FALSE(password_matches("", dummy_password_hash()));
}

TEST(PasswordTest, ANewOneIsLongAndNotOneCharacterAndNeverRepeatedInTheError) {
  EXPECT_TRUE(check_new_password("十二个字符以上的口令就可以").ok());
  for (const auto* bad : {"", "elevenchars", "aaaaaaaaaaaaaaaa", "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff"}) {
    const auto checked = check_new_password(bad);
    ASSERT_FALSE(checked.ok());
    EXPECT_EQ(checked.error().field, "password");
    if (*bad != 0) {
      EXPECT_THAT(checked.error().message, ::testing::Not(::testing::HasSubstr(bad)));
    }
  }
}

}  // namespace
}  // namespace tocsin::base
