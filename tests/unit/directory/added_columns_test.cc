// Columns that came later: verified, not at night, sections of upper offices; and that what was there stays whole.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "directory/directory_store.h"
#include "directory/edit.h"
#include "directory/history.h"
#include "directory/listing.h"
#include "directory/schema.h"
#include "tests/support/moments.h"
#include "tests/support/temp_folder.h"
#include "tests/unit/directory/a_town.h"

namespace tocsin::directory {
namespace {

using support::noon;
using ::testing::Contains;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kContacts =
    "person,order,kind,address,agreed_when,agreed_how,withdrawn,verified_when,verified_how,not_at_night\n";

Town town_with(const std::string& contact) {
  Town town;
  town.sheet("contacts", kContacts + contact);
  return town;
}

TEST(AddedColumnsTest, YesIsReadInBothLanguagesAndAnythingElseIsAMistake) {
  for (const char* yes : {"yes", "YES", "是"}) {
    const auto read = town_with("ann,1,mobile,14400000001,2026-03-01,form,,,," + std::string(yes) + "\n").read();
    ASSERT_FALSE(base::has_errors(read.findings)) << yes;
    EXPECT_TRUE(read.tables.contacts.at(0).not_at_night) << yes;
  }
  for (const char* no : {"", "no", "否"}) {
    const auto read = town_with("ann,1,mobile,14400000001,2026-03-01,form,,,," + std::string(no) + "\n").read();
    EXPECT_FALSE(read.tables.contacts.at(0).not_at_night) << no;
  }
  const auto read = town_with("ann,1,mobile,14400000001,2026-03-01,form,,,,sometimes\n").read();
  EXPECT_THAT(codes_of(read), Contains("neither-yes-nor-no"));
}

TEST(AddedColumnsTest, AListWithoutTheColumnsKeepsWhatBecameOfAContactPoint) {
  const Tables before =
      town_with("ann,1,mobile,14400000001,2026-03-01,form,2026-05-01,2026-04-01,drill,yes\n").tables();
  ASSERT_EQ(before.contacts.size(), 1U);
  ImportOptions options;
  options.keep = &before;
  Town without;
  without.sheet("contacts",
                "person,kind,address,agreed_when,agreed_how\n"
                "ann,mobile,14400000001,2026-03-01,form\nbob,mobile,14400000002,2026-03-01,form\n");
  const auto read = without.read(options);
  const ContactRow& kept = read.tables.contacts.at(0);
  EXPECT_EQ(kept.withdrawn, before.contacts[0].withdrawn);
  EXPECT_EQ(kept.verified_when, before.contacts[0].verified_when);
  EXPECT_EQ(kept.verified_how, "drill");
  EXPECT_TRUE(kept.not_at_night);
  EXPECT_FALSE(read.tables.contacts.at(1).withdrawn) << "another number";
  // With the columns, what they say holds.
  const auto said = town_with("ann,1,mobile,14400000001,2026-03-01,form,,,,\n").read(options);
  EXPECT_FALSE(said.tables.contacts.at(0).withdrawn);
  EXPECT_FALSE(said.tables.contacts.at(0).not_at_night);
}

TEST(AddedColumnsTest, AnOutlineStaysWhateverTheSheetOfAreasSays) {
  Tables before = Town().tables();
  before.areas[2].outline = R"({"type":"Polygon","coordinates":[[[118,36],[118.1,36],[118.1,36.1],[118,36]]]})";
  ImportOptions options;
  options.keep = &before;
  EXPECT_EQ(Town().read(options).tables.areas.at(2).outline, before.areas[2].outline);
}

TEST(AddedColumnsTest, ASectionIsNeverOnLeaveAndStandsInForNobody) {
  Town town;
  town.sheet("persons",
             "code,name,language,kind\nann,Ann,en,section\nbob,Bob,en,person\ncat,Cat,zh,\ndan,Dan,zh,\neve,Eve,zh,\n");
  const Tables tables = town.tables();
  ASSERT_EQ(tables.persons.size(), 5U);
  EXPECT_TRUE(tables.persons[0].section);
  EXPECT_FALSE(tables.persons[1].section);
  EXPECT_TRUE(Snapshot(tables, 1).person_coded("ann")->section);
  EXPECT_THAT(codes_of(Town(town).with("leave", "ann,2026-11-20,2026-11-22").read()), Contains("section-on-leave"));
  EXPECT_THAT(codes_of(Town(town).with("deputies", "night-chief,2,ann").read()), Contains("section-as-deputy"));
}

TEST(AddedColumnsTest, TheListSaysThatASectionIsOne) {
  Tables tables = Town().tables();
  tables.persons[0].section = true;
  const Snapshot roster(tables, 1);
  ListOptions options;
  options.at = noon;
  EXPECT_THAT(list_text({tables, roster}, options), HasSubstr("section"));
  EXPECT_THAT(list_json({tables, roster}, options), HasSubstr(R"("kind": "section")"));
  EXPECT_THAT(show_text({tables, roster}, "ann", options).value(), HasSubstr("section ann"));
  EXPECT_THAT(show_text({tables, roster}, "bob", options).value(), Not(HasSubstr("section")));
}

TEST(AddedColumnsTest, AnEditCarriesThem) {
  const Tables before = Town().tables();
  PersonEdit edit;
  edit.person = before.persons[1];
  edit.person.section = false;
  edit.contacts = {before.contacts[2]};
  edit.contacts[0].verified_when = noon;
  edit.contacts[0].verified_how = "contact check";
  edit.contacts[0].not_at_night = true;
  ImportOptions options;
  options.dialing.area_code = "539";
  const Edited edited = put_person(before, edit, options);
  ASSERT_FALSE(base::has_errors(edited.findings));
  EXPECT_THAT(edited.tables.contacts, Contains(Field(&ContactRow::verified_how, "contact check")));
  EXPECT_EQ(edited.tables.contacts[2].verified_when, noon);
  EXPECT_TRUE(edited.tables.contacts[2].not_at_night);
}

TEST(AddedColumnsTest, ADatabaseOfTheProgramBeforeIsTakenOverWhole) {
  const testing::TempFolder folder;
  const auto session = std::move(db::Session::open(folder.file("t.db"), {})).value();
  ASSERT_TRUE(db::migrate(*session, "directory", std::span(kMigrations).first(3)).ok());
  for (const char* sql : {
           "insert into dir_area values (1, 1, 'hill', 'Hill', 'subdistrict', '', '', 36.05, 118.05, 'Square')",
           "insert into dir_person values (2, 1, 'ann', 'Ann', 'en', '', '')",
           "insert into dir_contact values (3, 1, 'ann', 1, 1, '+8614400000001', '', 5, 'form', null)",
           "insert into dir_change values (1, 5, 'cli', 1, '', 'x', null, 2, 0, 0)",
           "insert into dir_change values (2, 6, 'cli', 1, '', 'x', null, 1, 0, 0)",
           "insert into dir_delta values (1, 'areas', '{\"gone\":[],\"added\":[[0,1,[\"hill\",\"Hill\",\"subdistrict\","
           "\"\",\"\",\"36.05\",\"118.05\",\"Square\"]]],\"changed\":[]}')",
           "insert into dir_delta values (1, 'persons', '{\"gone\":[],\"added\":[[0,2,[\"ann\",\"Ann\",\"en\",\"\","
           "\"\"]]],\"changed\":[]}')",
           "insert into dir_delta values (2, 'contacts', '{\"gone\":[],\"added\":[[0,3,[\"ann\",\"1\",\"mobile\","
           "\"+8614400000001\",\"\",\"5\",\"form\",\"\"]]],\"changed\":[]}')",
           "update dir_state set version = 2, next_id = 4",
       }) {
    session->statement(sql).exec();
  }
  ASSERT_TRUE(session->status().ok()) << session->status().error().message;
  ASSERT_TRUE(migrate(*session).ok());
  const State now = load_state(*session).value();
  ASSERT_EQ(now.tables.contacts.size(), 1U);
  EXPECT_FALSE(now.tables.contacts[0].not_at_night);
  EXPECT_FALSE(now.tables.contacts[0].verified_when);
  EXPECT_FALSE(now.tables.persons.at(0).section);
  EXPECT_EQ(now.tables.areas.at(0).outline, "");
  // The change it kept is taken back by the new program.
  const State first = state_at(*session, 1).value();
  EXPECT_TRUE(first.tables.contacts.empty());
  EXPECT_EQ(prepare_undo(*session, now).value().undoes, 2);
}

}  // namespace
}  // namespace tocsin::directory
