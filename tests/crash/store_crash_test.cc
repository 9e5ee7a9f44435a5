// The store killed at every step it writes, the disk failing at every step, the files cut at every length:
// what was committed stays, what was not leaves no half, and what is damaged is never taken for empty.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "gateway/db/fault_vfs.h"
#include "gateway/store/sqlite_queries.h"
#include "gateway/store/sqlite_store.h"
#include "gateway/store/verify_record.h"
#include "tests/support/store_values.h"
#include "tests/support/temp_folder.h"

namespace tocsin {
namespace {

using namespace support;  // NOLINT(google-build-using-namespace)
using db::Fault;
using db::Survives;
namespace fs = std::filesystem;

constexpr int kTransactions = 8;

// Transaction `i` of the script: an incident with three alerts and their deliveries, and what became of those before.
base::Status write_one(store::SqliteStore& s, int i) {
  if (const auto begun = s.begin(); !begun.ok()) return begun;
  s.savepoint();
  s.insert(an_incident(i, 100 + i));
  const auto matter = s.matter({i}, model::MatterKind::kAlert, 0, {1000 + i}).id;
  std::vector<model::Alert> alerts;
  std::vector<model::Delivery> deliveries;
  for (int p = 1; p <= 3; ++p) {
    alerts.push_back(an_alert_of(10000 + 10 * i + p, matter, i, p));
    deliveries.push_back(a_queued_sms(20000 + 10 * i + p, alerts.back().id.value, i));
    s.append(an_entry(model::RecordKind::kAlertRaised, i, alerts.back().id.value));
  }
  s.insert(std::span<const model::Alert>(alerts));
  s.insert(std::span<const model::Delivery>(deliveries), 1);
  s.insert_message({30000 + i}, matter, "zh", model::Channel::kSms, "", {std::string(3000, 'm'), {}});
  for (const auto& send : s.claim(0, 2, 1, noon))
    s.append(an_entry(model::RecordKind::kHandedOver, i, send.delivery.value));
  s.release_savepoint();
  return s.commit(noon + std::chrono::seconds(i));
}

// Runs the script until a transaction fails; how many were kept, as the store says.
int run_script(store::SqliteStore& s) {
  for (int i = 1; i <= kTransactions; ++i) {
    if (!write_one(s, i).ok()) return i - 1;
    s.checkpoint();
  }
  return kTransactions;
}

std::string integrity(db::Session& session) {
  auto rows = session.statement("pragma integrity_check").run();
  return rows.next() ? rows.string(0) : "failed: " + session.status().error().message;
}

int incidents_in(store::SqliteStore& s) {
  auto rows = s.session().statement("select count(*), coalesce(max(id), 0) from incident").run();
  if (!rows.next() || rows.integer(0) != rows.integer(1)) return -1;
  return rows.integer(0);
}

// Whole transactions only, from the first on, and a record that holds exactly theirs.  Returns how many; -1 when not
// so.
int check_whole(store::SqliteStore& s) {
  EXPECT_EQ(integrity(s.session()), "ok");
  const auto record = store::verify_record(s.session());
  EXPECT_TRUE(record.ok() && record->whole) << (record.ok() ? record->finding : record.error().message);
  const int count = incidents_in(s);
  EXPECT_TRUE(s.begin().ok());
  for (int i = 1; i <= count; ++i) {
    for (int p = 1; p <= 3; ++p) {
      EXPECT_TRUE(s.alert(model::AlertId{10000 + 10 * i + p})) << "incident " << i << " lost an alert";
      const model::DeliveryId id{20000 + 10 * i + p};
      EXPECT_EQ(s.deliveries({&id, 1}).size(), 1U) << "incident " << i << " lost a delivery";
    }
  }
  s.rollback();
  EXPECT_EQ(record.ok() ? record->commits : -1, count);
  return count;
}

class StoreCrashTest : public ::testing::TestWithParam<Survives> {};

INSTANTIATE_TEST_SUITE_P(WhatSurvives, StoreCrashTest,
                         ::testing::Values(Survives::kNothing, Survives::kSome, Survives::kAll),
                         [](const auto& tested) {
                           switch (tested.param) {
                             case Survives::kNothing: return "NothingUnsynced";
                             case Survives::kSome: return "SomeSectors";
                             case Survives::kAll: return "EverythingWritten";
                           }
                           return "";
                         });

TEST_P(StoreCrashTest, KilledAtEveryStepNothingCommittedIsLostAndNothingIsHalf) {
  std::uint64_t steps = 0;
  {
    const tocsin::testing::TempFolder folder;
    db::FaultVfs vfs;
    auto opened = store::SqliteStore::open(folder.file("a.db"), {.vfs = vfs.name(), .checkpoint_pages = 12});
    ASSERT_TRUE(opened.ok() && run_script(**opened) == kTransactions);
    opened->reset();
    steps = vfs.steps();
  }
  ASSERT_GT(steps, 50U);
  // A process that merely dies keeps what it wrote, which is the gentlest end: looked at less closely.
  const std::uint64_t every = GetParam() == Survives::kAll ? 5 : 1;
  for (std::uint64_t at = 1; at <= steps; at += every) {
    SCOPED_TRACE("killed at step " + std::to_string(at) + " of " + std::to_string(steps));
    const tocsin::testing::TempFolder folder;
    db::FaultVfs vfs(at);
    // From this step on nothing reaches the disk; then the process dies.
    vfs.fail_at(at, at % 2 == 0 ? Fault::kTorn : Fault::kIoError, 1'000'000);
    int committed = 0;
    {
      auto opened = store::SqliteStore::open(folder.file("a.db"), {.vfs = vfs.name(), .checkpoint_pages = 12});
      if (opened.ok()) committed = run_script(**opened);
      vfs.crash(GetParam());
    }
    vfs.heal();

    auto reopened = store::SqliteStore::open(folder.file("a.db"), {.vfs = vfs.name()});
    ASSERT_TRUE(reopened.ok()) << reopened.error().message;
    const int kept = check_whole(**reopened);
    ASSERT_GE(kept, committed) << "a committed transaction was lost";
    // The one whose commit failed may have come to light after all: its end was open.
    ASSERT_LE(kept, committed + 1);
    ASSERT_TRUE(write_one(**reopened, kept + 1).ok()) << "it goes on where it was";
    ASSERT_EQ(check_whole(**reopened), kept + 1);
  }
}

class StoreFaultTest : public ::testing::TestWithParam<Fault> {};

INSTANTIATE_TEST_SUITE_P(Faults, StoreFaultTest, ::testing::Values(Fault::kIoError, Fault::kFull, Fault::kTorn),
                         [](const auto& tested) {
                           return tested.param == Fault::kFull   ? "DiskFull"
                                  : tested.param == Fault::kTorn ? "TornWrite"
                                                                 : "IoError";
                         });

TEST_P(StoreFaultTest, AFaultAtAnyStepIsRepeatedWithoutLossOnceTheDiskIsWellAgain) {
  // Each step for a full disk, which happens; every third for the rest, which the kills above go through already.
  for (std::uint64_t at = 1;; at += GetParam() == Fault::kFull ? 1 : 3) {
    SCOPED_TRACE("fault at step " + std::to_string(at));
    const tocsin::testing::TempFolder folder;
    db::FaultVfs vfs(at);
    vfs.fail_at(at, GetParam(), 5);
    auto opened = store::SqliteStore::open(folder.file("a.db"), {.vfs = vfs.name(), .checkpoint_pages = 12});
    if (!opened.ok()) {
      EXPECT_EQ(opened.error().code, base::ErrorCode::kRetryLater) << opened.error().message;
      vfs.heal();
      opened = store::SqliteStore::open(folder.file("a.db"), {.vfs = vfs.name(), .checkpoint_pages = 12});
    }
    ASSERT_TRUE(opened.ok()) << opened.error().message;
    for (int i = 1; i <= kTransactions; ++i) {
      auto written = write_one(**opened, i);
      if (!written.ok()) {
        EXPECT_EQ(written.error().code, base::ErrorCode::kRetryLater) << written.error().message;
        vfs.heal();
        written = write_one(**opened, i);  // the very same rows: nothing of the first try may be in the way
      }
      ASSERT_TRUE(written.ok()) << written.error().message;
      (*opened)->checkpoint();
    }
    ASSERT_EQ(check_whole(**opened), kTransactions);
    if (vfs.steps() < at) break;  // the fault came after the end
  }
}

// A database file and its WAL as a kill leaves them behind.
class CutFileTest : public ::testing::Test {
 protected:
  // Half of the transactions are in the database, half only in the WAL.
  void SetUp() override {
    db::FaultVfs vfs;
    {
      auto s =
          std::move(store::SqliteStore::open(whole_.file("a.db"), {.vfs = vfs.name(), .checkpoint_pages = 0})).value();
      for (int i = 1; i <= kTransactions; ++i) {
        ASSERT_TRUE(write_one(*s, i).ok());
        if (i == kTransactions / 2) s->checkpoint();
      }
      vfs.crash(Survives::kAll);
    }
    ASSERT_GT(fs::file_size(whole_.file("a.db")), 0U);
    ASSERT_GT(fs::file_size(whole_.file("a.db-wal")), 0U);
  }
  void copy_to(const tocsin::testing::TempFolder& folder) const {
    for (const char* name : {"a.db", "a.db-wal"}) fs::copy_file(whole_.file(name), folder.file(name));
  }
  // Every length near the edges of what is written at once, and some in between.
  static std::vector<std::uintmax_t> lengths(std::uintmax_t size, std::uintmax_t header, std::uintmax_t unit) {
    std::vector<std::uintmax_t> all;
    for (std::uintmax_t at = 2; at < size; ++at) {  // one byte is "empty" to SQLite, as none is
      const auto within = at <= header ? at : (at - header) % unit;
      if (within <= 1 || within == unit - 1 || within == 24 || within == unit / 2) all.push_back(at);
    }
    return all;
  }
  tocsin::testing::TempFolder whole_;
};

TEST_F(CutFileTest, OfACutWalEveryWholeCommitIsKeptInOrder) {
  const auto size = fs::file_size(whole_.file("a.db-wal"));
  int before = kTransactions / 2;
  for (const auto length : lengths(size, 32, 24 + 4096)) {
    SCOPED_TRACE("WAL cut to " + std::to_string(length) + " of " + std::to_string(size));
    const tocsin::testing::TempFolder folder;
    copy_to(folder);
    fs::resize_file(folder.file("a.db-wal"), length);
    auto opened = store::SqliteStore::open(folder.file("a.db"));
    ASSERT_TRUE(opened.ok()) << opened.error().message;
    const int kept = check_whole(**opened);
    ASSERT_GE(kept, before) << "a longer WAL holds no fewer commits";
    before = kept;
  }
  EXPECT_EQ(before, kTransactions - 1);
}

TEST_F(CutFileTest, ACutDatabaseIsNeverTakenForAGoodOneWithLess) {
  // Without the WAL, so that nothing can mend it.
  const tocsin::testing::TempFolder checkpointed;
  copy_to(checkpointed);
  { auto s = store::SqliteStore::open(checkpointed.file("a.db")); }
  const auto size = fs::file_size(checkpointed.file("a.db"));
  int refused = 0;
  for (const auto length : lengths(size, 100, 4096)) {
    SCOPED_TRACE("database cut to " + std::to_string(length) + " of " + std::to_string(size));
    const tocsin::testing::TempFolder folder;
    fs::copy_file(checkpointed.file("a.db"), folder.file("a.db"));
    fs::resize_file(folder.file("a.db"), length);
    auto opened = store::SqliteStore::open(folder.file("a.db"));
    if (!opened.ok()) {
      ++refused;
      EXPECT_EQ(opened.error().code, base::ErrorCode::kCorrupt) << opened.error().message;
      EXPECT_THAT(opened.error().message, ::testing::HasSubstr("a.db"));
      continue;
    }
    // Only the last page can be cut without the header telling; what it held is then missed.
    const bool in_last_page = size - length < 4096;
    EXPECT_TRUE(in_last_page);
    EXPECT_TRUE(integrity((*opened)->session()) != "ok" || incidents_in(**opened) == kTransactions);
  }
  EXPECT_GT(refused, 10);
}

TEST_F(CutFileTest, ADatabaseWithRubbishInItIsNeverTakenForAnEmptyOne) {
  const tocsin::testing::TempFolder checkpointed;
  copy_to(checkpointed);
  { auto s = store::SqliteStore::open(checkpointed.file("a.db")); }
  const auto pages = fs::file_size(checkpointed.file("a.db")) / 4096;
  for (std::uintmax_t page = 0; page < pages; ++page) {
    SCOPED_TRACE("page " + std::to_string(page + 1) + " overwritten");
    const tocsin::testing::TempFolder folder;
    fs::copy_file(checkpointed.file("a.db"), folder.file("a.db"));
    {
      std::fstream file(folder.file("a.db"), std::ios::in | std::ios::out | std::ios::binary);
      file.seekp(static_cast<std::streamoff>(page * 4096));
      file << std::string(4096, '\x5a');
    }
    auto opened = store::SqliteStore::open(folder.file("a.db"));
    if (!opened.ok()) {
      EXPECT_NE(opened.error().code, base::ErrorCode::kNotFound) << opened.error().message;
      continue;
    }
    EXPECT_NE(integrity((*opened)->session()), "ok");
  }
}

}  // namespace
}  // namespace tocsin
