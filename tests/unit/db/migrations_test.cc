#include "gateway/db/migrations.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>

#include "gateway/db/fault_vfs.h"
#include "tests/support/temp_folder.h"

namespace tocsin::db {
namespace {

constexpr std::array kFirst = {Migration{1, "create table a (x integer); insert into a values (1)"}};
constexpr std::array kBoth = {kFirst[0], Migration{2, "alter table a add column y integer; update a set y = x + 1"}};
constexpr std::array kBroken = {kFirst[0], kBoth[1], Migration{3, "create table c (x integer); this is no SQL"}};

class MigrationsTest : public ::testing::Test {
 protected:
  std::unique_ptr<Session> open() { return std::move(Session::open(folder_.file("a.db"), {})).value(); }
  static std::int64_t number(Session& session, const char* sql) {
    auto rows = session.statement(sql).run();
    return rows.next() ? rows.int64(0) : -1;
  }
  testing::TempFolder folder_;
};

TEST_F(MigrationsTest, AnEmptyFileGetsAllOfThemInOrder) {
  auto session = open();
  ASSERT_TRUE(migrate(*session, "m", kBoth).ok());
  EXPECT_EQ(number(*session, "select y from a"), 2);
  EXPECT_EQ(schema_version(*session, "m").value(), 2);
}

TEST_F(MigrationsTest, AnOlderFileGetsOnlyWhatIsMissingAndKeepsItsRows) {
  auto session = open();
  ASSERT_TRUE(migrate(*session, "m", kFirst).ok());
  ASSERT_TRUE(session->exec("insert into a values (10)"));

  ASSERT_TRUE(migrate(*session, "m", kBoth).ok());
  ASSERT_TRUE(migrate(*session, "m", kBoth).ok()) << "a second time changes nothing";

  EXPECT_EQ(number(*session, "select max(y) from a"), 11);
  EXPECT_EQ(number(*session, "select count(*) from a"), 2);
}

TEST_F(MigrationsTest, ANewerFileIsRefusedWithBothVersionsNamedAndLeftAsItWas) {
  auto session = open();
  ASSERT_TRUE(migrate(*session, "m", kBoth).ok());

  const auto refused = migrate(*session, "m", kFirst);

  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, base::ErrorCode::kRefused);
  EXPECT_THAT(refused.error().message, ::testing::AllOf(::testing::HasSubstr("a.db"), ::testing::HasSubstr("version 2"),
                                                        ::testing::HasSubstr("up to 1")));
  EXPECT_EQ(schema_version(*session, "m").value(), 2);
}

TEST_F(MigrationsTest, ABrokenOneLeavesTheFileAtItsOldVersion) {
  auto session = open();
  ASSERT_TRUE(migrate(*session, "m", kFirst).ok());

  ASSERT_FALSE(migrate(*session, "m", kBroken).ok());

  EXPECT_EQ(schema_version(*session, "m").value(), 1);
  EXPECT_EQ(number(*session, "select count(*) from sqlite_master where name = 'c'"), 0);
  EXPECT_TRUE(migrate(*session, "m", kBoth).ok());
}

TEST_F(MigrationsTest, ModulesOfOneFileHaveSeriesOfTheirOwn) {
  constexpr std::array kOther = {Migration{1, "create table b (x integer)"}};
  auto session = open();
  ASSERT_TRUE(migrate(*session, "m", kBoth).ok());
  ASSERT_TRUE(migrate(*session, "other", kOther).ok());
  EXPECT_EQ(schema_version(*session, "m").value(), 2);
  EXPECT_EQ(schema_version(*session, "other").value(), 1);
  EXPECT_EQ(schema_version(*session, "third").value(), 0);
}

TEST_F(MigrationsTest, KilledAtAnyStepTheFileIsAtTheOldVersionOrTheNew) {
  bool finished = false;
  for (std::uint64_t at = 1; !finished; ++at) {
    const testing::TempFolder folder;
    FaultVfs vfs(at);
    const OpenOptions options{.vfs = vfs.name()};
    vfs.fail_at(at, Fault::kCrash);
    {
      auto session = Session::open(folder.file("a.db"), options);
      finished = session.ok() && migrate(**session, "m", kBoth).ok();
    }
    vfs.crash();
    vfs.heal();
    auto session = Session::open(folder.file("a.db"), options);
    ASSERT_TRUE(session.ok()) << session.error().message << " killed at step " << at;
    const int version = schema_version(**session, "m").value();
    ASSERT_TRUE(version == 2 || (version == 0 && !finished)) << version << " killed at step " << at;
    ASSERT_TRUE(migrate(**session, "m", kBoth).ok());
  }
}

}  // namespace
}  // namespace tocsin::db
