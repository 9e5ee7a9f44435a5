#include "gateway/store/verify_record.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gateway/store/chain.h"
#include "gateway/store/schema.h"
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
  RecordCheck check(std::string_view kept_head = {}) {
    auto result = verify_record(store_->session(), kept_head);
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
      ASSERT_EQ(result.bad.size(), 1U) << column << " of " << seq;
      EXPECT_EQ(result.bad[0].seq, seq);
      EXPECT_EQ(result.bad[0].what, Tampering::kChanged);
      EXPECT_TRUE(check_after(back.c_str()).whole);
    }
  }
}

TEST_F(VerifyRecordTest, AChangedTextIsNamed) {
  const auto result = check_after("update record set detail = 'cannot' where seq = 5");
  EXPECT_FALSE(result.whole);
  EXPECT_EQ(result.bad_commit, 3);
  EXPECT_EQ(result.first_seq, 5);
  EXPECT_EQ(result.last_seq, 5);
  EXPECT_EQ(result.finding, "entry 5 (" + base::to_rfc3339(noon) + ", answered) of commit 3 was changed");
  EXPECT_EQ(result.entries, 3) << "what came before is good";
}

TEST_F(VerifyRecordTest, WhatWasChangedInSeveralCommitsIsAllNamed) {
  const auto result = check_after("update record set detail = 'nobody' where seq in (2, 4, 6)");
  EXPECT_EQ(result.bad_commit, 1);
  ASSERT_EQ(result.bad.size(), 3U);
  EXPECT_EQ(result.bad[0].seq, 2);
  EXPECT_EQ(result.bad[1].seq, 4);
  EXPECT_EQ(result.bad[2].seq, 6);
}

TEST_F(VerifyRecordTest, AChangedEntryWhoseDigestWasMadeAnewIsStillFoundButOnlyItsCommitIsNamed) {
  auto entry = an_entry(RecordKind::kAnswered, 1, 5, "cannot");
  entry.seq = 5;
  auto leaves = store_->session().statement("select leaves from chain where commit_no = 3").run();
  ASSERT_TRUE(leaves.next());
  std::string forged(leaves.blob(0));
  ASSERT_EQ(forged.size(), 3 * kLeafBytes);
  forged.replace(kLeafBytes, kLeafBytes, leaf_of(entry));
  { const auto done = std::move(leaves); }
  ASSERT_TRUE(store_->session().statement("update chain set leaves = ?1 where commit_no = 3").exec(db::Blob{forged}));
  const auto result = check_after("update record set detail = 'cannot' where seq = 5");
  EXPECT_FALSE(result.whole);
  EXPECT_THAT(result.finding, HasSubstr("entries 4 to 6 of commit 3"));
}

TEST_F(VerifyRecordTest, ChangedDigestsAloneAreToldApartFromChangedEntries) {
  const auto result = check_after("update chain set leaves = zeroblob(24) where commit_no = 3");
  EXPECT_FALSE(result.whole);
  EXPECT_THAT(result.finding, HasSubstr("its entries are as they were written"));
  EXPECT_FALSE(check_after("update chain set leaves = null where commit_no = 3").whole);
}

TEST_F(VerifyRecordTest, AHeadKeptElsewhereIsFoundByItsShortForm) {
  const auto kept = check().head;
  commit({an_entry(RecordKind::kSeen, 1, 1)});
  const auto typed = read_head(" " + model::short_head(kept) + " ");
  ASSERT_TRUE(typed.ok());
  const auto result = check(*typed);
  ASSERT_TRUE(result.kept.has_value());
  EXPECT_EQ(result.kept->commit, 3);
  EXPECT_EQ(result.commits, 4);
  EXPECT_FALSE(check(std::string(64, '1')).kept.has_value());
}

TEST_F(VerifyRecordTest, ARecordCutOffWithItsHashesDoesNotHaveTheHeadKeptElsewhere) {
  const auto kept = check().head;
  const auto result = check_after("delete from record where seq > 3; delete from chain where commit_no = 3");
  EXPECT_TRUE(result.whole) << "from inside nothing is to be seen";
  EXPECT_FALSE(check(kept).kept.has_value());
}

TEST_F(VerifyRecordTest, AHeadIsTypedWithSpacesAndCapitalsAndNotTooShort) {
  EXPECT_EQ(read_head("3F2A 90BC 11d7").value(), "3f2a90bc11d7");
  for (const char* wrong : {"", "3f2a 90bc", "3f2a 90bc 11dg", "3f2a-90bc-11d7"}) EXPECT_FALSE(read_head(wrong).ok());
  EXPECT_FALSE(read_head(std::string(65, 'a')).ok());
  EXPECT_EQ(model::short_head("3f2a90bc11d7ffff"), "3f2a 90bc 11d7");
  EXPECT_EQ(model::short_head(""), "");
}

// A record of schema version 1: no digests of entries, hashes over the entries alone.
TEST(OldRecordTest, ARecordWrittenBeforeThereWereDigestsStaysWholeAndGoesOnWithThem) {
  const testing::TempFolder folder;
  {
    const auto session = std::move(db::Session::open(folder.file("old.db"), {})).value();
    ASSERT_TRUE(db::migrate(*session, kModule, migrations().first(1)).ok());
    ChainLink link;
    base::Digest head{};
    for (int commit = 1; commit <= 2; ++commit) {
      link.start(head, commit, noon);
      for (int seq = 2 * commit - 1; seq <= 2 * commit; ++seq) {
        auto entry = an_entry(RecordKind::kSeen, 1, seq, "duty");
        entry.seq = seq;
        link.add(entry);
        session->statement("insert into record values (?1, ?2, ?3, ?4, ?5, ?6, 0, 0, ?7)")
            .exec(seq, commit, noon, entry.kind, 1, seq, entry.detail);
      }
      head = link.finish_without_leaves();
      session->statement("insert into chain values (?1, ?2, ?3, ?4, ?5)")
          .exec(commit, 2 * commit - 1, 2 * commit, noon, base::to_hex(head));
    }
    ASSERT_TRUE(session->status().ok()) << session->status().error().message;
    EXPECT_TRUE(verify_record(*session)->whole) << "before it was brought up to date";
  }
  const auto store = std::move(SqliteStore::open(folder.file("old.db"))).value();
  ASSERT_TRUE(store->begin().ok());
  store->append(an_entry(RecordKind::kAnswered, 1, 1));
  ASSERT_TRUE(store->commit(noon).ok());
  const auto whole = verify_record(store->session()).value();
  EXPECT_TRUE(whole.whole) << whole.finding;
  EXPECT_EQ(whole.entries, 5);
  store->session().exec("update record set detail = 'nobody' where seq = 3");
  EXPECT_THAT(verify_record(store->session())->finding, HasSubstr("entries 3 to 4 of commit 2"));
  store->session().exec("update record set detail = 'duty' where seq = 3; update record set a = 1 where seq = 5");
  EXPECT_THAT(verify_record(store->session())->finding, HasSubstr("entry 5"));
}

TEST_F(VerifyRecordTest, ARemovedEntryIsNamed) {
  const auto result = check_after("delete from record where seq = 5");
  EXPECT_FALSE(result.whole);
  EXPECT_EQ(result.first_seq, 5);
  EXPECT_EQ(result.last_seq, 5);
  EXPECT_THAT(result.finding, HasSubstr("entry 5 of commit 3 was removed"));
  EXPECT_THAT(result.finding, HasSubstr(base::to_rfc3339(noon))) << "when its commit was written";
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
  ASSERT_EQ(result.bad.size(), 2U);
  EXPECT_EQ(result.bad[0].what, Tampering::kMoved);
  EXPECT_EQ(result.bad[0].kind, RecordKind::kLevelRaised);
  EXPECT_EQ(result.bad[0].now_at, 5);
  EXPECT_EQ(result.bad[1].now_at, 4);
  EXPECT_THAT(result.finding, HasSubstr("level_raised) of commit 3 was moved: it stands as entry 5"));
}

TEST_F(VerifyRecordTest, EntriesSwappedBetweenCommitsAreFound) {
  const auto result = check_after(
      "update record set seq = 100, commit_no = 3 where seq = 3; update record set seq = 3, commit_no = 2 where seq = "
      "4; "
      "update record set seq = 4 where seq = 100");
  EXPECT_FALSE(result.whole);
  EXPECT_EQ(result.bad_commit, 2);
  ASSERT_EQ(result.bad.size(), 2U);
  EXPECT_EQ(result.bad[0].seq, 3);
  EXPECT_EQ(result.bad[0].now_at, 4);
  EXPECT_EQ(result.bad[1].seq, 4);
  EXPECT_EQ(result.bad[1].now_at, 3);
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
