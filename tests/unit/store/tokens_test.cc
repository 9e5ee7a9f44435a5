#include "gateway/store/tokens.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "gateway/base/digest.h"
#include "gateway/store/sqlite_queries.h"
#include "gateway/store/sqlite_store.h"
#include "tests/support/moments.h"
#include "tests/support/temp_folder.h"

namespace tocsin::store {
namespace {

using support::noon;

class TokensTest : public ::testing::Test {
 protected:
  std::optional<model::TokenRow> found_by(std::string_view token) {
    const auto hash = base::digest(token);
    return queries_->token(base::as_bytes(hash)).value();
  }
  testing::TempFolder folder_;
  std::unique_ptr<SqliteStore> store_ = std::move(SqliteStore::open(folder_.file("a.db"))).value();
  std::unique_ptr<SqliteQueries> queries_ = std::move(SqliteQueries::open(folder_.file("a.db"))).value();
};

TEST_F(TokensTest, ATokenIsFoundByItsHashUntilItIsRevoked) {
  const auto id = insert_token(store_->session(), "desk", model::Role::kDuty, {7}, "the-token", noon);
  ASSERT_TRUE(id.ok()) << id.error().message;

  const auto found = found_by("the-token");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->id, *id);
  EXPECT_EQ(found->name, "desk");
  EXPECT_EQ(found->role, model::Role::kDuty);
  EXPECT_EQ(found->person, model::PersonId{7});
  EXPECT_EQ(found->made_at, noon);
  EXPECT_FALSE(found_by("another"));
  EXPECT_FALSE(queries_->token("short").value());

  ASSERT_TRUE(revoke_token(store_->session(), "desk", noon + std::chrono::hours(1)).ok());
  EXPECT_FALSE(found_by("the-token"));
  const auto all = list_tokens(store_->session()).value();
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0].revoked_at, noon + std::chrono::hours(1));
  EXPECT_EQ(revoke_token(store_->session(), "desk", noon).error().code, base::ErrorCode::kNotFound);
}

TEST_F(TokensTest, ANameIsGivenOnce) {
  ASSERT_TRUE(insert_token(store_->session(), "desk", model::Role::kDuty, {}, "one", noon).ok());
  const auto again = insert_token(store_->session(), "desk", model::Role::kAdmin, {}, "two", noon);
  ASSERT_FALSE(again.ok());
  EXPECT_EQ(again.error().code, base::ErrorCode::kConflict);
  EXPECT_THAT(again.error().message, ::testing::HasSubstr("desk"));
  EXPECT_FALSE(found_by("two"));
}

TEST_F(TokensTest, TheTokenItselfIsNowhereInTheFiles) {
  ASSERT_TRUE(insert_token(store_->session(), "desk", model::Role::kDuty, {}, "very-secret-token", noon).ok());
  for (const char* name : {"a.db", "a.db-wal"}) {
    std::ifstream file(folder_.file(name), std::ios::binary);
    const std::string bytes((std::istreambuf_iterator<char>(file)), {});
    EXPECT_EQ(bytes.find("very-secret-token"), std::string::npos) << name;
  }
}

}  // namespace
}  // namespace tocsin::store
