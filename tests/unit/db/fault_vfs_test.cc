#include "gateway/db/fault_vfs.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "gateway/db/session.h"
#include "tests/support/temp_folder.h"

namespace tocsin::db {
namespace {

class FaultVfsTest : public ::testing::Test {
 protected:
  base::Result<std::unique_ptr<Session>> try_open() {
    return Session::open(folder_.file("a.db"), {.vfs = vfs_.name(), .busy_timeout_ms = 0});
  }
  std::unique_ptr<Session> open() {
    auto opened = try_open();
    EXPECT_TRUE(opened.ok()) << opened.error().message;
    return opened.ok() ? std::move(opened).value() : nullptr;
  }
  std::unique_ptr<Session> open_with_table() {
    auto session = open();
    EXPECT_TRUE(session->exec("create table t (id integer primary key, filler text)"));
    return session;
  }
  static bool insert(Session& session) {
    session.clear_failure();
    return session.statement("insert into t (filler) values (?1)").exec(std::string(3000, 'x'));
  }
  static std::int64_t count(Session& session) {
    session.clear_failure();
    auto rows = session.statement("select count(*) from t").run();
    return rows.next() ? rows.int64(0) : -1;
  }
  static std::string integrity(Session& session) {
    auto rows = session.statement("pragma integrity_check").run();
    return rows.next() ? rows.string(0) : "failed";
  }

  testing::TempFolder folder_;
  FaultVfs vfs_{7};
};

TEST_F(FaultVfsTest, WithoutFaultsItIsAFileSystemLikeAnyOther) {
  {
    auto session = open_with_table();
    for (int i = 0; i < 100; ++i) ASSERT_TRUE(insert(*session));
    ASSERT_TRUE(session->checkpoint().ok());
    ASSERT_TRUE(insert(*session));
    EXPECT_EQ(count(*session), 101);
  }
  auto again = Session::open(folder_.file("a.db"), {});
  ASSERT_TRUE(again.ok()) << again.error().message;
  EXPECT_EQ(count(**again), 101);
  EXPECT_EQ(integrity(**again), "ok");
}

TEST_F(FaultVfsTest, AfterACrashOldHandlesFailAndWhatWasSyncedIsThere) {
  auto session = open_with_table();
  ASSERT_TRUE(insert(*session));

  vfs_.crash();

  EXPECT_TRUE(vfs_.crashed());
  EXPECT_FALSE(insert(*session));
  EXPECT_FALSE(try_open().ok()) << "the dead process still has the file open";
  session.reset();
  session = open();
  ASSERT_TRUE(session);
  EXPECT_FALSE(vfs_.crashed());
  EXPECT_EQ(count(*session), 1);
}

TEST_F(FaultVfsTest, WhatWasNeverSyncedIsForgottenByACrash) {
  auto session = open_with_table();
  ASSERT_TRUE(session->exec("pragma synchronous = off"));
  ASSERT_TRUE(insert(*session));
  ASSERT_EQ(count(*session), 1);

  vfs_.crash();
  session.reset();
  session = open();

  ASSERT_TRUE(session);
  EXPECT_EQ(count(*session), 0);
}

TEST_F(FaultVfsTest, WhenOnlyTheProcessDiesUnsyncedWritesSurvive) {
  auto session = open_with_table();
  ASSERT_TRUE(session->exec("pragma synchronous = off"));
  ASSERT_TRUE(insert(*session));

  vfs_.crash(Survives::kAll);
  session.reset();
  session = open();

  ASSERT_TRUE(session);
  EXPECT_EQ(count(*session), 1);
}

TEST_F(FaultVfsTest, WhateverSectorsSurviveACommittedTransactionIsWhole) {
  for (int round = 0; round < 20; ++round) {
    auto session = open();
    ASSERT_TRUE(session);
    session->exec("create table if not exists t (id integer primary key, filler text)");
    const auto before = count(*session);
    ASSERT_TRUE(insert(*session));
    ASSERT_TRUE(session->begin().ok());
    for (int i = 0; i < 20; ++i) insert(*session);
    vfs_.fail_at(vfs_.steps() + static_cast<std::uint64_t>(round) + 1, Fault::kTorn, 1000);
    EXPECT_FALSE(session->commit().ok());
    vfs_.crash(Survives::kSome);
    vfs_.heal();
    session.reset();
    session = open();
    ASSERT_TRUE(session);
    EXPECT_EQ(integrity(*session), "ok");
    const auto after = count(*session);
    EXPECT_TRUE(after == before + 1 || after == before + 21) << before << " " << after;
  }
}

TEST_F(FaultVfsTest, APlannedFaultStrikesAtItsStepAndOnlyThere) {
  auto session = open_with_table();
  const auto before = vfs_.steps();
  ASSERT_TRUE(insert(*session));
  const auto steps = vfs_.steps() - before;
  ASSERT_GT(steps, 0U);

  vfs_.fail_at(vfs_.steps() + 1, Fault::kIoError);

  EXPECT_FALSE(insert(*session));
  EXPECT_EQ(session->failure(), Failure::kIo);
  EXPECT_TRUE(insert(*session));
  EXPECT_EQ(count(*session), 2);
}

TEST_F(FaultVfsTest, AFullDiskIsReportedAsSuchAndWritesGoOnWhenThereIsSpaceAgain) {
  auto session = open_with_table();
  vfs_.set_disk_full(true);

  EXPECT_FALSE(insert(*session));
  EXPECT_EQ(session->failure(), Failure::kFull);
  EXPECT_EQ(session->status().error().code, base::ErrorCode::kRetryLater);

  vfs_.set_disk_full(false);
  EXPECT_TRUE(insert(*session));
  EXPECT_EQ(count(*session), 1);
}

TEST_F(FaultVfsTest, ACommitWhoseSyncFailsKeepsNothing) {
  auto session = open_with_table();
  ASSERT_TRUE(session->begin().ok());
  ASSERT_TRUE(insert(*session));
  vfs_.fail_at(vfs_.steps() + 1, Fault::kIoError, 1000);

  EXPECT_FALSE(session->commit().ok());

  vfs_.heal();
  EXPECT_FALSE(session->in_transaction());
  EXPECT_EQ(count(*session), 0);
  EXPECT_TRUE(insert(*session));
}

TEST_F(FaultVfsTest, TheSameSeedAndTheSameCallsGiveTheSameFaults) {
  const auto run = [](std::uint64_t seed) {
    const testing::TempFolder folder;
    FaultVfs vfs(seed);
    auto session = std::move(Session::open(folder.file("a.db"), {.vfs = vfs.name()})).value();
    session->exec("create table t (id integer primary key, filler text)");
    vfs.fail_randomly(10, Fault::kTorn);
    std::string outcomes;
    for (int i = 0; i < 200; ++i) outcomes += insert(*session) ? '.' : 'x';
    return outcomes;
  };
  const auto first = run(3);
  EXPECT_NE(first.find('x'), std::string::npos);
  EXPECT_NE(first.find('.'), std::string::npos);
  EXPECT_EQ(first, run(3));
  EXPECT_NE(first, run(4));
}

TEST_F(FaultVfsTest, ASecondConnectionSeesUnsyncedWritesOfTheFirst) {
  auto writer = open_with_table();
  auto reader = Session::open(folder_.file("a.db"), {.mode = Mode::kReadOnly, .vfs = vfs_.name()});
  ASSERT_TRUE(reader.ok()) << reader.error().message;
  ASSERT_TRUE(writer->exec("pragma synchronous = off"));
  ASSERT_TRUE(insert(*writer));
  EXPECT_EQ(count(**reader), 1);
}

}  // namespace
}  // namespace tocsin::db
