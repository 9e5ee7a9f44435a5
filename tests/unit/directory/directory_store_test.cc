#include "directory/directory_store.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/moments.h"
#include "tests/support/temp_folder.h"
#include "tests/unit/directory/a_town.h"

namespace tocsin::directory {
namespace {

using support::noon;
using ::testing::ElementsAre;
using ::testing::SizeIs;

class DirectoryStoreTest : public ::testing::Test {
 protected:
  DirectoryStoreTest() {
    auto opened = db::Session::open(folder_.file("t.db"), {});
    session_ = std::move(opened).value();
    EXPECT_TRUE(migrate(*session_).ok());
  }
  ImportOutcome given(const Town& town) {
    auto outcome = store_import(*session_, town.read(), "test", noon);
    EXPECT_TRUE(outcome.ok()) << outcome.error().message;
    return *outcome;
  }
  [[nodiscard]] std::int64_t id_of(const std::string& person) {
    const auto snapshot = load_snapshot(*session_);
    const auto* card = (*snapshot)->person_coded(person);
    return card == nullptr ? 0 : card->id.value;
  }

  testing::TempFolder folder_;
  std::unique_ptr<db::Session> session_;
};

TEST_F(DirectoryStoreTest, WhatWasImportedIsReadBackAsItWas) {
  const Town town = Town()
                        .with("leave", "ann,2026-11-20,2026-11-22")
                        .with("rotations", "desk,Nights,ann;-;post:night-chief,7,08:30,2026-11-02,2026-11-29")
                        .with("rotations", "desk,Days,bob,1,00:00,2026-11-02,")
                        .with("overrides", "desk,bob,2026-11-22,2026-11-23,ann")
                        .without("contacts", "bob")
                        .with("contacts", "bob,7,mobile,14400000002,,2026-03-01,form,2026-10-01");
  const Tables wanted = town.read().tables;
  given(town);

  const Tables got = *load_tables(*session_);
  ASSERT_THAT(got.areas, SizeIs(wanted.areas.size()));
  EXPECT_EQ(got.areas[2].aliases, wanted.areas[2].aliases);
  EXPECT_EQ(got.areas[2].longitude, wanted.areas[2].longitude);
  EXPECT_EQ(got.areas[2].parent, "hill-east");
  ASSERT_THAT(got.contacts, SizeIs(wanted.contacts.size()));
  EXPECT_EQ(got.contacts.back().withdrawn, wanted.contacts.back().withdrawn);
  EXPECT_EQ(got.contacts.back().agreed_when, wanted.contacts.back().agreed_when);
  EXPECT_EQ(got.contacts.back().order, 7);
  EXPECT_EQ(got.contacts[0].extension, "8001");
  ASSERT_THAT(got.leave, SizeIs(1));
  EXPECT_EQ(got.leave[0].period.to, wanted.leave[0].period.to);
  EXPECT_EQ(got.duty[1].period.from, wanted.duty[1].period.from);
  ASSERT_THAT(got.rotations, SizeIs(2));
  EXPECT_EQ(got.rotations[0].name, "Nights");
  EXPECT_EQ(got.rotations[0].turns, wanted.rotations[0].turns);
  EXPECT_EQ(got.rotations[0].every_days, 7);
  EXPECT_EQ(got.rotations[0].handover_minute, 510);
  EXPECT_EQ(got.rotations[0].first_day, wanted.rotations[0].first_day);
  EXPECT_EQ(got.rotations[0].end_day, wanted.rotations[0].end_day);
  EXPECT_EQ(got.rotations[0].zone, "Asia/Shanghai");
  EXPECT_EQ(got.rotations[1].end_day, std::nullopt);
  ASSERT_THAT(got.overrides, SizeIs(1));
  EXPECT_EQ(got.overrides[0].who, "bob");
  EXPECT_EQ(got.overrides[0].instead_of, "ann");
  EXPECT_EQ(got.overrides[0].period.from, wanted.overrides[0].period.from);
  EXPECT_EQ(got.overrides[0].period.to, wanted.overrides[0].period.to);
  EXPECT_EQ(got.posts[0].person, "ann");
  EXPECT_EQ(got.deputies[0].order, 2);
  EXPECT_EQ(got.unit_members[0].person, "eve");
  EXPECT_EQ(got.group_members[1].person, "ann");
  EXPECT_EQ(got.area_roles[2].role, "workers");
  EXPECT_EQ(got.units[0].responsible, "dan");
  EXPECT_EQ(got.groups[0].name, "Flood team");
  EXPECT_EQ(got.persons[0].door, "Gate 1");
}

TEST_F(DirectoryStoreTest, ARowWhoseCodeStaysKeepsItsId) {
  given(Town());
  const std::int64_t ann = id_of("ann"), eve = id_of("eve");
  const Tables before = *load_tables(*session_);

  given(Town().sheet(
      "persons", "code,name,language\nfay,Fay,zh\neve,Eve Two,en\ndan,Dan,zh\ncat,Cat,zh\nbob,Bob,en\nann,Ann,en\n"));

  EXPECT_EQ(id_of("ann"), ann);
  EXPECT_EQ(id_of("eve"), eve);
  const Tables after = *load_tables(*session_);
  EXPECT_EQ(after.contacts[0].id, before.contacts[0].id);
  EXPECT_EQ(after.areas[3].id, before.areas[3].id);
}

TEST_F(DirectoryStoreTest, AnIdIsNeverGivenToSomebodyElse) {
  given(Town().with("persons", "fay,Fay,en,,"));
  const std::int64_t fay = id_of("fay");
  given(Town());
  const auto outcome = given(Town().with("persons", "gus,Gus,en,,"));

  EXPECT_GT(id_of("gus"), fay);
  EXPECT_EQ(outcome.persons_new, 1);
  EXPECT_EQ(outcome.persons_kept, 5);
  EXPECT_EQ(outcome.persons_gone, 0);
}

TEST_F(DirectoryStoreTest, AChangedNumberIsANewContactPoint) {
  given(Town());
  const auto before = *load_tables(*session_);
  given(Town().without("contacts", "14400000002").with("contacts", "bob,1,mobile,14400000092,,2026-03-01,form,"));
  const auto after = *load_tables(*session_);
  for (const ContactRow& row : after.contacts) {
    if (row.person != "bob") continue;
    for (const ContactRow& old : before.contacts) EXPECT_NE(row.id, old.id);
  }
}

TEST_F(DirectoryStoreTest, EachImportIsANewVersionInTheHistory) {
  EXPECT_EQ(*directory_version(*session_), 0);
  given(Town());
  const auto second = given(Town().with("persons", "fay,Fay,en,,"));

  EXPECT_EQ(*directory_version(*session_), 2);
  EXPECT_EQ((*load_snapshot(*session_))->version(), 2);
  const auto history = *import_history(*session_, 10);
  ASSERT_THAT(history, SizeIs(2));
  EXPECT_EQ(history[0].version, 2);
  EXPECT_EQ(history[0].persons, 6);
  EXPECT_EQ(history[0].by, "test");
  EXPECT_EQ(history[0].at, noon);
  EXPECT_EQ(history[0].digest, second.entry.digest);
  EXPECT_NE(history[0].digest, history[1].digest);
  EXPECT_EQ(history[1].posts, 3);
}

TEST_F(DirectoryStoreTest, SheetsWithErrorsChangeNothing) {
  given(Town());
  const auto refused = store_import(*session_, Town().with("persons", "ann,Ann,en,,").read(), "test", noon);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, base::ErrorCode::kInvalid);
  EXPECT_EQ(*directory_version(*session_), 1);
  EXPECT_THAT(load_tables(*session_)->persons, SizeIs(5));
}

TEST_F(DirectoryStoreTest, ADryRunCountsAndChangesNothing) {
  given(Town());
  const auto outcome =
      store_import(*session_, Town().with("persons", "fay,Fay,en,,").read(), "test", noon, DryRun::kYes);
  ASSERT_TRUE(outcome.ok());
  EXPECT_EQ(outcome->persons_new, 1);
  EXPECT_EQ(*directory_version(*session_), 1);
  EXPECT_EQ(id_of("fay"), 0);
  EXPECT_FALSE(session_->in_transaction());
}

TEST_F(DirectoryStoreTest, InsideACallersTransactionTheCallerDecides) {
  ASSERT_TRUE(session_->begin().ok());
  ASSERT_TRUE(store_import(*session_, Town().read(), "test", noon, DryRun::kYes).ok());
  EXPECT_EQ(*directory_version(*session_), 0);
  ASSERT_TRUE(store_import(*session_, Town().read(), "test", noon).ok());
  EXPECT_TRUE(session_->in_transaction());
  EXPECT_EQ((*load_snapshot(*session_))->version(), 1);
  session_->rollback();
  EXPECT_EQ(*directory_version(*session_), 0);
}

TEST_F(DirectoryStoreTest, AFailedImportLeavesTheOldDirectoryWhole) {
  given(Town());
  ASSERT_TRUE(
      session_->exec("create trigger no_duty before insert on dir_duty begin select raise(abort, 'full'); end"));
  const auto failed = store_import(
      *session_, Town().with("persons", "fay,Fay,en,,").with("duty", "desk,ann,2026-12-01,2026-12-02").read(), "test",
      noon);
  ASSERT_FALSE(failed.ok());
  EXPECT_EQ(*directory_version(*session_), 1);
  EXPECT_THAT(load_tables(*session_)->persons, SizeIs(5));
}

TEST_F(DirectoryStoreTest, AnotherSessionReadsWithoutWriting) {
  given(Town());
  db::OpenOptions options;
  options.mode = db::Mode::kReadOnly;
  auto reader = db::Session::open(folder_.file("t.db"), options);
  ASSERT_TRUE(reader.ok()) << reader.error().message;
  const auto snapshot = load_snapshot(**reader);
  ASSERT_TRUE(snapshot.ok());
  EXPECT_THAT((*snapshot)->people(), SizeIs(5));
}

}  // namespace
}  // namespace tocsin::directory
