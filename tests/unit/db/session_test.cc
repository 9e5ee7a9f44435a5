#include "gateway/db/session.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>

#include "tests/support/temp_folder.h"

namespace tocsin::db {
namespace {

class SessionTest : public ::testing::Test {
 protected:
  std::unique_ptr<Session> open(const OpenOptions& options = {}) {
    auto opened = Session::open(folder_.file("a.db"), options);
    EXPECT_TRUE(opened.ok()) << opened.error().message;
    return std::move(opened).value();
  }
  std::unique_ptr<Session> open_with_table() {
    auto session = open();
    session->exec("create table t (id integer primary key, name text not null unique, x integer, data blob)");
    EXPECT_TRUE(session->status().ok());
    return session;
  }
  static std::int64_t count(Session& session) {
    auto rows = session.statement("select count(*) from t").run();
    return rows.next() ? rows.int64(0) : -1;
  }

  testing::TempFolder folder_;
};

TEST_F(SessionTest, EveryTypeComesBackAsItWasBound) {
  auto session = open();
  session->exec("create table v (i integer, r real, t text, b blob, n integer)");
  const std::string text("雨夜\0é", 9);

  session->statement("insert into v values (?1, ?2, ?3, ?4, ?5)")
      .exec(std::int64_t{1} << 62, 0.5, text, Blob{std::string_view("\0\1\2", 3)}, null);

  auto rows = session->statement("select i, r, t, b, n, '' from v").run();
  ASSERT_TRUE(rows.next());
  EXPECT_EQ(rows.int64(0), std::int64_t{1} << 62);
  EXPECT_EQ(rows.real(1), 0.5);
  EXPECT_EQ(rows.text(2), text);
  EXPECT_EQ(rows.blob(3), std::string_view("\0\1\2", 3));
  EXPECT_TRUE(rows.is_null(4));
  EXPECT_FALSE(rows.is_null(5));
  EXPECT_FALSE(rows.next());
  EXPECT_TRUE(session->status().ok());
}

TEST_F(SessionTest, AnEmptyTextIsATextAndAnEmptyOptionalIsNull) {
  auto session = open_with_table();

  session->statement("insert into t (name, x) values (?1, ?2)").exec(std::string_view(), std::optional<std::int64_t>());

  auto rows = session->statement("select name, x from t").run();
  ASSERT_TRUE(rows.next());
  EXPECT_FALSE(rows.is_null(0));
  EXPECT_TRUE(rows.is_null(1));
}

TEST_F(SessionTest, AfterAnErrorNothingMoreIsRunUntilItIsCleared) {
  auto session = open_with_table();
  auto& insert = session->statement("insert into t (name) values (?1)");
  ASSERT_TRUE(session->begin().ok());
  insert.exec("a");

  EXPECT_FALSE(insert.exec("a"));
  EXPECT_FALSE(insert.exec("b"));
  EXPECT_EQ(session->failure(), Failure::kUnique);
  EXPECT_EQ(session->status().error().code, base::ErrorCode::kConflict);
  EXPECT_FALSE(session->commit().ok());

  EXPECT_FALSE(session->failed());
  EXPECT_EQ(count(*session), 0) << "a failed transaction keeps nothing";
}

TEST_F(SessionTest, ASavepointUndoesOneCommandAndLeavesTheOthers) {
  auto session = open_with_table();
  auto& insert = session->statement("insert into t (name) values (?1)");
  ASSERT_TRUE(session->begin().ok());
  session->savepoint();
  insert.exec("kept");
  session->release_savepoint();
  session->savepoint();
  insert.exec("lost");
  insert.exec(null);

  EXPECT_EQ(session->failure(), Failure::kConstraint);
  EXPECT_TRUE(session->rollback_to_savepoint());
  EXPECT_TRUE(session->commit().ok());

  EXPECT_EQ(count(*session), 1);
}

TEST_F(SessionTest, NoBoundValueGetsIntoAnErrorText) {
  auto session = open_with_table();
  auto& insert = session->statement("insert into t (name) values (?1)");
  insert.exec("secret-number");
  insert.exec("secret-number");

  const auto message = session->status().error().message;
  EXPECT_THAT(message, ::testing::HasSubstr("t.name"));
  EXPECT_THAT(message, ::testing::Not(::testing::HasSubstr("secret")));
}

TEST_F(SessionTest, MistakesInSqlAndParametersAreMisuse) {
  auto session = open_with_table();
  EXPECT_FALSE(session->statement("select nonsense from nowhere").exec());
  EXPECT_EQ(session->failure(), Failure::kMisuse);
  session->clear_failure();
  EXPECT_FALSE(session->statement("insert into t (name) values (?1)").exec("a", "b"));
  EXPECT_EQ(session->failure(), Failure::kMisuse);
  session->clear_failure();
  EXPECT_FALSE(session->commit().ok()) << "no transaction was begun";
}

TEST_F(SessionTest, AStatementWhoseRowsAreBeingReadIsNotRunAgainUnderThem) {
  auto session = open_with_table();
  session->exec("insert into t (name) values ('a'), ('b')");
  auto& select = session->statement("select name from t");
  auto rows = select.run();
  ASSERT_TRUE(rows.next());

  auto again = select.run();

  EXPECT_FALSE(again.next());
  EXPECT_EQ(session->failure(), Failure::kMisuse);
}

TEST_F(SessionTest, ASecondWriterIsToldToRetryLater) {
  auto first = open_with_table();
  auto second = open({.busy_timeout_ms = 1});
  ASSERT_TRUE(first->begin().ok());

  const auto refused = second->begin();

  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, base::ErrorCode::kRetryLater);
  EXPECT_EQ(second->failure(), Failure::kBusy);
  first->rollback();
  EXPECT_TRUE(second->begin().ok());
}

TEST_F(SessionTest, AReaderSeesOnePictureWhileTheWriterGoesOnAndCannotWrite) {
  auto writer = open_with_table();
  auto reader = open({.mode = Mode::kReadOnly});
  ASSERT_TRUE(reader->begin_read().ok());
  ASSERT_EQ(count(*reader), 0);

  ASSERT_TRUE(writer->exec("insert into t (name) values ('a')"));

  EXPECT_EQ(count(*reader), 0);
  reader->end_read();
  EXPECT_EQ(count(*reader), 1);
  EXPECT_FALSE(reader->exec("insert into t (name) values ('b')"));
}

TEST_F(SessionTest, AReadThatTakesTooLongIsCutOff) {
  auto session = open_with_table();
  ASSERT_TRUE(session->begin_read(std::chrono::milliseconds(0)).ok());
  const char* endless = "with recursive n(x) as (select 1 union all select x + 1 from n) select count(*) from n";
  session->statement(endless).exec();
  EXPECT_EQ(session->failure(), Failure::kBusy);
  session->end_read();
  EXPECT_EQ(count(*session), 0);
}

TEST_F(SessionTest, AReaderDoesNotMakeADatabase) {
  const auto opened = Session::open(folder_.file("absent.db"), {.mode = Mode::kReadOnly});
  ASSERT_FALSE(opened.ok());
  EXPECT_EQ(opened.error().code, base::ErrorCode::kNotFound);
  EXPECT_FALSE(std::filesystem::exists(folder_.file("absent.db")));
}

TEST_F(SessionTest, AFileThatIsNoDatabaseIsCorruptNotEmpty) {
  std::ofstream(folder_.file("a.db")) << std::string(5000, 'x');
  const auto opened = Session::open(folder_.file("a.db"), {});
  ASSERT_FALSE(opened.ok());
  EXPECT_EQ(opened.error().code, base::ErrorCode::kCorrupt);
}

TEST_F(SessionTest, TheFileIsReadableByItsOwnerOnly) {
  auto session = open_with_table();
  for (const char* name : {"a.db", "a.db-wal", "a.db-shm"}) {
    struct stat info {};
    ASSERT_EQ(::stat(folder_.file(name).c_str(), &info), 0) << name;
    EXPECT_EQ(info.st_mode & 0777U, 0600U) << name;
  }
}

TEST_F(SessionTest, TheWalGrowsUntilTheWriterCheckpoints) {
  auto session = open_with_table();
  for (int i = 0; i < 50; ++i) session->statement("insert into t (name) values (?1)").exec(std::to_string(i));
  EXPECT_GT(session->wal_pages(), 50);

  EXPECT_TRUE(session->checkpoint_and_truncate(0).ok());

  EXPECT_EQ(session->wal_pages(), 0);
  EXPECT_EQ(std::filesystem::file_size(folder_.file("a.db-wal")), 0U);
  EXPECT_EQ(count(*session), 50);
}

TEST_F(SessionTest, ABackupIsAWholeDatabaseOfItsOwn) {
  auto session = open_with_table();
  session->exec("insert into t (name) values ('a')");

  ASSERT_TRUE(session->backup_to(folder_.file("copy.db")).ok());

  auto copy = Session::open(folder_.file("copy.db"), {});
  ASSERT_TRUE(copy.ok()) << copy.error().message;
  EXPECT_EQ(count(**copy), 1);
}

}  // namespace
}  // namespace tocsin::db
