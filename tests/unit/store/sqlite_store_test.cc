#include "gateway/store/sqlite_store.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <thread>

#include "gateway/db/fault_vfs.h"
#include "gateway/store/schema.h"
#include "gateway/store/sqlite_queries.h"
#include "tests/support/store_values.h"
#include "tests/support/temp_folder.h"

namespace tocsin::store {
namespace {

using namespace support;  // NOLINT(google-build-using-namespace)
using ::testing::ElementsAre;
using ::testing::HasSubstr;

class SqliteStoreTest : public ::testing::Test {
 protected:
  std::string path_of_db() const { return folder_.file("a.db"); }
  testing::TempFolder folder_;
};

TEST_F(SqliteStoreTest, ASecondStoreOnTheSameDatabaseIsRefusedByItsLock) {
  const auto first = SqliteStore::open(path_of_db());
  ASSERT_TRUE(first.ok()) << first.error().message;
  const auto second = SqliteStore::open(path_of_db());
  ASSERT_FALSE(second.ok());
  EXPECT_EQ(second.error().code, base::ErrorCode::kConflict);
  EXPECT_THAT(second.error().message, HasSubstr("a.db"));
}

TEST_F(SqliteStoreTest, WhatRanUnderTheSchemaBeforeApprovalsGoesOnWithoutOne) {
  constexpr int kBefore = 5;
  {
    const auto session = std::move(db::Session::open(path_of_db(), {})).value();
    ASSERT_TRUE(db::migrate(*session, kModule, migrations().first(kBefore)).ok());
    ASSERT_TRUE(
        session->exec("insert into incident values (1, 101, 40, 1, 'III', 0, '', 1, 0, 1, 1, 1, '', '', 0, 5, "
                      "5, null, null, null, 0)"));
    ASSERT_TRUE(session->exec("insert into callout values (50, 1, 1, 40, 1, 'III', 2, 5)"));
  }
  const auto store = std::move(SqliteStore::open(path_of_db())).value();
  ASSERT_TRUE(store->begin().ok());
  const auto incident = store->incident(model::IncidentId{1});
  ASSERT_TRUE(incident.has_value());
  EXPECT_EQ(incident->grade_id, "");
  EXPECT_TRUE(incident->desk_questions.empty());
  const auto callout = store->callout(model::CallOutId{50});
  ASSERT_TRUE(callout.has_value());
  EXPECT_EQ(callout->stand_down_by, "");
  EXPECT_FALSE(store->approval(model::CallOutId{50}).has_value());
  EXPECT_TRUE(store->due_approvals(noon, 10).empty());
  store->rollback();
}

TEST_F(SqliteStoreTest, WhatWasAskedInOneLanguageIsReadInBoth) {
  constexpr int kBefore = 15;
  {
    const auto session = std::move(db::Session::open(path_of_db(), {})).value();
    ASSERT_TRUE(db::migrate(*session, kModule, migrations().first(kBefore)).ok());
    ASSERT_TRUE(session->exec("insert into task values (3, 2, 1, 1, '119打了吗？', 5, null, '', '')"));
    ASSERT_TRUE(session->exec(
        "insert into callout (id, incident, revision, kind, level, level_id, state, started_at, "
        "conditions) values (50, 1, 1, 40, 1, 'III', 2, 5, 'fire-out' || char(9) || '明火已灭？' || char(10))"));
  }
  const auto store = std::move(SqliteStore::open(path_of_db())).value();
  ASSERT_TRUE(store->begin().ok());
  EXPECT_EQ(store->task(model::TaskId{3})->text, base::same("119打了吗？"));
  EXPECT_THAT(store->callout(model::CallOutId{50})->conditions,
              ElementsAre(model::NamedText{"fire-out", base::same("明火已灭？")}));
  store->rollback();
}

TEST_F(SqliteStoreTest, ADatabaseOfANewerVersionIsRefusedAndLeftAlone) {
  {
    auto store = std::move(SqliteStore::open(path_of_db())).value();
    ASSERT_TRUE(store->session().exec("update schema_version set version = 99 where module = 'gateway'"));
  }
  const auto refused = SqliteStore::open(path_of_db());
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, base::ErrorCode::kRefused);
  EXPECT_THAT(refused.error().message, HasSubstr("newer"));
  auto session = std::move(db::Session::open(path_of_db(), {})).value();
  EXPECT_EQ(db::schema_version(*session, kModule).value(), 99);
}

TEST_F(SqliteStoreTest, AFileThatIsNoDatabaseIsRefusedNotOverwritten) {
  std::ofstream(path_of_db()) << "this is a letter, not a database, and somebody may want to keep it";
  const auto refused = SqliteStore::open(path_of_db());
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, base::ErrorCode::kCorrupt);
  EXPECT_THAT(refused.error().message, HasSubstr("a.db"));
  std::string first_word;
  std::ifstream(path_of_db()) >> first_word;
  EXPECT_EQ(first_word, "this");
}

TEST_F(SqliteStoreTest, QueriesOnADatabaseThatIsNotThereFail) {
  const auto refused = SqliteQueries::open(path_of_db());
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, base::ErrorCode::kNotFound);
}

TEST_F(SqliteStoreTest, AnEmptyTransactionWritesNothingIntoTheRecord) {
  auto store = std::move(SqliteStore::open(path_of_db())).value();
  ASSERT_TRUE(store->begin().ok());
  ASSERT_TRUE(store->commit(noon).ok());
  EXPECT_EQ(std::move(SqliteQueries::open(path_of_db())).value()->status()->last_seq, 0);
}

TEST_F(SqliteStoreTest, TheWalIsMovedIntoTheDatabaseWhenItHasGrown) {
  auto store = std::move(SqliteStore::open(path_of_db(), {.checkpoint_pages = 20})).value();
  for (int i = 1; i <= 50; ++i) {
    ASSERT_TRUE(store->begin().ok());
    store->insert(an_incident(i, 100 + i));
    ASSERT_TRUE(store->commit(noon).ok());
    store->checkpoint();
    EXPECT_LT(store->session().wal_pages(), 60);
  }
}

TEST_F(SqliteStoreTest, OwedWorkGoesOnAfterTheDiskWasFull) {
  db::FaultVfs vfs;
  auto store = std::move(SqliteStore::open(path_of_db(), {.vfs = vfs.name()})).value();
  const auto open_incident = [&](int i) {
    if (!store->begin().ok()) return false;
    store->insert(an_incident(i, 100 + i));
    store->append(an_entry(model::RecordKind::kIncidentOpened, i, i));
    return store->commit(noon).ok();
  };
  ASSERT_TRUE(open_incident(1));

  vfs.set_disk_full(true);
  ASSERT_TRUE(store->begin().ok());
  store->insert(an_incident(2, 102));
  store->append(an_entry(model::RecordKind::kIncidentOpened, 2, 2));
  const auto refused = store->commit(noon);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, base::ErrorCode::kRetryLater);
  EXPECT_THAT(refused.error().message, HasSubstr("disk_full"));
  EXPECT_TRUE(store->status().ok()) << "the store is ready for begin() again";

  vfs.set_disk_full(false);
  EXPECT_TRUE(open_incident(2));
  const auto queries = std::move(SqliteQueries::open(path_of_db(), {.vfs = vfs.name()})).value();
  EXPECT_EQ(queries->incidents({.open = true})->rows.size(), 2U);
  EXPECT_EQ(queries->status()->last_seq, 2);
}

TEST_F(SqliteStoreTest, ManyReadersAtOnceEachSeeOnePictureWhileTheWriterWrites) {
  auto store = std::move(SqliteStore::open(path_of_db())).value();
  const auto queries = std::move(SqliteQueries::open(path_of_db(), {.kept = 2})).value();
  std::vector<std::thread> readers;
  std::vector<std::string> failures(4);
  for (std::size_t r = 0; r < failures.size(); ++r) {
    readers.emplace_back([&, r] {
      std::int64_t before = 0;
      for (int i = 0; i < 50 && failures[r].empty(); ++i) {
        const auto status = queries->status();
        if (!status.ok()) {
          failures[r] = status.error().message;
        } else if (status->last_seq < before || status->last_seq != 2 * status->open_incidents) {
          failures[r] = "a picture that was never committed";
        } else {
          before = status->last_seq;
        }
      }
    });
  }
  for (int i = 1; i <= 30; ++i) {
    ASSERT_TRUE(store->begin().ok());
    store->insert(an_incident(i, 100 + i));
    store->append(an_entry(model::RecordKind::kIncidentOpened, i, i));
    store->append(an_entry(model::RecordKind::kSeen, i, i));
    ASSERT_TRUE(store->commit(noon).ok());
  }
  for (auto& reader : readers) reader.join();
  EXPECT_THAT(failures, ::testing::Each(""));
}

}  // namespace
}  // namespace tocsin::store
