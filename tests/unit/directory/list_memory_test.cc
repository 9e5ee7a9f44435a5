// What was accepted of a list, remembered by the name of its file.
#include "directory/list_memory.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "directory/directory_store.h"
#include "directory/history.h"
#include "tests/support/temp_folder.h"
#include "tests/unit/directory/a_town.h"

namespace tocsin::directory {
namespace {

using ::testing::ElementsAre;

const base::UtcTime kNow = base::from_micros(1'790'000'000'000'000);
constexpr std::chrono::hours kDay{24};

class ListMemoryTest : public ::testing::Test {
 protected:
  ListMemoryTest() {
    session_ = std::move(db::Session::open(folder_.file("t.db"), {})).value();
    EXPECT_TRUE(migrate(*session_).ok());
  }
  static KnownList a_list(const std::string& name) {
    KnownList list;
    list.name = name;
    list.mapping = "1@1: A=name B=mobile";
    list.header = "1!A=姓名\n";
    list.persons = {"ann", "bob"};
    return list;
  }
  // As an accepted reading does.
  void accept(const KnownList& list, base::UtcTime at, const Tables& after) {
    const auto before = load_state(*session_);
    ASSERT_TRUE(before.ok());
    auto change = prepare_change(*before, after, model::DirectoryHow::kImport);
    change.remember.push_back(list);
    ASSERT_TRUE(session_->begin().ok());
    ASSERT_TRUE(write_change(*session_, change, "cli", "", at).ok());
    ASSERT_TRUE(session_->commit().ok());
  }
  [[nodiscard]] std::optional<KnownList> known(const std::string& name) {
    auto found = known_list(*session_, name);
    EXPECT_TRUE(found.ok());
    return found.ok() ? *found : std::nullopt;
  }
  [[nodiscard]] std::int64_t version() { return *directory_version(*session_); }

  testing::TempFolder folder_;
  Tables town_ = Town().tables();
  std::unique_ptr<db::Session> session_;
};

TEST(FoldedListName, LeavesOutWhatChangesFromMonthToMonth) {
  EXPECT_EQ(folded_list_name("值班表2026年11月.xlsx"), "值班表");
  EXPECT_EQ(folded_list_name("值班表（12月）.csv"), "值班表");
  EXPECT_EQ(folded_list_name("Duty Roster 2026-12 (1).XLSX"), "dutyroster");
  EXPECT_EQ(folded_list_name("月度值班表.docx"), "月度值班表") << "only behind digits";
  EXPECT_EQ(folded_list_name("20261101.csv"), "");
}

TEST_F(ListMemoryTest, IsKeptWithTheChangeAndFoundByNameThenByFoldedName) {
  accept(a_list("值班表11月.xlsx"), kNow, town_);
  EXPECT_EQ(version(), 1);
  const auto exact = known("值班表11月.xlsx");
  ASSERT_TRUE(exact);
  EXPECT_EQ(exact->mapping, "1@1: A=name B=mobile");
  EXPECT_EQ(exact->by, "cli");
  EXPECT_EQ(exact->at, kNow);
  EXPECT_THAT(exact->persons, ElementsAre("ann", "bob"));
  auto other = a_list("值班表12月.xlsx");
  other.mapping = "1@2: A=name";
  accept(other, kNow + kDay, town_);
  EXPECT_EQ(known("值班表11月.xlsx")->mapping, "1@1: A=name B=mobile") << "its own first";
  EXPECT_EQ(known("值班表1月.xlsx")->mapping, "1@2: A=name") << "else the one accepted last";
  EXPECT_FALSE(known("通讯录.xlsx"));
  EXPECT_FALSE(known("2026.xlsx"));
}

TEST_F(ListMemoryTest, AListThatChangesNothingElseMakesNoVersion) {
  accept(a_list("first.csv"), kNow, town_);
  accept(a_list("second.csv"), kNow, load_state(*session_)->tables);
  EXPECT_EQ(version(), 1);
  EXPECT_TRUE(known("second.csv"));
}

TEST_F(ListMemoryTest, IsThrownAwayWhenAsked) {
  accept(a_list("first.csv"), kNow, town_);
  auto change = prepare_change(*load_state(*session_), load_state(*session_)->tables, model::DirectoryHow::kEdit);
  change.forget.push_back("first.csv");
  ASSERT_TRUE(session_->begin().ok());
  ASSERT_TRUE(write_change(*session_, change, "cli", "", kNow).ok());
  ASSERT_TRUE(session_->commit().ok());
  EXPECT_FALSE(known("first.csv"));
  EXPECT_EQ(version(), 1);
}

TEST_F(ListMemoryTest, ForgetsWhoLeftAndListsThatNobodyAcceptedForLong) {
  accept(a_list("first.csv"), kNow, town_);
  auto smaller = load_state(*session_)->tables;
  smaller.unit_members.clear();
  smaller.group_members.clear();
  std::erase_if(smaller.persons, [](const PersonRow& row) { return row.code == "bob"; });
  accept(a_list("second.csv"), kNow + kDay, smaller);
  EXPECT_THAT(known("first.csv")->persons, ElementsAre("ann"));
  auto later = load_state(*session_)->tables;
  later.persons.front().notes = "moved";
  accept(a_list("third.csv"), kNow + kHistoryKept + kDay / 2, later);
  EXPECT_FALSE(known("first.csv"));
  EXPECT_TRUE(known("second.csv"));
}

TEST_F(ListMemoryTest, OnlySoManyAreKept) {
  accept(a_list("x.csv"), kNow, town_);
  for (int i = 0; i < kMostLists; ++i) {
    accept(a_list("list " + std::string(static_cast<std::size_t>(i + 1), 'a')), kNow + kDay,
           load_state(*session_)->tables);
  }
  EXPECT_EQ(known_lists(*session_)->size(), static_cast<std::size_t>(kMostLists));
  EXPECT_FALSE(known("x.csv"));
}

}  // namespace
}  // namespace tocsin::directory
