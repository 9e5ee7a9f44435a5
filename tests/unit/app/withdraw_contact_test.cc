// A contact point taken back by its owner: one change of the directory, theirs alone, and in force with its commit.
#include <gtest/gtest.h>

#include "directory/directory_store.h"
#include "directory/history.h"
#include "gateway/app/office_directory.h"
#include "gateway/ports/directory_work.h"
#include "tests/support/moments.h"
#include "tests/support/temp_folder.h"
#include "tests/unit/directory/a_town.h"

namespace tocsin::app {
namespace {

using support::noon;

class WithdrawContactTest : public ::testing::Test {
 protected:
  WithdrawContactTest() {
    writer_ = std::move(db::Session::open(folder_.file("t.db"), {})).value();
    EXPECT_TRUE(directory::migrate(*writer_).ok());
    EXPECT_TRUE(directory::store_import(*writer_, directory::Town().read(), "cli", noon).ok());
    office_ = std::make_unique<OfficeDirectory>(
        folder_.file("t.db"), "", base::DialingRules{}, [] { return std::make_shared<const plan::Plan>(); }, *writer_,
        [] { return ports::RosterPtr(); });
    before_ = directory::load_state(*writer_).value();
  }
  [[nodiscard]] model::PersonId person(const std::string& code) const {
    for (const auto& row : before_.tables.persons) {
      if (row.code == code) return row.id;
    }
    return {};
  }
  [[nodiscard]] model::ContactId mobile_of(const std::string& code) const {
    for (const auto& row : before_.tables.contacts) {
      if (row.person == code && row.kind == model::ContactKind::kMobile) return row.id;
    }
    return {};
  }
  base::Result<ports::PreparedChange> withdraw(const std::string& who, model::ContactId contact) {
    ports::DirectoryWish wish;
    wish.by = {model::Role::kCommander, who, person(who)};
    wish.what = ports::WithdrawContact{person(who), contact, noon};
    return office_->prepare(wish);
  }
  void write(const ports::PreparedChange& change) {
    ASSERT_TRUE(writer_->begin().ok());
    ASSERT_TRUE(change.command.work->apply("commander:ann", "theirs", noon).ok());
    ASSERT_TRUE(writer_->commit().ok());
  }

  testing::TempFolder folder_;
  std::unique_ptr<db::Session> writer_;
  std::unique_ptr<OfficeDirectory> office_;
  directory::State before_;
};

TEST_F(WithdrawContactTest, ItIsOneRowOfTheDirectoryAndNobodyIsCalledThereAnyMore) {
  const auto change = withdraw("ann", mobile_of("ann"));
  ASSERT_TRUE(change.ok());
  EXPECT_EQ(change->rows.changed, 1);
  EXPECT_EQ(change->rows.all(), 1);
  EXPECT_EQ(change->command.work->owner(), person("ann")) << "its owner may, who is no administrator";
  ASSERT_EQ(change->command.work->roster()->person_coded("ann")->contacts.size(), 1U);
  EXPECT_EQ(change->command.work->roster()->person_coded("ann")->contacts[0].kind, model::ContactKind::kLandline);
  write(*change);
  const auto after = directory::load_state(*writer_).value();
  EXPECT_EQ(after.version, before_.version + 1);
  EXPECT_EQ(after.tables.contacts[1].withdrawn, noon);
  EXPECT_EQ(directory::history(*writer_, 0, 1).value().at(0).by, "commander:ann");
}

TEST_F(WithdrawContactTest, NobodyTakesBackWhatIsAnotherPersons) {
  EXPECT_EQ(withdraw("ann", mobile_of("bob")).error().code, base::ErrorCode::kNotFound);
  EXPECT_EQ(withdraw("ann", model::ContactId{9999}).error().code, base::ErrorCode::kNotFound);
}

TEST_F(WithdrawContactTest, WhatIsWithdrawnAlreadyIsSaidToBe) {
  write(*withdraw("ann", mobile_of("ann")));
  EXPECT_EQ(withdraw("ann", mobile_of("ann")).error().code, base::ErrorCode::kConflict);
}

TEST_F(WithdrawContactTest, AnyOtherChangeIsTheAdministratorsAlone) {
  ports::DirectoryWish wish;
  wish.by = {model::Role::kCommander, "ann", person("ann")};
  wish.what = ports::RemovePerson{"eve", {}};
  const auto change = office_->prepare(wish);
  ASSERT_TRUE(change.ok());
  if (change->may_stand) {
    EXPECT_FALSE(change->command.work->owner());
  }
}

}  // namespace
}  // namespace tocsin::app
