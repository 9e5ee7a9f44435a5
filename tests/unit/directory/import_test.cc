#include "directory/import.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/directory/a_town.h"

namespace tocsin::directory {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

// "posts.csv:3: error: column D (person): there is no person ... [unknown-person]", without source lines.
std::vector<std::string> lines_of(const base::Diagnostics& findings) {
  std::vector<std::string> lines;
  for (const auto& finding : findings) {
    EXPECT_TRUE(said_in_chinese(finding)) << finding.code << ": " << finding.message_zh << " / " << finding.hint_zh;
    const char* severity = finding.severity == base::Severity::kError     ? "error"
                           : finding.severity == base::Severity::kWarning ? "warning"
                                                                          : "note";
    lines.push_back(finding.file + ":" + std::to_string(finding.line) + ": " + severity + ": " + finding.message +
                    " [" + finding.code + "]" + (finding.hint.empty() ? "" : " " + finding.hint));
  }
  return lines;
}

class ImportTest : public ::testing::Test {
 protected:
  void when_reading(const Town& town) { imported_ = town.read(); }
  [[nodiscard]] std::vector<std::string> findings() const { return lines_of(imported_.findings); }
  void then_nothing_is_taken() const {
    EXPECT_TRUE(imported_.tables.persons.empty());
    EXPECT_TRUE(imported_.tables.areas.empty());
  }

  Imported imported_;
};

TEST_F(ImportTest, AGoodDirectoryHasNoFindings) {
  when_reading(Town());
  EXPECT_THAT(findings(), IsEmpty());
  EXPECT_EQ(imported_.tables.persons.size(), 5U);
  EXPECT_EQ(imported_.tables.contacts[1].address, "+8614400000001");
  EXPECT_EQ(imported_.digest.size(), 64U);
}

TEST_F(ImportTest, OneMistakeTakesNothingAtAll) {
  when_reading(Town().with("persons", "fay,Fay,fr,,"));
  EXPECT_THAT(findings(),
              Contains("persons.csv:7: error: column C (language): \"fr\" is none of zh, en [unknown-language]"));
  then_nothing_is_taken();
}

TEST_F(ImportTest, AllMistakesAreFoundInOnePass) {
  when_reading(Town()
                   .with("persons", "ann,Ann Two,en,,")
                   .with("posts", "cook,Cook,,nan,,")
                   .with("leave", "ann,2026-11-22 08:00,2026-11-21 08:00"));
  EXPECT_THAT(findings(),
              ElementsAre("leave.csv:2: error: column B (from): is not before \"to\" [range-upside-down]",
                          "persons.csv:7: error: column A (code): \"ann\" is the code of another row already: line 2 "
                          "[duplicate-code]",
                          "posts.csv:5: error: column D (person): there is no person with the code \"nan\" "
                          "[unknown-person] did you mean \"ann\"?"));
}

TEST_F(ImportTest, ARowWithTheWrongNumberOfCellsIsFoundAndCausesNoFurtherFindings) {
  when_reading(Town().without("persons", "eve").with("persons", "eve,Eve, the second,zh,,"));
  EXPECT_THAT(findings(),
              ElementsAre("persons.csv:6: error: the row has 6 cells, the header has 5 [wrong-column-count] "
                          "put a cell that holds a comma in quotes"));
  then_nothing_is_taken();
}

TEST_F(ImportTest, EmptyColumnsBehindTheTableAreForgiven) {
  when_reading(Town().sheet("leave", "person,from,to,,\nann,,,,\n"));
  EXPECT_THAT(findings(), IsEmpty());
}

TEST_F(ImportTest, AMistypedColumnIsNamedWithTheNearestOne) {
  when_reading(Town().sheet("leave", "persn,from,to\nann,,\n"));
  EXPECT_THAT(findings(),
              ElementsAre("leave.csv:1: error: the table leave needs a column \"person\" [missing-column]",
                          "leave.csv:1: error: column A: the table leave has no column \"persn\" [unknown-column] did "
                          "you mean \"person\"?"));
}

TEST_F(ImportTest, ASheetOfNoTableIsRefused) {
  when_reading(Town().sheet("zoo", "animal,weight\nlion,200\n"));
  EXPECT_THAT(findings(),
              ElementsAre(AllOf(HasSubstr("zoo.csv:1: error: no table has the columns"), HasSubstr("unknown-table"))));
}

TEST_F(ImportTest, AnEmptyFileIsRefused) {
  when_reading(Town().sheet("leave", "\n\n"));
  EXPECT_THAT(findings(), ElementsAre(HasSubstr("[empty-file]")));
}

TEST_F(ImportTest, ATableIsKnownByItsHeaderWhateverTheFileIsCalled) {
  auto sheets = Town().sheets();
  for (auto& sheet : sheets) sheet.name = "x" + std::to_string(sheet.text.size()) + ".csv";
  imported_ = read_sheets(sheets, true, {});
  EXPECT_THAT(findings(), Not(Contains(HasSubstr("error"))));
  EXPECT_EQ(imported_.tables.group_members.size(), 2U);
}

TEST_F(ImportTest, ANumberWithADigitMissingIsAFindingInTheWordsOfTheNumberReader) {
  when_reading(Town().with("contacts", "bob,2,mobile,1440000000,,2026-03-01,form,"));
  ASSERT_THAT(findings(), ElementsAre(HasSubstr("contacts.csv:8: error: column D (address): ")));
  EXPECT_THAT(findings()[0], HasSubstr("[bad-number]"));
  EXPECT_THAT(findings()[0], HasSubstr("10 digits"));
  EXPECT_EQ(imported_.findings[0].column, 14);
}

TEST_F(ImportTest, ALocalLandlineIsCompletedAndAMobileKindWantsAMobile) {
  when_reading(Town().with("contacts", "bob,2,mobile,0539-0123457,,2026-03-01,form,"));
  EXPECT_THAT(findings(), ElementsAre(HasSubstr("[not-a-mobile]")));
}

TEST_F(ImportTest, OneNumberUnderTwoPersonsIsAWarningAndMasked) {
  when_reading(Town().with("contacts", "bob,2,mobile,14400000001,,2026-03-01,form,"));
  ASSERT_THAT(findings(), ElementsAre(AllOf(HasSubstr("contacts.csv:8: warning"), HasSubstr("of ann (line 3)"),
                                            HasSubstr("[shared-number]"))));
  EXPECT_THAT(findings()[0], Not(HasSubstr("14400000001")));
  EXPECT_FALSE(imported_.tables.persons.empty());
}

TEST_F(ImportTest, OneNumberTwiceUnderOnePersonIsAnError) {
  when_reading(Town().with("contacts", "ann,3,mobile,144 0000 0001,,2026-03-01,form,"));
  EXPECT_THAT(findings(), ElementsAre(HasSubstr("[duplicate-contact]")));
}

TEST_F(ImportTest, AContactPointWithoutAgreementIsAWarning) {
  when_reading(Town().with("contacts", "bob,2,mobile,14400000022,,2026-03-01,,"));
  EXPECT_THAT(findings(),
              ElementsAre(AllOf(HasSubstr("warning: column G (agreed_how)"), HasSubstr("[agreed-missing]"))));
}

TEST_F(ImportTest, APersonWithoutContactPointsIsAWarning) {
  when_reading(Town().with("persons", "fay,Fay,en,,"));
  EXPECT_THAT(findings(), ElementsAre(HasSubstr("[no-contact]")));
}

TEST_F(ImportTest, NumbersOfPeopleAreTakenOutOfNotes) {
  when_reading(Town().without("persons", "eve").with("persons", "eve,Eve,zh,,ring 14400000077"));
  EXPECT_THAT(findings(), ElementsAre(HasSubstr("[number-removed]")));
  EXPECT_THAT(imported_.tables.persons.back().notes, Not(HasSubstr("14400000077")));
}

TEST_F(ImportTest, ACircleOfAreasIsWrittenOut) {
  when_reading(Town()
                   .sheet("areas",
                          "code,name,kind,parent\nhill,Hill,subdistrict,lake\nlake,Lake,community,hill\n"
                          "lake-1,Lake 1,grid,lake\n")
                   .without("area_roles", "none"));
  EXPECT_THAT(findings(), Contains(AllOf(HasSubstr("hill > lake > hill"), HasSubstr("[area-cycle]"))));
  then_nothing_is_taken();
}

TEST_F(ImportTest, ACommunityInAGridIsRefused) {
  when_reading(Town().with("areas", "pond,Pond,community,lake-1,,,,"));
  EXPECT_THAT(findings(), ElementsAre(AllOf(HasSubstr("a community cannot lie in a grid"), HasSubstr("[area-order]"))));
}

TEST_F(ImportTest, UnknownAreasPostsUnitsAndGroupsAreNamedWithTheNearest) {
  when_reading(Town()
                   .with("area_roles", "lak,heads,ann")
                   .with("deputies", "comander,3,dan")
                   .with("unit_members", "fire-staton,ann")
                   .with("group_members", "flod-team,bob")
                   .with("duty", "leader,post:night-chef,,"));
  EXPECT_THAT(findings(), ElementsAre(AllOf(HasSubstr("[unknown-area]"), HasSubstr("\"lake\"?")),
                                      AllOf(HasSubstr("[unknown-post]"), HasSubstr("\"commander\"?")),
                                      AllOf(HasSubstr("[unknown-post]"), HasSubstr("\"night-chief\"?")),
                                      AllOf(HasSubstr("[unknown-group]"), HasSubstr("\"flood-team\"?")),
                                      AllOf(HasSubstr("[unknown-unit]"), HasSubstr("\"fire-station\"?"))));
}

TEST_F(ImportTest, APostHeldTwiceAtOnceIsRefused) {
  when_reading(Town().with("posts", "commander,Commander,hill,dan,2026-11-22,"));
  EXPECT_THAT(findings(), ElementsAre(AllOf(HasSubstr("[duplicate-code]"), HasSubstr("held at the same time"))));
}

TEST_F(ImportTest, AVacantPostAnOwnDeputyAndARepeatedMemberAreWarnings) {
  when_reading(Town()
                   .with("posts", "cook,Cook,,,,")
                   .with("deputies", "commander,9,ann")
                   .with("unit_members", "fire-station,eve"));
  EXPECT_THAT(findings(),
              ElementsAre(HasSubstr("[own-deputy]"), HasSubstr("[post-vacant]"), HasSubstr("[duplicate-row]")));
  EXPECT_FALSE(imported_.tables.persons.empty());
}

TEST_F(ImportTest, BadTimesCodesOrdersKindsRolesAndCoordinatesAreFound) {
  when_reading(Town()
                   .with("leave", "ann,22.11.2026,")
                   .with("groups", "Flood Team,Flood")
                   .with("deputies", "commander,first,dan")
                   .with("contacts", "bob,2,fax,14400000009,,2026-03-01,form,")
                   .with("area_roles", "lake,head,ann")
                   .with("areas", "sea,Sea,community,hill,,136.0,118.0,")
                   .with("areas", "bay,Bay,community,hill,,36.0,,")
                   .with("duty", "leadr,ann,,"));
  for (const char* code :
       {"[bad-time]", "[bad-code]", "[bad-order]", "[unknown-kind]", "[unknown-role] did you mean \"heads\"?",
        "[bad-coordinate]", "[half-a-coordinate]", "[unusual-duty] did you mean \"leader\"?"}) {
    EXPECT_THAT(findings(), Contains(HasSubstr(code)));
  }
  then_nothing_is_taken();
}

TEST_F(ImportTest, ARotationIsReadAsAnOfficeTypesIt) {
  when_reading(Town().with("rotations", "desk,Night desk,ann; bob;-、post:commander,7,8:30,2026-11-02,2026-11-29"));
  EXPECT_THAT(findings(), IsEmpty());
  ASSERT_EQ(imported_.tables.rotations.size(), 1U);
  const RotationRow& row = imported_.tables.rotations[0];
  EXPECT_THAT(row.turns, ElementsAre("ann", "bob", kNobodysTurn, "post:commander"));
  EXPECT_EQ(row.every_days, 7);
  EXPECT_EQ(clock_text(row.handover_minute), "08:30");
  EXPECT_EQ(day_text(row.first_day), "2026-11-02");
  EXPECT_EQ(day_text(*row.end_day), "2026-11-30");  // the turn of the last day is had to its end
  EXPECT_EQ(row.zone, "Asia/Shanghai");
}

TEST_F(ImportTest, WhatIsWrongWithARotationIsNamedAtItsCell) {
  when_reading(Town()
                   .with("rotations", "desk,a,ann;;bob,0,08:30,2026-11-02,")
                   .with("rotations", "desk,b,,1,24:00,2026-11-02 08:00,2026-11-31")
                   .with("rotations", "desk,c,anne,1,8.30,,")
                   .with("rotations", "desk,d,post:night-chef,1,08:30,2026-11-02,2026-11-01"));
  for (const char* code : {"[empty-turn]", "[bad-number-of-days]", "turns): must not be empty", "[bad-time-of-day]",
                           "\"24:00\"", "[bad-date]", "[unknown-person] did you mean \"ann\"?",
                           "from): must not be empty", "[unknown-post]", "[range-upside-down]"}) {
    EXPECT_THAT(findings(), Contains(HasSubstr(code))) << code;
  }
  then_nothing_is_taken();
}

TEST_F(ImportTest, TwoRowsOfOneRotationMustNotRunOnTheSameDay) {
  const Town first = Town().with("rotations", "desk,Desk,ann;bob,1,08:30,2026-11-01,2026-11-30");
  when_reading(Town(first).with("rotations", "desk,Desk,cat;dan,1,08:30,2026-11-30,"));
  EXPECT_THAT(findings(), ElementsAre(AllOf(HasSubstr("rotations.csv:3"), HasSubstr("[rotation-overlap]"))));
  when_reading(Town(first).with("rotations", "desk,Desk,cat;dan,1,08:30,2026-12-01,"));
  EXPECT_THAT(findings(), IsEmpty());
  when_reading(Town(first).with("rotations", "desk,Second desk,cat;dan,1,08:30,2026-11-30,"));
  EXPECT_THAT(findings(), IsEmpty());
}

TEST_F(ImportTest, AnOverrideThatCanChangeNothingIsWarnedOf) {
  when_reading(Town()
                   .with("overrides", "desk,,2026-11-22,2026-11-23,")
                   .with("overrides", "leader,ann,2026-11-22,2026-11-23,cat")
                   .with("overrides", "leader,ann,2026-11-22,2026-11-23,post:night-chief")
                   .with("overrides", "leader,bob,2026-11-23 08:00,2026-11-24,post:night-chief"));
  EXPECT_THAT(findings(), ElementsAre(HasSubstr("[override-of-nobody]"), HasSubstr("[swap-without-shift]"),
                                      HasSubstr("[swap-overlap]")));
  EXPECT_EQ(imported_.tables.overrides.size(), 4U);
}

TEST_F(ImportTest, AnOverrideNeedsItsEndsAndPeopleWhoAreThere) {
  when_reading(Town()
                   .with("overrides", "desk,eve,2026-11-22,,")
                   .with("overrides", "desk,eve,2026-11-22,2026-11-22,eve")
                   .with("overrides", "desk,eva,2026-11-22,2026-11-22,post:none"));
  EXPECT_THAT(findings(), Contains(AllOf(HasSubstr("overrides.csv:2"), HasSubstr("[empty-cell]"))));
  EXPECT_THAT(findings(), Contains(HasSubstr("[own-substitute]")));
  EXPECT_THAT(findings(), Contains(HasSubstr("[unknown-person] did you mean \"eve\"?")));
  EXPECT_THAT(findings(), Contains(HasSubstr("[unknown-post]")));
  then_nothing_is_taken();
}

TEST_F(ImportTest, BytesThatAreNotUtf8AreNamedByRowAndColumn) {
  when_reading(Town().with("persons", "fay,\xC7\xE0\xCA\xAF,zh,,"));
  EXPECT_THAT(findings(), ElementsAre(AllOf(HasSubstr("persons.csv:7: error: column B"), HasSubstr("[not-utf8]"))));
}

TEST_F(ImportTest, ASingleFileReplacesItsTableAndKeepsTheOthers) {
  const Tables before = Town().tables();
  ImportOptions options;
  options.keep = &before;
  const auto imported = read_sheets({{"leave.csv", "person,from,to\nann,2026-11-22,2026-11-23\n"}}, false, options);
  EXPECT_THAT(lines_of(imported.findings), IsEmpty());
  EXPECT_EQ(imported.tables.leave.size(), 1U);
  EXPECT_EQ(imported.tables.persons.size(), 5U);
}

TEST_F(ImportTest, WhatKeptTablesMissInANewOneIsAFinding) {
  const Tables before = Town().tables();
  ImportOptions options;
  options.keep = &before;
  const auto imported = read_sheets({{"groups.csv", "code,name\nfire-team,Fire team\n"}}, false, options);
  EXPECT_THAT(lines_of(imported.findings),
              Contains(AllOf(HasSubstr("(directory as it is):0: error: group_members, group: there is no group"),
                             HasSubstr("[unknown-group]"))));
  EXPECT_TRUE(imported.tables.groups.empty());
}

TEST_F(ImportTest, ThousandsOfMistakesAreCountedNotPrinted) {
  Town town;
  for (int i = 0; i < 700; ++i) town.with("group_members", "flood-team,nobody" + std::to_string(i));
  when_reading(town);
  EXPECT_EQ(imported_.findings.size(), 501U);
  EXPECT_THAT(findings(), Contains(HasSubstr("200 further findings")));
}

TEST_F(ImportTest, FindingsAreShownWithTheirLine) {
  when_reading(Town().with("leave", "nan,,"));
  EXPECT_THAT(render_findings(imported_), AllOf(HasSubstr("leave.csv:2:1: error:"), HasSubstr("2 | nan,,")));
}

TEST(ReadDirectoryTest, APathThatIsNotThereIsNotFound) {
  const auto result = read_directory("/nonexistent/folder", {});
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.error().code, base::ErrorCode::kNotFound);
}

}  // namespace
}  // namespace tocsin::directory
