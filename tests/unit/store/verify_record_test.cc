#include "gateway/store/verify_record.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gateway/store/sqlite_queries.h"
#include "gateway/store/sqlite_store.h"
#include "tests/support/store_values.h"
#include "tests/support/temp_folder.h"

namespace tocsin::store {
namespace {

using namespace support;  // NOLINT(google-build-using-namespace)
using model::RecordKind;
using ::testing::HasSubstr;

// A record of three commits: entries 1-2, 3, 4-6.
class VerifyRecordTest : public ::testing::Test {
 protected:
  VerifyRecordTest() {
    commit({an_entry(RecordKind::kStarted, 0, 0), an_entry(RecordKind::kIncidentOpened, 1, 1)});
    commit({an_entry(RecordKind::kSeen, 1, 1, "duty")});
    commit({an_entry(RecordKind::kLevelRaised, 1, 1), an_entry(RecordKind::kAnswered, 1, 5, "coming"),
            an_entry(RecordKind::kStoodDown, 1, 1)});
  }
  void commit(std::vector<model::RecordEntry> entries) {
    ASSERT_TRUE(store_->begin().ok());
    for (auto& e : entries) store_->append(std::move(e));
    ASSERT_TRUE(store_->commit(noon).ok());
  }
  RecordCheck check() {
    auto result = verify_record(store_->session());
    EXPECT_TRUE(result.ok()) << result.error().message;
    return result.ok() ? *result : RecordCheck{};
  }
  RecordCheck check_after(const char* tampering) {
    EXPECT_TRUE(store_->session().exec(tampering)) << store_->session().status().error().message;
    return check();
  }

  testing::TempFolder folder_;
  std::unique_ptr<SqliteStore> store_ = std::move(SqliteStore::open(folder_.file("a.db"))).value();
};

TEST_F(VerifyRecordTest, AnUntouchedRecordIsWholeAndItsHeadIsTheOneInTheStatus) {
  const auto result = check();
  EXPECT_TRUE(result.whole) << result.finding;
  EXPECT_EQ(result.entries, 6);
  EXPECT_EQ(result.commits, 3);
  const auto queries = std::move(SqliteQueries::open(folder_.file("a.db"))).value();
  EXPECT_EQ(result.head, queries->status()->head);
}

TEST_F(VerifyRecordTest, AnEmptyRecordIsWhole) {
  const testing::TempFolder folder;
  const auto empty = std::move(SqliteStore::open(folder.file("a.db"))).value();
  const auto result = verify_record(empty->session()).value();
  EXPECT_TRUE(result.whole);
  EXPECT_EQ(result.entries, 0);
}

TEST_F(VerifyRecordTest, EveryColumnOfEveryEntryIsHeld) {
  for (const char* column : {"at", "kind", "incident", "subject", "a", "b", "commit_no"}) {
    for (int seq = 1; seq <= 6; ++seq) {
      const std::string change =
          std::string("update record set ") + column + " = " + column + " + 1 where seq = " + std::to_string(seq);
      const std::string back =
          std::string("update record set ") + column + " = " + column + " - 1 where seq = " + std::to_string(seq);
      const auto result = check_after(change.c_str());
      EXPECT_FALSE(result.whole) << column << " of " << seq;
      EXPECT_LE(result.first_seq, seq);
      EXPECT_GE(result.last_seq, seq);
      EXPECT_TRUE(check_after(back.c_str()).whole);
    }
  }
}

TEST_F(VerifyRecordTest, AChangedTextIsNamed) {
  const auto result = check_after("update record set detail = 'cannot' where seq = 5");
  EXPECT_FALSE(result.whole);
  EXPECT_EQ(result.bad_commit, 3);
  EXPECT_EQ(result.first_seq, 4);
  EXPECT_EQ(result.last_seq, 6);
  EXPECT_THAT(result.finding, HasSubstr("entries 4 to 6"));
  EXPECT_EQ(result.entries, 3) << "what came before is good";
}

TEST_F(VerifyRecordTest, ARemovedEntryIsNamed) {
  const auto result = check_after("delete from record where seq = 5");
  EXPECT_FALSE(result.whole);
  EXPECT_EQ(result.first_seq, 5);
  EXPECT_EQ(result.last_seq, 5);
  EXPECT_THAT(result.finding, HasSubstr("entry 5 of commit 3 was removed"));
}

TEST_F(VerifyRecordTest, TheLastEntryOfTheRecordCannotBeRemovedAlone) {
  const auto result = check_after("delete from record where seq = 6");
  EXPECT_FALSE(result.whole);
  EXPECT_EQ(result.first_seq, 6);
}

TEST_F(VerifyRecordTest, EntriesInAnotherOrderAreFound) {
  const auto result = check_after(
      "update record set seq = 100 where seq = 4; update record set seq = 4 where seq = 5; "
      "update record set seq = 5 where seq = 100");
  EXPECT_FALSE(result.whole);
  EXPECT_EQ(result.bad_commit, 3);
}

TEST_F(VerifyRecordTest, EntriesSwappedBetweenCommitsAreFound) {
  const auto result = check_after(
      "update record set seq = 100, commit_no = 3 where seq = 3; update record set seq = 3, commit_no = 2 where seq = "
      "4; "
      "update record set seq = 4 where seq = 100");
  EXPECT_FALSE(result.whole);
  EXPECT_EQ(result.bad_commit, 2);
}

TEST_F(VerifyRecordTest, ARemovedCommitIsFound) {
  const auto result = check_after("delete from record where commit_no = 2; delete from chain where commit_no = 2");
  EXPECT_FALSE(result.whole);
  EXPECT_EQ(result.bad_commit, 2);
  EXPECT_THAT(result.finding, HasSubstr("commit 2 was removed"));
}

TEST_F(VerifyRecordTest, AChangedHashOrTimeOfTheChainIsFound) {
  EXPECT_FALSE(check_after("update chain set at = at + 1 where commit_no = 2").whole);
  EXPECT_TRUE(check_after("update chain set at = at - 1 where commit_no = 2").whole);
  EXPECT_FALSE(
      check_after("update chain set hash = (select hash from chain where commit_no = 1) where commit_no = 3").whole);
}

TEST_F(VerifyRecordTest, EntriesOutsideOfTheChainAreFound) {
  const auto result = check_after(
      "insert into record select 7, 4, at, kind, incident, subject, a, b, detail from record where seq = 6");
  EXPECT_FALSE(result.whole);
  EXPECT_EQ(result.first_seq, 7);
}

TEST_F(VerifyRecordTest, PurgingPersonalDataLeavesTheChainWhole) {
  EXPECT_TRUE(
      check_after(
          "update delivery set address = ''; delete from stranger; delete from note; update report set body = ''")
          .whole);
}

TEST_F(VerifyRecordTest, TheChainGoesOnAfterReopening) {
  store_.reset();
  store_ = std::move(SqliteStore::open(folder_.file("a.db"))).value();
  commit({an_entry(RecordKind::kStarted, 0, 0)});
  const auto result = check();
  EXPECT_TRUE(result.whole) << result.finding;
  EXPECT_EQ(result.entries, 7);
}

}  // namespace
}  // namespace tocsin::store
