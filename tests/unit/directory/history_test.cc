// Every change of the directory is kept, can be looked back at, and the last one can be taken back.
#include "directory/history.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "directory/directory_store.h"
#include "tests/support/moments.h"
#include "tests/support/temp_folder.h"
#include "tests/unit/directory/a_town.h"

namespace tocsin::directory {
namespace {

using support::noon;

class HistoryTest : public ::testing::Test {
 protected:
  HistoryTest() {
    session_ = std::move(db::Session::open(folder_.file("t.db"), {})).value();
    EXPECT_TRUE(migrate(*session_).ok());
  }
  void import_town(const Town& town) { ASSERT_TRUE(store_import(*session_, town.read(), "cli", noon).ok()); }
  [[nodiscard]] State now() { return load_state(*session_).value(); }
  base::Status write(const Change& change, const std::string& reason = {}, base::UtcTime at = noon) {
    if (auto begun = session_->begin(); !begun) return begun;
    if (auto written = write_change(*session_, change, "admin:office", reason, at); !written) {
      session_->rollback();
      return written;
    }
    return session_->commit();
  }
  // Another name for that person, as an edit.
  void rename(const std::string& code, const std::string& name, base::UtcTime at = noon) {
    const State before = now();
    Tables after = before.tables;
    for (auto& person : after.persons) {
      if (person.code == code) person.name = name;
    }
    ASSERT_TRUE(write(prepare_change(before, after, model::DirectoryHow::kEdit), "asked for", at).ok());
  }
  base::Result<std::int64_t> undo() {
    auto change = prepare_undo(*session_, now());
    if (!change) return change.error();
    if (auto written = write(*change); !written) return written.error();
    return change->undoes;
  }
  void expect_same(const State& a, const State& b) { EXPECT_TRUE(difference(a.tables, b.tables).empty()); }
  [[nodiscard]] std::int64_t number(const char* sql) {
    auto rows = session_->statement(sql).run();
    return rows.next() ? rows.int64(0) : -1;
  }

  testing::TempFolder folder_;
  std::unique_ptr<db::Session> session_;
};

TEST_F(HistoryTest, WhatWasUndoneIsAsItWasWithItsIds) {
  import_town(Town());
  const State first = now();
  import_town(Town()
                  .without("persons", "bob")
                  .without("contacts", "bob")
                  .without("posts", "bob")
                  .without("deputies", "bob")
                  .without("duty", "bob")
                  .without("units", "bob")
                  .without("unit_members", "bob")
                  .without("group_members", "bob")
                  .without("area_roles", "bob"));
  const State second = now();
  ASSERT_LT(second.tables.persons.size(), first.tables.persons.size());
  ASSERT_EQ(undo().value(), 2);
  expect_same(now(), first);
  EXPECT_EQ(now().version, 3);
  EXPECT_EQ(now().next_id, second.next_id);
}

TEST_F(HistoryTest, UndoingGoesBackStepByStepAndPassesOverWhatWasUndone) {
  import_town(Town());
  const State first = now();
  rename("ann", "Anna");
  const State second = now();
  rename("ann", "Anne");
  EXPECT_EQ(undo().value(), 3);
  expect_same(now(), second);
  rename("bob", "Robert");
  EXPECT_EQ(undo().value(), 5);
  EXPECT_EQ(undo().value(), 2);
  expect_same(now(), first);
  EXPECT_EQ(undo().value(), 1);
  EXPECT_TRUE(now().tables.persons.empty());
  EXPECT_EQ(undo().error().code, base::ErrorCode::kConflict);
  EXPECT_EQ(now().version, 8);
}

TEST_F(HistoryTest, EveryVersionCanBeLookedBackAt) {
  std::vector<State> seen{now()};
  import_town(Town());
  seen.push_back(now());
  rename("cat", "Catherine");
  seen.push_back(now());
  import_town(Town().with("persons", "fay,Fay,en,,").with("leave", "ann,2026-11-20,2026-11-22"));
  seen.push_back(now());
  ASSERT_TRUE(undo().ok());
  seen.push_back(now());
  for (std::size_t version = 0; version < seen.size(); ++version) {
    const auto was = state_at(*session_, static_cast<std::int64_t>(version));
    ASSERT_TRUE(was.ok()) << version << ": " << was.error().message;
    expect_same(*was, seen[version]);
  }
  EXPECT_EQ(state_at(*session_, 5).error().code, base::ErrorCode::kNotFound);
}

TEST_F(HistoryTest, AChangePreparedOnAnotherVersionIsRefusedWhole) {
  import_town(Town());
  const State before = now();
  Tables after = before.tables;
  after.persons[0].name = "too late";
  const Change late = prepare_change(before, after, model::DirectoryHow::kEdit);
  rename("bob", "Robert");
  const State then = now();
  EXPECT_EQ(write(late).error().code, base::ErrorCode::kChanged);
  expect_same(now(), then);
  EXPECT_EQ(now().version, 2);
}

TEST_F(HistoryTest, OnlyRowsThatDifferAreWritten) {
  import_town(Town());
  const State before = now();
  Tables after = before.tables;
  after.persons[1].name = "Robert";
  const std::int64_t until = number("select total_changes()");
  ASSERT_TRUE(write(prepare_change(before, after, model::DirectoryHow::kEdit)).ok());
  // The person twice (out and in), the state, the change and its delta.
  EXPECT_LE(number("select total_changes()") - until, 5);
}

TEST_F(HistoryTest, TheOrderOfTheOfficeIsKeptWhateverComesBetween) {
  import_town(Town());
  const State before = now();
  Tables after = before.tables;
  PersonRow fay;
  fay.code = "fay", fay.name = "Fay", fay.language = "en";
  after.persons.insert(after.persons.begin() + 1, fay);
  std::swap(after.persons[3], after.persons[4]);
  after.persons.erase(after.persons.begin());
  Change change = prepare_change(before, after, model::DirectoryHow::kEdit);
  ASSERT_TRUE(write(change).ok());
  expect_same(now(), change.after);
}

TEST_F(HistoryTest, TheHistorySaysWhoWhyAndHowMuch) {
  import_town(Town());
  rename("ann", "Anna");
  ASSERT_TRUE(undo().ok());
  const auto entries = history(*session_, 0, 10).value();
  ASSERT_EQ(entries.size(), 3U);
  EXPECT_EQ(entries[0].how, model::DirectoryHow::kUndo);
  EXPECT_EQ(entries[0].undoes, 2);
  EXPECT_EQ(entries[1].undone_by, 3);
  EXPECT_EQ(entries[1].reason, "asked for");
  EXPECT_EQ(entries[1].by, "admin:office");
  EXPECT_EQ(entries[1].rows, (model::DirectoryCounts{0, 1, 0}));
  EXPECT_EQ(entries[2].version, 1);
  EXPECT_EQ(entries[2].undone_by, 0);
  EXPECT_EQ(history(*session_, 2, 10).value().size(), 1U);
}

TEST_F(HistoryTest, WhatIsOlderThanTheHistoryIsSaidToBe) {
  import_town(Town());
  rename("ann", "Anna");
  session_->exec("delete from dir_change where version = 1; delete from dir_delta where version = 1;");
  EXPECT_TRUE(state_at(*session_, 1).ok());
  EXPECT_EQ(state_at(*session_, 0).error().code, base::ErrorCode::kNotFound);
  ASSERT_TRUE(undo().ok());
  EXPECT_EQ(undo().error().code, base::ErrorCode::kConflict);
}

TEST_F(HistoryTest, AfterTwoYearsNamesAreForgottenAndWhoChangedWhatAndWhyStays) {
  import_town(Town());
  rename("bob", "Bob the Second");
  rename("bob", "Bob the Third", noon + kHistoryKept + std::chrono::hours(1));

  EXPECT_EQ(number("select count(*) from dir_delta where version < 3"), 0);
  EXPECT_EQ(number("select count(*) from dir_delta where delta like '%the Third%'"), 1);
  EXPECT_EQ(state_at(*session_, 2)->version, 2);
  EXPECT_EQ(state_at(*session_, 1).error().code, base::ErrorCode::kNotFound);
  EXPECT_EQ(history(*session_, 0, 10)->size(), 3U);
  EXPECT_EQ(history(*session_, 0, 10)->at(1).reason, "asked for");
  EXPECT_EQ(undo().value(), 3);
  EXPECT_EQ(undo().error().code, base::ErrorCode::kNotFound) << "what it was is not known any more";
}

}  // namespace
}  // namespace tocsin::directory
